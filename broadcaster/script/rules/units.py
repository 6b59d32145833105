"""Amounts with a unit: measures, money, per cent, rates such as ``tấn/ha`` and ``đồng/hộ``."""

from __future__ import annotations

import re
from functools import cache

from broadcaster.script.alphabet import LETTER, LOWER, UPPER
from broadcaster.script.numerals import say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.cues import cue_words
from broadcaster.script.rules.numbers import NUMBER, say_amount, say_number
from broadcaster.script.rules.rule import END, Match, Rule, Scene
from broadcaster.script.rules.unit_names import Unit, any_of, other_spelling, per_words, units
from broadcaster.script.syllables import is_syllable

__all__ = ["RULES", "counts_marks", "end_or_unit", "unit_after"]

_RATED = regex(
    rf"\d[\d.,]*\s*(?:[{LOWER}{UPPER}%/.]+\s+){{0,8}}[{LOWER}{UPPER}%/.]*\s*$|%\s*$|(?<![{LOWER}])(?:đồng|lần|lượt)$"
)


_BRACKETED = regex(r"\s?\([^()]{1,20}\)$")
_SMALL = regex(r"\d+(?:[.,]\d+)?")
_MARK = regex(r"\d{1,3}[.,]\d{1,2}")
"""No price in đồng has a fraction: ``95,75đ`` are marks."""
_NO_COMRADE = r"(?!/[cCvV](?!\w))"
"""``15 đ/c``, ``3 đ/v`` are people."""
_MONEY_WORDS = ("đồng", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "đ", "tr")
_SCALES = {word: word for word in ("nghìn", "ngàn", "triệu", "tỷ", "tỉ")} | {
    "k": "nghìn",
    "tr": "triệu",
}
_ROUND = regex(r"\d{1,3}[05]")
_THOUSANDS = regex(r"\d{1,3}(?:\.\d{3})+")
_ENGLISH_THOUSANDS = regex(r"[1-9]\d{0,2},\d{3}")
_SMALLER = {"tr": "nghìn", "tỷ": "triệu", "tỉ": "triệu"}
_PRICED = regex(r"\d\s?(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s?(?:đồng|đ|tr|[kK]|₫|[$€]|USD|VN[DĐ])?$")
"""``15k/cốc``, ``3 triệu/chuyến``: a price of anything."""
_GLUED_LETTER = regex(rf"\d[{UPPER}]$")


def _amount_pattern() -> str:
    return rf"(?P<n>{NUMBER})\s?(?P<unit>{any_of([*units()])}){_per_pattern()}"


def _loose_pattern() -> str:
    return rf"(?P<n>{NUMBER})(?P<gap>\s?)(?P<unit>[A-Za-zĐđ°µ]{{1,5}}[²³23]?){_per_pattern()}"


def _per_pattern() -> str:
    return rf"(?:\s?/\s?(?P<per>{any_of([*units(), *per_words()])}))?{END}{_NO_COMRADE}"


def _prefix_pattern() -> str:
    money = [written for written, unit in units().items() if unit.kind.startswith("money")]
    signs = [written for written in money if not written[-1].isalpha()]
    codes = [written for written in money if len(written) == 3 and written.isupper()]
    scale = any_of([*_SCALES])
    return (
        rf"(?P<unit>{any_of(signs)}|(?:{any_of(codes)})(?=\s))\s?(?P<n>{NUMBER})"
        rf"(?:\s?(?P<scale>{scale}){END})?"
    )


def _alone_pattern() -> str:
    alone = [written for written, unit in units().items() if "alone" in unit.kind]
    return rf"(?P<unit>{any_of(alone)})(?:\s?/\s?(?P<per>{any_of([*units()])}))?{END}"


