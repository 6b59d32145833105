"""A bulletin that brings the preparer down: set aside with its reason, and the slot airs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sound_server import PrivateSoundServer
from station_process import StationProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration

ENGINE = '''
import os
from broadcaster.speech.engines.tone import ToneSynthesizer

class Fragile(ToneSynthesizer):
    """Foreign code that crashes on one word, as decoders and speech engines do."""
    engine = "fragile"
    test_only = False

    def speak(self, text, name):
        if "thuốc độc" in text:
            os.abort()
        return super().speak(text, name)
'''


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationProcess]:
    with PrivateSoundServer() as server:
        package = tmp_path / "packages"
        (package / "fragile-1.0.dist-info").mkdir(parents=True)
        (package / "fragile.py").write_text(ENGINE)
        about = package / "fragile-1.0.dist-info"
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fragile\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(
            "[broadcaster.synthesizers]\nfragile = fragile:Fragile\n"
        )
        environment = {
            **server.environment,
            "PYTHONPATH": os.pathsep.join([str(package), os.environ.get("PYTHONPATH", "")]),
            "BROADCASTER_VOICES": "fragile",
        }
        station = StationProcess(tmp_path / "dai", environment)
        station.make(output="pacat")
        yield station
        station.close()


def test_the_slot_airs_without_the_bulletin_that_crashes(station: StationProcess) -> None:
    """The good bulletin is heard, the log says which one was left out and why."""
    (station.root / "scripts_vi/01-tot.txt").write_text("Bản tin tốt\n\nĐây là bản tin tốt.\n")
    (station.root / "scripts_vi/02-doc.txt").write_text("Bản tin độc\n\nCó thuốc độc ở đây.\n")
    station.schedule(seconds_ahead=8 + 5 * station.lead_s(), programme="ban-tin")
    station.start()
    entry = station.wait_for_the_end(seconds=180)
    assert station.end() == 0, station.service_log()
    assert entry["outcome"] == "aired", station.service_log()
    assert [s["bulletin_id"] for s in entry["segments"]] == ["01-tot"]
    assert "Bản tin độc" in entry["reason"]
    assert "is set aside" in station.service_log()
