"""The calendar in a real daemon: what follows, what is refused, what was replaced meanwhile."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from station_process import StationProcess, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration

FOLLOWED = """
  - {id: noi, after: thu, programme: tieng-on}
  - {id: xa, days: hằng ngày, at: "00:00", programme: tieng-on}
"""
NAMED = """\
programmes:
  ban-tin: {{title: Bản tin, segments: [{{music: on}}, {{bulletin: 01-cu}}]}}
  du-phong: {{title: Dự phòng, segments: [{{jingle: chuong}}]}}
slots:
  - {{id: thu, days: hằng ngày, at: "{at:%H:%M:%S}", programme: ban-tin}}
"""


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationProcess]:
    made = StationProcess(tmp_path)
    made.make(output='"null"', noise_s=3.0)
    yield made
    made.close()


def _week(station: StationProcess) -> Path:
    return station.root / "schedules/tuan.yaml"


def _ended(station: StationProcess, slot: str) -> dict | None:
    return next((e for e in station.log() if e["slot"] == slot and e["ended_at"]), None)


def test_what_follows_begins_when_the_one_before_it_ends(station: StationProcess) -> None:
    """Three seconds of noise in a slot of an hour: what follows begins three seconds later."""
    begin = station.schedule(seconds_ahead=12)
    with _week(station).open("a", encoding="utf-8") as week:
        week.write(FOLLOWED)
    assert station.command("render").returncode == 0
    station.start()
    wait_for(lambda: _ended(station, "noi"), seconds=40)
    first, second = _ended(station, "thu"), _ended(station, "noi")
    assert first
    assert second
    assert (first["outcome"], second["outcome"]) == ("aired", "aired")
    sounded = datetime.fromisoformat(second["starts"][0])
    assert abs(sounded - datetime.fromisoformat(first["ended_at"])) < timedelta(milliseconds=100)
    assert sounded < begin + timedelta(seconds=5)


def test_the_rails_refuse_on_air_with_the_reason_in_the_log(station: StationProcess) -> None:
    """A slot of an hour under a rail of fifteen minutes is missed for it, and not in silence."""
    station.schedule(seconds_ahead=15)
    with (station.root / "station.yaml").open("a", encoding="utf-8") as settings:
        settings.write("rails: {session: 15m}\n")
    assert "[session-too-long]" in station.command("check").stdout
    station.start()
    wait_for(station.log, seconds=60)
    (entry,) = station.log()
    assert entry["outcome"] == "missed"
    assert entry["reason"].endswith("[session-too-long]")


def test_what_was_replaced_does_not_air_from_a_file_that_lies_ready(
    station: StationProcess,
) -> None:
    """A newer bulletin comes while the settings are broken, so that nothing can be mixed anew:
    the ready programme with the old one stays silent, and the fallback is heard."""
    scripts = station.root / "scripts_vi"
    (scripts / "01-cu.txt").write_text("Lịch tiêm chủng cũ là ngày mai.\n", encoding="utf-8")
    begin = station.schedule(seconds_ahead=40)
    _week(station).write_text(NAMED.format(at=begin), encoding="utf-8")
    assert station.command("render").returncode == 0
    station.start()
    validity = station.root / ".broadcaster/validity.json"
    programmes = station.root / "audio_out/programmes"
    pulse = station.root / ".broadcaster/pulse"
    wait_for(lambda: pulse.exists() and [*programmes.rglob("*du-phong.json")], seconds=30)
    (station.root / "station.yaml").write_text("name: [\n", encoding="utf-8")
    newer = "---\nreplaces: 01-cu\n---\nLịch tiêm chủng mới là tuần sau.\n"
    (scripts / "02-moi.txt").write_text(newer, encoding="utf-8")
    wait_for(lambda: "01-cu" in validity.read_text(encoding="utf-8"), seconds=20)
    wait_for(lambda: time.time() > begin.timestamp() + 2, seconds=60)
    assert station.end() == 0
    assert "what lies ready is not aired" in station.service_log()
    (station.root / "station.yaml").write_text("name: Đài\n", encoding="utf-8")
    (entry,) = station.log()
    assert "01-cu" not in {segment["bulletin_id"] for segment in entry["segments"]}
    assert "[fallback-aired]" in str(entry)
