"""Technical signs: ``Km 12+300``, ``16,5°N``, ``gió c6``, ``L=350m``, ``2x(2x2)m``."""

from __future__ import annotations

import re
from functools import cache

from broadcaster.script.alphabet import spell_letters
from broadcaster.script.lexicon import read_table
from broadcaster.script.numerals import say_decimal, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.numbers import NUMBER
from broadcaster.script.rules.rule import END, Match, Rule, Scene
from broadcaster.script.rules.unit_names import any_of, units

__all__ = ["RULES"]

_SIDES = {
    **dict.fromkeys("NB", "vĩ Bắc"),
    "S": "vĩ Nam",
    **dict.fromkeys("EĐ", "kinh Đông"),
    **dict.fromkeys("WT", "kinh Tây"),
}


_WIND = regex(r"(?i)(?:gió|giật|bão|áp thấp)(?!\w)[^,;.]{0,25}$")


_LETTERS = {"L": "dài", "B": "rộng", "H": "cao", "D": "dài", "R": "rộng", "C": "cao"}


@cache
def _quantities() -> list[tuple[str, str, str]]:
    return [(letter, name, measured) for letter, name, measured in read_table("quantities")]


def _quantity_pattern() -> str:
    letters = (
        rf"{letter}(?=\s?=\s?{NUMBER}(?:\s?[x×]\s?{NUMBER}){{0,2}}\s?(?:{any_of(measured.split('|'))}){END})"
        for letter, _name, measured in _quantities()
    )
    return rf"(?:{'|'.join(letters)})\s?=\s?"


def _quantity(match: Match, scene: Scene) -> str:
    """``dài L=350m, B=2m``: what the letter measures, without the words that say it already."""
    letter = match[0].rstrip(" =")
    following = scene.after(match.end())
    name = next(
        name
        for its, name, measured in _quantities()
        if its == letter
        and re.match(rf"[\d.,x×\s]+(?:{any_of(measured.split('|'))}){END}", following)
    )
    said = scene.before(match.start()).lower().split()[-3:]
    unsaid = [word for word in name.split() if word not in said]
    return " ".join([*(unsaid if "rộng" in name else unsaid and name.split()), ""])


def _sides(match: Match, _scene: Scene) -> str:
    """``BxH=2x3m``: the sides that the numbers after them measure."""
    return " nhân ".join(_LETTERS[letter] for letter in re.findall(r"[A-Z]", match[0])) + " bằng "


def _times_over(match: Match, _scene: Scene) -> str:
    """``2x(3x2,5)m``: so many openings of one size."""
    sides = " nhân ".join(_decimal(side) for side in re.split(r"\s?[x×]\s?", match[2]))
    unit = f" {units()[match[3]].spoken}" if match[3] else ""
    return f"{say_written(match[1])} lần {sides}{unit}"


def _kilometre(match: Match, scene: Scene) -> str:
    """``km5``, ``Km 12+300``: a place on a road."""
    said = f"ki lô mét số {say_written(match[1])}" if scene else ""
    return said + (f" cộng {say_written(match[2])}" if match[2] else "")


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
    return f"{say_written(match[1])} {units()[match[2]].spoken}, "


def _meter(match: Match, _scene: Scene) -> str:
    """``5(80)A``: what an electric meter is made for, and what it bears."""
    return f"{say_written(match[1])}, {say_written(match[2])} ampe"


def _plot(match: Match, _scene: Scene) -> str:
    """``LK1-01``: a row of houses and the number in it, which keeps its zero."""
    zero = "không " if match[3][0] == "0" else ""
    row = f"{spell_letters(match[1])} {say_written(match[2])}"
    return f"{row}, {zero}{say_written(match[3])}"


def _lineage(match: Match, scene: Scene) -> str | None:
    """``biến thể XBB.1.5``: the branch of a virus."""
    if not scene.follows("lineage", match.start()):
        return None
    return " chấm ".join([spell_letters(match[1]), *map(say_written, match[2][1:].split("."))])


RULES = (
    Rule("technical.meter", rf"(\d{{1,3}})\s?\((\d{{1,3}})\)\s?A{END}", _meter),
    Rule(
        "technical.plot",
        rf"([A-ZĐ]{{2,4}}(?=\d{{1,2}}-\d\d)|[A-ZĐ](?=\d{{1,2}}-0))(\d{{1,2}})-(\d\d)(?![./-]?\d){END}",
        _plot,
        first="a",
    ),
    Rule(
        "technical.lineage",
        rf"([A-Z]{{2,3}})((?:\.\d{{1,3}}){{1,3}})(?!\.\d){END}",
        _lineage,
        first="a",
    ),
    Rule("technical.quantity", _quantity_pattern, _quantity, first="a"),
    Rule(
        "technical.sides",
        r"(?:[LBHDRC]\s?[x×]\s?){1,2}[LBHDRC]\s?=\s?(?=\d)",
        _sides,
        first="a",
    ),
    Rule(
        "technical.times-over",
        rf"(\d{{1,2}})\s?[x×]?\s?\(({NUMBER}(?:\s?[x×]\s?{NUMBER}){{1,2}})\)\s?(m|cm|mm|km)?{END}",
        _times_over,
    ),
    Rule(
        "technical.coordinate",
        r"(?P<degrees>\d{1,3}(?:[.,]\d{1,6})?)\s?(?:°|độ)\s?"
        r"(?:(?P<minutes>\d{1,2}(?:[.,]\d{1,4})?)[’']\s?(?:(?P<seconds>\d{1,2}(?:[.,]\d{1,4})?)[\"”]\s?)?)?"
        rf"(?P<side>[NSEWBĐT]){END}",
        _coordinate,
    ),
    Rule(
        "technical.bare-coordinate",
        rf"(?P<degrees>\d{{1,3}}[.,]\d{{1,3}})(?P<minutes>)(?P<seconds>)(?P<side>[NE]){END}",
        _coordinate,
    ),
    Rule(
        "technical.rating",
        r"(\d{1,4})(V|kVA)\s?[-/]\s?(?=\d+(?:[.,/]\d+){0,2}\s?(?:Hz|Ah|A|W|kV|V)\b)",
        _rating,
    ),
    Rule("technical.grade", rf"[cC]\s?(\d{{1,2}}){END}", _grade, first="a", quantity=True),
    Rule(
        "technical.kilometre",
        rf"(?:[Kk]m|KM(?=\s?\d+\s?\+))\s?(\d{{1,4}})(?:\s?\+\s?(\d{{1,3}}))?{END}",
        _kilometre,
        first="a",
        quantity=True,
    ),
)
