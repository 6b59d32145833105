"""A pipe beside the database: how an order reaches the daemon when the disk takes no row.

It stands apart from the queue because it keeps nothing: whoever writes knows only that somebody
reads.  A full disk must hinder neither a warning nor a stop.
"""

from __future__ import annotations

import json
import logging
import os
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING, Self

from broadcaster.asrun import Command, CommandState
from broadcaster.clock import LOCAL
from broadcaster.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.clock import Clock

__all__ = ["Hotline", "call"]

_log = logging.getLogger(__name__)
_LONGEST = 4096
"""PIPE_BUF of Linux: a line up to this length arrives whole."""
_MEANT_FOR_NOW = timedelta(seconds=60)


class Hotline:
    """The daemon's end; it hears nothing where the file system knows no pipes."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._clock = clock
        self._pipe: int | None = None
        self._rest = b""
        try:
            if not path.is_fifo():
                path.unlink(missing_ok=True)
                os.mkfifo(path, 0o600)
            self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        except OSError as error:
            _log.warning("no hotline: %s", error)

    def heard(self) -> list[Command]:
        """The orders that came since the last call, without those that lay too long."""
        if self._pipe is None:
            return []
        try:
            self._rest += os.read(self._pipe, 16 * _LONGEST)
        except OSError:  # nothing there, usually
            return []
        *lines, self._rest = self._rest.split(b"\n")
        commands = [command for line in lines if (command := _command(line))]
        now = self._clock.now()
        return [c for c in commands if abs(now - c.ordered_at) <= _MEANT_FOR_NOW]

    def close(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _command(line: bytes) -> Command | None:
    try:
        value = json.loads(line)
        return Command(
            id=0,
            kind=str(value["kind"]),
            argument=str(value["argument"]),
            ordered_by=str(value["by"]),
            ordered_at=datetime.fromisoformat(value["at"]).astimezone(LOCAL),
            state=CommandState.CLAIMED,
            outcome="",
        )
    except (ValueError, KeyError, TypeError):
        _log.error("what came over the hotline cannot be read")
        return None


def _reader_of(path: Path) -> int:
    """The pipe, where somebody reads; waits for nobody, and makes no file."""
    if not path.is_fifo():
        raise FileNotFoundError(path)
    return os.open(path, os.O_WRONLY | os.O_NONBLOCK)


def call(path: Path, kind: str, argument: str, *, by: str, at: datetime) -> None:
    """Hand an order to the daemon, which cannot answer; raises ContentError where none listens."""
    value = {"kind": kind, "argument": argument, "by": by, "at": at.isoformat()}
    line = json.dumps(value, ensure_ascii=False).encode() + b"\n"
    if len(line) > _LONGEST:
        raise ContentError((), message=_("the order is too long for a full disk"))
    try:
        with os.fdopen(_reader_of(path), "wb", buffering=0) as pipe:
            pipe.write(line)
    except OSError as error:
        message = _("nobody took the order: broadcaster run is not running in this folder")
        raise ContentError((), message=message) from error
