"""Dates: full ones and days with their month, in every usual spelling."""

from __future__ import annotations

import re
from functools import cache

from broadcaster.script.alphabet import LOWER
from broadcaster.script.lexicon import read_table
from broadcaster.script.numerals import say_integer
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import DASH, END, Match, Rule, Scene

__all__ = [
    "MONTH",
    "RULES",
    "YEAR",
    "ends_clause",
    "is_day",
    "is_feast",
    "named_day",
    "say_day",
    "say_month",
]

MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DAYS_COUNTED = regex(r"\d\s+ngày\s?[(:]\s?$")
_DAYS_BEFORE = regex(
    r"(?i:ngày)\s(?:\d{1,2}\s?(?:,|và|đến|tới)\s?){1,6}$|(?i:ngày và đêm|đêm và ngày)\s$"
)
_DAY_BEFORE = regex(
    r"(?i:ngày|dịp|lễ|đến|từ|hết|tối|sáng|chiều)\s\d{1,2}[-.]\d{1,2}\s?(?:,|và|đến)\s$"
)
_HOUR_BEFORE = regex(r"\d\s?[hg]\d{0,2}\s?/\s?$")
_BORN = regex(r"(?i:sinh|mất|sn|từ trần)(?!\w)[^;.]{0,12}$")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CELEBRATED = regex(
    r"(?:kỷ niệm|ngày|lễ|[Tt]ết|dịp|mừng|thành lập|truyền thống|[Qq]uốc tế|[Gg]iải phóng"
    r"|[Cc]ách mạng|[Kk]hởi nghĩa|[Cc]hiến thắng)\s[^.;!?\d]*$",
    re.IGNORECASE,
)
_CONTEST = regex(r"(?:thắng|thua|hòa|tỷ số|tỉ số)(?!\w)")


@cache
def _feasts() -> frozenset[tuple[int, int]]:
    rows = (row[0].split("/") for row in read_table("feasts"))
    return frozenset((int(day), int(month)) for day, month in rows)


def is_feast(day: str | int, month: str | int) -> bool:
    """Whether an anniversary that everybody knows by its date falls on this day."""
    return (int(day), int(month)) in _feasts()


def is_day(day: str | int, month: str | int) -> bool:
    """Whether such a day stands in the calendar."""
    return 1 <= int(month) <= 12 and 1 <= int(day) <= _LONGEST[int(month) - 1]


def say_month(month: str | int) -> str:
    """``tháng tư``, ``tháng mười hai``."""
    return "tháng tư" if int(month) == 4 else f"tháng {say_integer(int(month))}"


def say_day(day: str, month: str, year: str | None = None) -> str:
    """``ngày`` is not said here: it may stand before the date already."""
    said = f"{say_integer(int(day))} {say_month(month)}"
    return f"{said} năm {say_integer(int(year))}" if year else said


def named_day(start: int, scene: Scene) -> str:
    """``ngày ``, unless the text says it already: ``ngày 3, 5 và 7/8``."""
    before = scene.before(start)
    said = scene.follows("day-said", start) or _DAYS_BEFORE.search(before)
    return "" if said and not _DAYS_COUNTED.search(before) else "ngày "


def _full(match: Match, scene: Scene) -> str | None:
    if not is_day(match["day"], match["month"]):
        return None
    return named_day(match.start(), scene) + say_day(match["day"], match["month"], match["year"])


def _iso(match: Match, scene: Scene) -> str | None:
    return _full(match, scene)


def _days_range(match: Match, scene: Scene) -> str | None:
    """``15-20/7/2023``, ``01, 02/8``: days that share their month."""
    first, last, month = match["first"], match["last"], match["month"]
    if not (is_day(first, month) and is_day(last, month) and int(first) < int(last)):
        return None
    if match["joint"].strip() in ",+" and not scene.follows("day", match.start()):
        return None
    joint = "đến" if match["joint"].strip()[0] in "-–—→" else "và"
    said = f"{say_integer(int(first))} {joint} {say_day(last, month, match['year'])}"
    return named_day(match.start(), scene) + said


def _several_days(match: Match, scene: Scene) -> str | None:
    """``24-25-26/11``: one day after the other."""
    days = [int(day) for day in re.split(r"\s?-\s?", match["days"])]
    in_turn = days == [*range(days[0], days[0] + len(days))]
    if not in_turn or not is_day(days[-1], match["month"]):
        return None
    earlier = ", ".join(say_integer(day) for day in days[:-1])
    last = say_day(str(days[-1]), match["month"], match["year"])
    return f"{named_day(match.start(), scene)}{earlier} và {last}"


