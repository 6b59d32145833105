"""Technical signs: ``Km 12+300``, ``16,5°N``, ``gió c6``, ``L=350m``, ``2x(2x2)m``."""

from __future__ import annotations

from broadcaster.script.numerals import say_decimal, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import END, Match, Rule, Scene
from broadcaster.script.rules.unit_names import units

__all__ = ["RULES"]

_SIDES = {
    **dict.fromkeys("NB", "vĩ Bắc"),
    "S": "vĩ Nam",
    **dict.fromkeys("EĐ", "kinh Đông"),
    **dict.fromkeys("WT", "kinh Tây"),
}


_WIND = regex(r"(?i)(?:gió|giật|bão|áp thấp)(?!\w)[^,;.]{0,25}$")


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


RULES = (
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
