"""The gate before air: a mixed programme is judged by what was measured while it was written.

It stands apart from the mix because it is pure: numbers in, sentences out.  What does not pass
never appears under its name, so that the last good programme stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.programme.voice import samples_in
from broadcaster.sound.loudness import SILENT_ENERGY, SILENT_LUFS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from broadcaster.model import CueSheet

__all__ = ["PEAK_DB", "Measured", "UnfitError", "faults"]

PEAK_DB = -1.5
"""No true peak may lie above it (dBTP)."""

_TOO_LOUD_LU = 0.5
_TOO_SOFT_LU = 3.0  # better too soft than not heard at all
_LONGEST_SILENCE_MS = 10_000
_STEP_MS = 100


class UnfitError(SoundError):
    """A programme that was mixed and must not air."""

    def __init__(self, title: str, faults: tuple[str, ...]) -> None:
        super().__init__(
            _("the sound of “{title}” is not fit for air: {faults}").format(
                title=title, faults="; ".join(faults)
            ),
            hint=_("listen to its parts, mend or leave out the bad one, and render it again"),
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """What meters say of a written programme.

    ``count`` is the number of samples that its file holds, 0 where it is not a whole house WAV;
    ``steps`` the weighted energy of each 100 ms.
    """

    count: int
    lufs: float
    peak_db: float
    steps: NDArray[np.float64]


def faults(sheet: CueSheet, measured: Measured, *, target_lufs: float) -> tuple[str, ...]:
    """A sentence for each reason why this is not what ``sheet`` promised; none when it is fit."""
    if measured.lufs <= SILENT_LUFS:
        return (*_length(sheet, measured), _("nothing can be heard in it"))
    return (
        *_length(sheet, measured),
        *_loudness(measured, target_lufs),
        *_silences(sheet, measured.steps),
    )


def _length(sheet: CueSheet, measured: Measured) -> Iterator[str]:
    if measured.count == 0:
        yield _("its file is not a whole WAV file of this station")
    elif measured.count != (planned := samples_in(sheet.duration_ms)):
        yield _("its file holds {count} samples instead of {planned}").format(
            count=measured.count, planned=planned
        )


def _loudness(measured: Measured, target_lufs: float) -> Iterator[str]:
    """Written so that what is not a number does not pass."""
    if not -_TOO_SOFT_LU <= measured.lufs - target_lufs <= _TOO_LOUD_LU:
        yield _("its loudness is {lufs:.1f} LUFS instead of {target:.1f}").format(
            lufs=measured.lufs, target=target_lufs
        )
    if not measured.peak_db <= PEAK_DB:
        yield _("its peaks reach {peak:.1f} dBTP; {most} is the most").format(
            peak=measured.peak_db, most=PEAK_DB
        )


def _silences(sheet: CueSheet, steps: NDArray[np.float64]) -> Iterator[str]:
    """Where nothing is heard for long though a sound was planned there."""
    lost = (steps <= SILENT_ENERGY) & _planned(sheet, len(steps))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], lost, [False]])))
    for first, last in edges.reshape(-1, 2):
        if (last - first) * _STEP_MS > _LONGEST_SILENCE_MS:
            seconds = int(first) * _STEP_MS // 1000
            yield _("{length} seconds of silence at {minutes}:{seconds:02}").format(
                length=(last - first) * _STEP_MS // 1000,
                minutes=seconds // 60,
                seconds=seconds % 60,
            )


def _planned(sheet: CueSheet, count: int) -> NDArray[np.bool_]:
    """For each 100 ms whether a sound fills it; a bed that goes down may be out of hearing."""
    planned = np.zeros(count, dtype=bool)
    for cue in sheet.cues:
        if not cue.envelope:
            planned[-(-cue.start_ms // _STEP_MS) : cue.end_ms // _STEP_MS] = True
    return planned
