"""A whole station with a loudspeaker, a network speaker and an amplifier, from slot to log."""

from __future__ import annotations

import json
import sqlite3
import wave
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from icecast_server import PASSWORD, IcecastServer, Listener
from sound_server import RATE, SINK, PrivateSoundServer
from station_process import StationProcess, wait_for

from broadcaster.clock import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration
SETTINGS = """\
name: Đài xã Mẫu
commune: xã Mẫu
voices: [espeak]
quiet_hours: {{from: "23:59:59", until: "00:00"}}
outputs:
  san: {{to: "pacat:{sink}", volume: 70}}
  ip: {{to: "icecast:{address}", password_file: mat-khau, delay: 300ms}}
amplifier: {{on: "{relay} on", off: "{relay} off", before: 3s, after: 1s}}
"""
WEEK = """\
programmes:
  tieng-on: {{title: Tiếng ồn, segments: [{{music: on}}]}}
  rieng: {{title: Tiếng riêng, segments: [{{music: rieng}}]}}
slots:
  - id: thu
    days: hằng ngày
    at: "{at:%H:%M:%S}"
    programme: tieng-on
    outputs: {{san: , ip: {{programme: rieng}}}}
"""


@pytest.fixture
def station(
    tmp_path: Path, server: PrivateSoundServer, icecast: IcecastServer
) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai", {**server.environment, "BROADCASTER_LANG": "en"})
    station.make(output="auto", noise_s=5)
    noise(station.root / "scripts_vi/am-thanh/rieng.wav", seed=99)
    relay = station.root / "relay"
    relay.write_text(f'#!/bin/sh\necho "$(date +%s.%N) $1" >> "{station.root}/switched"\n')
    relay.chmod(0o755)
    secret = station.root / "mat-khau"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    settings = SETTINGS.format(sink=SINK, address=icecast.address(), relay=relay)
    (station.root / "station.yaml").write_text(settings, encoding="utf-8")
    yield station
    station.close()


def noise(path: Path, *, seed: int) -> None:
    samples = np.random.default_rng(seed).normal(0, 1, 5 * RATE)
    smooth = np.convolve(samples, np.hanning(16), "same")
    smooth *= 0.2 / np.std(smooth)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((smooth.clip(-0.9, 0.9) * 32_767).astype("<i2").tobytes())


def schedule(station: StationProcess, seconds_ahead: float) -> float:
    """The slot so many seconds from now, prepared; its wall-clock time."""
    at = (datetime.now(LOCAL) + timedelta(seconds=seconds_ahead)).replace(microsecond=0)  # noqa: TID251
    (station.root / "schedules/tuan.yaml").write_text(WEEK.format(at=at), encoding="utf-8")
    return at.timestamp()


def likeness(heard: np.ndarray, path: Path) -> tuple[float, int]:
    """How much ``heard`` is like the programme at its best place, and that place."""
    with wave.open(str(path), "rb") as file:
        made = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32_768
    size = 1 << (len(heard) + len(made) - 1).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(made, size))
    place = int(np.argmax(np.fft.irfft(spectrum, size)[: len(heard)]))
    part = heard[place : place + len(made)]
    return float(np.corrcoef(part, made[: len(part)])[0, 1]), place


def test_one_slot_two_sounds(
    station: StationProcess, server: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """One slot: its own programme on each output, on time, one start in the log, each part under
    its output; the card that was muted by hand is on; the amplifier was on before and is off
    after."""
    at = schedule(station, 22)
    rendered = station.command("render", "--json")
    assert rendered.returncode == 0, rendered.stderr
    server.control("set-sink-mute", SINK, "1")
    server.control("set-sink-volume", SINK, "35%")
    doctor = station.command("doctor").stdout
    assert "san: the card is muted" in doctor
    assert "ip: sound goes out by icecast" in doctor
    with Listener(icecast.port) as listener:
        station.start()
        wait_for(lambda: station.log() and station.log()[0]["outcome"] != "on-air", seconds=40)
        wait_for(lambda: switched(station)[-1][1] == "off" and len(switched(station)) > 2)
    assert station.end() == 0
    (entry,) = station.log()
    assert (entry["outcome"], len(entry["starts"]), entry["output"]) == ("aired", 1, "san, ip")
    assert "[was-muted]" in entry["reason"]
    assert [(s["title"], s["output"]) for s in entry["segments"]] == [
        ("on", "san"),
        ("rieng", "ip"),
    ]
    with sqlite3.connect(station.root / ".broadcaster/station.db") as db:
        (details,) = db.execute("SELECT details FROM asrun WHERE event = 'started'").fetchone()
    assert json.loads(details)["outputs"]["ip"]["programme"] == "rieng"
    assert "70%" in server.control("get-sink-volume", SINK)
    assert server.control("get-sink-mute", SINK) == "Mute: no"
    programmes = station.root / "audio_out/programmes"
    heard = server.recording()
    like, place = likeness(heard.samples, next(programmes.glob("*/*thu.wav")))
    error_ms = (heard.started_at + place / RATE - at) * 1000
    print(f"card: likeness {like:.3f}, start error {error_ms:+.1f} ms")
    assert like > 0.98
    assert abs(error_ms) < 50
    first_byte, samples = listener.heard()
    like, place = likeness(samples, next(programmes.glob("*/*thu+rieng.wav")))
    late_ms = (first_byte + place / RATE - at) * 1000
    print(f"network speaker: likeness {like:.3f}, {late_ms:+.0f} ms after the slot")
    assert like > 0.95
    assert 200 < late_ms < 700
    first_on = next(when for when, state in switched(station) if state == "on")
    last_off = switched(station)[-1][0]
    assert 2 < at - first_on < 4
    assert 0.5 < last_off - (at + 5) < 3
    assert switched(station)[0][1] == "off"


def switched(station: StationProcess) -> list[tuple[float, str]]:
    path = station.root / "switched"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(float(when), state) for when, state in (line.split() for line in lines)] or [(0, "")]


def test_an_order_waits_for_the_amplifier(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """A programme ordered now sounds when the amplifier is warm, on every output that works, and
    after a kill the next life of the daemon switches it off."""
    schedule(station, 3_000)
    (station.root / "mat-khau").write_text("a-wrong-word")
    station.start()
    wait_for(lambda: switched(station)[0][1] == "off")
    told = station.command("play", "tieng-on", "--now")
    assert "3 seconds" in told.stdout, told.stdout + told.stderr
    wait_for(lambda: bool(server.onsets()))
    on = next(when for when, state in switched(station) if state == "on")
    assert 2.5 < server.onsets()[0] - on < 5
    assert station.daemon
    station.daemon.kill()
    station.daemon.wait()
    count = len(switched(station))
    (station.root / "schedules/tuan.yaml").write_text("programmes: {}\nslots: []\n")
    wait_for(lambda: not sounds(server))
    station.start()
    wait_for(lambda: station.log() and station.log()[0]["outcome"] != "on-air", seconds=30)
    wait_for(lambda: len(switched(station)) > count and switched(station)[-1][1] == "off")
    assert station.end() == 0
    (entry,) = station.log()
    assert entry["output"] == "san"
    assert "“ip” did not sound" in entry["reason"]
    assert "a-wrong-word" not in station.service_log()


def sounds(server: PrivateSoundServer) -> bool:
    return bool(np.abs(server.recording().samples[-RATE // 5 :]).max() > 0.02)
