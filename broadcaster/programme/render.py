"""CueSheet → blocks of samples, in constant memory.

It stands apart from `mix` because a programme is rendered twice: once to be measured, once to be
written.  Clips already have the house rate and level, so rendering is reading and adding.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.programme.voice import Voice, samples_in
from broadcaster.sound.wav import HOUSE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import CueSheet
    from broadcaster.sound.wav import Pcm

__all__ = ["BLOCK", "blocks", "samples_in"]

BLOCK = 4 * HOUSE_RATE


def blocks(
    sheet: CueSheet, *, first: int = 0, last: int | None = None, size: int = BLOCK
) -> Iterator[Pcm]:
    """The sound of ``sheet`` from sample ``first`` to ``last`` or its end, ``size`` at a time.

    It does not depend on where blocks begin.  Raises `SoundError` when a clip is missing,
    damaged, or not as long as the sheet says.
    """
    end = samples_in(sheet.duration_ms) if last is None else last
    voices = [Voice(cue) for cue in sheet.cues]
    waiting = sorted((v for v in voices if v.end > first), key=lambda v: v.start, reverse=True)
    sounding: list[Voice] = []
    for start in range(first, end, size):
        block = np.zeros(min(size, end - start), dtype=np.float32)
        while waiting and waiting[-1].start < start + len(block):
            sounding.append(waiting.pop())
        for voice in sounding:
            voice.add_to(block, start)
        sounding = [voice for voice in sounding if voice.end > start + len(block)]
        if not np.isfinite(block).all():
            raise _no_number(sheet, start)
        yield block


def _no_number(sheet: CueSheet, start: int) -> SoundError:
    seconds = start // HOUSE_RATE
    return SoundError(
        _("the programme “{title}” cannot be added up at {minutes}:{seconds:02}").format(
            title=sheet.title, minutes=seconds // 60, seconds=seconds % 60
        ),
        hint=_("look at the levels of what sounds there"),
    )