def _amount(match: Match, scene: Scene) -> str | None:
    written, unit = match["unit"], units()[match["unit"]]
    last = match[0].endswith(written)
    if "glued" in unit.kind and match[0] == f"{match['n']} {written}":
        return None
    if written == "t" and last and scene.recalls("age", match.start()):
        return f"{say_amount(match, scene, 'n')} tuổi"
    if written == "đ" and last and (_MARK.fullmatch(match["n"]) or counts_marks(match, scene)):
        return f"{say_amount(match, scene, 'n')} điểm"
    if written == "s" and re.fullmatch(r"(?:19|20)\d0s", match[0]):
        return say_written(match["n"])
    return _say(match, scene, unit)


def _loose(match: Match, scene: Scene) -> str | None:
    """``50hz``, ``2Gb``, ``10 usd``: a unit in other letters than its own."""
    written = match["unit"].lower() if _is_price(match, scene) else match["unit"]
    unit = other_spelling(written)
    spaced = match["gap"] and (len(match["unit"]) == 1 or is_syllable(match["unit"]))
    if not unit or spaced or scene.lexicon.find(scene.text, match.start("unit")):
        return None
    return _say(match, scene, unit)


def _is_price(match: Match, scene: Scene) -> bool:
    """``50K``, ``25.000Đ``; ``5K`` is five rules of hygiene where there is no talk of money."""
    if match["unit"] == "K" and not scene.follows("house", match.start()):
        return bool(_ROUND.fullmatch(match["n"])) or scene.recalls("money", match.start())
    return match["unit"] == "Đ" and bool(_THOUSANDS.fullmatch(match["n"]))


def _say(match: Match, scene: Scene, unit: Unit) -> str:
    if unit.spoken == "nghìn" and _THOUSANDS.fullmatch(match["n"]):
        return say_written(re.sub(r"\D", "", match["n"]) + "000") + _rate(match["per"], unit)
    span = (match.start("n"), match.start("unit"))
    said = say_number(match["n"], scene, span, measured="measure" in unit.kind)
    return f"{said} {unit.spoken}{_rate(match['per'], unit)}"


def counts_marks(match: Match, scene: Scene) -> bool:
    """``tự chấm 92/100đ``, ``đạt 85,5đ``: marks; dearer than a hundred it is money."""
    small = all(float(n.replace(",", ".")) <= 100 for n in _SMALL.findall(match[0]))
    return small and _last(scene, "marks", match.start()) > _last(scene, "money", match.start())


def _last(scene: Scene, cue: str, start: int) -> int:
    """Where a word of ``cue`` stands last before ``start``, or -1."""
    before = scene.before(start).lower()
    return max(before.rfind(word) for word in cue_words(cue))


def _rate(per: str | None, unit: Unit) -> str:
    if not per:
        return ""
    if per in units() and unit.kind.startswith("money"):
        return f" một {units()[per].spoken}"
    if per in units():
        return f" trên {units()[per].spoken}"
    return f" một {per_words()[per].lower()}"


def _prefixed(match: Match, scene: Scene) -> str:
    """``$1,5 triệu``, ``VND 500.000``; ``$1,200`` has the comma of those who write so."""
    english = _ENGLISH_THOUSANDS.fullmatch(match["n"]) and not match["scale"]
    number = say_written(match["n"].replace(",", "")) if english else say_amount(match, scene, "n")
    said = [number, units()[match["unit"]].spoken]
    if match["scale"]:
        said.insert(1, _SCALES[match["scale"]])
    return " ".join(said)


def _heading_pattern() -> str:
    any_word = any_of([*units(), *per_words()])
    return rf"(?P<unit>{any_word})(?:\s?/\s?(?P<per>{any_word}))?{END}"


def _heading(match: Match, scene: Scene) -> str | None:
    """``ĐVT: đ/kg``, ``đơn vị: người/km2``: what a table counts in."""
    told = scene.follows("unit-of", match.start()) and not scene.next_word(match.end()).islower()
    if not told or not {*match.groups()} & {*units()}:
        return None
    unit = units().get(match["unit"]) or Unit(match["unit"], "word")
    return unit.spoken + _rate(match["per"], unit)


