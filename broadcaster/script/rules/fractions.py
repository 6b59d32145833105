"""``m/n`` by its neighbours: a date, a part of a whole, a rate, a score, a house number."""

from __future__ import annotations

from broadcaster.script.alphabet import LOWER, UPPER, letter_name
from broadcaster.script.numerals import say_integer, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.dates import ends_clause, is_day, is_feast, named_day, say_day
from broadcaster.script.rules.numbers import NUMBER, say_amount
from broadcaster.script.rules.rule import DASH, END, Match, Rule, Said, Scene
from broadcaster.script.rules.units import counts_marks, end_or_unit, unit_after

__all__ = ["RULES"]

_PARTS = {"2": "hai", "3": "ba", "4": "tư", "5": "năm"}
_ACHIEVED = regex(r"[,;(]?\s?\(?(?:đạt|chiếm|bằng|=|tỷ lệ)?\s?(?:tỷ lệ )?[\d.,]{1,6}\s?%")
_SCORE_TABLE = regex(r"(?:[Đđ]ội|[Tt]rận|CLB|FC|U\d\d)(?!\w)[^.;]*:\s?$|\w\s[-–]\s\w[^.;:]*:\s?$")
_HOUSES = regex(r"(?:[Ll]ớp|[Tt]ổ|[Ss]ố nhà|[Kk]iệt|[Hh]ẻm)(?:\s\d{1,3}/\d{1,3}(?:,| và)){1,5}\s$")
_HOUR_BEFORE = regex(r"\d\s?[hg]\d{0,2}\s?/\s?$")
_SIGN_BEFORE = regex(r"(?:^|[\s(])[-–+]$")
_SCORE_TOLD = regex(r"(?i)(?:thắng|thua|hòa|tỷ số|tỉ số|chung cuộc)(?!\w)")


def _read(match: Match, scene: Scene) -> str | Said:
    part, whole = match["part"], match["whole"]
    if (
        len(whole) == 4
        and whole[:2] in {"19", "20"}
        and scene.follows("named-number", match.start())
    ):
        return f"{say_written(part)} gạch chéo {say_written(whole)}"
    if _is_house(match, scene):
        return f"{say_amount(match, scene, 'part')} xuyệt {say_amount(match, scene, 'whole')}"
    if scene.follows("score", match.start()) and not scene.ends_name(match.start()):
        return f"{say_amount(match, scene, 'part')} {say_amount(match, scene, 'whole')}"
    if _is_date(match, scene, (part, whole)):
        named = scene.follows("named-after", match.start())
        return ("" if named else named_day(match.start(), scene)) + say_day(part, whole)
    said, followed = _say_part(match, scene), unit_after(scene, match.end())
    if not followed:
        return said
    unit, end = followed
    marks = unit.spoken == "đồng" and counts_marks(match, scene)
    return Said(f"{said} {'điểm' if marks else unit.spoken}", end)


def _is_house(match: Match, scene: Scene) -> bool:
    return bool(
        (scene.follows("house", match.start()) or _HOUSES.search(scene.before(match.start())))
        and not scene.follows("sum", match.start())
        and not scene.precedes("calendar", match.end())
    )


def _say_part(match: Match, scene: Scene) -> str:
    part, whole = match["part"], match["whole"]
    plain = part.isdigit() and whole.isdigit()
    small = plain and int(part) < int(whole) <= 10 and not part.startswith("0")
    alone = _stands_alone(match, scene)
    measured = alone or scene.precedes("measured", match.end()) or _is_measured(match, scene)
    measured = measured or _is_amount(match, scene)
    taught = scene.follows("fraction", match.start()) or (plain and alone)
    half = (part, whole) == ("1", "2")
    measured = measured or scene.follows("share-of", match.start())
    joint = "phần" if (small and measured) or half or taught else "trên"
    quarters = joint == "phần" and whole == "4"
    total = "tư" if quarters else say_amount(match, scene, "whole")
    return f"{say_amount(match, scene, 'part')} {joint} {total}"


def _is_amount(match: Match, scene: Scene) -> bool:
    """``7/8 kg``; but ``đạt 7/8 ha`` is so much of what was wanted."""
    followed = unit_after(scene, match.end())
    is_measure = followed is not None and "measure" in followed[0].kind
    return is_measure and not scene.follows("reached", match.start())


def _stands_alone(match: Match, scene: Scene) -> bool:
    return match[0] == scene.text.strip(" .+-–")


def _is_date(match: Match, scene: Scene, pair: tuple[str, str]) -> bool:
    possible = all(p.isdigit() and len(p) <= 2 for p in pair) and is_day(*pair)
    if not possible or _is_measured(match, scene):
        return False
    if scene.follows("day", match.start()) or scene.precedes("calendar", match.end()):
        return True
    if _HOUR_BEFORE.search(scene.before(match.start())):
        return True
    if scene.follows("named-after", match.start()):
        return is_feast(*pair)
    if scene.follows("scale", match.start()) or scene.follows("part-of", match.start()):
        return False
    return _guess_date(match, scene, (int(pair[0]), int(pair[1])))


def _is_measured(match: Match, scene: Scene) -> bool:
    """``1/2kg``, ``-3/4``: no day has a unit or a sign."""
    glued = scene.text[match.end() : match.end() + 1].isalpha()
    return glued or bool(_SIGN_BEFORE.search(scene.before(match.start())))


