"""Marks of the press and of official paper: what stands on a page but is not read."""

from __future__ import annotations

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import DASH, Match, Rule, Scene

__all__ = ["RULES"]

_CITY = regex(rf"\s*(?:[{UPPER}][{LOWER}]+[ ,.]*){{1,4}}")


def _at_start(match: Match, scene: Scene) -> str | None:
    return "" if scene.starts_line(match.start()) else None


def _unknown_tag(match: Match, scene: Scene) -> str | None:
    """``(CLO) Sáng nay``: a paper's letters; what the word list knows is read."""
    known = scene.lexicon.find(scene.text, match.start() + 1)
    roman = not match[1].strip("IVXLC")
    return None if known or roman else _at_start(match, scene)


def _after_city(match: Match, scene: Scene) -> str | None:
    """``Hà Nội (TTXVN 18/4)``: where and when an agency wrote; the place is read."""
    return "," if _CITY.fullmatch(scene.text, 0, match.start()) else None


def _silence(_match: Match, _scene: Scene) -> str:
    return ""


RULES = (
    Rule("press.end-mark", r"\.?\s?/\s?\.(?!\w)\.?|\./(?=\s*$)", lambda _m, _s: ".", first="."),
    Rule(
        "press.tag",
        rf"\((?:[{UPPER}]{{1,8}}(?:-[{UPPER}]{{2,6}})?|[A-Z][A-Za-z]+ [A-Z][A-Za-z]+"
        rf"|[\w.]{{2,20}}\.(?:vn|com|net))\)\s*{DASH}\s*",
        _at_start,
        first=".",
    ),
    Rule(
        "press.tag",
        rf"\(([{UPPER}]{{2,6}}(?:-[{UPPER}]{{2,6}})?)\)\s+(?=[{UPPER}][{LOWER}])",
        _unknown_tag,
        first=".",
    ),
    Rule(
        "press.dateline",
        rf"\((?:TTXVN|VNA|VOV)(?: [\d/-]{{3,10}})?\)\s*{DASH}?\s*(?=[{UPPER}])",
        _after_city,
        first=".",
    ),
    Rule(
        "press.agency",
        rf"[{UPPER}]{{2,8}}\.VN\s*{DASH}\s+(?=[{UPPER}])"
        rf"|(?:[{UPPER}]{{2,8}}|[A-Z]\w{{2,14}}\.vn)\s*[-–—]\s+(?=[{UPPER}][{LOWER}])",
        _at_start,
        first="a",
    ),
    Rule("press.photo", r"\((?:Ảnh|ảnh)\s*:[^()]{1,60}\)|\(ảnh\)", _silence, first="."),
    Rule("press.footnote", r"(?:(?<=\S)|(?<=\S\s))\[\d{1,3}\]", _silence, first="."),
    Rule(
        "press.rows",
        r"(?:[-_=*~#]{3,}|\.{4,})",
        lambda _m, _s: ",",
        first=".",
    ),
)
