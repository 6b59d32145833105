"""The gate before air: numbers of a mixed programme in, sentences about it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from broadcaster.model import Clip, Cue, CueSheet
from broadcaster.programme.gate import Measured, faults
from broadcaster.sound.loudness import SILENT_ENERGY

LENGTH_MS = 60_000
SHEET = CueSheet("Sáng", (Cue(0, Clip(Path(), LENGTH_MS), 0),), LENGTH_MS, ())
FIT = Measured(count=LENGTH_MS * 48, lufs=-16.2, peak_db=-2.0, steps=np.full(600, 1e-3))


def _told(measured, sheet=SHEET):
    return "; ".join(faults(sheet, measured, target_lufs=-16.0))


def _silent(first, last):
    steps = FIT.steps.copy()
    steps[first * 10 : last * 10] = SILENT_ENERGY / 2
    return replace(FIT, steps=steps)


def test_a_fit_programme_passes():
    """Nothing is said of a programme that is as long and as loud as planned."""
    assert _told(FIT) == ""
    assert _told(_silent(20, 29)) == ""


@pytest.mark.parametrize(
    ("measured", "told"),
    [
        (replace(FIT, count=0), "not a whole WAV file"),
        (replace(FIT, count=47_000), "holds 47000 samples instead of 2880000"),
        (replace(FIT, lufs=-15.0), "loudness is -15.0 LUFS instead of -16.0"),
        (replace(FIT, lufs=-20.0), "loudness is -20.0 LUFS"),
        (replace(FIT, lufs=float("nan")), "loudness is nan"),
        (replace(FIT, peak_db=-1.2), "peaks reach -1.2 dBTP"),
        (replace(FIT, peak_db=float("nan")), "peaks reach nan"),
        (replace(FIT, lufs=-70.0), "nothing can be heard"),
        (_silent(20, 35), "15 seconds of silence at 0:20"),
        (_silent(49, 60), "11 seconds of silence at 0:49"),
    ],
)
def test_what_is_wrong_is_told(measured, told):
    """Each fault has a sentence with the number that is wrong, or the place."""
    assert told in _told(measured)


def test_planned_silence_is_no_fault():
    """A minute's silence between two cues was planned; a bed that goes down may be out of
    hearing."""
    clip = Clip(Path(), 10_000)
    ends = (Cue(0, clip, 0), Cue(50_000, clip, 1))
    bed = Cue(0, clip, 0, length_ms=LENGTH_MS, envelope=((0, -60.0),))
    assert _told(_silent(10, 50), replace(SHEET, cues=ends)) == ""
    assert _told(_silent(10, 50), replace(SHEET, cues=(bed, *ends))) == ""
