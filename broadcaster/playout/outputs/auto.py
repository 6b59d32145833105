"""Whatever this machine has: a sound server first, then a sound card.

It chooses anew for each playback, so that a card plugged in after the start, or in the middle of
a programme, is found without a restart.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout.outputs.command import APLAY, PACAT, CommandOutput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.playout.output import Output, Playback

__all__ = ["AutoOutput"]


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
        self._chosen, trouble = self._choose()
        if self._chosen is None:
            raise OutputError(trouble)
        return self._chosen.play(audio, at=at, from_ms=from_ms, duration_ms=duration_ms)

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
