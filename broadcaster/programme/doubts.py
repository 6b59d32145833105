"""What a listener would complain about in a recording that can be aired all the same.

It stands apart from `assets` so that the bounds stand together with the sentences that they cause.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.sound.pcm import ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.programme.recording import Survey
    from broadcaster.sound.header import Header

__all__ = ["doubts_of"]

_LOW_RATE = 16_000
_CLIPPED = 0.004  # of speech lifted 6 dB too high 1.2 % clip, of loud mastered music 0.3 % or less
_LONGEST_SILENCE_MS = 5_000
_MOST_MISSING_MS, _MISSING_PART = 2_000, 50  # headers are not exact to the second


def doubts_of(path: Path, header: Header, found: Survey | None, where: Where) -> Iterator[Problem]:
    """What its header tells, and what listening has found, where somebody has listened."""
    yield from _low_rate(path, header, where)
    if found:
        yield from _cut_short(path, header, found, where)
        yield from _heard(path, found, where)


def _low_rate(path: Path, header: Header, where: Where) -> Iterator[Problem]:
    """Whether it will sound like a telephone."""
    if 0 < header.rate < _LOW_RATE:
        message = _("{path} has only {rate} Hz: it will sound like a telephone")
        message = message.format(path=path, rate=header.rate)
        hint = _("record it at 44100 or 48000 Hz when you can")
        yield Problem(where, "asset-low-rate", message, hint, Severity.WARNING)


def _cut_short(path: Path, header: Header, found: Survey, where: Where) -> Iterator[Problem]:
    """Whether the end was not copied."""
    missing_ms = header.claimed_ms - ms(found.count)
    if missing_ms > max(_MOST_MISSING_MS, header.claimed_ms // _MISSING_PART):
        message = _("{path} breaks off: {seconds} of its {claimed} seconds are missing")
        message = message.format(
            path=path, seconds=round(missing_ms / 1000), claimed=round(header.claimed_ms / 1000)
        )
        hint = _("copy the file again, and wait until the copy has ended")
        yield Problem(where, "asset-cut-short", message, hint, Severity.WARNING)


def _heard(path: Path, found: Survey, where: Where) -> Iterator[Problem]:
    if found.clipped > _CLIPPED:
        message = _("{path} was recorded too loud: {percent} % of it is distorted")
        message = message.format(path=path, percent=max(1, round(100 * found.clipped)))
        hint = _("record it again, further from the microphone or with less gain")
        yield Problem(where, "asset-clipped", message, hint, Severity.WARNING)
    if found.silence_ms > _LONGEST_SILENCE_MS:
        message = _("{path} is silent for {seconds} seconds in the middle")
        message = message.format(path=path, seconds=round(found.silence_ms / 1000))
        hint = _("listen to it; cut the silence out, or record that part again")
        yield Problem(where, "asset-long-silence", message, hint, Severity.WARNING)
