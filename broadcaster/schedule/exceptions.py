"""The dated exceptions of a week's file: cancel, replace, add, and days without music."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import DayException, ExceptionKind
from broadcaster.schedule.day_words import read_day_rule
from broadcaster.schedule.words import checked_range, read_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadcaster.schedule.slots import SlotReader
    from broadcaster.yamlmark import Mark

__all__ = ["EXCEPTION_KEYS", "read_exceptions"]

_DATES = ("date", "from", "until")
_KINDS = ("cancel", "replace", "add", "music")
EXCEPTION_KEYS = (*_DATES, "days", *_KINDS, "reason")
_ALL = {"all", "tất cả", "*"}


def read_exceptions(marks: Iterable[Mark], *, slots: SlotReader) -> tuple[DayException, ...]:
    """The exceptions that could be read; one entry of the file may give several."""
    return tuple(found for mark in marks for found in _read_entry(mark, slots))


def _read_entry(mark: Mark, slots: SlotReader) -> Iterator[DayException]:
    before = len(mark.problems)
    values = mark.mapping(EXCEPTION_KEYS)
    kinds = [name for name in _KINDS if name in values and values[name].items()]
    if not kinds and len(mark.problems) == before:
        mark.complain(
            "no-change",
            _("this exception does not say what changes"),
            _("add “cancel”, “replace”, “add” or “music: false”"),
        )
    dates = _read_dates(mark, values)
    rule = read_day_rule(values["days"]) if "days" in values else None
    if dates is None or ("days" in values and rule is None):
        return
    base = DayException(
        first=dates[0],
        last=dates[1],
        kind=ExceptionKind.CANCEL,
        reason=(values["reason"].text() or "") if "reason" in values else "",
        where=mark.where,
        rule=rule,
    )
    if "cancel" in values:
        yield from _cancelled(values["cancel"], base)
    if "replace" in values:
        yield from _replaced(values["replace"], base)
    if "add" in values:
        yield from _added(values["add"], base, slots)
    if "music" in values and values["music"].boolean() is False:
        yield replace(base, kind=ExceptionKind.NO_MUSIC)


def _read_dates(mark: Mark, values: dict[str, Mark]) -> tuple[date, date] | None:
    """First and last day, both included; None after a problem.

    Days without dates (``days: Tết``) are those of every year.
    """
    if "days" in values and not any(key in values for key in _DATES):
        return date.min, date.max
    if "date" in values and ("from" in values or "until" in values):
        message = _("“date” stands beside “from” or “until”")
        mark.complain("two-dates", message, _("write “date” for one day, else “from” and “until”"))
        return None
    if "date" in values:
        day = values["date"].date()
        return (day, day) if day else None
    if "from" not in values or "until" not in values:
        message = _("this exception does not say on which days")
        mark.complain("no-date", message, _("write “date”, “days”, or “from” and “until”"))
        return None
    first, last = values["from"].date(), values["until"].date()
    return checked_range(values["until"], first, last) if first and last else None


def _cancelled(mark: Mark, base: DayException) -> Iterator[DayException]:
    names = mark.texts()
    if any(name.casefold() in _ALL for name in names):
        yield base
    elif names:
        yield replace(base, slot_ids=names)


def _replaced(mark: Mark, base: DayException) -> Iterator[DayException]:
    for _key, slot_id, value in mark.pairs():
        if programme := read_id(value):
            kind = ExceptionKind.REPLACE
            yield replace(base, kind=kind, slot_ids=(slot_id,), programme_id=programme)


def _added(mark: Mark, base: DayException, slots: SlotReader) -> Iterator[DayException]:
    for item in mark.items():
        if slot := slots.read_added(item):
            yield replace(base, kind=ExceptionKind.ADD, slot=slot)