def _guess_date(match: Match, scene: Scene, pair: tuple[int, int]) -> bool:
    """Without ``ngày`` the neighbours decide; where they don't, the editor is told."""
    cue = scene.follows("near-date", match.start())
    following = scene.next_word(match.end())
    if len(following) > 1 and following.isupper() and not scene.shouted:
        return cue or is_feast(*pair)
    if not ends_clause(scene, match.end()):
        return cue and pair[0] > pair[1]
    if _stands_alone(match, scene) and not is_feast(*pair):
        return pair[0] > pair[1]
    if scene.facts.is_total(pair[1]) or scene.follows("rank", match.start()):
        return False
    if scene.follows("share-of", match.start()) or _ACHIEVED.match(scene.after(match.end())):
        return False
    if not (cue or is_feast(*pair) or pair[0] > pair[1]):
        scene.doubt("ambiguous-fraction", match.start(), match[0])
    return True


def _slash_pattern() -> str:
    return rf"(?P<part>{NUMBER})\s?/\s?(?P<whole>{NUMBER})(?!\s?[/\d]|[.,]\d){end_or_unit()}"


def _score(match: Match, scene: Scene) -> str | None:
    """``tỷ số 3-1``; also between two names: ``Việt Nam 3-1 Thái Lan``."""
    after = scene.next_word(match.end())
    named = scene.before(match.start()).rstrip().rpartition(" ")[2][:1].isupper()
    told = _SCORE_TOLD.search(scene.before(match.start())) and (
        named or after in {"", "và", "trước", "ở", "trong", "tại", "sau"}
    )
    alone = match[0] == scene.text.strip(" .") and int(match[1]) >= int(match[2])
    table = alone or (_SCORE_TABLE.search(scene.before(match.start())) and not after.islower())
    if scene.follows("score", match.start()) or told or table or (named and after[:1].isupper()):
        return f"{say_integer(int(match[1]))} {say_integer(int(match[2]))}"
    return None


def _round_the_clock(match: Match, scene: Scene) -> str | None:
    """``trực 24/7``; ``sáng 24/7`` and ``đến 24/7`` are a day of July."""
    if match[0] == "24/7" and (
        scene.follows("day", match.start()) or scene.follows("near-day", match.start())
    ):
        return None
    if match[1] == "7" and "24" not in scene.before(match.start())[-20:]:
        return None
    said = f"{say_integer(int(match[1]))} trên {say_integer(int(match[2]))}"
    return said + (" giờ" if match[3] else "")


def _draw(_match: Match, _scene: Scene) -> str:
    """``hòa 1/2-1/2``: a point shared at chess."""
    return "một phần hai, một phần hai"


def _years(match: Match, _scene: Scene) -> str | None:
    first, last = int(match[1]), int(match[2])
    return f"{say_integer(first)} đến {say_integer(last)}" if last == first + 1 else None


def _house(match: Match, _scene: Scene) -> str:
    """``hẻm 45/6/7``, ``12/5A Lê Lợi``; no date has three parts or a letter."""
    return " xuyệt ".join(map(_say_house, match[0].split("/")))


def _say_house(number: str) -> str:
    digits = number.rstrip(UPPER + LOWER)
    letters = " ".join(letter_name(letter) for letter in number[len(digits) :])
    return f"{say_written(digits)} {letters}".strip()


def _alley(match: Match, _scene: Scene) -> str:
    """``K12/5``, ``K54/H10/3``: alleys of the towns of the middle of the country."""
    said = [f"kiệt {_say_house(match[1])}"]
    said += [
        f"hẻm {_say_house(part[1:])}" if part[0] == "H" else _say_house(part)
        for part in match[2].strip("/").split("/")
    ]
    return " xuyệt ".join(said)


def _mixed(match: Match, _scene: Scene) -> str:
    """``2 1/2``: a whole and a part of one."""
    whole, part, parts = match.groups()
    return f"{say_written(whole)} và {say_written(part)} phần {_PARTS[parts]}"


RULES = (
    Rule("fractions.mixed", rf"(\d{{1,3}})\s([1-3])/([2-5]){END}", _mixed, quantity=True),
    Rule(
        "fractions.house",
        rf"\d{{1,4}}(?:/\d{{1,4}}){{2,4}}[A-Z]?{END}"
        rf"|(?![2-6]G/)\d{{1,4}}[A-Z](?:/\d{{1,4}}[A-Z]?){{1,3}}{END}|\d{{1,4}}(?:/\d{{1,4}}){{1,3}}[A-Z]{END}",
        _house,
    ),
    Rule(
        "fractions.alley",
        rf"K(\d{{1,4}}[A-Z]?)((?:/H?\d{{1,4}}[A-Z]?){{1,4}}){END}",
        _alley,
        first="a",
    ),
    Rule("fractions.draw", rf"1/2\s?{DASH}\s?1/2(?![/.,]?\d){END}", _draw),
    Rule("fractions.years", rf"((?:19|20)\d\d)/((?:19|20)\d\d){END}", _years, quantity=True),
    Rule(
        "fractions.round-the-clock",
        rf"(24|7(?=\s?/\s?7))\s?/\s?(24|7)\s?(h|giờ)?(?!/){END}",
        _round_the_clock,
    ),
    Rule(
        "fractions.slash",
        _slash_pattern,
        _read,
        quantity=True,
    ),
    Rule(
        "fractions.score", rf"(\d{{1,2}})\s?{DASH}\s?(\d{{1,2}})(?![.,/]?\d)(?!\s?%){END}", _score
    ),
)
