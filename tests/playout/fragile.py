"""An output that a test breaks and mends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout import PlaybackState
from broadcaster.playout.outputs.null import ClockedPlayback

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import SimulatedClock


class FragilePlayback(ClockedPlayback):
    """Follows the clock until the loudspeaker is pulled out."""

    failure = ""

    def state(self) -> PlaybackState:
        return PlaybackState.FAILED if self.failure else super().state()

    def reason(self) -> str:
        return self.failure


@dataclass
class FragileOutput:
    """An output whose loudspeaker can be pulled out; ``trouble`` says that it is out."""

    clock: SimulatedClock
    trouble: str = ""
    opened: list[tuple[datetime, int]] = field(default_factory=list)
    playing: FragilePlayback | None = None
    name: str = "fragile"

    def play(
        self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int
    ) -> FragilePlayback:
        self.opened.append((at, from_ms))
        if self.trouble:
            raise OutputError(self.trouble)
        self.playing = FragilePlayback(self.clock, at=at, from_ms=from_ms, duration_ms=duration_ms)
        return self.playing

    def check(self) -> str:
        return self.trouble

    def pull_out(self) -> None:
        self.trouble = "no loudspeaker"
        if self.playing:
            self.playing.failure = self.trouble
