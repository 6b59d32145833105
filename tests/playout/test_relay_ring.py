"""What outputs read of a programme that is relayed in part."""

from __future__ import annotations

import wave
from array import array
from typing import TYPE_CHECKING

import pytest

from broadcaster.playout.housewav import RATE, HouseWav
from broadcaster.playout.livepath import LivePath
from broadcaster.playout.relay.ring import BLOCK_BYTES, BLOCK_FRAMES, Block, Ring

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def live(tmp_path: Path) -> LivePath:
    """Two seconds in which every sample is 100."""
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(array("h", [100] * 2 * RATE).tobytes())
    return LivePath.over(path, Ring.make(20))


def heard(live: LivePath, first: int = 0, last: int = 2 * RATE) -> array[int]:
    with HouseWav(live) as wav:
        return array("h", b"".join(wav.blocks(first, last)))


def block(value: int, fades_from: float = 1, fades_to: float = 1) -> Block:
    return Block(array("h", [value] * BLOCK_FRAMES).tobytes(), fades_from, fades_to)


def test_nothing_relayed(live: LivePath) -> None:
    """While the relay has nothing, the prepared sound is heard, sample by sample."""
    assert heard(live) == array("h", [100] * 2 * RATE)


def test_a_relayed_block(live: LivePath) -> None:
    """A block that is there is heard in its place, wherever reading begins."""
    live.ring.put(10, block(700))
    place = 10 * BLOCK_FRAMES
    for first in (0, 7, place - 5, place + 333):
        samples = heard(live, first)
        assert len(samples) == 2 * RATE - first
        wanted = [700 if place <= n < place + BLOCK_FRAMES else 100 for n in range(first, 2 * RATE)]
        assert list(samples) == wanted


def test_a_fade(live: LivePath) -> None:
    """In a fade both are added, and the sum lies between them."""
    live.ring.put(0, block(700, 0, 1))
    samples = list(heard(live))[:BLOCK_FRAMES]
    assert samples[0] == 100
    assert samples == sorted(samples)
    assert samples[-1] >= 699


def test_an_old_block_is_not_heard_again(live: LivePath) -> None:
    """The memory is used again and again; a block of a minute ago is none of now."""
    live.ring.put(20 * 50 + 3, block(700))
    assert live.ring.get(3) is None
    assert heard(live) == array("h", [100] * 2 * RATE)


def test_both_ends_see_the_same_memory(live: LivePath) -> None:
    """What the relay's process writes is what outputs read; nothing of it is a file."""
    other = Ring(live.ring.fd)
    other.put(5, block(9))
    other.zero = 12.5
    assert live.ring.get(5) == block(9)
    assert live.ring.zero == 12.5
    assert len(block(9).pcm) == BLOCK_BYTES


def test_other_programs_play_the_prepared_sound(live: LivePath) -> None:
    """What opens the path itself gets the file as it lies there."""
    with wave.open(str(live), "rb") as file:
        assert file.getnframes() == 2 * RATE
