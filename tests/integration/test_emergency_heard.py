"""An emergency at the real daemon: heard within a second, stopped at once, and what it cut goes
on where a sentence begins."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from needs import needs
from sound_server import RATE, PrivateSoundServer
from station_process import StationProcess, wait_for

from broadcaster.sound.wav import read_wav

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

pytestmark = pytest.mark.integration
STORM = "---\ntitle: Bão\npriority: khẩn cấp\n---\nBão sắp vào bờ.\n"
NEWS = "Tin thứ nhất.\n\n" + " ".join(
    f"Đây là câu số {n} của bản tin sáng nay, bà con nghe cho rõ." for n in range(1, 9)
)


@pytest.fixture
def station(tmp_path: Path, server: PrivateSoundServer) -> Iterator[StationProcess]:
    needs("espeak-ng", "espeak-ng")
    station = StationProcess(tmp_path / "dai", server.environment)
    station.make(output="pacat", noise_s=20)
    (station.root / "scripts_vi/bao.txt").write_text(STORM, encoding="utf-8")
    yield station
    station.close()


def rest_until(instant: float) -> None:
    threading.Event().wait(max(0.0, instant - time.time()))


def ready(station: StationProcess) -> bool:
    return (station.root / "audio_out/khan-cap/bao.json").exists()


def warning(station: StationProcess) -> NDArray[np.float32]:
    return read_wav(station.root / "audio_out/khan-cap/bao.wav")


def place_of(needle: NDArray[np.float32], hay: NDArray[np.float32]) -> tuple[int, float]:
    """Where ``needle`` fits best in ``hay``, and how well (1 is exactly)."""
    size = 1 << (len(hay) + len(needle) - 1).bit_length()
    spectrum = np.fft.rfft(hay, size) * np.conj(np.fft.rfft(needle, size))
    place = int(np.argmax(np.fft.irfft(spectrum, size)[: len(hay)]))
    found = hay[place : place + len(needle)]
    return place, float(np.corrcoef(found, needle[: len(found)])[0, 1])


def heard_at(server: PrivateSoundServer, sound: NDArray[np.float32], *, after: float) -> float:
    """When the beginning of ``sound`` was heard, as a wall-clock time."""
    heard = server.recording()
    hay = heard.between(after, time.time())
    place, likeness = place_of(sound[: 2 * RATE], hay)
    assert likeness > 0.95
    return max(after, heard.started_at) + place / RATE


def test_it_is_heard_within_a_second_and_stopped_at_once(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """While a programme plays: the template is heard within a second of the order, and a stop is
    silence within 200 ms of it."""
    at = station.schedule(seconds_ahead=8).timestamp()
    station.start()
    wait_for(lambda: ready(station), seconds=60)
    rest_until(at + 3)
    ordered = time.time()
    answer = station.command("emergency", "bao", "--why", "bão số 5", "--repeat", "3")
    answered = time.time()
    assert answer.returncode == 0, answer.stderr
    threading.Event().wait(2.5)
    onset = heard_at(server, warning(station), after=ordered)
    print(
        f"heard {onset - ordered:.2f} s after the command began, {onset - answered:+.2f} s"
        " after its answer"
    )
    assert onset - answered < 1
    command = subprocess.Popen(
        [sys.executable, "-m", "broadcaster", "-C", str(station.root), "stop"],
        env=station.environment,
    )
    command.wait(20)
    stopped = time.time()
    threading.Event().wait(1)
    last = server.recording().last_sound()
    print(f"silent {1000 * (last - stopped):+.0f} ms after the answer to stop")
    assert last < stopped + 0.2
    threading.Event().wait(4)
    assert server.recording().last_sound() == last
    reading = next(e for e in station.log() if e["slot"].startswith("khan-cap-bao-"))
    assert reading["reason"].startswith("bão số 5 [ordered]")
    assert reading["operator"]
    assert station.command("log", "verify").returncode == 0


def test_the_programme_goes_on_where_a_sentence_begins(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """A bulletin is broken off in mid-sentence; after the warning it is heard again from the
    beginning of that very sentence, to its end."""
    (station.root / "scripts_vi/tin.txt").write_text(NEWS, encoding="utf-8")
    station.schedule(seconds_ahead=3600, programme="ban-tin")
    at = station.schedule(seconds_ahead=12, programme="ban-tin").timestamp()
    station.command("render")
    station.start()
    wait_for(lambda: ready(station), seconds=60)
    assert time.time() < at, "the machine is too busy for this test"
    rest_until(at + 6.3)
    assert station.command("emergency", "bao", "--repeat", "1").returncode == 0
    wait_for(lambda: [e for e in station.log() if e["slot"] == "thu" and len(e["starts"]) == 2])
    entry = next(e for e in station.log() if e["slot"] == "thu")
    resumed = datetime.fromisoformat(entry["starts"][1]).timestamp()
    rest_until(resumed + 4)
    manifest = min((station.root / "audio_out/programmes").glob("*/*-thu.json"))
    marks = json.loads(manifest.read_text(encoding="utf-8"))["marks_ms"]
    made = read_wav(manifest.with_suffix(".wav"))
    rest = server.recording().between(resumed, resumed + 3)
    place, likeness = place_of(rest[: 2 * RATE], made)
    assert likeness > 0.9
    nearest = min(marks, key=lambda mark: abs(mark - place * 1000 / RATE))
    print(f"went on {place * 1000 / RATE - nearest:+.0f} ms from the beginning of a sentence")
    assert abs(place * 1000 / RATE - nearest) < 60
    assert 0 < nearest < 6300


def test_killed_in_an_emergency_it_goes_on(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """Killed (-9) while the warning is read: after the restart it goes on, and is repeated."""
    station.schedule(seconds_ahead=3600)
    station.start()
    wait_for(lambda: ready(station), seconds=60)
    assert station.command("emergency", "bao", "--for", "60s", "--every", "8s").returncode == 0
    wait_for(lambda: bool(server.onsets()))
    threading.Event().wait(1)
    station.end(signal.SIGKILL)
    killed = time.time()
    station.start()
    threading.Event().wait(13)
    assert server.recording().between(killed + 4, killed + 13).max() > 0.05
    assert station.command("emergency", "stop").returncode == 0
    assert station.end() == 0
    readings = [e for e in station.log() if e["slot"].startswith("khan-cap-bao-")]
    assert len(readings) >= 2
    assert station.command("log", "verify").returncode == 0


def test_it_goes_on_air_on_a_full_disk(tmp_path: Path) -> None:
    """Neither the command nor the daemon can write a byte: the warning goes on air within a
    second of the order, and is stopped; the log has it once there is room.  A player would be
    killed by the limit that stands for the full disk, so the output is silent here."""
    station = StationProcess(tmp_path / "dai")
    station.make(output='"null"', noise_s=3)
    (station.root / "scripts_vi/bao.txt").write_text(STORM, encoding="utf-8")
    station.schedule(seconds_ahead=3600)
    try:
        station.start()
        wait_for(lambda: ready(station), seconds=60)
        _check_full_disk(station)
    finally:
        station.close()


def _check_full_disk(station: StationProcess) -> None:
    pid = station.daemon.pid
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    assert _without_room(station, "emergency", "bao", "--for", "1m") == 0
    ordered = time.time()
    threading.Event().wait(1.5)
    assert _without_room(station, "stop") == 0
    stopped = time.time()
    threading.Event().wait(0.5)
    assert station.log() == []
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
    wait_for(lambda: [e for e in station.log() if e["outcome"] == "cut"])
    [entry] = station.log()
    assert datetime.fromisoformat(entry["starts"][0]).timestamp() < ordered + 1
    assert datetime.fromisoformat(entry["ended_at"]).timestamp() < stopped + 0.2
    assert station.end() == 0
    assert station.command("log", "verify").returncode == 0


def _without_room(station: StationProcess, *arguments: str) -> int:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-B", "-m", "broadcaster", "-C", str(station.root), *arguments],
        env=station.environment,
        preexec_fn=no_room,
        capture_output=True,
        timeout=60,
        check=False,
    ).returncode


def test_the_microphone_is_silence_of_the_station(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """Between mic on and mic off the station is silent; then the programme goes on."""
    at = station.schedule(seconds_ahead=8).timestamp()
    station.start()
    rest_until(at + 2)
    assert station.command("mic", "on", "--minutes", "5", "--why", "họp").returncode == 0
    silent = time.time()
    threading.Event().wait(3)
    heard = server.recording().between(silent + 0.6, time.time())
    assert np.abs(heard).max() < 0.01
    assert station.command("mic", "off").returncode == 0
    threading.Event().wait(2)
    assert server.recording().last_sound() > time.time() - 0.5
    [entry] = [e for e in station.log() if e["slot"].startswith("micro-")]
    assert "họp" in entry["reason"]
    assert station.end() == 0
