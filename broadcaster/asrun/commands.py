"""What operators ask of the daemon (stop, play, skip, reload …): rows that it claims one by one.

It stands apart from the log because a command is a wish and may be refused.  A row is claimed by
a conditional UPDATE, so that two daemons, or two threads, never carry out the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun.store import storable
from broadcaster.clock import as_utc_text, from_utc_text

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.asrun.store import Store

__all__ = ["Command", "CommandKind", "CommandQueue", "CommandState"]

EXPIRES_AFTER = timedelta(seconds=60)
"""A command older than this was meant for another moment."""

_COLUMNS = "id, kind, argument, ordered_by, ordered_at, state, outcome"


class CommandKind(StrEnum):
    """What can be asked; the ``argument`` of PLAY, and of PLAY_AFTER_ITEM, is an occurrence."""

    STOP = "stop"
    PLAY = "play"
    SKIP = "skip"
    RELOAD = "reload"
    PLAY_AFTER_ITEM = "play-after-item"
    EMERGENCY = "emergency"
    EMERGENCY_STOP = "emergency-stop"
    MIC_ON = "mic-on"
    MIC_OFF = "mic-off"
    CLOCK_CONFIRM = "clock-confirm"


class CommandState(StrEnum):
    """Where a command stands; DONE, REFUSED and EXPIRED are final."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"

    @property
    def is_final(self) -> bool:
        return self not in (CommandState.WAITING, CommandState.CLAIMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command; ``kind`` is text, for a newer program may order what this one cannot do."""

    id: int
    kind: str
    argument: str
    ordered_by: str
    ordered_at: datetime
    state: CommandState
    outcome: str


class CommandQueue:
    """The commands in ``store``, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: tuple[int, int] | None = None

    def order(self, kind: str, argument: str = "", *, by: str) -> int:
        """Ask for ``kind``; returns the id under which :meth:`get` tells what became of it."""
        now = as_utc_text(self._store.clock.now())
        with self._store.writing() as db:
            return (
                db.execute(
                    "INSERT INTO command (kind, argument, ordered_by, ordered_at, state,"
                    " claimed_at, finished_at, outcome) VALUES (?, ?, ?, ?, 'waiting', '', '', '')",
                    [storable(kind), storable(argument), storable(by), now],
                ).lastrowid
                or 0
            )

    def record(self, command: Command) -> None:
        """Write down what was asked and carried out without this queue."""
        at = as_utc_text(command.ordered_at)
        texts = (command.kind, command.argument, command.ordered_by)
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO command (kind, argument, ordered_by, ordered_at, state,"
                " claimed_at, finished_at, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [*map(storable, texts), at, str(command.state), at, at, storable(command.outcome)],
            )

    def done_since(self, instant: datetime) -> list[Command]:
        """What was asked at ``instant`` or later and carried out, oldest first."""
        return self._select(
            "state = 'done' AND ordered_at >= ? ORDER BY ordered_at, id", as_utc_text(instant)
        )

    def last_done(self, kind: str) -> Command | None:
        """The last command of that kind that was carried out, whatever the clock showed."""
        found = self._select("kind = ? AND state = 'done' ORDER BY id DESC LIMIT 1", kind)
        return found[0] if found else None

    def get(self, command_id: int) -> Command | None:
        """The command of that id as it stands now."""
        found = self._select("id = ?", command_id)
        return found[0] if found else None

    def changed(self) -> bool:
        """Whether anything was written to the store since the last call: cheap at 20 Hz."""
        before, self._seen = self._seen, self._store.mark()
        return before != self._seen

    def claim(self) -> Command | None:
        """The oldest waiting command, now ours; those that are too old are marked as expired."""
        for command in self._select("state = 'waiting' ORDER BY id"):
            if self._is_expired(command):
                self._expire(command)
            elif self._claim(command):
                return command
        return None

    def finish(self, command_id: int, *, state: CommandState, outcome: str = "") -> None:
        """Say what became of a claimed command: DONE or REFUSED, and a sentence."""
        self._move(command_id, "claimed", state, outcome=outcome)

    def withdraw(self, command: Command) -> bool:
        """Take back an order; False where the daemon has begun to carry it out."""
        reason = _("nobody took it, and it was taken back")
        return self._move(command.id, "waiting", CommandState.EXPIRED, outcome=reason)

    def give_up_claimed(self) -> int:
        """At the daemon's start: commands that a crash left half done; never done again."""
        reason = _("the daemon ended while it carried this out; order it again if it is needed")
        left = self._select("state = 'claimed'")
        return sum(self._move(c.id, "claimed", CommandState.REFUSED, outcome=reason) for c in left)

    def _is_expired(self, command: Command) -> bool:
        # Both ways: after a correction of the clock an old command can lie in the future.
        return abs(self._store.clock.now() - command.ordered_at) > EXPIRES_AFTER

    def _expire(self, command: Command) -> None:
        reason = _("nobody carried this out within {seconds} seconds").format(
            seconds=int(EXPIRES_AFTER.total_seconds())
        )
        self._move(command.id, "waiting", CommandState.EXPIRED, outcome=reason)

    def _claim(self, command: Command) -> bool:
        with self._store.writing() as db:
            changed = db.execute(
                "UPDATE command SET state = 'claimed', claimed_at = ?"
                " WHERE id = ? AND state = 'waiting'",
                [as_utc_text(self._store.clock.now()), command.id],
            )
            return changed.rowcount == 1

    def _move(self, command_id: int, before: str, after: CommandState, *, outcome: str) -> bool:
        with self._store.writing() as db:
            changed = db.execute(
                "UPDATE command SET state = ?, outcome = ?, finished_at = ?"
                " WHERE id = ? AND state = ?",
                [
                    str(after),
                    storable(outcome),
                    as_utc_text(self._store.clock.now()),
                    command_id,
                    before,
                ],
            )
            return changed.rowcount == 1

    def _select(self, condition: str, *values: object) -> list[Command]:
        query = f"SELECT {_COLUMNS} FROM command WHERE {condition}"  # noqa: S608 - our own words
        return [
            Command(
                id=row[0],
                kind=row[1],
                argument=row[2],
                ordered_by=row[3],
                ordered_at=from_utc_text(row[4]),
                state=CommandState(row[5]),
                outcome=row[6],
            )
            for row in self._store.read(query, values)
        ]
