"""Slots that were due and made no sound, and those for which nothing lies ready.

It stands apart from the playout, and asks neither the desk nor its decision: the week says what
should have been heard, the log what was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import Outcome
from broadcaster.playout import latest_start
from broadcaster.station.watch.cause import Cause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from broadcaster.model import AsRunEntry, Occurrence
    from broadcaster.playout import Gate
    from broadcaster.station.preparing.prepared import PreparedProgrammes

__all__ = ["StartWatch"]

_TOLERANCE = timedelta(seconds=15)
_BEHIND = timedelta(hours=25)
_NEAR = timedelta(minutes=15)
_READY_EVERY = timedelta(seconds=30)
"""How often the shelf is asked: it writes a line for each programme that may not air."""
_MAKING = timedelta(seconds=90)
"""A slot that was written down just now is given so long before anybody is told."""
_NO_SOUND = {Outcome.MISSED, Outcome.FAILED}


@dataclass(slots=True)
class StartWatch:
    """``occurrences`` gives those around an instant, ``ledger`` what the log knows since one."""

    occurrences: Callable[[datetime], Sequence[Occurrence]]
    ledger: Callable[[datetime], Mapping[str, AsRunEntry]]
    gate: Gate
    prepared: PreparedProgrammes
    _unready_since: dict[str, datetime] = field(default_factory=dict)
    _asked_at: datetime | None = None

    def look(self, now: datetime, *, is_busy: bool) -> list[Cause]:
        """``is_busy`` says that something else is on air, for which a slot may wait."""
        due = [o for o in self.occurrences(now) if now - _BEHIND < o.starts_at]
        return [*self._missed(due, now, is_busy=is_busy), *self._unready(due, now)]

    def _missed(self, due: list[Occurrence], now: datetime, *, is_busy: bool) -> Iterator[Cause]:
        ledger = self.ledger(now - _BEHIND - _TOLERANCE)
        for occurrence in due:
            if occurrence.starts_at + _TOLERANCE > now or self._is_refused(occurrence):
                continue
            reason = _why_unheard(ledger.get(occurrence.id))
            waits = is_busy and now <= latest_start(occurrence)
            if reason is None or (not reason and waits):
                continue
            text = _("“{title}” was due at {time} and was not heard").format(
                title=occurrence.programme.title, time=f"{occurrence.starts_at:%H:%M %d/%m}"
            )
            text += f": {reason}" if reason else _(": nothing is known of it → broadcaster doctor")
            yield Cause(f"slot-not-heard {occurrence.id}", "slot-not-heard", text, is_event=True)

    def _is_refused(self, occurrence: Occurrence) -> bool:
        """By the quiet hours or the rails: then nothing was due."""
        return self.gate.refusal(occurrence, occurrence.starts_at) is not None

    def _unready(self, due: list[Occurrence], now: datetime) -> Iterator[Cause]:
        if self._asked_at is None or not self._asked_at <= now < self._asked_at + _READY_EVERY:
            self._asked_at = now
            near = [o for o in due if now < o.starts_at <= now + _NEAR and not self._is_refused(o)]
            unready = [o.id for o in near if self.prepared.get(o) is None]
            self._unready_since = {id_: self._unready_since.get(id_, now) for id_ in unready}
        for occurrence in due:
            since = self._unready_since.get(occurrence.id)
            if since is None or now - since < _MAKING or occurrence.starts_at <= now:
                continue
            text = _(
                "“{title}” is due at {time}, and nothing lies ready for it → broadcaster render"
            ).format(title=occurrence.programme.title, time=f"{occurrence.starts_at:%H:%M}")
            yield Cause(f"slot-not-ready {occurrence.id}", "slot-not-ready", text)


def _why_unheard(entry: AsRunEntry | None) -> str | None:
    """None where it was heard, or an operator wanted it so; "" where the log knows nothing."""
    if entry is None:
        return ""
    unheard = entry.outcome in _NO_SOUND and not entry.operator
    return (entry.reason or str(entry.outcome)) if unheard else None
