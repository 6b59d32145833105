"""Marks at the start of a line: numbers, letters and bullets of lists."""

from __future__ import annotations

from broadcaster.script.alphabet import LETTER_NAMES, LOWER, UPPER
from broadcaster.script.numerals import roman_value, say_integer, say_written
from broadcaster.script.rules.rule import Match, Rule, Scene

__all__ = ["RULES"]


def _number(match: Match, scene: Scene) -> str | None:
    if not scene.starts_line(match.start()):
        return None
    return " chấm ".join(say_written(part) for part in match["n"].split(".") if part) + ","


def _roman(match: Match, scene: Scene) -> str | None:
    value = roman_value(match["n"])
    return say_integer(value) + "," if value and scene.starts_line(match.start()) else None


def _letter(match: Match, scene: Scene) -> str | None:
    letter = match["n"].lower()
    if letter in "ivx" and scene.facts.small_romans:
        return None
    return LETTER_NAMES.get(letter, letter) + "," if scene.starts_line(match.start()) else None


def _bullet(match: Match, scene: Scene) -> str | None:
    return "" if scene.starts_line(match.start()) else None


def _inline(match: Match, scene: Scene) -> str | None:
    """``ND họp: 1/ Đánh giá; 2/ Triển khai``."""
    before = scene.before(match.start()).rstrip()
    return f"{say_written(match['n'])}," if not before or before[-1] in ":;.-" else None


RULES = (
    Rule("lists.inline", rf"(?P<n>\d{{1,2}})/\s*(?=[{UPPER}](?:[{LOWER}]|\s[{LOWER}]))", _inline),
    Rule(
        "lists.number",
        r"\(?(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})[.)]{1,2}\s+(?=\D)",
        _number,
        first="0.",
    ),
    Rule(
        "lists.section",
        rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s+(?=[{UPPER}][{LOWER}])",
        _number,
    ),
    Rule("lists.roman", rf"(?P<n>[IVXL]{{1,6}})\s?[.)]\s*(?=[{UPPER}{LOWER}])", _roman, first="a"),
    Rule("lists.letter", rf"\(?(?P<n>[{LOWER}{UPPER}])\)\s*", _letter, first="a."),
    Rule("lists.letter-stop", rf"(?P<n>[{LOWER}])\.\s+(?=[{UPPER}])", _letter, first="a"),
    Rule("lists.bullet", r"(?!>\s?\d)[-–—•+*>→§#√]{1,8}\s+|[•→§-](?=[^\W\d])", _bullet, first="."),
)
