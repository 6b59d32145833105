"""Weeks for tests, made of few words."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.model import (
    DayException,
    ExceptionKind,
    ProgrammePlan,
    SegmentKind,
    SegmentPlan,
    Slot,
    Validity,
    WeekPlan,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

DAILY = frozenset(range(7))
SOMETHING = (SegmentPlan(kind=SegmentKind.IDENT, asset="nhac-hieu"),)


def programme(name: str) -> ProgrammePlan:
    return ProgrammePlan(name, name.title(), SOMETHING)


def slot(name: str, at: str, *, days: Iterable[int] = DAILY, airs: str = "tin", **more) -> Slot:
    return Slot(
        id=name, start=time.fromisoformat(at), days=frozenset(days), programme_id=airs, **more
    )


def week(
    *slots: Slot,
    name: str = "lich.yaml",
    first: date | None = None,
    last: date | None = None,
    exceptions: Iterable[DayException] = (),
    programmes: Iterable[str] = ("tin", "tet"),
) -> WeekPlan:
    return WeekPlan(
        path=Path(name),
        validity=Validity(first, last),
        programmes={name: programme(name) for name in programmes},
        slots=slots,
        exceptions=tuple(exceptions),
    )


def cancel(first: date, *names: str, last: date | None = None, reason: str = "") -> DayException:
    kind = ExceptionKind.CANCEL
    return DayException(first=first, last=last or first, kind=kind, slot_ids=names, reason=reason)


def replace(first: date, name: str, airs: str, *, last: date | None = None) -> DayException:
    kind = ExceptionKind.REPLACE
    return DayException(
        first=first, last=last or first, kind=kind, slot_ids=(name,), programme_id=airs
    )


def add(first: date, new: Slot, *, last: date | None = None) -> DayException:
    return DayException(first=first, last=last or first, kind=ExceptionKind.ADD, slot=new)
