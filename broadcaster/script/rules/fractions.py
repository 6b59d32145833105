"""``m/n`` by its neighbours: a date, a part of a whole, a rate, a score, a house number."""

from __future__ import annotations

import re

from broadcaster.script.numerals import say_integer, say_written
from broadcaster.script.rules.dates import is_day, named_day, say_day
from broadcaster.script.rules.numbers import NUMBER, say_amount
from broadcaster.script.rules.rule import DASH, END, Match, Rule, Said, Scene
from broadcaster.script.rules.units import unit_after

__all__ = ["RULES"]

_FUNCTION_WORDS = frozenset(
    [
        "và",
        "của",
        "đến",
        "tới",
        "tại",
        "ở",
        "trong",
        "là",
        "để",
        "với",
        "theo",
        "hằng",
        "hàng",
        "đã",
        "sẽ",
        "được",
        "hoặc",
        "thì",
        "cho",
        "vừa",
        "do",
        "về",
        "năm",
        "nhằm",
        "này",
        "nên",
        "cũng",
        "bằng",
        "vào",
        "từ",
        "sau",
        "trước",
        "có",
        "như",
        "phải",
        "cần",
        "lúc",
    ]
)
_MEASURES = {"số", "diện", "dân", "tổng", "quãng", "thời", "chiều", "khối", "giá", "lượng", "công"}
_SCORE_TOLD = re.compile(r"(?:thắng|thua|hòa|tỷ số|tỉ số|chung cuộc)(?!\w)")
_FEASTS = {(30, 4), (1, 5), (2, 9), (8, 3), (20, 11), (26, 3), (27, 7), (19, 8), (22, 12)} | {
    (3, 2),
    (19, 5),
    (1, 6),
    (20, 10),
    (10, 10),
    (6, 1),
    (21, 6),
    (27, 2),
    (28, 6),
    (18, 11),
    (1, 1),
}


def _read(match: Match, scene: Scene) -> str | Said:
    part, whole = match["part"], match["whole"]
    if scene.follows("house", match.start()) and not scene.follows("sum", match.start()):
        return f"{say_amount(match, scene, 'part')} xuyệt {say_amount(match, scene, 'whole')}"
    if scene.follows("score", match.start()):
        return f"{say_amount(match, scene, 'part')} {say_amount(match, scene, 'whole')}"
    if _is_date(match, scene, (part, whole)):
        return named_day(match.start(), scene) + say_day(part, whole)
    said, unit = _say_part(match, scene), unit_after(scene, match.end())
    return Said(said + unit.text, unit.end) if unit else said


def _say_part(match: Match, scene: Scene) -> str:
    part, whole = match["part"], match["whole"]
    plain = part.isdigit() and whole.isdigit()
    small = plain and int(part) < int(whole) <= 10 and not part.startswith("0")
    measured = scene.next_word(match.end()) in _MEASURES or _stands_alone(match, scene)
    half = (part, whole) == ("1", "2")
    joint = "phần" if (small and measured) or half else "trên"
    quarters = joint == "phần" and whole == "4"
    total = "tư" if quarters else say_amount(match, scene, "whole")
    return f"{say_amount(match, scene, 'part')} {joint} {total}"


def _stands_alone(match: Match, scene: Scene) -> bool:
    return match[0] == scene.text.strip(" .")


def _is_date(match: Match, scene: Scene, pair: tuple[str, str]) -> bool:
    if not (all(p.isdigit() and len(p) <= 2 for p in pair) and is_day(*pair)):
        return False
    if scene.follows("day", match.start()):
        return True
    if scene.follows("scale", match.start()) or match[0] == "24/7":
        return False
    return _guess_date(match, scene, (int(pair[0]), int(pair[1])))


def _guess_date(match: Match, scene: Scene, pair: tuple[int, int]) -> bool:
    """Without ``ngày`` the neighbours decide; where they don't, the editor is told."""
    following = scene.next_word(match.end())
    cue = scene.follows("near-date", match.start())
    noun = following.islower() and following not in _FUNCTION_WORDS
    if noun:
        return cue and pair[0] > pair[1]
    if _stands_alone(match, scene) and pair not in _FEASTS:
        return False
    if scene.facts.is_total(pair[1]) or scene.follows("rank", match.start()):
        return False
    if not (cue or pair in _FEASTS or pair[0] > pair[1]):
        scene.doubt("ambiguous-fraction", match.start(), match[0])
    return True


def _score(match: Match, scene: Scene) -> str | None:
    """``tỷ số 3-1``; also between two names: ``Việt Nam 3-1 Thái Lan``."""
    after = scene.next_word(match.end())
    named = scene.before(match.start()).rstrip().rpartition(" ")[2][:1].isupper()
    told = _SCORE_TOLD.search(scene.before(match.start())) and after in {"", "và", "trước"}
    if scene.follows("score", match.start()) or told or (named and after[:1].isupper()):
        return f"{say_integer(int(match[1]))} {say_integer(int(match[2]))}"
    return None


def _round_the_clock(match: Match, _scene: Scene) -> str:
    said = f"{say_integer(24)} trên {say_integer(int(match[1]))}"
    return said + (" giờ" if match[2] else "")


def _years(match: Match, _scene: Scene) -> str | None:
    first, last = int(match[1]), int(match[2])
    return f"{say_integer(first)} đến {say_integer(last)}" if last == first + 1 else None


def _house(match: Match, scene: Scene) -> str | None:
    """``hẻm 45/6/7``."""
    if not scene.follows("house", match.start()):
        return None
    return " xuyệt ".join(say_written(part) for part in match[0].split("/"))


RULES = (
    Rule("fractions.house", rf"\d{{1,4}}(?:/\d{{1,4}}){{2,4}}{END}", _house),
    Rule("fractions.years", rf"((?:19|20)\d\d)/((?:19|20)\d\d){END}", _years, quantity=True),
    Rule("fractions.round-the-clock", rf"24\s?/\s?(24|7)\s?(h|giờ)?(?!/){END}", _round_the_clock),
    Rule(
        "fractions.slash",
        rf"(?P<part>{NUMBER})\s?/\s?(?P<whole>{NUMBER})(?!\s?[/\d]){END}",
        _read,
        quantity=True,
    ),
    Rule(
        "fractions.score", rf"(\d{{1,2}})\s?{DASH}\s?(\d{{1,2}})(?![.,/]?\d)(?!\s?%){END}", _score
    ),
)
