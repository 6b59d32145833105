"""Green means sound: what the watch says of outputs that hang, play nothing, or are muted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from air import Air as Bench
from occurrences import at, occurrence

from broadcaster.errors import OutputError
from broadcaster.playout import Level
from broadcaster.sound.wav import write_wav
from broadcaster.station.settings.outputs import OutputSettings
from broadcaster.station.watch import Air, Sound, look_at
from broadcaster.station.watch.levels import SILENT_DB, programme_db
from broadcaster.station.watch.silence import Ears, SilenceWatch

if TYPE_CHECKING:
    from collections.abc import Iterator

START = at("05:30")


@dataclass
class Knob:
    """A mixer made of a value."""

    level: Level = field(default_factory=lambda: Level(80, muted=False))
    trouble: str = ""
    cure: str = "turn the knob"

    def look(self) -> Level:
        if self.trouble:
            raise OutputError(self.trouble)
        return self.level


@dataclass
class Room:
    """What a test decides to be heard: ``programme`` by the second, ``server`` in dB."""

    programme: dict[int, float] = field(default_factory=dict)
    server: float | None = None
    knob: Knob | None = None
    watch: SilenceWatch = field(init=False)

    def __post_init__(self) -> None:
        ears = Ears(lambda _source: self.server, self._level, lambda _spec: self.knob)
        self.watch = SilenceWatch([OutputSettings(volume=80)], ears)

    def _level(self, _audio: object, *, from_ms: int, to_ms: int) -> float:
        return self.programme.get(to_ms // 1000, -20.0)

    def codes(self, *, seconds: int, **sound) -> list[set[str]]:
        """The codes of each look, two seconds apart; ``sound`` may compute by the second."""
        found = []
        for second in range(4, seconds + 1, 2):
            values = {k: v(second) if callable(v) else v for k, v in sound.items()}
            air = Air(START + timedelta(seconds=second), (playing(second, **values),))
            found.append({cause.code for cause in self.watch.look(air)})
        return found


def playing(second: int, **values) -> Sound:
    """A sound that is as it should be."""
    sound = Sound(
        occurrence="sang",
        title="Sáng",
        name="",
        spec="pacat:loa",
        audio=Path("sang.wav"),
        duration_ms=600_000,
        begins_at=START,
        due_ms=second * 1000,
        position_ms=second * 1000,
        is_silent=False,
        failure="",
    )
    return replace(sound, **values)


def test_what_sounds_is_no_alarm() -> None:
    """A programme that goes on, is heard and is not muted: nothing to tell."""
    assert Room(server=-22.0, knob=Knob()).codes(seconds=40) == [set()] * 19


def test_a_position_that_stands_still() -> None:
    """A player that hangs at one place of the programme is told within ten seconds."""
    codes = Room().codes(seconds=20, position_ms=lambda second: min(second, 6) * 1000)
    assert codes[:3] == [set()] * 3
    assert all(found == {"output-stands-still"} for found in codes[5:])


def test_an_output_that_fails_is_told_with_its_reason() -> None:
    """An output that is opened again and again without sound: the sentence says why."""
    room = Room()
    room.codes(seconds=12, is_silent=lambda second: second > 5, failure="no sound card")
    late = Air(START + timedelta(seconds=14), (playing(14, is_silent=True, failure="no card"),))
    (cause,) = room.watch.look(late)
    assert (cause.code, "no card" in cause.text) == ("output-stands-still", True)


def test_a_short_break_is_no_alarm() -> None:
    """A player that is back within five seconds is the log's business."""
    codes = Room().codes(seconds=30, is_silent=lambda second: second in {10, 12})
    assert codes == [set()] * len(codes)


def test_a_sound_server_that_plays_nothing() -> None:
    """The position goes on, and the server's own monitor hears silence: nobody hears us."""
    codes = Room(server=SILENT_DB).codes(seconds=12)
    assert codes[0] == set()
    assert all(found == {"output-unheard"} for found in codes[1:])


def test_a_pause_of_the_programme_is_not_a_dead_output() -> None:
    """Silence is heard where the programme itself is silent: no alarm."""
    room = Room(dict.fromkeys(range(12), SILENT_DB), server=SILENT_DB)
    assert room.codes(seconds=10) == [set()] * 4


def test_a_programme_without_sound() -> None:
    """A sound file that is silent for a quarter of a minute is told, though all else works."""
    room = Room(dict.fromkeys(range(10, 60), SILENT_DB))
    codes = room.codes(seconds=30)
    assert codes[-1] == {"programme-silent"}
    assert codes[:8] == [set()] * 8


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (Level(80, muted=True), {"card-muted"}),
        (Level(50, muted=False), {"card-quiet"}),
        (Level(76, muted=False), set()),
    ],
)
def test_the_mixer(level: Level, code: set[str]) -> None:
    """A card that somebody mutes or turns down while we are on air is told at the first look."""
    assert Room(knob=Knob(level)).codes(seconds=4) == [code]


def test_a_card_without_a_volume_is_no_alarm() -> None:
    """HDMI and some USB cards have no mixer at all."""
    assert Room(knob=Knob(trouble="no volume of its own")).codes(seconds=4) == [set()]


def test_a_start_has_time() -> None:
    """In its first three seconds, and before it begins, an output is not judged."""
    room = Room(server=SILENT_DB)
    for second in (-2, 0, 2):
        air = Air(START + timedelta(seconds=second), (playing(second, is_silent=True),))
        assert room.watch.look(air) == []


def test_levels_of_a_wav(tmp_path: Path) -> None:
    """The level of a second of a prepared file; silence, and what is not there, say so."""
    tone = 0.1 * np.sin(np.arange(48_000) * 2 * np.pi * 1_000 / 48_000)
    path = tmp_path / "a.wav"
    write_wav(path, np.concatenate([tone, np.zeros(48_000)]).astype(np.float32))
    assert programme_db(path, from_ms=0, to_ms=1_000) == pytest.approx(-23.0, abs=0.1)
    assert programme_db(path, from_ms=1_000, to_ms=2_000) == SILENT_DB
    assert programme_db(path, from_ms=5_000, to_ms=6_000) is None
    assert programme_db(tmp_path / "b.wav", from_ms=0, to_ms=1_000) is None
    assert programme_db(None, from_ms=0, to_ms=1_000) is None


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


def test_the_loop_shows_what_is_on_air(bench: Bench) -> None:
    """What is armed, sounds, fails and ends is seen as it is."""
    bench.planned = [occurrence("sang", "05:30")]
    bench.run("05:29")
    assert look_at(bench.desk, bench.clock.now()).next_start == START
    bench.run("05:31")
    (sound,) = look_at(bench.desk, bench.clock.now()).sounds
    assert (sound.due_ms, sound.position_ms, sound.is_silent) == (60_000, 60_000, False)
    assert (sound.begins_at, sound.label, sound.title) == (START, "loudspeaker", "Sang")
    bench.output.trouble = "pulled out"
    bench.run("05:32")
    (sound,) = look_at(bench.desk, bench.clock.now()).sounds
    assert (sound.is_silent, sound.failure) == (True, "pulled out")
    bench.run("06:00")
    assert look_at(bench.desk, bench.clock.now()).sounds == ()
