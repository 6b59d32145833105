"""Adds rows to the log: each gets its number, its instant and its hash, all of them or none.

It stands apart from the log, which knows what there is to tell: here rows are only bound to those
before them, and a sentence is found for what the guards of the table refuse.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.asrun.count import CLOCK_DOUBTED
from broadcaster.asrun.row import COLUMNS, GENESIS, Row
from broadcaster.asrun.store import RefusedError
from broadcaster.asrun.wording import Named, as_json, row_of
from broadcaster.clock import as_utc_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.asrun.store import Store

__all__ = ["append", "known"]

_INSERT = f"INSERT INTO asrun ({COLUMNS}) VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608


def append(
    store: Store, named: Named, news: Sequence[dict[str, Any]], *, is_clock_doubted: bool
) -> None:
    """Write a row of ``named`` for each of ``news``; on the disk when this returns.

    Raises RefusedError where one would contradict the log, and StoreError where they cannot be
    written; then none was.
    """
    at = as_utc_text(store.clock.now())
    doubt = {CLOCK_DOUBTED: True} if is_clock_doubted else {}
    news = [new | {"details": as_json(new.get("details", {}) | doubt)} for new in news]
    try:
        with store.writing() as db:
            head = db.execute("SELECT id, hash FROM asrun ORDER BY id DESC LIMIT 1").fetchone()
            last_id, last_hash = head or (0, GENESIS)
            for new in news:
                row = row_of(named, new, id=last_id + 1, at=at, prev_hash=last_hash)
                db.execute(_INSERT, row)
                last_id, last_hash = row.id, row.hash
    except RefusedError as error:
        raise _explained(named.occurrence, error.guard) from error


def known(store: Store, occurrence: str) -> Named:
    """What its first row says of ``occurrence``; raises RefusedError where there is none."""
    rows = store.read(
        "SELECT occurrence, slot, title, scheduled_at FROM asrun"
        " WHERE occurrence = ? ORDER BY id LIMIT 1",
        [occurrence],
    )
    if not rows:
        raise _explained(occurrence, "not-started")
    return Named(*rows[0])


def _explained(occurrence: str, guard: str) -> RefusedError:
    sentences = {
        "already-ended": _("{occurrence} has already ended; it cannot be logged again"),
        "already-started": _("{occurrence} has already started; it cannot start twice"),
        "not-started": _("{occurrence} has not started; nothing of it can be logged"),
    }
    sentence = sentences.get(guard, _("the log refuses a row of {occurrence}"))
    return RefusedError(sentence.format(occurrence=occurrence), guard=guard)
