"""A programme with a length and beds, spoken by espeak and mixed: it ends on time, and it ducks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from broadcaster.cli import main
from broadcaster.station.init import init_station

if TYPE_CHECKING:
    from numpy.typing import NDArray

pytestmark = pytest.mark.integration
WEEK = """
programmes:
  p:
    title: Bản tin
    length: 40s
    segments:
      - jingle: chuong
      - headlines: Tin chính.
      - bulletin: ngan
        bed: chuong
      - bulletin: dai
      - fill: chuong
      - closing: Xin chào.
slots:
  - {id: moi-gio, days: hằng ngày, at: "00:00", programme: p, max: 1m}
  - {id: trua, days: hằng ngày, at: "12:00", programme: p, max: 1m}
"""
SHORT = "---\ntitle: Tin ngắn\n---\nSáng nay xã họp dân tại nhà văn hóa thôn. Mời bà con đến dự.\n"
LONG = "---\ntitle: Tin dài\n---\n" + "Bà con chú ý theo dõi thông báo của xã. " * 30 + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """The first programme of the coming day and a half, as ``render --json`` tells of it."""
    station = tmp_path_factory.mktemp("vua-gio") / "dai"
    init_station(station)
    (station / "schedules" / "lich-tuan.yaml").write_text(WEEK, encoding="utf-8")
    for name, text in (("ngan", SHORT), ("dai", LONG)):
        (station / "scripts_vi" / f"{name}.txt").write_text(text, encoding="utf-8")
    runner = CliRunner(mix_stderr=False, env={"BROADCASTER_VOICES": "espeak"})
    result = runner.invoke(main, ["-C", str(station), "render", "--json"])
    found = json.loads(result.stdout)
    assert found["programmes"], result.stderr
    return found["programmes"][0]


def test_the_files_end_with_the_slot(made: dict) -> None:
    """The WAV is as long as asked to the sample, the MP3 within one of its frames or two."""
    with soundfile.SoundFile(made["audio"]) as wav:
        assert len(wav) == 40 * wav.samplerate
    samples, rate = soundfile.read(made["mp3"], dtype="float32")
    assert abs(len(samples) / rate - 40) < 0.05


def test_what_had_no_room_is_told(made: dict) -> None:
    """The long bulletin is left out whole, and the report says so; the estimate is exact too."""
    assert [reason.endswith("[no-room]") for reason in made["left_out"]] == [True]
    assert "Tin dài" in made["left_out"][0]
    assert (made["duration_ms"], made["estimated_ms"]) == (40_000, 40_000)


def test_the_bed_makes_way(made: dict) -> None:
    """The music is heard before the words, is quieter than they are, and is there between them."""
    samples, rate = soundfile.read(made["audio"], dtype="float32")
    manifest = json.loads(Path(made["audio"]).with_suffix(".json").read_text(encoding="utf-8"))
    (item,) = [part for part in manifest["segments"] if part["bulletin_id"] == "ngan"]
    start = item["start_ms"]
    alone = _level(samples[_place(start - 1_000, rate) : _place(start - 200, rate)])
    words = _level(samples[_place(start, rate) : _place(item["end_ms"], rate)])
    assert -50 < alone < words - 4


def _place(ms: int, rate: int) -> int:
    return ms * rate // 1000


def _level(samples: NDArray[np.float32]) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples**2)) + 1e-9))
