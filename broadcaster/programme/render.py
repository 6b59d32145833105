"""CueSheet → blocks of samples, in constant memory.

It stands apart from `mix` because a programme is rendered twice: once to be measured, once to be
written.  Clips already have the house rate and level, so rendering is reading and adding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadcaster.programme.voice import Voice, samples_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import CueSheet
    from broadcaster.sound.wav import Pcm

__all__ = ["BLOCK", "blocks", "samples_in"]

BLOCK = 192_000
"""Samples a block: four seconds."""


def blocks(sheet: CueSheet, *, size: int = BLOCK) -> Iterator[Pcm]:
    """The sound of ``sheet`` in order, in blocks of at most ``size`` samples.

    Joined, they are the same whatever their size.  Raises `SoundError` when a clip is missing,
    damaged, or not as long as the sheet says.
    """
    total = samples_in(sheet.duration_ms)
    waiting = [Voice(cue) for cue in sorted(sheet.cues, key=lambda c: c.start_ms, reverse=True)]
    sounding: list[Voice] = []
    for start in range(0, total, size):
        block = np.zeros(min(size, total - start), dtype=np.float32)
        while waiting and waiting[-1].start < start + len(block):
            sounding.append(waiting.pop())
        for voice in sounding:
            voice.add_to(block, start)
        sounding = [voice for voice in sounding if voice.end > start + len(block)]
        yield block