def _alone(match: Match, scene: Scene) -> str:
    found = scene.lexicon.find(scene.text, match.start())
    if found and found[1] == match.end():  # "họp GB"
        return found[0].spoken
    unit = units()[match["unit"]]
    if match["per"] and units()[match["per"]].kind.startswith("money"):
        return f"{unit.spoken} trên {units()[match['per']].spoken}"
    return unit.spoken + _rate(match["per"], unit)


def unit_after(scene: Scene, end: int) -> tuple[Unit, int] | None:
    """The unit that stands right after ``end`` (of ``12,5/20 ha``), and where it ends."""
    found = _unit_pattern().match(scene.text, end)
    return (units()[found[1]], found.end()) if found else None


def end_or_unit() -> str:
    """A number ends here, or a unit is glued to it."""
    return rf"(?:{END}|(?=(?:{any_of([*units()])}){END}))"


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s?({any_of([*units()])}){END}{_NO_COMRADE}")


def _per_slash(match: Match, scene: Scene) -> str | None:
    """``đồng/người/tháng``, ``tấn/ha``, ``%/năm`` after a number: a rate."""
    before = _BRACKETED.sub("", scene.before(match.start()))
    unit, word = units().get(match[1]), match[1]
    if not _RATED.search(before) or _is_of_one_level(match, scene):
        return None
    if unit and not before.endswith(_MONEY_WORDS):
        return f"trên {unit.spoken}"
    said = unit.spoken if unit else per_words().get(word, "")
    if not said and word.isupper() and before[-1:].isalpha():
        said = scene.lexicon.pieces.get(word, "")
    if not said and word.islower() and is_syllable(word) and _PRICED.search(before):
        said = word
    return f"một {said}" if said else None


def _is_of_one_level(match: Match, scene: Scene) -> bool:
    """``100% thôn/KP``: one or the other, not so many for each."""
    return any(
        scene.follows(level, match.start()) and match[1].lower() in cue_words(level)
        for level in ("communes", "villages")
    )


def _split(match: Match, _scene: Scene) -> str:
    """``1m65``, ``2kg5``: as heights and weights are said; ``2tr5`` are five hundred thousand."""
    whole, unit, rest = match.groups()
    said = f"{say_written(whole)} {units()[unit].spoken if unit in units() else unit}"
    if smaller := _SMALLER.get(unit):
        return f"{said} {say_written(rest.ljust(3, '0'))} {smaller}"
    return f"{said} {say_written(rest)}"


def _within(match: Match, _scene: Scene) -> str:
    return f" trong {say_written(match[1])} giờ"


def _parts(match: Match, scene: Scene) -> str | None:
    """``112 nam/100 nữ``."""
    before = scene.before(match.start())
    return " trên " if _RATED.search(before) and not _GLUED_LETTER.search(before) else None


RULES = (
    Rule("units.within", rf"/(\d{{1,2}})\s?(?:h|giờ){END}", _within, first="."),
    Rule("units.amount", _amount_pattern, _amount, quantity=True),
    Rule("units.loose", _loose_pattern, _loose, quantity=True),
    Rule("units.split", rf"(\d{{1,3}})(m|kg|tr|km|tấn|t|tỷ|tỉ)(\d{{1,3}}){END}", _split),
    Rule("units.prefixed", _prefix_pattern, _prefixed, first=".a", quantity=True),
    Rule("units.rate", rf"\s?/\s?({LETTER}{{1,7}}[23²³]?){END}", _per_slash, first="."),
    Rule(
        "units.parts",
        rf"(?:(?<={LETTER})|(?<=m[23²³]))\s?/\s?(?=\d)",
        _parts,
        first=".",
        quantity=True,
    ),
    Rule("units.heading", _heading_pattern, _heading, first="a.%"),
    Rule("units.alone", _alone_pattern, _alone, first="a.%"),
)
