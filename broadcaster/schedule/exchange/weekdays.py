"""Days of the week as timetables say them: ``T2-T7``, ``thứ Hai, thứ Tư``, ``2-4-6``, ``trừ CN``.

Pure, and apart from the words of our own week files, which are few and strict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Days", "find_days", "read_days", "spelled_days"]

_EVERY = frozenset(range(7))
_ALL = re.compile(
    r"(?:hằng|hàng|mỗi|mọi|tất cả các) ngày(?: trong tuần)?|cả tuần|cả 7 ngày|7 ngày(?:/tuần)?"
    r"|daily|every ?day|các ngày"
)
_WORK = re.compile(r"(?:các )?ngày (?:làm việc|thường)|giờ hành chính|weekdays")
_UNSURE = re.compile(r"(?:các |những )?ngày trong tuần|trong tuần")
_END = re.compile(r"(?:các )?(?:ngày )?cuối tuần|(?:hai|2) ngày cuối tuần|weekends?")
_NAMES = {"2": 0, "hai": 0, "3": 1, "ba": 1, "4": 2, "tư": 2, "tu": 2, "bốn": 2, "5": 3, "năm": 3}
_NAMES |= {"6": 4, "sáu": 4, "sau": 4, "7": 5, "bảy": 5, "bẩy": 5, "bay": 5}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SUNDAY = r"(?:chủ|chúa) ?nhật|chu nhat|c\.? ?n\.?(?![\w])"
_NAME = r"[2-7](?!\d)|hai|ba|tư|tu|bốn|năm|sáu|sau|bảy|bẩy|bay"
_TOKEN = re.compile(
    rf"(?P<sunday>{_SUNDAY})|(?P<said>(?:thứ|thu|t) ?[.:]? ?(?P<name>{_NAME})(?!\w))"
    rf"|(?P<english>(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|s)?(?!\w))"
    rf"|(?P<bare>(?:{_NAME})(?![\w:h]))"
    r"|(?P<to>-+>?|–|—|−|~|→|đến|tới|to(?!\w))|(?P<and>[,;/+&\n.|]|và(?!\w)|hoặc)"
    r"|(?P<noise>\s+|(?:hằng|hàng|các|vào|mỗi|ngày|tuần|buổi|sáng|trưa|chiều|tối|từ|hết|của)(?!\w)"
    r"|thứ(?!\w)|t(?![\w]))"
)


@dataclass(frozen=True, slots=True)
class Days:
    """Week days (Monday is 0); ``unsure`` where the words may mean seven days or five."""

    days: frozenset[int]
    unsure: bool = False


def read_days(text: str) -> Days | None:
    """The days that ``text`` says and nothing else; None where it says anything else."""
    folded = " ".join(text.casefold().split()).strip(" .:;()[]*")
    before, _mark, after = folded.partition("trừ")
    if _mark:
        left = read_days(before.strip(" (,-")) if before.strip(" (,-") else Days(_EVERY)
        right = read_days(re.sub(r"^(ra|các ngày|ngày)\b", "", after.strip()))
        return Days(left.days - right.days) if left and right and left.days - right.days else None
    for pattern, days in ((_ALL, _EVERY), (_WORK, frozenset(range(5))), (_END, frozenset({5, 6}))):
        if pattern.fullmatch(folded):
            return Days(days)
    if _UNSURE.fullmatch(folded):
        return Days(frozenset(range(5)), unsure=True)
    found = _listed(folded)
    return Days(found) if found else None


def find_days(text: str) -> tuple[Days | None, str]:
    """(the days at the beginning of ``text``, the rest): ``Thứ Hai 02/10`` → Monday, ``02/10``."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        head = " ".join(words[:count]).strip(" ,:-–(")
        is_name = bool(head) and not head[-1:].isdigit()
        is_name = is_name or re.search(r"[tứ]\W*[2-7]$", head.casefold()) is not None
        if is_name and (found := read_days(head)):
            return found, " ".join(words[count:]).strip(" ,:-–")
    return None, text


def _listed(text: str) -> frozenset[int] | None:
    """``thứ 2-6``, ``T2,T4,T6``, ``2-4-6`` (three days), ``T7-CN``."""
    days: list[int] = []
    joints: list[str] = []
    position, named = 0, False
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        position = match.end()
        day = _day_of(match)
        if day is not None:
            named = named or match["bare"] is None
            joints += [""] if len(joints) < len(days) else []
            days.append(day)
        elif match["to"] or match["and"]:
            joints = [*joints[: len(days)], "to" if match["to"] else "and"]
            joints = joints if days else []
    plain = re.fullmatch(r"[2-7](?:\s*[-,;+.&/ ]\s*[2-7])*", text) is not None
    return (
        _joined(days, joints[1:] if len(joints) >= len(days) > 0 and joints[0] == "" else joints)
        if days and (named or plain)
        else None
    )


def _day_of(match: re.Match[str]) -> int | None:
    if match["sunday"]:
        return 6
    if match["english"]:
        return _ENGLISH.index(match["english"][:3])
    name = match["name"] or match["bare"]
    return _NAMES[name] if name else None


def _joined(days: list[int], joints: list[str]) -> frozenset[int]:
    """Days with what stands between them; a chain of three or more by dashes is a list."""
    joints = joints[: len(days) - 1]
    if len(days) > 2 and set(joints) == {"to"}:
        return frozenset(days)
    found = set(days)
    for first, joint, last in zip(days, joints, days[1:], strict=False):
        if joint == "to":
            found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(found)


def spelled_days(days: frozenset[int]) -> str:
    """``days`` as our week files write them: ``hằng ngày``, ``T2-T7``, ``T2,T4,T6``."""
    if days == _EVERY:
        return "hằng ngày"
    names = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{names[ordered[0]]}-{names[ordered[-1]]}"
    return ",".join(names[day] for day in ordered)