def _dotted_day(match: Match, scene: Scene) -> str | None:
    """``Chiều 15.10``, ``đến 8-5``: a day only where the words around say so."""
    if not is_day(match["day"], match["month"]) or scene.follows("score", match.start()):
        return None
    if scene.follows("named-after", match.start()) and is_feast(match["day"], match["month"]):
        return say_day(match["day"], match["month"])
    strong = scene.follows("day", match.start()) or scene.precedes("calendar", match.end())
    if strong and scene.next_word(match.end()) == "tháng":
        return None
    if strong or _is_weak_day(match, scene):
        return named_day(match.start(), scene) + say_day(match["day"], match["month"])
    return None


def ends_clause(scene: Scene, end: int) -> bool:
    """Whether nothing that is counted follows: the clause ends, or a function word stands there."""
    following = scene.next_word(end)
    return (
        not following.islower() or scene.precedes("after-date", end)
    ) and not scene.text.startswith("%", end)


def _is_celebrated(match: Match, scene: Scene) -> bool:
    """``ngày Nhà giáo Việt Nam 20-11``, ``kỷ niệm Giải phóng Thủ đô 10-10``."""
    before = scene.before(match.start())
    return bool(_CELEBRATED.search(before)) and not _CONTEST.search(before)


def _is_weak_day(match: Match, scene: Scene) -> bool:
    ends = ends_clause(scene, match.end())
    if ends and _is_celebrated(match, scene):
        return True
    if match["joint"] == "-" and _bracketed_day(match, scene):
        return True
    if _HOUR_BEFORE.search(scene.before(match.start())):
        return True
    if _DAY_BEFORE.search(scene.before(match.start())):
        return True
    return (
        ends
        and scene.follows("near-day", match.start())
        and (match["joint"] == "-" or len(match["month"]) == 2)
    )


def _bracketed_day(match: Match, scene: Scene) -> bool:
    inside = scene.before(match.start()).endswith("(") and scene.after(match.end()).startswith(")")
    return inside and "ngày" in scene.before(match.start()).lower()


def _short_year(match: Match, scene: Scene) -> str | None:
    """``ngày 5/9/24``: two digits of a year, where a day is expected; ``sinh ngày 2/9/58``."""
    if not is_day(match["day"], match["month"]) or scene.follows("house", match.start()):
        return None
    born = _BORN.search(scene.before(match.start())) is not None
    if match["year"] > "49" and not born:
        return None
    expected = scene.follows("day", match.start()) or scene.follows("near-day", match.start())
    whole = match["s"] == "/" or len(match["day"] + match["month"]) == 4
    if not expected and not (whole and ends_clause(scene, match.end())):
        return None
    century = "19" if match["year"] > "34" else "20"
    date = say_day(match["day"], match["month"], century + match["year"])
    return named_day(match.start(), scene) + date


RULES = (
    Rule(
        "dates.full",
        rf"(?P<day>{_DAY})\s?(?P<s>[/.\-–])\s?(?P<month>{MONTH})\s?(?P=s)\s?(?P<year>{YEAR})(?![/\d])(?:{END}|(?=[{LOWER}]{{2}}))",
        _full,
        quantity=True,
    ),
    Rule(
        "dates.short-year",
        rf"(?P<day>{_DAY})(?P<s>[/.-])(?P<month>{MONTH})(?P=s)(?P<year>\d\d)(?![/.,]?\d|-\d{{1,2}}(?!\d?/\d)){END}",
        _short_year,
        quantity=True,
    ),
    Rule(
        "dates.iso",
        rf"(?P<year>{YEAR})(?P<s>[-/.])(?P<month>0[1-9]|1[0-2])(?P=s)(?P<day>0[1-9]|[12]\d|3[01]){END}",
        _iso,
        quantity=True,
    ),
    Rule(
        "dates.several",
        rf"(?P<days>{_DAY}(?:\s?-\s?{_DAY}){{2,4}})\s?/\s?(?P<month>{MONTH})"
        rf"(?:[/-](?P<year>{YEAR}))?(?![/\d]){END}",
        _several_days,
        quantity=True,
    ),
    Rule(
        "dates.days",
        rf"(?P<first>{_DAY})(?P<joint>\s?(?:{DASH}>?|→|,|và|&|\+)\s?)(?P<last>{_DAY})\s?/\s?(?P<month>{MONTH})"
        rf"(?:[/-](?P<year>{YEAR}))?(?![/\d]){END}",
        _days_range,
        quantity=True,
    ),
    Rule(
        "dates.day",
        rf"(?P<day>{_DAY})(?P<joint>[.-])(?P<month>{MONTH})(?![.,/-]?\d)(?!\s?%){END}",
        _dotted_day,
        quantity=True,
    ),
)
