"""An emergency (khẩn cấp): one order of a person, heard again and again until it expires.

It stands apart because it is pure: from the order alone follows what sounds when, so that the
daemon finds its way back into it after a crash.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.errors import ContentError
from broadcaster.model import (
    AfterInterrupt,
    LatePolicy,
    Occurrence,
    Order,
    Priority,
    ProgrammePlan,
    Slot,
    SlotOutput,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import SegmentPlan

__all__ = ["LONGEST", "Emergency", "Wish", "emergency_occurrence"]

LONGEST = timedelta(hours=24)
"""Longer than a day nobody orders anything without looking again."""
_MS = timedelta(milliseconds=1)
_BREATH_MS = 5_000
_HELD_PAUSE_MS = 300_000
"""A pause up to this length stays silent; in a longer one the programmes go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the order says: ``name`` is that of a prepared sound; ``repeat`` 0 is as often as
    there is time before ``until``; ``every_ms`` counts from beginning to beginning."""

    name: str
    until: datetime
    repeat: int = 1
    every_ms: int = 0
    why: str = ""
    outputs: tuple[str, ...] = ()

    def as_text(self) -> str:
        """For the row of the order."""
        fields = {
            "name": self.name,
            "until": self.until.isoformat(),
            "repeat": self.repeat,
            "every_ms": self.every_ms,
            "why": self.why,
            "outputs": self.outputs,
        }
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> Wish:
        """Raises ContentError for anything but :meth:`as_text`."""
        try:
            fields = json.loads(text)
            return cls(
                name=_plain(fields["name"]),
                until=datetime.fromisoformat(fields["until"]).astimezone(LOCAL),
                repeat=int(fields["repeat"]),
                every_ms=int(fields["every_ms"]),
                why=str(fields["why"]),
                outputs=tuple(map(str, fields["outputs"])),
            )
        except (ValueError, KeyError, TypeError) as error:
            message = _("this order of an emergency cannot be read")
            raise ContentError((), message=message) from error


def _plain(name: str) -> str:
    """``name``, which is no path; raises ValueError."""
    if not name or "/" in name:
        raise ValueError(name)
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """A :class:`Wish` of ``by`` at ``ordered_at``, with its sound of ``length_ms``."""

    wish: Wish
    title: str
    length_ms: int
    ordered_at: datetime
    by: str = ""

    @property
    def expires_at(self) -> datetime:
        return min(self.wish.until, self.ordered_at + LONGEST)

    @property
    def period_ms(self) -> int:
        """From the beginning of one reading to that of the next."""
        return max(self.wish.every_ms, self.length_ms + _BREATH_MS)

    def around(self, now: datetime) -> Iterator[Occurrence]:
        """The readings that may matter at ``now``: the last ones and the next."""
        at_hand = (now - self.ordered_at) // (self.period_ms * _MS)
        for number in range(max(0, at_hand - 1), at_hand + 3):
            if self._is_wanted(number):
                yield self._reading(number)

    def _begins_at(self, number: int) -> datetime:
        return self.ordered_at + number * self.period_ms * _MS

    def _is_wanted(self, number: int) -> bool:
        """The first is heard whatever happens; the others where they are heard to their end."""
        if self.wish.repeat and number >= self.wish.repeat:
            return False
        return number == 0 or self._begins_at(number) + self.length_ms * _MS <= self.expires_at

    def _reading(self, number: int) -> Occurrence:
        begins_at = self._begins_at(number)
        pause_ms = self.period_ms - self.length_ms
        holds = number > 0 and pause_ms <= _HELD_PAUSE_MS
        order = Order(
            by=self.by,
            why=self.wish.why,
            expires_at=self.expires_at,
            repetition=number,
            holds_from=begins_at - pause_ms * _MS if holds else None,
        )
        slot_id = f"khan-cap-{self.wish.name}-{self.ordered_at.astimezone(LOCAL):%H%M%S}"
        late_ms = self.period_ms if number else LONGEST // _MS
        slot = Slot(
            id=f"{slot_id}-{number + 1}",
            start=begins_at.timetz().replace(tzinfo=None),
            days=frozenset({begins_at.weekday()}),
            programme_id=self.wish.name,
            priority=Priority.EMERGENCY,
            max_ms=self.length_ms,
            late=LatePolicy(within_ms=late_ms),
            after_interrupt=AfterInterrupt.RESTART,
            outputs=tuple(SlotOutput(name=name) for name in self.wish.outputs),
        )
        programme = ProgrammePlan(self.wish.name, self.title, ())
        return Occurrence(slot, begins_at.astimezone(LOCAL), programme, order=order)


def emergency_occurrence(
    name: str, title: str, segments: tuple[SegmentPlan, ...], now: datetime
) -> Occurrence:
    """What the preparer makes the sound of ``name`` of."""
    slot = Slot(
        id=name,
        start=now.timetz().replace(tzinfo=None),
        days=frozenset({now.weekday()}),
        programme_id=name,
        priority=Priority.EMERGENCY,
    )
    return Occurrence(slot, now, ProgrammePlan(name, title, segments))
