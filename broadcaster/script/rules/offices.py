"""Offices and bodies before a dot: ``P. Nội vụ``, ``P.KD``, ``Q. Giám đốc``, ``BV.ĐK``."""

from __future__ import annotations

import re

from broadcaster.script.alphabet import LETTER, LOWER, UPPER
from broadcaster.script.regex import regex
from broadcaster.script.rules.prefixes import NAME_BEFORE, prefixes
from broadcaster.script.rules.rule import END, Match, Rule, Said, Scene

__all__ = ["RULES"]

_PERSON = regex(
    rf"(?<!\w)(?i:đ/c|đồng chí|ông|bà|anh|chị|cô)\s(?:[{UPPER}][{LOWER}]+\s?){{1,4}}[(,–-]\s?$"
)


def _room(_match: Match, _scene: Scene) -> str:
    return "phòng"


def _named(match: Match, _scene: Scene) -> str | None:
    """``P. Nội vụ``, ``P. Chủ tịch``; a second capital makes it a place: ``P. Kinh Dinh``."""
    offices, prefix = prefixes("office"), match["prefix"].upper()
    first, second = match["first"], match["second"] or ""
    if office := offices.get(f"{prefix} {first} {second.lower()}"):
        return office
    placed = second[:1].isupper() and (len(second) == 1 or not second.isupper())
    return None if placed else offices.get(f"{prefix} {first}")


def _unit(match: Match, scene: Scene) -> str | None:
    """``P.KD``, ``P.TCHC``: an office; ``P.GĐ`` is a deputy; ``B.QLDA``, ``K.KCB``."""
    if scene.shouted or NAME_BEFORE.search(scene.before(match.start())):
        return None
    if match[1] != "P" and (match[0][-1] != "." or scene.starts_line(match.start())):
        return None
    name = re.match(rf"[{UPPER}]{{2,12}}", scene.after(match.end()))
    return prefixes("office").get(f"{match[1]} {name and name[0]}") or prefixes("unit")[match[1]]


def _title(match: Match, scene: Scene) -> str | None:
    """``đ/c Hùng (CT)``, ``bà Lan - KT``: what the person is."""
    named = _PERSON.search(scene.before(match.start()))
    ends = re.match(r"\s?(?:[),;.:]|$)", scene.after(match.end()))
    return prefixes("title")[match[0]] if named and ends else None


def _title_pattern() -> str:
    return rf"(?:{'|'.join(prefixes('title'))}){END}"


def _joined(match: Match, scene: Scene) -> Said | None:
    """``BV.ĐK``, ``TT.DVNN``: a dot between abbreviations ends no sentence."""
    said = scene.facts.defined.get(match[1])
    found = scene.lexicon.find(scene.text, match.start())
    if found and not said:
        said = found[0].spoken if found[1] == match.end(1) else None
    return Said(said, match.end()) if said else None


RULES = (
    Rule("offices.title", _title_pattern, _title, first="a"),
    Rule("offices.room", r"[Pp](?:\.\s?|\s)(?=\d{3})", _room, first="a"),
    Rule(
        "offices.named",
        rf"(?P<prefix>[PQpq])\.\s?(?=(?P<first>[{UPPER}](?:[{LOWER}]{LETTER}*|(?=\s[{LOWER}])))(?:\s(?P<second>{LETTER}+))?)",
        _named,
        first="a",
    ),
    Rule(
        "offices.unit",
        rf"([PBKTSĐVC])\.\s?(?=[{UPPER}]{{2}}(?!\.[{UPPER}]))",
        _unit,
        first="a",
    ),
    Rule(
        "offices.joined",
        rf"([{UPPER}]{{2,8}})\.(?=[{UPPER}]{{2,8}}{END})",
        _joined,
        first="a",
    ),
)
