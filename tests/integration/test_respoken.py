"""The network is away and comes back: what the other voice spoke is spoken again, in time."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from approvers import approve, people_of
from speech_service import Answer, SpeechService, make_certificate
from station_process import StationProcess, wait_for

from broadcaster.clock import SystemClock
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing.coming import prepare_coming
from broadcaster.station.preparing.process import PreparerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

pytestmark = pytest.mark.integration

TEXT = "Tin {n}.\n\nNội dung của bản tin {n}. Xin mời bà con.\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def service(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SpeechService]:
    """Google's stand-in, which refuses everything until a test lets it speak."""
    with SpeechService(certificate, [Answer.FORBIDDEN] * 1000) as running:
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, running.proxy)
        for name in ("NO_PROXY", "no_proxy", "BROADCASTER_VOICES"):
            monkeypatch.delenv(name, raising=False)
        yield running


@pytest.fixture
def station(tmp_path: Path) -> StationProcess:
    """Two approved bulletins, Google's voice first and espeak's behind it."""
    station = StationProcess(tmp_path / "dai")
    station.make(output="null", noise_s=1)
    settings = station.root / "station.yaml"
    text = settings.read_text(encoding="utf-8").replace("[espeak]", "[gtts, espeak]")
    settings.write_text(text + "approval: true\n", encoding="utf-8")
    for number in ("một", "hai"):
        (station.root / f"scripts_vi/{number}.txt").write_text(
            TEXT.format(n=number), encoding="utf-8"
        )
    folder, now = StationFolder(station.root), SystemClock().now()
    people_of(folder, now)
    approve(folder, now)
    return station


def programme(station: StationProcess, at: datetime) -> dict:
    """The manifest of the programme at ``at``; {} where there is none."""
    path = station.root / f"audio_out/programmes/{at:%F}/{at:%H%M}-thu.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def audio(station: StationProcess, at: datetime) -> bytes:
    return (station.root / f"audio_out/programmes/{at:%F}/{at:%H%M}-thu.wav").read_bytes()


def test_the_preparer_notices_by_itself_that_the_network_is_back(
    station: StationProcess, service: SpeechService
):
    """Prepared by espeak while Google refuses; when Google answers, spoken again by Google's voice
    well before its time, from the same approved texts, and nobody had to ask for it."""
    at = station.schedule(seconds_ahead=3600, programme="ban-tin")
    folder = StationFolder(station.root)
    folder.ensure()
    preparer = PreparerProcess(folder, SystemClock(), again_s=0.2, longest_again_s=0.4)

    def ticked(condition: bool) -> bool:
        preparer.tick()
        return condition

    try:
        wait_for(lambda: ticked(bool(programme(station, at))), seconds=60)
        first = programme(station, at)
        assert first["voice"] == "espeak:vi"
        service.answers.clear()
        wait_for(lambda: ticked(programme(station, at)["voice"] == "gtts:vi"), seconds=60)
        wait_for(lambda: ticked(preparer.pid is None), seconds=30)
        asked = len(service.texts)
        for _tick in range(20):
            preparer.tick()
        assert preparer.pid is None  # every voice spoke: no more passes of its own accord
        assert len(service.texts) == asked
    finally:
        preparer.stop()
    second = programme(station, at)
    assert second["audio_sha256"] != first["audio_sha256"]
    assert [s["script_sha256"] for s in second["segments"]] == [
        s["script_sha256"] for s in first["segments"]
    ]
    assert second["left_out"] == []


IN_TIME = [(120, "gtts:vi"), (40, "gtts:vi"), (20, "espeak:vi")]


@pytest.mark.parametrize(("before_s", "voice"), IN_TIME)
def test_in_the_last_moments_what_lies_ready_stays(
    station: StationProcess, service: SpeechService, before_s: int, voice: str
):
    """The network comes back two minutes before the start: in time. Twenty seconds before: what
    lies ready airs, and is not exchanged under the player's hands."""
    at = station.schedule(seconds_ahead=7200, programme="ban-tin")
    folder = StationFolder(station.root)
    assert prepare_coming(folder, now=at - timedelta(hours=1))
    assert programme(station, at)["voice"] == "espeak:vi"
    before = audio(station, at)
    service.answers.clear()
    assert not prepare_coming(folder, now=at - timedelta(seconds=before_s))
    assert programme(station, at)["voice"] == voice
    assert (audio(station, at) == before) == (voice == "espeak:vi")


def test_what_would_not_be_ready_in_time_is_not_exchanged(
    station: StationProcess, service: SpeechService
):
    """Google answers, but so slowly that the start comes near: espeak's sound stays, whole; what
    Google has spoken by then is kept for the next time."""
    at = station.schedule(seconds_ahead=7200, programme="ban-tin")
    folder = StationFolder(station.root)
    prepare_coming(folder, now=at - timedelta(hours=1))
    before = audio(station, at)
    service.answers.clear()
    prepare_coming(folder, now=at - timedelta(seconds=31))
    assert service.texts
    assert audio(station, at) == before
    assert programme(station, at)["voice"] == "espeak:vi"


def test_one_bulletin_never_has_two_voices(
    station: StationProcess, service: SpeechService, caplog: pytest.LogCaptureFixture
):
    """Google speaks the first bulletin and fails in the second: each has one voice; when it is
    back, both are Google's, and only what was missing is asked for."""
    caplog.set_level(logging.WARNING)
    at = station.schedule(seconds_ahead=7200, programme="ban-tin")
    folder = StationFolder(station.root)
    service.answers.clear()
    service.answers.extend([Answer.SOUND] * 3 + [Answer.FORBIDDEN] * 3)
    assert prepare_coming(folder, now=at - timedelta(hours=1))
    assert [s["voice"] for s in programme(station, at)["segments"]] == ["gtts:vi", "espeak:vi"]
    asked, spoken = len(service.texts), service.texts[:3]
    service.answers.clear()
    assert not prepare_coming(folder, now=at - timedelta(hours=1))
    assert {s["voice"] for s in programme(station, at)["segments"]} == {"gtts:vi"}
    assert set(service.texts[asked:]).isdisjoint(spoken)


def test_shortly_before_the_start_nobody_waits_for_the_network(
    station: StationProcess, service: SpeechService
):
    """A bulletin comes two minutes before its first airing, and nothing lies ready: espeak reads
    it at once, and Google's voice takes its place as soon as it has spoken."""
    at = station.schedule(seconds_ahead=7200, programme="ban-tin")
    folder = StationFolder(station.root)
    service.answers.clear()
    assert prepare_coming(folder, now=at - timedelta(seconds=120))
    assert programme(station, at)["voice"] == "espeak:vi"
    assert not prepare_coming(folder, now=at - timedelta(seconds=110))
    assert programme(station, at)["voice"] == "gtts:vi"
