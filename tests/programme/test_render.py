"""A cue sheet as samples: loops, envelopes, fades, and files that change under the mix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.errors import SoundError
from broadcaster.model import Clip, Cue, CueSheet
from broadcaster.programme.render import blocks
from broadcaster.programme.voice import CROSSFADE_MS
from broadcaster.sound.wav import write_wav


def _clip(path, samples):
    write_wav(path, samples)
    return Clip(path, len(samples) // 48)


@pytest.fixture(scope="module")
def noise(tmp_path_factory):
    """One second of noise, and a shorter and a very short one."""
    folder = tmp_path_factory.mktemp("clips")
    rng = np.random.default_rng(3)
    return [
        _clip(folder / f"{length}.wav", rng.uniform(-0.5, 0.5, length * 48).astype(np.float32))
        for length in (1_000, 370, 25)
    ]


def _rendered(*cues, duration_ms, size=192_000):
    return np.concatenate(list(blocks(CueSheet("…", cues, duration_ms, ()), size=size)))


def _step(tmp_path, seconds):
    return _clip(tmp_path / "step.wav", np.full(48_000 * seconds, 0.25, np.float32))


points = st.lists(
    st.tuples(st.integers(0, 3_000), st.floats(-40, 12)), max_size=6, unique_by=lambda p: p[0]
)
cues = st.builds(
    dict,
    start_ms=st.integers(0, 1_500),
    which=st.integers(0, 2),
    gain_db=st.floats(-30, 6),
    fade_in_ms=st.integers(0, 400),
    fade_out_ms=st.integers(0, 400),
    length_ms=st.one_of(st.just(0), st.integers(1, 3_000)),
    envelope=points.map(sorted).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(plans=st.lists(cues, min_size=1, max_size=4), size=st.integers(1_500, 70_000))
def test_the_sound_does_not_depend_on_where_blocks_begin(noise, plans, size):
    """Looped, ducked and faded sounds are the same to the last bit, however the mix is cut."""
    made = [Cue(clip=noise[plan.pop("which")], segment=0, **plan) for plan in plans]
    whole = _rendered(*made, duration_ms=3_500, size=3_500 * 48)
    assert np.array_equal(whole, _rendered(*made, duration_ms=3_500, size=size))


def test_a_bed_is_repeated_until_it_is_long_enough(tmp_path, noise):
    """A sound that is to last longer begins again, and ends to the sample."""
    bed = noise[0]
    heard = _rendered(Cue(500, bed, 0, length_ms=4_000), duration_ms=5_000)
    period = (1_000 - CROSSFADE_MS) * 48
    assert (heard[: 500 * 48] == 0).all()
    assert (heard[4_500 * 48 :] == 0).all()
    assert heard[4_500 * 48 - 1] != 0
    sure = CROSSFADE_MS * 48  # after the crossfade, and before the next
    first = heard[500 * 48 :][sure:period]
    second = heard[500 * 48 + period :][sure:period]
    assert np.array_equal(first, second)


def test_the_seam_of_a_loop_keeps_its_loudness(tmp_path):
    """Where a bed begins again it is as loud as before and after."""
    rng = np.random.default_rng(5)
    bed = _clip(tmp_path / "bed.wav", rng.uniform(-0.5, 0.5, 48_000 * 8).astype(np.float32))
    heard = _rendered(Cue(0, bed, 0, length_ms=20_000), duration_ms=20_000)
    energies = (heard.reshape(-1, 4_800).astype(np.float64) ** 2).mean(axis=1)
    assert energies == pytest.approx(energies[0], rel=0.25)


def test_a_longer_sound_is_broken_off_with_its_fade(tmp_path):
    """A sound that is to last shorter ends where it should, faded out as it says."""
    step = _step(tmp_path, 10)
    heard = _rendered(Cue(1_000, step, 0, length_ms=2_000, fade_out_ms=500), duration_ms=4_000)
    where = np.arange(4_000 * 48) / 48
    expected = 0.25 * np.interp(where, [999.99, 1_000, 2_500, 3_000], [0, 1, 1, 0])
    assert np.abs(heard - expected).max() < 1e-4


def test_a_bed_goes_down_and_up_again(tmp_path):
    """The level follows its points in straight lines of decibels, on top of the cue's own."""
    points = ((500, 0.0), (600, -12.0), (6_000, -12.0), (6_500, 0.0))
    cue = Cue(0, _step(tmp_path, 10), 0, gain_db=-6.0, envelope=points)
    heard = _rendered(cue, duration_ms=10_000)
    levels = np.interp(np.arange(480_000) / 48, *zip(*points, strict=True)) - 6.0
    assert np.abs(heard / (0.25 * 10 ** (levels / 20)) - 1).max() < 1e-4


def test_cues_in_any_order_are_heard(tmp_path):
    """A cue is heard at its time even where the sheet names it late."""
    step = _step(tmp_path, 1)
    late, early = Cue(9_000, step, 0), Cue(0, step, 0)
    heard = _rendered(late, early, duration_ms=10_000)
    assert heard[:48_000] == pytest.approx(0.25)
    assert heard[9 * 48_000 :] == pytest.approx(0.25)


def test_a_clip_that_vanishes_in_mid_mix_is_named(tmp_path):
    """A long recording that is deleted while it is mixed stops the mix, and is named."""
    step = _step(tmp_path, 10)
    stream = blocks(CueSheet("…", (Cue(0, step, 0),), 10_000, ()))
    next(stream)
    step.path.unlink()
    with pytest.raises(SoundError, match=r"step\.wav cannot be read"):
        next(stream)


def test_a_clip_that_is_cut_in_mid_mix_is_named(tmp_path):
    """A file that becomes shorter while it is mixed is not half a programme."""
    step = _step(tmp_path, 10)
    stream = blocks(CueSheet("…", (Cue(0, step, 0),), 10_000, ()))
    next(stream)
    with step.path.open("r+b") as file:
        file.truncate(48_000 * 2 * 5)
    with pytest.raises(SoundError, match="shorter than it was"):
        next(stream)
