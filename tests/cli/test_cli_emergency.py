"""The commands for emergencies and the microphone, before any daemon hears of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from broadcaster.asrun import CommandQueue, Store
from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.programme.compose import compose
from broadcaster.sound.wav import write_wav
from broadcaster.station.init import init_station
from broadcaster.station.orders.emergency import Wish

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BROADCASTER_LANG", "en")
    init_station(tmp_path / "dai")
    return tmp_path / "dai"


def run(station: Path, *words: str) -> Result:
    runner = CliRunner(mix_stderr=False)
    return runner.invoke(main, ["-C", str(station), *words], obj=SimulatedClock(NOON))


def said(result: Result) -> str:
    return f"{result.stderr} {result.exception or ''}"


def orders(station: Path) -> list[tuple[str, str]]:
    """(kind, argument) of what waits for a daemon."""
    with Store.open(station / ".broadcaster/station.db", clock=SimulatedClock(NOON)) as store:
        queue = CommandQueue(store)
        found = (queue.get(number) for number in range(1, 9))
        return [(command.kind, command.argument) for command in found if command]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "say what is to be heard"),
        (("bao", "--text", "Bão"), "say what is to be heard"),
        (("bao", "--until", "17:00", "--for", "5m"), "keep one of them"),
        (("bao", "--until", "25 giờ"), "not a time of day"),
        (("bao", "--for", "lâu"), "not a length of time"),
        (("bao", "--every", "0"), "not a length of time"),
        (("bao", "--repeat", "0"), "--repeat"),
        (("khong-co",), "neither a bulletin nor a file"),
        (("--text", "…", "--outputs", "loa-xa"), ""),
    ],
)
def test_a_slip_is_told_and_nothing_is_ordered(
    station: Path, words: tuple[str, ...], told: str
) -> None:
    """Whatever is wrong with the command, it says so, and no order is left."""
    result = run(station, "emergency", *words)
    assert result.exit_code not in {0, None}
    assert told in said(result)
    assert not (station / ".broadcaster/station.db").exists() or orders(station) == []


def test_what_is_ordered_is_what_was_typed(station: Path) -> None:
    """A text is made to sound here, and the order has its repetitions, its time and its reason;
    without a daemon the operator is told that nobody took it."""
    result = run(
        *(station, "emergency", "--text", "Nước đang lên.", "--every", "2m"),
        *("--until", "17h30", "--why", "lũ"),
    )
    assert "is not running" in said(result)
    [(kind, argument)] = orders(station)
    wish = Wish.of_text(argument)
    assert kind == "emergency"
    assert (wish.repeat, wish.every_ms, wish.why) == (0, 120_000, "lũ")
    assert wish.until == NOON.replace(hour=17, minute=30)
    assert (station / f"audio_out/khan-cap/{wish.name}.wav").stat().st_size > 100_000


def test_a_recording_from_anywhere_is_heard_as_it_is(station: Path) -> None:
    """A sound file that lies outside the station is made ready under a name of its own."""
    elsewhere = station.parent / "Chủ tịch nói.wav"
    write_wav(elsewhere, compose("chuong"))
    assert "is not running" in said(run(station, "emergency", str(elsewhere)))
    [(_kind, argument)] = orders(station)
    wish = Wish.of_text(argument)
    assert wish.name == "tep-Chủ-tịch-nói-120000"
    assert wish.repeat == 2
    assert (wish.until - NOON).total_seconds() == 3600


def test_the_microphone_has_its_usual_minutes(station: Path) -> None:
    """Without a number it is that of station.yaml."""
    run(station, "mic", "on", "--why", "họp dân")
    run(station, "mic", "off")
    run(station, "emergency", "stop")
    assert orders(station) == [("mic-on", "15|họp dân"), ("mic-off", ""), ("emergency-stop", "")]
    assert run(station, "mic", "on", "--minutes", "0").exit_code != 0
