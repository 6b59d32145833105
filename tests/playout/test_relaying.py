"""One relay from its stream to the ring, with any stream and any time."""

from __future__ import annotations

import wave
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from broadcaster.playout.relay.knock import RelayError
from broadcaster.playout.relay.leg import Leg, Switch
from broadcaster.playout.relay.level import Leveller
from broadcaster.playout.relay.relaying import AHEAD_S, Relaying
from broadcaster.playout.relay.ring import BLOCK_FRAMES, Ring
from broadcaster.playout.relay.watch import Trouble
from broadcaster.sound.loudness import integrated_lufs

if TYPE_CHECKING:
    from pathlib import Path

LEG = Leg(name="vov1", urls=("http://a",), first=500, last=2_000)
TONE = 0.1 * np.sin(2 * np.pi * 1_000 * np.arange(BLOCK_FRAMES) / 48_000)
SOUND = (TONE * 32_767).astype("<i2").tobytes()
SILENCE = bytes(2 * BLOCK_FRAMES)


@dataclass
class FakeSource:
    """Hands over what ``waiting`` holds; ``has_backup`` says whether there is another address."""

    stream_format: str = "mp3"
    waiting: list = field(default_factory=list)
    has_backup: bool = False
    moved: int = 0

    def new(self):
        came, self.waiting = self.waiting, []
        return came

    def move_on(self) -> bool:
        self.moved += 1
        return self.has_backup


