"""What should air in a week."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.model.days import DayRule, Season, StationCalendar
from broadcaster.model.policy import AfterInterrupt, LatePolicy, Priority, StartType

if TYPE_CHECKING:
    from datetime import date, time
    from pathlib import Path

    from broadcaster.model.bulletin import Validity
    from broadcaster.model.recipe import ProgrammePlan

__all__ = ["DayException", "ExceptionKind", "Replay", "Slot", "SlotOutput", "WeekPlan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """An earlier airing of another slot: the last before it, or of the day so many days before,
    or of a date."""

    slot_id: str
    days_before: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotOutput:
    """How one output of the station, by its name, airs a slot.

    What is empty or None is as the slot and the station say: their programme, their delay
    (milliseconds), their volume (percent).
    """

    name: str
    programme_id: str = ""
    delay_ms: int | None = None
    volume: int | None = None
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in the week (khung giờ): every day of ``days`` (Monday is 0) at ``start``.

    Where ``rule`` says more than week days do, it decides, and ``days`` are all.  ``by_season``
    has other starts, under names of seasons, "" being the rest of the year; outside all of them
    it does not air.  A slot ``after`` another starts when the programme of that one ends.  A
    ``replay`` has its programme from an earlier airing; ``language`` is that of the bulletins
    that it takes, where it is another than theirs.
    It airs on ``outputs``, or on all of the station when there are none.
    """

    id: str
    start: time
    days: frozenset[int]
    programme_id: str
    start_type: StartType = StartType.HARD
    max_ms: int = 3_600_000
    priority: Priority = Priority.ROUTINE
    late: LatePolicy = field(default_factory=LatePolicy)
    outputs: tuple[SlotOutput, ...] = ()
    where: Where = field(default_factory=Where)
    rule: DayRule | None = None
    by_season: tuple[tuple[str, time], ...] = ()
    after: str = ""
    replay: Replay | None = None
    language: str = ""
    after_interrupt: AfterInterrupt = AfterInterrupt.RESUME


class ExceptionKind(StrEnum):
    """What a dated exception does to the week."""

    CANCEL = "cancel"
    REPLACE = "replace"
    ADD = "add"
    NO_MUSIC = "no-music"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayException:
    """A dated exception: CANCEL names slots (none means all), REPLACE gives one another
    programme, ADD brings a slot of its own, NO_MUSIC takes music out of all programmes.  Of its
    days it holds on those of ``rule``."""

    first: date
    last: date
    kind: ExceptionKind
    slot_ids: tuple[str, ...] = ()
    programme_id: str = ""
    slot: Slot | None = None
    reason: str = ""
    where: Where = field(default_factory=Where)
    rule: DayRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlan:
    """One file of ``schedules/``: what should air while its validity lasts."""

    path: Path
    validity: Validity
    programmes: dict[str, ProgrammePlan]
    slots: tuple[Slot, ...]
    exceptions: tuple[DayException, ...] = ()
    seasons: tuple[Season, ...] = ()
    calendar: StationCalendar = field(default_factory=StationCalendar)
