"""Dates: full ones, days with their month, months with their year, in every usual spelling."""

from __future__ import annotations

import re
from functools import cache

from broadcaster.script.lexicon import read_table
from broadcaster.script.numerals import say_integer
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import DASH, END, Match, Rule, Scene

__all__ = ["RULES", "ends_clause", "is_day", "is_feast", "named_day", "say_day"]

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[0-9]|20)\d\d"
_DAYS_COUNTED = regex(r"\d\s+ngày\s?[(:]\s?$")
_DAYS_BEFORE = regex(
    r"(?i:ngày)\s(?:\d{1,2}\s?(?:,|và|đến|tới)\s?){1,6}$|(?i:ngày và đêm|đêm và ngày)\s$"
)
_DAY_BEFORE = regex(
    r"(?i:ngày|dịp|lễ|đến|từ|hết|tối|sáng|chiều)\s\d{1,2}[-.]\d{1,2}\s?(?:,|và|đến)\s$"
)
_HOUR_BEFORE = regex(r"\d\s?[hg]\d{0,2}\s?/\s?$")
_BORN = regex(r"(?i:sinh|mất|sn|từ trần)(?!\w)[^;.]{0,12}$")
_QUARTERS = {"I": "một", "II": "hai", "III": "ba", "IV": "bốn"}
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CELEBRATED = regex(
    r"(?:kỷ niệm|ngày|lễ|[Tt]ết|dịp|mừng|thành lập|truyền thống|[Qq]uốc tế|[Gg]iải phóng"
    r"|[Cc]ách mạng|[Kk]hởi nghĩa|[Cc]hiến thắng)\s[^.;!?\d]*$",
    re.IGNORECASE,
)
_TOWN = regex(r"(?<!\w)(?:[Pp]hường|[Qq]uận|P\.?\s?\d|Q\.?\s?(?:[5-9]|1\d)|TP|HCM|đường|Đường)")
_MONTH_BEFORE = regex(
    r"(?i:tháng|quý)\s(?:\d{1,2}|[IVX]{1,4}|giêng|chạp|hai|ba|tư|sáu|bảy|tám|chín"
    r"|mười(?: một| hai)?)\s$"
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
    joint = "đến" if match["joint"].strip() in "-–—" else "và"
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


def _month_year(match: Match, scene: Scene) -> str | None:
    """``tháng 6/2025``, ``kỳ 2/2025``; the ``1/2000`` of a map is neither."""
    named = scene.follows("month", match.start())
    if scene.follows("scale", match.start()) or (int(match["year"]) < 1900 and not named):
        return None
    if scene.follows("counted-year", match.start()):
        return f"{say_integer(int(match['month']))} năm {say_integer(int(match['year']))}"
    month = say_month(match["month"]).removeprefix("tháng ")
    return f"{'' if named else 'tháng '}{month} năm {say_integer(int(match['year']))}"


def _months_range(match: Match, scene: Scene) -> str | None:
    if not scene.follows("months", match.start()):
        return None
    months = [say_month(match[name]).removeprefix("tháng ") for name in ("first", "last")]
    return f"{months[0]} đến {months[1]} năm {say_integer(int(match['year']))}"


def _months_listed(match: Match, scene: Scene) -> str | None:
    """``tháng 3,4,5/2024``: months of one year."""
    if not scene.follows("months", match.start()):
        return None
    *others, last = re.findall(r"\d+", match[0].partition("/")[0])
    said = ", ".join(say_month(month).removeprefix("tháng ") for month in others)
    joint = " và" if "và" in match[0] else ","
    return f"{said}{joint} {say_month(last)} năm {say_integer(int(match['year']))}"


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


def _quarter(match: Match, _scene: Scene) -> str:
    """``Q1/2025``, ``Q.IV/2025``."""
    quarter = _QUARTERS.get(match[1]) or say_integer(int(match[1]))
    return f"quý {quarter} năm {say_integer(int(match[2]))}"


def _bare_quarter(match: Match, scene: Scene) -> str:
    """``doanh thu Q2``; beside a ward or a town, or after the fourth, a district: ``Q7``."""
    around = scene.before(match.start()) + scene.after(match.end())
    quarter = int(match[1]) <= 4 and not _TOWN.search(around)
    return f"{'quý' if quarter else 'quận'} {say_integer(int(match[1]))}"


def _bare_year(match: Match, scene: Scene) -> str | None:
    """``tháng 5 2024``: the year of the month before it; a thing counted has no year."""
    if scene.precedes("counted", match.end()) or not _MONTH_BEFORE.search(
        scene.before(match.start())
    ):
        return None
    return f"năm {say_integer(int(match[0]))}"


def _months_of(match: Match, _scene: Scene) -> str:
    """``6T/2025``, ``9 tháng/2025``: so many months of a year."""
    return f"{say_integer(int(match[1]))} tháng năm {say_integer(int(match[2]))}"


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
    century = "19" if match["year"] > "49" else "20"
    date = say_day(match["day"], match["month"], century + match["year"])
    return named_day(match.start(), scene) + date


RULES = (
    Rule(
        "dates.full",
        rf"(?P<day>{_DAY})\s?(?P<s>[/.\-–])\s?(?P<month>{_MONTH})\s?(?P=s)\s?(?P<year>{_YEAR})(?![/\d]){END}",
        _full,
        quantity=True,
    ),
    Rule(
        "dates.short-year",
        rf"(?P<day>{_DAY})(?P<s>[/.-])(?P<month>{_MONTH})(?P=s)(?P<year>\d\d)(?![/.,]?\d|-\d{{1,2}}(?!\d?/\d)){END}",
        _short_year,
        quantity=True,
    ),
    Rule(
        "dates.iso",
        rf"(?P<year>{_YEAR})(?P<s>[-/.])(?P<month>0[1-9]|1[0-2])(?P=s)(?P<day>0[1-9]|[12]\d|3[01]){END}",
        _iso,
        quantity=True,
    ),
    Rule(
        "dates.several",
        rf"(?P<days>{_DAY}(?:\s?-\s?{_DAY}){{2,4}})\s?/\s?(?P<month>{_MONTH})"
        rf"(?:[/-](?P<year>{_YEAR}))?(?![/\d]){END}",
        _several_days,
        quantity=True,
    ),
    Rule(
        "dates.days",
        rf"(?P<first>{_DAY})(?P<joint>\s?(?:{DASH}|,|và|&|\+)\s?)(?P<last>{_DAY})\s?/\s?(?P<month>{_MONTH})"
        rf"(?:[/-](?P<year>{_YEAR}))?(?![/\d]){END}",
        _days_range,
        quantity=True,
    ),
    Rule(
        "dates.months",
        rf"(?P<first>{_MONTH})\s?{DASH}\s?(?P<last>{_MONTH})[/-](?P<year>{_YEAR}){END}",
        _months_range,
        quantity=True,
    ),
    Rule(
        "dates.months-listed",
        rf"{_MONTH}(?:\s?,\s?{_MONTH}){{0,10}}\s?(?:,|và)\s?{_MONTH}/(?P<year>{_YEAR})(?![/\d]){END}",
        _months_listed,
        quantity=True,
    ),
    Rule(
        "dates.quarter",
        rf"Q\.?\s?([1-4]|I{{1,3}}|IV)(?:\s?[/-]\s?|\s)({_YEAR}){END}",
        _quarter,
        first="a",
        quantity=True,
    ),
    Rule(
        "dates.bare-quarter",
        rf"Q(\d{{1,2}})(?![./-]?\d){END}",
        _bare_quarter,
        first="a",
        quantity=True,
    ),
    Rule("dates.bare-year", rf"(?:19|20)\d\d(?![.,/-]?\d){END}", _bare_year, quantity=True),
    Rule(
        "dates.months-of",
        rf"(\d{{1,2}})(?:\s?T\s?/?|\s?tháng\s?/)\s?({_YEAR}){END}",
        _months_of,
        quantity=True,
    ),
    Rule(
        "dates.month-year",
        rf"(?P<month>{_MONTH})\s?[/-]\s?(?P<year>{_YEAR})(?![/\d]){END}",
        _month_year,
        quantity=True,
    ),
    Rule(
        "dates.day",
        rf"(?P<day>{_DAY})(?P<joint>[.-])(?P<month>{_MONTH})(?![.,/-]?\d)(?!\s?%){END}",
        _dotted_day,
        quantity=True,
    ),
)