@dataclass
class Run:
    """The leg from 15 s before it; ``second`` gives what comes in each block of time."""

    source: FakeSource = field(default_factory=FakeSource)
    told: list[Switch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ring = Ring.make(60)
        self.ring.arm(100.0)
        self.relaying = Relaying(LEG, self.source, self.ring, lufs=-16.0, tell=self.told.append)

    def through(self, first_s: float, last_s: float, *came: object) -> None:
        """``came`` arrives every 20 ms between two times of the programme."""
        for n in range(round((last_s - first_s) * 50)):
            self.source.waiting += came
            self.relaying.advance(100.0 + first_s + n * 0.02)

    def written(self) -> list[int]:
        return [n for n in range(LEG.first, LEG.last) if self.ring.get(n)]


def test_a_good_stream_fills_its_span() -> None:
    """A stream that was good before its time is heard from the first block to the last."""
    run = Run()
    run.through(-5, 40, SOUND)
    assert run.written() == list(range(LEG.first, LEG.last))
    assert [switch.is_on for switch in run.told] == [True]
    assert run.relaying.is_over


def test_a_block_is_written_before_its_time() -> None:
    """Outputs find each block two and a half seconds before it is heard."""
    run = Run()
    run.through(-5, 20, SOUND)
    assert run.written()[-1] == pytest.approx((20 + AHEAD_S) * 50, abs=2)


def test_a_stream_that_stops() -> None:
    """What waits is heard to its end, then nothing; back it is heard again, and why is told."""
    run = Run()
    run.through(-5, 15, SOUND)
    run.source.waiting.append(RelayError(Trouble.ENDED, "x"))
    run.through(15, 25)
    run.through(25, 40, SOUND)
    gaps = np.flatnonzero(np.diff(run.written()) > 1)
    assert len(gaps) == 1
    assert [switch.is_on for switch in run.told] == [True, False, True]
    assert run.told[1].trouble is Trouble.ENDED


def test_a_stream_that_never_comes() -> None:
    """Nothing is written, and the log learns why before the span begins."""
    run = Run()
    run.source.waiting.append(RelayError(Trouble.REFUSED, "404"))
    run.through(-5, 40)
    assert run.written() == []
    assert run.told == [Switch(500, is_on=False, trouble=Trouble.REFUSED, detail="404")]


def test_silence_goes_to_the_second_address() -> None:
    """A silent stream is left, and where there is another address, that one is tried."""
    run = Run(FakeSource(has_backup=True))
    run.through(-5, 15, SOUND)
    run.through(15, 40, SILENCE)
    assert run.told[1].trouble is Trouble.SILENT
    assert run.source.moved >= 1
    assert not any(run.ring.get(n) for n in range(1_250, LEG.last))


def test_what_piles_up_is_worked_off() -> None:
    """Seconds that came too many are worked off little by little, without a gap."""
    run = Run()
    run.relaying._leg = replace(LEG, last=6_000)
    run.through(-5, 8, SOUND)
    run.source.waiting += [SOUND] * 400
    run.through(8, 40, SOUND)
    before = len(run.relaying._backlog)
    run.through(40, 80, SOUND)
    assert before - 6 <= len(run.relaying._backlog) <= before - 3
    assert not np.any(np.diff([n for n in range(2_000, 4_000) if run.ring.get(n)]) > 1)


@pytest.fixture
def spoken(tmp_path: Path) -> Run:
    """Bulletins stand in for the relay at 10 and 20 s, music (a lower tone) from 30 s on."""
    audio = tmp_path / "a.wav"
    times = np.arange(48_000 * 40) / 48_000
    samples = np.where(times < 30, 0.3, 0.1) * np.sin(2 * np.pi * 300 * times)
    with wave.open(str(audio), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes((samples * 32_767).astype("<i2").tobytes())
    run = Run()
    run.relaying = Relaying(
        replace(LEG, entries=(500, 1_000), music=1_500, audio=str(audio)),
        run.source,
        run.ring,
        lufs=-16.0,
        tell=run.told.append,
    )
    return run


def test_no_bulletin_begins_in_its_middle(spoken: Run) -> None:
    """A relay that breaks in a bulletin's time is followed by music, from behind the bulletins,
    until the next bulletin begins."""
    spoken.through(-5, 8, SOUND)
    spoken.through(8, 40)
    written = spoken.written()
    assert written == list(range(500, 1_000))
    last = spoken.ring.get(999)
    assert (last.fades_from, last.fades_to) == (pytest.approx(0.1), 0)
    music = np.frombuffer(spoken.ring.get(980).pcm, "<i2")
    assert np.abs(music).max() == pytest.approx(0.1 * 32_767, rel=0.02)
    assert spoken.ring.get(980).fades_from == 1


def test_a_bulletin_is_heard_to_its_end(spoken: Run) -> None:
    """A relay that comes while a bulletin is heard waits for its end."""
    spoken.through(-5, 9)
    spoken.through(9, 40, SOUND)
    assert spoken.written()[0] == 1_000
    assert spoken.told[-1].is_on


def test_music_does_not_wait(spoken: Run) -> None:
    """Behind the bulletins, and in the music between, the relay is taken up as soon as it is
    good."""
    spoken.through(-5, 27)
    spoken.through(27, 40, SOUND)
    assert 1_700 < spoken.written()[0] < 1_750
    again = Run()
    again.relaying = Relaying(
        replace(LEG, entries=(500, 1_700), music=1_900, audio="khong-co.wav"),
        again.source,
        again.ring,
        lufs=-16.0,
        tell=again.told.append,
    )
    again.through(-5, 8, SOUND)
    again.through(8, 15)
    again.through(15, 40, SOUND)
    assert [switch.is_on for switch in again.told][-1]
    assert again.told[-1].number < 1_200
    assert again.written() == list(range(500, 2_000))


def test_a_start_that_is_late() -> None:
    """A stream that was opened for a planned start waits for the real one, and is heard from its
    beginning then, as new as it can be."""
    run = Run()
    run.ring = Ring.make(60)
    run.relaying = Relaying(LEG, run.source, run.ring, lufs=-16.0, tell=run.told.append)
    run.ring.zero = 100.0
    run.through(-5, 35, SOUND)
    assert run.written() == []
    assert run.told == []
    run.ring.arm(130.0)
    run.through(35, 70, SOUND)
    assert run.written() == list(range(LEG.first, LEG.last))


@pytest.mark.parametrize("level", [0.2, 0.5, 1.5])
def test_the_loudness_of_the_station(level: float) -> None:
    """Whatever the loudness of the stream, it is aired at the station's."""
    leveller = Leveller(-16.0)
    noise = np.random.default_rng(3).normal(0, level / 4, 48_000 * 20).astype(np.float32)
    blocks = noise.clip(-1, 1).reshape(-1, BLOCK_FRAMES)
    for block in blocks[:250]:
        leveller.hear(block)
    shaped = b"".join(leveller.shape(block) for block in blocks)
    samples = np.frombuffer(shaped, "<i2").astype(np.float32) / 32_768
    assert integrated_lufs(samples) == pytest.approx(-16.0, abs=1.0)
    assert np.abs(samples).max() < 0.75


def test_a_whisper_is_not_lifted_to_a_shout() -> None:
    """Noise in a pause keeps the gain of the speech before it."""
    leveller = Leveller(-16.0)
    loud = np.random.default_rng(3).normal(0, 0.05, BLOCK_FRAMES).astype(np.float32)
    for _block in range(300):
        leveller.hear(loud)
    for _block in range(600):
        leveller.hear(loud * 0.001)
    before = np.frombuffer(leveller.shape(loud), "<i2").std()
    for _block in range(300):
        after = np.frombuffer(leveller.shape(loud), "<i2").std()
    assert after == pytest.approx(before, rel=0.02)
