"""Carries out what operators order: commands that arrive as rows in the store.

It stands apart so that the command line and the page need no connection to the daemon: each
writes a row, and a crash of theirs cannot silence the air.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun.commands import CommandState
from broadcaster.asrun.store import StoreError
from broadcaster.errors import BroadcasterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadcaster.asrun.commands import Command, CommandQueue
    from broadcaster.clock import Clock

    Handler = Callable[[Command], str]

__all__ = ["Control", "ask"]

_log = logging.getLogger(__name__)
_GLANCE = timedelta(milliseconds=50)


class Control:
    """The daemon's side: ``handlers`` by kind; each does one thing and returns a sentence.

    A handler refuses by raising a BroadcasterError; any other error of it is a bug, which is
    logged, and refuses that command only.  ``calls`` brings what came without a row, which is
    written down as soon as the disk takes it.
    """

    def __init__(
        self,
        queue: CommandQueue,
        handlers: Mapping[str, Handler],
        *,
        calls: Callable[[], Sequence[Command]] = tuple,
        write_later: Callable[[Callable[[], None]], None] = lambda _write: None,
    ) -> None:
        self._queue = queue
        self._calls = calls
        self._write_later = write_later
        self._handlers = handlers
        self._complaint = ""

    def take_over(self) -> None:
        """At the daemon's start: what a crash left half done is refused, never done again."""
        self._queue.give_up_claimed()

    def poll(self) -> int:
        """Carry out what waits, oldest first, and return how many; costs nothing when nothing
        was written.  Never raises: what plays goes on when the store cannot be reached."""
        return self._answer_calls() + self._read_rows()

    def _answer_calls(self) -> int:
        calls = self._calls()
        for call in calls:
            state, outcome = self._carry_out(call)
            _log.warning("%s without a row: %s", call.kind, outcome)
            done = replace(call, state=state, outcome=outcome)
            self._write_later(partial(self._queue.record, done))
        return len(calls)

    def _read_rows(self) -> int:
        try:
            count = self._carry_out_all() if self._queue.changed() or self._complaint else 0
        except StoreError as error:
            self._complain(str(error))
            return 0
        self._complaint = ""
        return count

    def _carry_out_all(self) -> int:
        count = 0
        while command := self._queue.claim():
            state, outcome = self._carry_out(command)
            self._queue.finish(command.id, state=state, outcome=outcome)
            count += 1
        return count

    def _carry_out(self, command: Command) -> tuple[CommandState, str]:
        handler = self._handlers.get(command.kind)
        if handler is None:
            return CommandState.REFUSED, _("this daemon does not know the command “{kind}”").format(
                kind=command.kind
            )
        try:
            return CommandState.DONE, handler(command)
        except BroadcasterError as error:
            return CommandState.REFUSED, str(error)
        except Exception as error:  # noqa: BLE001 - a bug in one command stops no other
            _log.exception("command %d (%s) failed", command.id, command.kind)
            return CommandState.REFUSED, _("an error in the program: {detail}").format(detail=error)

    def _complain(self, complaint: str) -> None:
        if complaint != self._complaint:
            _log.error("commands cannot be read: %s", complaint)
        self._complaint = complaint


def ask(
    queue: CommandQueue,
    kind: str,
    argument: str = "",
    *,
    by: str,
    clock: Clock,
    patience_s: float = 3.0,
) -> Command:
    """The operator's side: order, then wait until it is carried out or patience is at its end.

    The state of the returned command says which; it is WAITING when no daemon took it.
    """
    command_id = queue.order(kind, argument, by=by)
    command = queue.get(command_id)
    for _glance in range(int(patience_s / _GLANCE.total_seconds())):
        if command and command.state.is_final:
            break
        clock.wait_until(clock.now() + _GLANCE)
        command = queue.get(command_id)
    if command is None:
        raise LookupError(command_id)
    return command
