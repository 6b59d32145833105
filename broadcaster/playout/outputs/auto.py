"""Whatever this machine has: a sound server first, then a sound card.

It chooses anew for each playback, so that a card plugged in after the start, or in the middle of
a programme, is found without a restart.  A thread chooses: a sound server that hangs while it is
asked must hold up neither the air nor another output.
"""

from __future__ import annotations

import threading
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout.output import PlaybackState
from broadcaster.playout.outputs.command import APLAY, PACAT, CommandOutput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.playout.output import Output, Playback

__all__ = ["AutoOutput"]


class _Chosen:
    """The playback of an output that is still being chosen: STARTING until then."""

    def __init__(self, begin: Callable[[], Playback], *, from_ms: int) -> None:
        self._begin = begin
        self._from_ms = from_ms
        self._playback: Playback | None = None
        self._failure = ""
        self._lock = threading.Lock()
        self._stopped = False
        self.thread = threading.Thread(target=self._choose, name="choice of output", daemon=True)
        self.thread.start()

    def _choose(self) -> None:
        try:
            playback = self._begin()
        except OutputError as error:
            self._failure = str(error)
            return
        with self._lock:
            self._playback = playback
            if self._stopped:
                playback.stop()

    def state(self) -> PlaybackState:
        if self._playback:
            return self._playback.state()
        failed = self._failure or self._stopped
        return PlaybackState.FAILED if failed else PlaybackState.STARTING

    def position_ms(self) -> int:
        return self._playback.position_ms() if self._playback else self._from_ms

    def reason(self) -> str:
        if self._playback:
            return self._playback.reason()
        return self._failure or (_("stopped") if self._stopped else "")

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._playback:
                self._playback.stop()


class AutoOutput:
    """The first of ``candidates`` that can play; by default ``pacat``, then ``aplay``."""

    def __init__(
        self, target: str = "", *, clock: Clock, candidates: Sequence[Output] = ()
    ) -> None:
        if target:
            raise OutputError(
                _("the output “auto” takes no name after it: {target}").format(target=target),
                hint=_("write pacat:{target} or aplay:{target}").format(target=target),
            )
        self._candidates = tuple(candidates) or tuple(
            CommandOutput(program, "", clock=clock) for program in (PACAT, APLAY)
        )
        self._chosen: Output | None = None

    @property
    def name(self) -> str:
        """That of the output chosen last."""
        return self._chosen.name if self._chosen else "auto"

    def play(
        self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int
    ) -> Playback:
        def begin() -> Playback:
            chosen, trouble = self._choose()
            self._chosen = chosen
            if chosen is None:
                raise OutputError(trouble)
            return chosen.play(audio, at=at, from_ms=from_ms, duration_ms=duration_ms)

        return _Chosen(begin, from_ms=from_ms)

    def check(self) -> str:
        self._chosen, trouble = self._choose()
        return trouble

    def _choose(self) -> tuple[Output | None, str]:
        troubles = []
        for output in self._candidates:
            if not (trouble := output.check()):
                return output, ""
            troubles.append(f"{output.name}: {trouble}")
        return None, _("there is no sound device, and it is tried again: {troubles}").format(
            troubles="; ".join(troubles)
        )
