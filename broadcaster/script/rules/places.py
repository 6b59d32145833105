"""Places and roads: ``TP.HCM``, ``H.Cẩm Mỹ``, ``P. Đức Xuân``, ``QL.1A``.

They stand after the offices, which share their letters and are told by the words after them.
"""

from __future__ import annotations

import re

from broadcaster.script.alphabet import LOWER, UPPER, letter_name
from broadcaster.script.numerals import say_digits, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.prefixes import NAME_BEFORE, prefixes
from broadcaster.script.rules.rule import END, Match, Rule, Scene

__all__ = ["RULES"]

_ON_THE_WAY = regex(
    r"(?<!\w)(?:là|qua|đến|tới|về|từ|giữa|thuộc|gồm|các|địa bàn|giáp)$", re.IGNORECASE
)


def _place(match: Match, scene: Scene) -> str | None:
    """``TP.HCM``, ``H.Cẩm Mỹ``, ``Q.1``; a text may call something else ``TT``."""
    prefix = next(filter(None, match.groups())).upper()
    if match[1] in scene.facts.defined:
        return None
    if match[2] and NAME_BEFORE.search(scene.before(match.start())):
        return None
    glued = match[3] and match[0] == match[3]
    before = scene.before(match.start()).rstrip()
    listed = before.endswith((",", ";")) or scene.follows("address", match.start())
    listed = listed or _ON_THE_WAY.search(before) is not None
    if (glued or prefix in {"T", "X"}) and not listed:
        return None
    return prefixes("place")[prefix]


def _road(match: Match, scene: Scene) -> str | None:
    known = scene.lexicon.find(scene.text, match.start())
    if known and known[1] == match.end():
        return None
    if match[1] == "CT":
        named = "" if scene.before(match.start()).lower().endswith("cao tốc ") else "cao tốc "
        return f"{named}xê tê {say_digits(match[2])}"
    letter = f" {letter_name(match[3])}" if match[3] else ""
    road = prefixes("road")[match[1]]
    if scene.before(match.start()).lower().endswith("đường "):
        road = road.removeprefix("đường ")
    return f"{road} {say_written(match[2])}{letter}"


RULES = (
    Rule(
        "places.place",
        rf"(TP|Tp|TX|Tx|TT|Tt|KP|Kp|KDC)\.\s?(?=[{UPPER}][{LOWER}]|[{UPPER}]\s[{UPPER}]|\d)"
        rf"|([HPQXTĐhpqx])\.\s?(?=[{UPPER}][{LOWER}]|\d)|([PQ])(?:\s(?=\d)|(?=\d{{1,2}}{END}))"
        rf"|(tp|tx|tt|kp)\.?\s?(?=[{UPPER}])",
        _place,
        first="a",
    ),
    Rule(
        "places.road",
        rf"(QL|TL|ĐT|ĐH|HL|ĐX|CT(?=\.\d\d(?!\d)))[.\s-]?(\d{{1,3}})([A-ZĐ])?(?![./]\d){END}",
        _road,
        first="a",
    ),
)
