"""Approval against the real daemon: what was approved survives a kill, what was not is silent."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest
from station_process import StationProcess, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationProcess]:
    """Two bulletins, and an approver who signs with a file."""
    station = StationProcess(tmp_path / "dai")
    station.make(output='"null"')
    settings = station.root / "station.yaml"
    settings.write_text(settings.read_text("utf-8") + "approval: true\n", encoding="utf-8")
    for name in ("01-mot", "02-hai"):
        text = f"Bản tin {name[3:]}.\n\nNội dung của bản tin {name[3:]}.\n"
        (station.root / f"scripts_vi/{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "mk").write_text("mật-khẩu-thử\n", encoding="utf-8")
    for words in (
        ("add", "hoa", "--role", "duyet"),
        ("add", "an", "--role", "quan-tri"),
        ("password", "hoa", "--new-file", str(tmp_path / "mk")),
    ):
        assert station.command("person", *words).returncode == 0
    yield station
    station.close()


def sign(station: StationProcess, *words: str) -> None:
    done = station.command(
        *words, "--as", "hoa", "--password-file", str(station.root.parent / "mk")
    )
    assert done.returncode == 0, done.stderr


def heard(station: StationProcess) -> list[dict]:
    return [entry for entry in station.log() if entry["outcome"] != "on-air"]


def test_killed_between_the_approval_and_the_air(station: StationProcess) -> None:
    """Kill -9 right after the signature: the approval is on the disk, and that bulletin airs, and
    the other one does not; the log names the row, and trace the words."""
    at = station.schedule(seconds_ahead=30 + 6 * station.lead_s(), programme="ban-tin")
    station.start()
    station.wait_until_ready()
    sign(station, "approve", "02-hai")
    station.end(signal.SIGKILL)
    station.start()
    wait_for(lambda: heard(station), seconds=240)
    (entry,) = heard(station)
    assert entry["outcome"] == "aired", entry
    assert [part["bulletin_id"] for part in entry["segments"]] == ["02-hai"]
    assert entry["segments"][0]["approval"].isdigit()
    occurrence = f"thu@{at.isoformat(timespec='minutes')}"
    traced = json.loads(station.command("trace", occurrence, "--json").stdout)
    assert traced["parts"][0]["approved_by"] == "hoa"
    assert station.command("log", "verify").returncode == 0


def test_given_back_while_it_lies_ready(station: StationProcess) -> None:
    """The last door keeps in what its approver takes back before the start."""
    sign(station, "approve", "--all")
    station.schedule(seconds_ahead=30 + 8 * station.lead_s(), programme="ban-tin")
    assert station.command("render").returncode == 0
    station.start()
    station.wait_until_ready()
    sign(station, "reject", "01-mot", "--why", "sai")
    wait_for(lambda: heard(station), seconds=240)
    (entry,) = heard(station)
    assert "01-mot" not in [part["bulletin_id"] for part in entry["segments"]]


def test_an_emergency_by_somebody_without_the_role(station: StationProcess) -> None:
    """Who is no operator and no approver orders nothing; who signs as one is heard at once, and
    the log says by whose order."""
    station.schedule(seconds_ahead=3_000, programme="ban-tin")
    station.start()
    station.wait_until_ready()
    refused = station.command("emergency", "--text", "Bão sắp vào bờ.", "--repeat", "1")
    assert refused.returncode == 1
    assert "hoa" in refused.stderr
    sign(station, "emergency", "--text", "Bão sắp vào bờ.", "--repeat", "1")
    wait_for(lambda: heard(station), seconds=120)
    (entry,) = heard(station)
    assert entry["operator"] == "hoa"
    assert {part["approval"] for part in entry["segments"]} == {"order"}
