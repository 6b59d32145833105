"""Mixing in child processes: the same sound, crashes, hangs, and a parent that dies."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from station_process import wait_for

from broadcaster.errors import SoundError
from broadcaster.model import Clip, Cue, CueSheet
from broadcaster.programme import mix
from broadcaster.sound.profile import PROFILES
from broadcaster.sound.wav import write_wav
from broadcaster.station.preparing.mixing import MixingChildren

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration


@pytest.fixture
def sheet(tmp_path: Path) -> CueSheet:
    """Two minutes of noise that comes and goes."""
    return _noise(tmp_path, minutes=2)


def _noise(tmp_path: Path, *, minutes: int) -> CueSheet:
    rng = np.random.default_rng(5)
    noise = rng.standard_normal(48_000 * 6) * np.sin(np.arange(48_000 * 6) / 9_000) * 0.1
    write_wav(tmp_path / "clip.wav", noise.astype(np.float32))
    clip = Clip(tmp_path / "clip.wav", 6_000)
    cues = tuple(Cue(n * 6_000, clip, 0) for n in range(10 * minutes))
    return CueSheet("Sáng", cues, minutes * 60_000, ())


def _child(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def test_a_child_makes_the_same_sound(sheet: CueSheet, tmp_path: Path) -> None:
    """Mixed in a process of its own, a programme is the same to the last bit, MP3 and all."""
    loa = PROFILES["loa"]
    here = mix(sheet, tmp_path / "here.wav", mp3=tmp_path / "here.mp3", profile=loa)
    children = MixingChildren()
    there = children(sheet, tmp_path / "there.wav", mp3=tmp_path / "there.mp3", profile=loa)
    assert there.sha256 == here.sha256
    assert (tmp_path / "here.mp3").read_bytes() == (tmp_path / "there.mp3").read_bytes()
    assert (there.lufs, there.peak_db) == (here.lufs, here.peak_db)


def test_what_is_wrong_comes_back_as_a_sentence(sheet: CueSheet, tmp_path: Path) -> None:
    """A clip that is gone is named, with its hint, as if it had been mixed here."""
    (tmp_path / "clip.wav").unlink()
    with pytest.raises(SoundError, match=r"clip\.wav cannot be read"):
        MixingChildren()(sheet, tmp_path / "p.wav")


@pytest.mark.parametrize(
    "program", ["import os; os.abort()", "print('no answer')", "import os; os._exit(3)"]
)
def test_a_crash_costs_that_programme_only(sheet: CueSheet, tmp_path: Path, program: str) -> None:
    """A child that dies is named by its programme; the parent goes on."""
    with pytest.raises(SoundError, match="the mixing of “Sáng” broke down"):
        MixingChildren(command=_child(program))(sheet, tmp_path / "p.wav")


def test_a_child_that_hangs_is_killed(tmp_path: Path) -> None:
    """One that takes longer than its programme is ended; meanwhile the watcher is told that work
    goes on."""
    beats: list[int] = []
    short = CueSheet("Sáng", (), 100, ())
    children = MixingChildren(
        lambda: beats.append(1),
        command=_child("import time; time.sleep(60)"),
        least_s=0.5,
        beat_s=0.1,
    )
    with pytest.raises(SoundError, match="broke down"):
        children(short, tmp_path / "p.wav")
    assert len(beats) >= 5


PARENT = """
import sys, pickle
from pathlib import Path
from broadcaster.station.preparing.mixing import MixingChildren
sheet = pickle.loads(Path(sys.argv[1]).read_bytes())
MixingChildren()(sheet, Path(sys.argv[2]))
"""


def test_a_child_dies_with_its_parent(tmp_path: Path) -> None:
    """The preparer is killed: no orphan replaces a sound behind the back of the next one."""
    import pickle  # noqa: PLC0415

    (tmp_path / "sheet").write_bytes(pickle.dumps(_noise(tmp_path, minutes=10)))
    target = tmp_path / "p.wav"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, tmp_path / "sheet", target])
    wait_for(lambda: list(tmp_path.glob(".p.wav.*.part")))
    parent.kill()
    parent.wait()
    [part] = tmp_path.glob(".p.wav.*.part")
    size = -1
    while size != (size := part.stat().st_size):
        threading.Event().wait(0.5)
    assert not target.exists()
