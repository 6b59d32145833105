"""The as-run log (nhật ký phát): what was really broadcast, row by row, never rewritten.

It stands apart from the schedule because a plan says what should be heard, and this what was.
A start is on the disk before ``started`` returns, that is, before the sound.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from broadcaster.asrun.append import append, known
from broadcaster.asrun.count import PARTS, STORIES, count, items_of
from broadcaster.asrun.fold import fold
from broadcaster.asrun.proof import verify
from broadcaster.asrun.row import COLUMNS, GENESIS, Event, Row
from broadcaster.asrun.wording import Named, of_occurrence, of_programme, of_segment
from broadcaster.clock import LOCAL, as_utc_text, from_utc_text
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadcaster.asrun.store import Store
    from broadcaster.errors import Problem
    from broadcaster.model import (
        AsRunEntry,
        AsRunSegment,
        Broadcast,
        Occurrence,
        PreparedProgramme,
    )

__all__ = ["AsRunLog"]

_ANCIENT = date(2, 1, 1)  # the first day of year 1 has no instant in UTC


class AsRunLog:
    """Appends to the log of ``store`` and reads it.

    Every instant that is handed in is time-zone-aware.  Each appending method raises RefusedError
    when the row would contradict the log (a second start, anything after the end), and StoreError
    when it cannot be written; then nothing was.
    """

    def __init__(
        self, store: Store, *, is_clock_doubted: Callable[[], bool] = lambda: False
    ) -> None:
        """``is_clock_doubted`` tells of each row whether its instants may be wrong."""
        self._store = store
        self._is_clock_doubted = is_clock_doubted

    # -- append ---------------------------------------------------------------------------

    def started(
        self,
        occurrence: Occurrence,
        programme: PreparedProgramme,
        *,
        at: datetime,
        output: str,
        operator: str = "",
        reason: str = "",
        own: Mapping[str, PreparedProgramme] | None = None,
    ) -> None:
        """The sound of ``occurrence`` begins at ``at``; on the disk when this returns.

        ``own`` has the programmes of outputs that air another one, by output; ``operator`` and
        ``reason`` say who ordered it and why.
        """
        values = of_programme(programme, at, output, own or {}) | {"operator": operator}
        values["details"] |= of_occurrence(occurrence)
        values["reason"] = "; ".join(filter(None, [reason, values["reason"]]))
        self._append(Named.of(occurrence, programme.title), {"event": Event.STARTED, **values})

    def resumed(
        self,
        occurrence: str,
        programme: PreparedProgramme,
        *,
        at: datetime,
        output: str,
        reason: str = "",
        own: Mapping[str, PreparedProgramme] | None = None,
    ) -> None:
        """The sound of what is on air begins again at ``at``, after a crash or a dead device."""
        values = of_programme(programme, at, output, own or {})
        if reason:
            values["reason"] = reason
        self._append(self._known(occurrence), {"event": Event.RESUMED, **values})

    def paused(
        self,
        occurrence: str,
        *,
        at: datetime,
        reason: str,
        resume_ms: int,
        segments: Sequence[AsRunSegment] = (),
    ) -> None:
        """What was heard of ``occurrence`` until something interrupted it; it is to go on from
        ``resume_ms`` of its sound."""
        row = {
            "event": Event.PAUSED,
            "reason": reason,
            "ended_at": as_utc_text(at),
            "details": {"resume_ms": resume_ms},
        }
        self._append(self._known(occurrence), *map(of_segment, segments), row)

    def retract_start(self, occurrence: str, *, reason: str) -> None:
        """The last start of ``occurrence`` that stands was committed, but never heard."""
        standing = self._store.read(
            "SELECT max(id) FROM asrun_standing WHERE occurrence = ?", [occurrence]
        )[0][0]
        row = {"event": Event.RETRACTED, "reason": reason, "retracts": standing}
        self._append(self._known(occurrence), row)

    def ended(
        self,
        occurrence: str,
        *,
        at: datetime,
        outcome: Outcome,
        reason: str = "",
        operator: str = "",
        output: str = "",
        segments: Sequence[AsRunSegment] = (),
    ) -> None:
        """What was heard of ``occurrence``, and how it ended: all of it, or nothing, is written.

        ``output`` names those that sounded, where they may differ from those that should have.
        """
        end = {
            "event": Event.ENDED,
            "outcome": outcome,
            "reason": reason,
            "output": output,
            "operator": operator,
            "ended_at": as_utc_text(at),
        }
        self._append(self._known(occurrence), *map(of_segment, segments), end)

    def missed(
        self,
        occurrence: Occurrence,
        *,
        reason: str,
        outcome: Outcome = Outcome.MISSED,
        operator: str = "",
        programme: PreparedProgramme | None = None,
    ) -> None:
        """``occurrence`` was never heard and never will be; ``operator`` is who wanted it so, and
        ``programme`` what lay ready for it."""
        items = {"items": items_of([programme])} if programme else {}
        row = {
            "event": Event.MISSED,
            "outcome": outcome,
            "reason": reason,
            "operator": operator,
            "details": of_occurrence(occurrence) | items,
        }
        self._append(Named.of(occurrence, occurrence.programme.title), row)

    def _append(self, named: Named, *news: dict[str, Any]) -> None:
        append(self._store, named, news, is_clock_doubted=self._is_clock_doubted())

    def _known(self, occurrence: str) -> Named:
        return known(self._store, occurrence)

    # -- read -----------------------------------------------------------------------------

    def entries(self, first: date | None = None, last: date | None = None) -> list[AsRunEntry]:
        """What was scheduled from ``first`` to ``last``, local dates and both included."""
        return self._fold(
            "scheduled_at BETWEEN ? AND ? ORDER BY scheduled_at, id", *_span(first, last)
        )

    def broadcasts(self, first: date | None = None, last: date | None = None) -> list[Broadcast]:
        """What is to be counted of that which was scheduled from ``first`` to ``last``, local
        dates and both included, by planned start."""
        span = _span(first, last)
        return count(self._store.read(STORIES, span), self._store.read(PARTS, span))

    def row_count(self, first: date | None = None, last: date | None = None) -> int:
        """How many rows :meth:`broadcasts` reads."""
        query = "SELECT count(*) FROM asrun WHERE scheduled_at BETWEEN ? AND ?"
        return int(self._store.read(query, _span(first, last))[0][0])

    def entry(self, occurrence: str) -> AsRunEntry | None:
        """What became of ``occurrence``; None when nothing was heard or decided of it."""
        return next(iter(self._fold("occurrence = ? ORDER BY id", occurrence)), None)

    def ledger(self, since: datetime) -> dict[str, AsRunEntry]:
        """By occurrence, what was scheduled at ``since`` or later."""
        found = self._fold("scheduled_at >= ? ORDER BY scheduled_at, id", as_utc_text(since))
        return {entry.occurrence: entry for entry in found}

    def open_occurrences(self) -> list[AsRunEntry]:
        """What started and has not ended: after a crash, what was on air."""
        return self._fold(
            "occurrence IN (SELECT occurrence FROM asrun_open) ORDER BY scheduled_at, id"
        )

    def last_heard(self, before: datetime, *, within: timedelta) -> dict[str, datetime]:
        """By bulletin, when it was last heard in what was scheduled so long ``before`` that
        instant; a bulletin that was not is not in it."""
        rows = self._store.read(
            "SELECT bulletin_id, max(started_at) FROM asrun"
            " WHERE scheduled_at >= ? AND scheduled_at < ? AND event = ? AND bulletin_id <> ''"
            " GROUP BY bulletin_id",
            [as_utc_text(before - within), as_utc_text(before), Event.SEGMENT],
        )
        return {bulletin_id: from_utc_text(at) for bulletin_id, at in rows}

    def last_written_at(
        self, *, after_row: int = 0, before: datetime | None = None
    ) -> datetime | None:
        """The latest instant at which a row with a greater id than ``after_row`` was written:
        the present cannot be earlier (the clock's floor).  Rows later than ``before``, which a
        wrong clock has written, do not count."""
        until = as_utc_text(before) if before else "~"
        query = "SELECT max(at) FROM asrun WHERE id > ? AND at <= ?"
        latest = self._store.read(query, [after_row, until])[0][0]
        return from_utc_text(latest) if latest else None

    def last_row(self) -> int:
        """The id of the last row; 0 where there is none."""
        return int(self._store.read("SELECT coalesce(max(id), 0) FROM asrun")[0][0])

    def _fold(self, condition: str, *values: object) -> list[AsRunEntry]:
        query = f"SELECT {COLUMNS} FROM asrun WHERE {condition}"  # noqa: S608 - our own words
        return fold(map(Row._make, self._store.read(query, values)))

    # -- trust ----------------------------------------------------------------------------

    def head_hash(self) -> str:
        """The hash of the last row, which vouches for all rows before it."""
        rows = self._store.read("SELECT hash FROM asrun ORDER BY id DESC LIMIT 1")
        return str(rows[0][0]) if rows else GENESIS

    def verify(self, *, known_head: str = "") -> list[Problem]:
        """Nothing when the chain holds, else one problem: its first broken row.

        ``known_head``, a head hash noted earlier, also shows whether the tail was cut off.
        """
        return verify(self._store, known_head=known_head)


def _span(first: date | None, last: date | None) -> tuple[str, str]:
    return (
        _utc_text(max(first, _ANCIENT), time.min) if first else "",
        _utc_text(last, time.max) if last else "~",
    )


def _utc_text(day: date, at: time) -> str:
    return as_utc_text(datetime.combine(day, at, LOCAL).astimezone(UTC))
