"""Amounts with a unit: measures, money, per cent, rates such as ``tấn/ha`` and ``đồng/hộ``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from broadcaster.script.alphabet import LETTER, LOWER, UPPER
from broadcaster.script.lexicon import read_table
from broadcaster.script.numerals import say_decimal, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.cues import cue_words
from broadcaster.script.rules.numbers import NUMBER, say_amount, say_number
from broadcaster.script.rules.rule import END, Match, Rule, Said, Scene

__all__ = ["RULES", "counts_marks", "end_or_unit", "unit_after"]

_RATED = regex(
    rf"\d[\d.,]*\s*(?:[{LOWER}{UPPER}%/.]+\s*){{0,5}}$|%\s*$|(?<![{LOWER}])(?:đồng|lần|lượt)$"
)


_SIDES = {
    **dict.fromkeys("NB", "vĩ Bắc"),
    "S": "vĩ Nam",
    **dict.fromkeys("EĐ", "kinh Đông"),
    **dict.fromkeys("WT", "kinh Tây"),
}


_WIND = regex(r"(?i)(?:gió|giật|bão|áp thấp)(?!\w)[^,;.]{0,25}$")
_SMALL = regex(r"\d+(?:[.,]\d+)?")
_NO_COMRADE = r"(?!/[cCvV](?!\w))"
"""``15 đ/c``, ``3 đ/v`` are people."""
_MONEY_WORDS = ("đồng", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "đ", "tr")
_GLUED_LETTER = regex(rf"\d[{UPPER}]$")


class _Unit(NamedTuple):
    spoken: str
    kind: str
    """``measure``, ``money`` or ``share``; ``alone`` may also stand without a number."""


@cache
def _units() -> dict[str, _Unit]:
    return {written: _Unit(spoken, kind) for written, spoken, kind in read_table("units")}


@cache
def _per_words() -> dict[str, str]:
    """Words that can follow a slash in a rate, and how they are said."""
    return {row[0]: row[-1] for row in read_table("per")}


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _amount_pattern() -> str:
    per = _any_of([*_units(), *_per_words()])
    units = _any_of([*_units()])
    return rf"(?P<n>{NUMBER})\s?(?P<unit>{units})(?:\s?/\s?(?P<per>{per}))?{END}{_NO_COMRADE}"


def _prefix_pattern() -> str:
    signs = r"US\$|[$€£¥₫]|(?:USD|VND|EUR|GBP)(?=\s)"
    return rf"(?P<unit>{signs})\s?(?P<n>{NUMBER})(?P<scale>\s(?:triệu|tỷ|tỉ|nghìn|ngàn))?"


def _alone_pattern() -> str:
    alone = [written for written, unit in _units().items() if "alone" in unit.kind]
    return rf"(?P<unit>{_any_of(alone)})(?:\s?/\s?(?P<per>{_any_of([*_units()])}))?{END}"


def _amount(match: Match, scene: Scene) -> str | None:
    unit = _units()[match["unit"]]
    if (
        match["unit"] in {"k", "TB", "CV", "HKD", "CAD"}
        and match[0] == f"{match['n']} {match['unit']}"
    ):
        return None
    if match[0].endswith("k") and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", match["n"]):
        return say_written(re.sub(r"\D", "", match["n"]) + "000")
    if match[0].endswith("t") and match["unit"] == "t" and scene.recalls("age", match.start()):
        return f"{say_amount(match, scene, 'n')} tuổi"
    if match["unit"] == "đ" and match[0][-1] == "đ" and counts_marks(match, scene):
        return f"{say_amount(match, scene, 'n')} điểm"
    if match["unit"] == "s" and re.fullmatch(r"(?:19|20)\d0s", match[0]):
        return say_written(match["n"])
    measured = "measure" in unit.kind
    said = say_number(match["n"], scene, (match.start("n"), match.start("unit")), measured=measured)
    return f"{said} {unit.spoken}{_rate(match['per'], unit)}"


def counts_marks(match: Match, scene: Scene) -> bool:
    """``tự chấm 92/100đ``, ``đạt 85,5đ``: marks; dearer than a hundred it is money."""
    small = all(float(n.replace(",", ".")) <= 100 for n in _SMALL.findall(match[0]))
    return small and _last(scene, "marks", match.start()) > _last(scene, "money", match.start())


def _last(scene: Scene, cue: str, start: int) -> int:
    """Where a word of ``cue`` stands last before ``start``, or -1."""
    before = scene.before(start).lower()
    return max(before.rfind(word) for word in cue_words(cue))


def _rate(per: str | None, unit: _Unit) -> str:
    if not per:
        return ""
    if per in _units() and unit.kind.startswith("money"):
        return f" một {_units()[per].spoken}"
    if per in _units():
        return f" trên {_units()[per].spoken}"
    return f" một {_per_words()[per].lower()}"


def _prefixed(match: Match, scene: Scene) -> str:
    said = say_amount(match, scene, "n") + (match["scale"] or "")
    return f"{said} {_units()[match['unit']].spoken}"


def _alone(match: Match, scene: Scene) -> str:
    found = scene.lexicon.find(scene.text, match.start())
    if found and found[1] == match.end():  # "họp GB"
        return found[0].spoken
    unit = _units()[match["unit"]]
    return unit.spoken + _rate(match["per"], unit)


def unit_after(scene: Scene, end: int) -> Said | None:
    """The unit that stands right after ``end`` (of ``12,5/20 ha``), and where it ends."""
    found = _unit_pattern().match(scene.text, end)
    return Said(f" {_units()[found[1]].spoken}", found.end()) if found else None


def end_or_unit() -> str:
    """A number ends here, or a unit is glued to it."""
    return rf"(?:{END}|(?=(?:{_any_of([*_units()])}){END}))"


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s?({_any_of([*_units()])}){END}{_NO_COMRADE}")


def _kilometre(match: Match, scene: Scene) -> str:
    """``km5``, ``Km 12+300``: a place on a road."""
    said = f"ki lô mét số {say_written(match[1])}" if scene else ""
    return said + (f" cộng {say_written(match[2])}" if match[2] else "")


def _per_slash(match: Match, scene: Scene) -> str | None:
    """``đồng/người/tháng``, ``tấn/ha``, ``%/năm`` after a number: a rate."""
    before = scene.before(match.start())
    unit, word = _units().get(match[1]), match[1]
    counted = word.isupper() and before[-1:].isalpha()
    meaning = scene.lexicon.pieces.get(word, "") if counted else ""
    if not (unit or word in _per_words() or meaning) or not _RATED.search(before):
        return None
    if unit and not before.endswith(_MONEY_WORDS):
        return f"trên {unit.spoken}"
    return f"một {unit.spoken if unit else meaning or _per_words()[word]}"


def _split_measure(match: Match, _scene: Scene) -> str:
    """``1m65``, ``2kg5``: the way that heights and weights are said."""
    return f"{say_written(match[1])} {_unit_name(match[2])} {say_written(match[3])}"


def _unit_name(written: str) -> str:
    return _units()[written].spoken if written in _units() else written


def _within(match: Match, _scene: Scene) -> str:
    return f" trong {say_written(match[1])} giờ"


def _parts(match: Match, scene: Scene) -> str | None:
    """``112 nam/100 nữ``."""
    before = scene.before(match.start())
    return " trên " if _RATED.search(before) and not _GLUED_LETTER.search(before) else None


def _grade(match: Match, scene: Scene) -> str | None:
    """``gió c6, giật c9``: grades of the wind."""
    windy = _WIND.search(scene.before(match.start()))
    return f"cấp {say_written(match[1])}" if windy else None


def _coordinate(match: Match, _scene: Scene) -> str:
    """``16,5°N``, ``21°01'42"B``: a place on the earth."""
    said = [_decimal(match["degrees"]), "độ"]
    for name, unit in (("minutes", "phút"), ("seconds", "giây")):
        said += [_decimal(match[name]), unit] if match[name] else []
    return " ".join([*said, _SIDES[match["side"]]])


