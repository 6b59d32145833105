"""Roman numerals: after a word that they count, or where they can be nothing else."""

from __future__ import annotations

from broadcaster.script.alphabet import LETTER
from broadcaster.script.numerals import roman_value, say_integer
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import END, Match, Rule, Scene
from broadcaster.script.syllables import is_syllable

__all__ = ["RULES"]

_ORDINALS = {1: "nhất", 4: "tư"}
_LETTERS_TOO = {
    "C",
    "L",
    "CC",
    "CL",
    "CI",
    "LC",
    "CV",
    "CX",
    "XC",
    "LX",
    "DC",
    "MC",
    "CD",
    "XXL",
    "XL",
    "LV",
}


_SECTION = regex(r"\.\d")
_LEADS = regex(r"\s?(?:[-–,;]|và|đến)\s?(?:và\s)?(?!I(?![IVX]))[IVX]{1,5}(?![\w.])")
"""``I-V``, ``I, II và III``: what stands before a numeral is one too."""


def _read(match: Match, scene: Scene) -> str | None:
    value = roman_value(match["roman"])
    if not value or not _is_number(match, scene):
        return None
    ordinal = scene.follows("ordinal", match.start())
    said = _ORDINALS.get(value) if ordinal else None
    said = said or say_integer(value)
    year = match["year"]
    if year and value <= 4 and not scene.before(match.start()).strip():
        said = f"quý {said}"
    return f"{said} năm {say_integer(int(year))}" if year else said


def _is_number(match: Match, scene: Scene) -> bool:
    roman = match["roman"]
    if roman in {"C", "L", "D", "M", "CC", "CV", "CL"}:
        return False
    if set(roman) & {"D", "M"}:
        return len(roman) > 3 or (len(roman) > 1 and scene.text.strip(" .") == roman)
    if len(roman) > 1 and scene.text.strip(" .") == roman:
        return True
    if match["year"] or scene.follows("roman", match.start()):
        return True
    if _counts(match, scene) or _continues(match, scene) or _heads_section(match, scene):
        return True
    return len(roman) > 1 and roman not in _LETTERS_TOO


def _counts(match: Match, scene: Scene) -> bool:
    """``trạm bơm số V``, ``các mục I-V``; in a name an X is a letter."""
    leads = _LEADS.match(scene.after(match.end()))
    counted = scene.follows("number", match.start()) or leads is not None
    return counted and set(match["roman"]) <= set("IVX")


def _heads_section(match: Match, scene: Scene) -> bool:
    """``chỉ tiêu I.2``."""
    numbered = _SECTION.match(scene.after(match.end())) is not None
    return numbered and scene.follows("section", match.start())


def _small(match: Match, scene: Scene) -> str | None:
    """``phần ix``, ``thế kỷ xx``; after ``mục`` and its like, and no word: ``khoản vi phạm``."""
    roman = match["roman"]
    value = roman_value(roman.upper())
    if value and _is_item(match, scene):
        return say_integer(value)
    ends = not scene.next_word(match.end()) or scene.precedes("after-numeral", match.end())
    word = is_syllable(roman) or len(roman) == 1
    if not value or (word and not ends) or (len(roman) == 1 and roman not in "ivx"):
        return None
    if scene.follows("year", match.start()):
        return say_integer(value) if value > 1000 else None
    if not (scene.follows("roman-small", match.start()) or (not word and _continues(match, scene))):
        return None
    ordinal = _ORDINALS.get(value) if scene.follows("ordinal", match.start()) else None
    return ordinal or say_integer(value)


def _is_item(match: Match, scene: Scene) -> bool:
    """``(ii) người cao tuổi``; a letter is one among others like it only."""
    start, end = match.span()
    closed = scene.text[end : end + 1] == ")"
    opened = scene.text[start - 1 : start] == "(" or scene.starts_line(start)
    return closed and opened and scene.facts.small_romans


def _continues(match: Match, scene: Scene) -> bool:
    """``quý I, II và III``: a numeral goes on from the one before it."""
    between = scene.text[scene.quantity_end : match.start()]
    return (
        scene.quantity_end >= 0
        and between.strip(" ,;-–") in {"", "và", "đến", "hoặc"}
        and len(between) < 8
    )


def _grade(match: Match, _scene: Scene) -> str | None:
    """``thợ bậc IV/VII``."""
    grade, highest = roman_value(match[1]), roman_value(match[2])
    return f"{say_integer(grade)} trên {say_integer(highest)}" if 0 < grade <= highest else None


RULES = (
    Rule("roman.grade", rf"([IVX]{{1,5}})/([IVX]{{2,5}}){END}", _grade, first="a"),
    Rule(
        "roman.numeral",
        rf"(?<!{LETTER})(?<!\d)(?P<roman>[IVXLCDM]{{1,15}})(?:\s?[/-]\s?(?P<year>(?:19|20)\d\d))?(?![&./]{LETTER}|-[A-Z][a-z]){END}",
        _read,
        first="a",
        quantity=True,
    ),
    Rule(
        "roman.small",
        rf"(?<!{LETTER})(?<!\d)(?P<roman>[ivxlcdm]{{1,15}})(?!\.\w|/){END}",
        _small,
        first="a",
        quantity=True,
    ),
)
