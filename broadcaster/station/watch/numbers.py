"""What stands in the status file, gathered from the air, the log, the shelf and the disk."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from broadcaster import __version__
from broadcaster.asrun import backups
from broadcaster.schedule import occurrences_between
from broadcaster.station.preparing import manifest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.model import AsRunEntry, Occurrence, WeekPlan
    from broadcaster.playout import Gate
    from broadcaster.station.air.live import LiveWeek
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.watch.air import Air, Sound

__all__ = ["Numbers"]

_RARELY = timedelta(seconds=60)
_BEHIND = timedelta(days=2)
_DAYS = timedelta(days=8)


@dataclass(slots=True)
class Numbers:
    """Answers :meth:`of` every few seconds; what costs more is counted once a minute."""

    folder: StationFolder
    config: StationConfig
    week: LiveWeek
    started_at: datetime
    gate: Gate
    _counted_at: datetime | None = None
    _next_at: datetime | None = None
    _next_plans: Sequence[WeekPlan] = ()
    _next_in_days: dict[str, Any] | None = None
    _counted: dict[str, Any] = field(default_factory=dict)

    def of(
        self, air: Air, log: AsRunLog, *, levels: Mapping[str, tuple[int, bool]], now: datetime
    ) -> dict[str, Any]:
        """JSON values by their English names."""
        return {
            "version": __version__,
            "station": self.config.name,
            "pid": os.getpid(),
            "started_at": _text(self.started_at),
            "written_at": _text(now),
            "alive_at": _text(air.at),
            "stopped": False,
            "on_air": [_on_air(sound) for sound in air.sounds if not sound.is_silent],
            "next": self._following(air, now),
            "last": _last(log, now),
            "outputs": self._outputs(air),
            "mixers": {name: {"volume": v, "muted": m} for name, (v, m) in levels.items()},
            "disk_free_bytes": shutil.disk_usage(self.folder.root).free,
            "clock": {"trusted": None},
            **self._rarely(now),
        }

    def _following(self, air: Air, now: datetime) -> dict[str, Any] | None:
        """The loop knows the next hours; beyond them the week is looked through, rarely."""
        if air.next_start:
            coming = (o for o in self.week.around(now) if o.starts_at == air.next_start)
            return next(map(_next, coming), None)
        plans = self.week.plans
        if self._next_at is None or now >= self._next_at or plans is not self._next_plans:
            self._next_plans = plans
            found = self._first_in_days(now)
            self._next_in_days = _next(found) if found else None
            self._next_at = found.starts_at if found else now + _RARELY
        return self._next_in_days

    def _first_in_days(self, now: datetime) -> Occurrence | None:
        coming = _coming(self.week, now, now + _DAYS)
        return next((o for o in coming if not self.gate.refusal(o, o.starts_at)), None)

    def _outputs(self, air: Air) -> dict[str, dict[str, str]]:
        """Idle, armed, playing or silent; by name, or by what it is where there is only one."""
        states = {o.name or o.to: {"state": "idle", "detail": ""} for o in self.config.all_outputs}
        for sound in air.sounds:
            state = "silent" if sound.is_silent else "playing"
            if sound.begins_at > air.at and not sound.failure:
                state = "armed"
            states[sound.label] = {"state": state, "detail": sound.failure}
        return states

    def _rarely(self, now: datetime) -> dict[str, Any]:
        if self._counted_at is None or not self._counted_at <= now < self._counted_at + _RARELY:
            self._counted_at = now
            saved = backups(self.folder.backups)
            self._counted = {
                "prepared_ahead_hours": self._prepared_ahead(now),
                "last_backup": str(saved[-1][0]) if saved else None,
            }
        return self._counted

    def _prepared_ahead(self, now: datetime) -> float:
        """Until the first start for which nothing lies ready, at most the hours that are to."""
        until = now + timedelta(milliseconds=self.config.prepare_ahead_ms)
        for occurrence in _coming(self.week, now, until):
            if manifest.load(manifest.files_for(self.folder, occurrence).manifest) is None:
                until = occurrence.starts_at
                break
        return round((until - now) / timedelta(hours=1), 1)


def _coming(week: LiveWeek, now: datetime, until: datetime) -> Sequence[Occurrence]:
    return [o for o in occurrences_between(week.plans, now, until) if o.starts_at > now]


def _on_air(sound: Sound) -> dict[str, Any]:
    return {
        "occurrence": sound.occurrence,
        "title": sound.title,
        "output": sound.name,
        "position_ms": sound.position_ms,
        "duration_ms": sound.duration_ms,
    }


def _next(occurrence: Occurrence) -> dict[str, Any]:
    return {
        "occurrence": occurrence.id,
        "title": occurrence.programme.title,
        "at": _text(occurrence.starts_at),
    }


def _last(log: AsRunLog, now: datetime) -> dict[str, Any] | None:
    entries = list(log.ledger(now - _BEHIND).values())
    return _entry(entries[-1]) if entries else None


def _entry(entry: AsRunEntry) -> dict[str, Any]:
    return {
        "occurrence": entry.occurrence,
        "title": entry.title,
        "started_at": _text(entry.starts[0]) if entry.starts else None,
        "ended_at": _text(entry.ended_at) if entry.ended_at else None,
        "outcome": str(entry.outcome),
        "reason": entry.reason,
    }


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")