def _decimal(written: str) -> str:
    whole, _mark, rest = written.replace(".", ",").partition(",")
    return say_decimal(whole, rest) if rest else say_written(whole)


def _rating(match: Match, _scene: Scene) -> str:
    """``220V-50Hz``, ``12V-7Ah``: what stands on a machine is no range."""
    return f"{say_written(match[1])} {_units()[match[2]].spoken}, "


RULES = (
    Rule(
        "units.coordinate",
        r"(?P<degrees>\d{1,3}(?:[.,]\d{1,6})?)\s?(?:°|độ)\s?"
        r"(?:(?P<minutes>\d{1,2}(?:[.,]\d{1,4})?)[’']\s?(?:(?P<seconds>\d{1,2}(?:[.,]\d{1,4})?)[\"”]\s?)?)?"
        rf"(?P<side>[NSEWBĐT]){END}",
        _coordinate,
    ),
    Rule(
        "units.bare-coordinate",
        rf"(?P<degrees>\d{{1,3}}[.,]\d{{1,3}})(?P<minutes>)(?P<seconds>)(?P<side>[NE]){END}",
        _coordinate,
    ),
    Rule(
        "units.rating",
        r"(\d{1,4})(V|kVA)\s?[-/]\s?(?=\d+(?:[.,/]\d+){0,2}\s?(?:Hz|Ah|A|W|kV|V)\b)",
        _rating,
    ),
    Rule("units.grade", rf"[cC]\s?(\d{{1,2}}){END}", _grade, first="a", quantity=True),
    Rule("units.within", rf"/(\d{{1,2}})\s?(?:h|giờ){END}", _within, first="."),
    Rule("units.amount", _amount_pattern, _amount, quantity=True),
    Rule("units.split", rf"(\d{{1,3}})(m|kg|tr|km|tấn|tỷ|tỉ)(\d{{1,3}}){END}", _split_measure),
    Rule("units.prefixed", _prefix_pattern, _prefixed, first=".a", quantity=True),
    Rule(
        "units.kilometre",
        rf"(?:[Kk]m|KM(?=\s?\d+\s?\+))\s?(\d{{1,4}})(?:\s?\+\s?(\d{{1,3}}))?{END}",
        _kilometre,
        first="a",
        quantity=True,
    ),
    Rule("units.rate", rf"\s?/\s?({LETTER}{{1,7}}[23²³]?){END}", _per_slash, first="."),
    Rule(
        "units.parts",
        rf"(?:(?<={LETTER})|(?<=m[23²³]))\s?/\s?(?=\d)",
        _parts,
        first=".",
        quantity=True,
    ),
    Rule("units.alone", _alone_pattern, _alone, first="a.%"),
)
