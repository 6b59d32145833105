"""Marks of the press and of official paper: what stands on a page but is not read."""

from __future__ import annotations

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.rules.rule import Match, Rule, Scene

__all__ = ["RULES"]


def _at_start(match: Match, scene: Scene) -> str | None:
    return "" if scene.starts_line(match.start()) else None


def _silence(_match: Match, _scene: Scene) -> str:
    return ""


RULES = (
    Rule("press.end-mark", r"\.?\s?/\s?\.(?!\w)\.?|\./(?=\s*$)", lambda _m, _s: ".", first="."),
    Rule(
        "press.tag",
        rf"\((?:[{UPPER}]{{1,8}}|[\w.]{{2,20}}\.(?:vn|com|net))\)\s*[-–—]\s*",
        _at_start,
        first=".",
    ),
    Rule(
        "press.agency",
        rf"(?:[{UPPER}]{{2,8}}|VOV\.VN|[A-Z]\w{{2,14}}\.vn)\s*[-–—]\s+(?=[{UPPER}][{LOWER}])",
        _at_start,
        first="a",
    ),
    Rule("press.photo", r"\((?:Ảnh|ảnh)\s*:[^()]{1,60}\)|\(ảnh\)", _silence, first="."),
    Rule("press.footnote", r"(?<=\S)\[\d{1,3}\]", _silence, first="."),
    Rule(
        "press.rows",
        r"(?:[-_=*~#]{3,}|\.{4,})",
        lambda _m, _s: ",",
        first=".",
    ),
)
