"""The words of a week's file: week days, identifiers and priorities as people write them.

They stand apart because programmes, slots and exceptions all use them.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import AfterInterrupt, Priority

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.yamlmark import Mark

__all__ = [
    "PRIORITIES",
    "checked_range",
    "read_after_interrupt",
    "read_id",
    "weekdays_of",
]

PRIORITIES = {
    "routine": Priority.ROUTINE,
    "thông thường": Priority.ROUTINE,
    "priority": Priority.PRIORITY,
    "ưu tiên": Priority.PRIORITY,
}
"""Khẩn cấp is an order of a person at its hour (Thông tư 39/2020/TT-BTTTT), never a timetable's."""

_AFTER_INTERRUPT = {
    **dict.fromkeys(("resume", "phát tiếp", "tiếp tục"), AfterInterrupt.RESUME),
    **dict.fromkeys(("restart", "phát lại", "phát lại từ đầu", "từ đầu"), AfterInterrupt.RESTART),
    **dict.fromkeys(("drop", "bỏ"), AfterInterrupt.DROP),
}
_ALL_DAYS = {"hằng ngày", "hàng ngày", "mỗi ngày", "mọi ngày", "cả tuần", "daily", "*"}
_NAMES = (
    ("t2", "2", "hai", "mon", "monday"),
    ("t3", "3", "ba", "tue", "tuesday"),
    ("t4", "4", "tư", "wed", "wednesday"),
    ("t5", "5", "năm", "thu", "thursday"),
    ("t6", "6", "sáu", "fri", "friday"),
    ("t7", "7", "bảy", "sat", "saturday"),
    ("cn", "chủ nhật", "sun", "sunday"),
)
_DAY = {name: day for day, names in enumerate(_NAMES) for name in names}
_RANGE = re.compile(r"\s*(?:-|–|—|đến|to)\s*")
_ID = re.compile(r"[\w][\w.-]{0,63}")


def read_id(mark: Mark) -> str | None:
    """A name that is fit for logs and file names; None after a problem."""
    text = mark.text()
    if text is None or _ID.fullmatch(text):
        return text
    mark.bad_value("bad-id", _("use at most 64 letters, digits, “-”, “_” and “.”, without spaces"))
    return None


def read_after_interrupt(mark: Mark) -> AfterInterrupt | None:
    """What becomes of a programme that was interrupted; None after a problem."""
    return mark.choice(_AFTER_INTERRUPT)


def checked_range(mark: Mark, first: date, last: date) -> tuple[date, date] | None:
    """``(first, last)``, or None and a problem at ``mark`` where the last day comes first."""
    if first <= last:
        return first, last
    message = _("the last day, {last}, is before the first day, {first}")
    message = message.format(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    mark.complain("dates-reversed", message, _("exchange the two dates"))
    return None


def weekdays_of(text: str) -> set[int] | None:
    """Week days (Monday is 0) of ``T2``, ``thứ 2-6``, ``mon-fri``, ``hằng ngày``; None for
    anything else.  A range may run over the end of the week (``T7-T2``).
    """
    if text in _ALL_DAYS:
        return set(range(7))
    ends = [_DAY.get(name.strip().removeprefix("thứ").strip()) for name in _RANGE.split(text)]
    if len(ends) not in {1, 2} or None in ends:
        return None
    first, last = (end for end in (ends[0], ends[-1]) if end is not None)
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}
