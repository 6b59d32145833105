"""A slot with a relay in a real daemon: prepared, opened early, heard, and told in the log."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from relay_source import (
    AFTER,
    BEFORE,
    INSTEAD,
    RELAYED,
    IcecastSource,
    runs,
    tone,
    tones,
    write_tones,
)
from sound_server import SINK, PrivateSoundServer
from station_process import StationProcess, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from icecast_server import IcecastServer

pytestmark = pytest.mark.integration
WEEK = """\
programmes:
  tiep-am:
    title: Tiếp âm
    segments:
      - music: truoc
      - {{relay: vov1, for: 30s, fallback: thay}}
      - music: sau
slots:
  - {{id: thu, days: hằng ngày, at: "{at:%H:%M:%S}", programme: tiep-am}}
"""


@pytest.fixture
def station(
    tmp_path: Path, server: PrivateSoundServer, icecast: IcecastServer
) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai", {**server.environment, "BROADCASTER_LANG": "en"})
    station.make(output=f"pacat:{SINK}", noise_s=1)
    for name, hertz in (("truoc", BEFORE), ("thay", INSTEAD), ("sau", AFTER)):
        write_tones(station.root / f"scripts_vi/am-thanh/{name}.wav", tone(hertz, 3))
    with (station.root / "station.yaml").open("a", encoding="utf-8") as file:
        url = f"http://127.0.0.1:{icecast.port}/vov.mp3"
        file.write(f'fallback: ""\nrelays: {{vov1: {{url: "{url}", title: VOV1}}}}\n')
    text = (station.root / "station.yaml").read_text(encoding="utf-8")
    text = text.replace("fallback: du-phong\n", "").replace('fallback: ""\n', "")
    (station.root / "station.yaml").write_text(text, encoding="utf-8")
    yield station
    station.close()


def schedule(station: StationProcess, seconds_ahead: float) -> datetime:
    at = station.schedule(seconds_ahead=seconds_ahead)
    (station.root / "schedules/tuan.yaml").write_text(WEEK.format(at=at), encoding="utf-8")
    return at


def test_a_slot_with_a_relay(
    station: StationProcess, server: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """Prepared parts around a relay: the stream is open before its time, its server dies and comes
    back, music is heard meanwhile; the log tells the parts as they were heard, and why; `doctor`
    knows whether the address can be relayed."""
    at = schedule(station, 26)
    rendered = station.command("render", "--json")
    assert rendered.returncode == 0, rendered.stderr
    assert "“VOV1” cannot be relayed" in station.command("doctor").stdout
    sources = [IcecastSource(icecast.port).__enter__()]
    try:
        station.start()
        wait_for(lambda: "relay “vov1”: on air" in station.service_log(), seconds=40)
        wait_for(lambda: BEFORE in tones(server.recording().samples[-48_000:]), seconds=30)
        threading.Event().wait(5)
        icecast.kill()
        threading.Event().wait(4)
        icecast.start()
        sources.append(IcecastSource(icecast.port).__enter__())
        wait_for(lambda: station.log() and station.log()[0]["outcome"] != "on-air", seconds=50)
        assert "“VOV1” can be relayed" in station.command("doctor").stdout
    finally:
        for source in sources:
            source.__exit__()
    assert station.end() == 0
    heard = runs(tones(server.recording().between(at.timestamp(), at.timestamp() + 38)))
    print(heard, station.log())
    order = [hertz for hertz, _seconds in heard if hertz]
    assert order == [BEFORE, RELAYED, INSTEAD, RELAYED, AFTER]
    (entry,) = station.log()
    assert entry["outcome"] == "aired"
    assert "[relay-" in entry["reason"]
    assert [part["kind"] for part in entry["segments"]][:2] == ["music", "relay"]
    assert next(part["title"] for part in entry["segments"] if part["kind"] == "relay") == "VOV1"
    sequence = [part["kind"] for part in entry["segments"]]
    assert sequence.count("relay") == 2
