"""Abbreviations that are known: those of the lexicon and of the text, and compounds of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadcaster.script.alphabet import LETTER, UPPER
from broadcaster.script.numerals import say_integer, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.prefixes import prefixes
from broadcaster.script.rules.rule import END, Match, Rule, Said, Scene
from broadcaster.script.syllables import is_syllable

if TYPE_CHECKING:
    from broadcaster.script.lexicon import Entry

__all__ = ["RULES"]

_COMPOUND = rf"[{UPPER}][{UPPER}a-zđ]{{0,11}}(?:\s?[-–&/]\s?[{UPPER}]{{1,12}}){{1,4}}"
_WEEKDAY_AFTER = regex(
    r"\s?(?:(?:[-–,&+/]|đến|và)\s?(?:T[2-7]|[2-7]|CN|thứ|chủ)(?!\d)|hằng|hàng"
    r"|,?\s?\(?(?:ngày )?\d{1,2}[/-]\d|(?:cuối |đầu )?tuần(?!\w))"
)
_WEEKDAY_BEFORE = regex(
    r"\d\s?(?:h|g|giờ)\s?\d{0,2}[’']?\s?[,(]?\s?$|(?:T[2-7]|[Tt]hứ\s\w{1,3})\s?(?:[-–,;&+/]|và|đến|hoặc)\s?$"
)
_ROSTER = regex(r"[Ll]ịch|[Tt]rực|(?:T[2-7]|CN)\s?:")
_JOINT = regex(r"\s?([-–&/])\s?")


def _said_before(spoken: str, scene: Scene) -> bool:
    """Whether what a short form stands for was the last thing said."""
    said = " ".join(scene.said[-40:]).lower()
    return _plain(said).endswith(_plain(spoken.lower()))


def _plain(text: str) -> str:
    return " ".join(word for word in re.findall(rf"{LETTER}+", text) if word not in {"và", "của"})


def _known(match: Match, scene: Scene) -> Said | None:
    found = scene.lexicon.find(scene.text, match.start())
    if not found or _is_word_of_heading(found[0], scene):
        return None
    return Said(found[0].spoken, found[1])


def _is_word_of_heading(entry: Entry, scene: Scene) -> bool:
    """``ĐÊM HỘI DÂN CA``: in a line of capitals a syllable is a word, unless a context says no."""
    return scene.shouted and not entry.conditions and is_syllable(entry.written)


def _definition(match: Match, scene: Scene) -> str | None:
    """``cải cách hành chính (CCHC)``, ``(sau đây gọi tắt là UBND)``: said once."""
    short = match["short"]
    found = scene.lexicon.find(short, 0)
    spoken = found[0].spoken if found and found[1] == len(short) else ""
    for meaning in (spoken, scene.facts.defined.get(short, "")):
        if meaning and _said_before(meaning, scene):
            return ""
    return None


def _defined(match: Match, scene: Scene) -> str | None:
    return scene.facts.defined.get(match[0])


def _compound(match: Match, scene: Scene) -> str | None:
    """``LĐ-TB&XH`` in one row of the lexicon, or part by part when every part is known."""
    found = scene.lexicon.find(scene.text, match.start())
    if found and found[1] == match.end():
        return found[0].spoken
    parts = _JOINT.split(match[0])
    if _is_name(parts):
        return None
    said: list[str] = []
    for number, part in enumerate(parts):
        if number % 2:
            said += ["và"] if part == "&" else []
        elif meaning := scene.lexicon.pieces.get(part) or scene.facts.defined.get(part):
            said.append(meaning)
        elif is_syllable(part) and len(part) > 1 and not part.isascii():
            said.append(part.lower())
        else:
            return None
    return " ".join(said)


def _is_name(parts: list[str]) -> bool:
    return any(part[1:].islower() for part in parts[::2] if len(part) > 2)


def _glued(match: Match, _scene: Scene) -> str:
    """``NQ57``, ``QĐ1719``, ``TT56/2017/TT-BYT``: the kind of document before its number."""
    return prefixes("document")[match[0]]


def _glued_pattern() -> str:
    return rf"(?:{'|'.join(prefixes('document'))})(?=\d{{1,4}}(?![A-Z]))"


def _weekday(match: Match, scene: Scene) -> str | None:
    """``T2``, ``T7``: a weekday beside another one or after a word of time, else a month."""
    number = int(match[1])
    following = scene.after(match.end())
    month = match[2] or scene.follows("month-end", match.start())
    if month and 1 <= number <= 12:
        year = f" năm {say_written(match[2])}" if match[2] else ""
        return f"tháng {'tư' if number == 4 else say_integer(number)}{year}"
    if 2 <= number <= 7 and (
        _WEEKDAY_AFTER.match(following)
        or _WEEKDAY_BEFORE.search(scene.before(match.start()))
        or scene.follows("weekday", match.start())
        or (following.lstrip().startswith(":") and _ROSTER.search(scene.before(match.start())))
        or scene.text.strip(" .") == match[0]
    ):
        return "thứ tư" if number == 4 else f"thứ {say_integer(number)}"
    return None


RULES = (
    Rule(
        "abbreviations.definition",
        r"\s?\((?:sau đây )?(?:(?:được )?(?:gọi|viết)(?: tắt| chung)? là:? ?)?\s?"
        r"[“\"]?(?P<short>[^\s()“”\"][^()“”\"]{0,30})[”\"]?\s?\)",
        _definition,
        first=". ",
    ),
    Rule("abbreviations.compound", _COMPOUND + END, _compound, first="a"),
    Rule("abbreviations.defined", rf"[{UPPER}]{{2,12}}{END}", _defined, first="a"),
    Rule(
        "abbreviations.sunday",
        r"CN(?=,?\s?\(?(?:ngày\s)?\d{1,2}[/-](?:0?[1-9]|1[0-2])(?![\d%]))",
        lambda _m, _s: "chủ nhật",
        first="a",
    ),
    Rule("abbreviations.lexicon", rf"(?:{LETTER}|\d)", _known, first="0a"),
    Rule("abbreviations.glued", _glued_pattern, _glued, first="a"),
    Rule(
        "abbreviations.weekday",
        rf"T\.?\s?(\d{{1,2}})(?:/((?:19|20)\d\d))?{END}",
        _weekday,
        first="a",
        quantity=True,
    ),
)
