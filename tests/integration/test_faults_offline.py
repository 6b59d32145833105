"""Eight days without a network: the station prepares each day with the voice that it has."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from soak import rounds
from speech_service import Answer, SpeechService, make_certificate
from station_process import StationProcess

from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing.coming import prepare_coming

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration

DAYS = rounds(8, 30)
TEXT = "Tin ngày {n}.\n\nNội dung của bản tin ngày {n}. Xin mời bà con.\n"


def test_eight_days_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Google answers nothing for eight days, a new bulletin comes each day: every day's programme
    lies ready before its time, spoken by espeak, and the network is not asked without end."""
    for name in ("NO_PROXY", "no_proxy", "BROADCASTER_VOICES"):
        monkeypatch.delenv(name, raising=False)
    station = StationProcess(tmp_path / "dai")
    station.make(output="null", noise_s=1)
    settings = station.root / "station.yaml"
    settings.write_text(settings.read_text().replace("[espeak]", "[gtts, espeak]"))
    at = station.schedule(seconds_ahead=7200, programme="ban-tin")
    folder = StationFolder(station.root)
    with SpeechService(make_certificate(tmp_path), [Answer.FORBIDDEN] * 10_000) as service:
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, service.proxy)
        for day in range(DAYS):
            bulletin = station.root / f"scripts_vi/{day:02}.txt"
            bulletin.write_text(TEXT.format(n=day), encoding="utf-8")
            starts = at + timedelta(days=day)
            prepare_coming(folder, now=starts - timedelta(hours=1))
            path = station.root / f"audio_out/programmes/{starts:%F}/{starts:%H%M}-thu.json"
            programme = json.loads(path.read_text(encoding="utf-8"))
            assert programme["voice"] == "espeak:vi"
            assert len([s for s in programme["segments"] if s["bulletin_id"]]) == min(day + 1, 9)
