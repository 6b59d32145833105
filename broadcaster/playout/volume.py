"""An output whose card is loud enough and not muted whenever it begins to play.

It is an output around an output, so that a card that was pulled out and comes back, at whatever
volume it likes, is set again too.  A thread does it: no mixer can hold up a start.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout import reasons

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.playout.actions import Reason
    from broadcaster.playout.mixer import Mixer
    from broadcaster.playout.output import Output, Playback

__all__ = ["AtVolume"]

_log = logging.getLogger(__name__)
_AHEAD_S = 0.15
"""So shortly before the sound, lest it change the end of what sounds before."""
_STEP = 4
"""Percent by which a card may differ: some have few steps."""


class AtVolume:
    """``output`` with ``mixer`` at ``volume`` percent."""

    def __init__(self, output: Output, mixer: Mixer, volume: int, *, clock: Clock) -> None:
        self._output = output
        self._mixer = mixer
        self._volume = volume
        self._clock = clock
        self.trouble = ""
        """What was wrong with the volume, as a sentence with its code; the last one."""

    @property
    def name(self) -> str:
        return self._output.name

    def play(
        self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int
    ) -> Playback:
        playback = self._output.play(audio, at=at, from_ms=from_ms, duration_ms=duration_ms)
        wait_s = (at - self._clock.now()).total_seconds() - _AHEAD_S
        name = f"volume of {self.name}"
        threading.Thread(target=self._see_to_it, args=(wait_s,), name=name, daemon=True).start()
        return playback

    def check(self) -> str:
        return self._output.check()

    def _see_to_it(self, wait_s: float) -> None:
        """Look at once, while there is time, and set what is wrong when the sound is near."""
        try:
            level = self._mixer.look()
            if level.muted:
                self._complain(reasons.was_muted(self.name))
            if not level.muted and level.volume == self._volume:
                return
            threading.Event().wait(max(0.0, wait_s))
            self._mixer.set(self._volume)
            after = self._mixer.look()
        except OutputError as error:
            self._complain(reasons.volume_not_set(self.name, str(error), self._mixer.cure))
            return
        if after.muted or abs(after.volume - self._volume) > _STEP:
            self._complain(reasons.volume_not_kept(self.name, after.volume, self._mixer.cure))

    def _complain(self, reason: Reason) -> None:
        """Once for each reason: an output that fails is opened again every second."""
        if self.trouble != str(reason):
            _log.error("%s", reason)
        self.trouble = str(reason)
