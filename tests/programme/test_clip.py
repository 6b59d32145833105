"""The edges of clips: no silence around them, no click at them."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from broadcaster.programme.clip import Edges, between, faded
from broadcaster.sound.pcm import ms, silence


def _tone(seconds):
    return (0.3 * np.sin(2 * np.pi * 440 * np.arange(int(48_000 * seconds)) / 48_000)).astype(
        np.float32
    )


def _blocks(sound, length=96_000):
    return [sound[start : start + length] for start in range(0, len(sound), length)]


def _trimmed(sound, length=96_000):
    edges = Edges()
    for block in _blocks(sound, length):
        edges.add(block)
    return np.concatenate([[], *between(_blocks(sound, length), edges.first, edges.last)])


@pytest.mark.parametrize("before_ms, after_ms", [(0, 0), (700, 0), (0, 900), (25_000, 41_000)])
@pytest.mark.parametrize("length", [480, 7_777, 96_000, 10_000_000])
def test_silence_around_a_recording_is_trimmed(before_ms, after_ms, length):
    """Only a breath is left of the silence before and after, however long it was."""
    recording = np.concatenate([silence(before_ms), _tone(1), silence(after_ms)])
    assert ms(_trimmed(recording, length)) == pytest.approx(
        1_000 + 20 * bool(before_ms) + 20 * bool(after_ms), abs=21
    )


def test_a_pause_in_the_middle_stays():
    """Silence between two words is part of the speech."""
    recording = np.concatenate([_tone(0.5), silence(3_000), _tone(0.5)])
    assert ms(_trimmed(recording)) == 4_000


@pytest.mark.parametrize("length", [480, 7_777, 48_000, 96_000])
def test_the_edges_are_faded(length):
    """A clip begins and ends at nothing, and is untouched in the middle."""
    sound = _tone(2)
    clip = np.concatenate([*faded(_blocks(sound, length), fade_in_ms=10, fade_out_ms=200)])
    assert len(clip) == len(sound)
    assert np.abs(clip[:10]).max() < 0.01
    assert np.abs(clip[-48:]).max() < 0.01
    assert np.abs(clip[10_000:80_000] - sound[10_000:80_000]).max() < 1e-6


@pytest.mark.parametrize("sound", [silence(0), silence(30), silence(45_000)])
def test_nothing_is_left_of_silence(sound):
    """Of a recording without any sound nothing is left."""
    assert len(_trimmed(sound)) == 0


def test_asks_for_no_ffmpeg():
    """On a machine without ffmpeg nobody is told that it is missing: nothing here needs it."""
    code = "import numpy, broadcaster.programme.clip as c; [*c.faded([numpy.ones(4800, 'f4')])]"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
