"""Bad recordings from end to end: what the operator reads, and what airs in their place.

The sentences that an operator would read lie in ``golden/am-thanh-hong.txt``, letter for letter.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result
from needs import needs

from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.station.init import init_station

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden" / "am-thanh-hong.txt"
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
RATE = 16_000
WEEK = """
programmes:
  tin: {title: Tin, segments: [{bulletins: {most: 50}}]}
  dong-bao: {title: Tin tiếng Raglai, segments: [{bulletins: {language: Raglai, most: 50}}]}
slots:
  - {id: sang, days: hằng ngày, at: 05:30, max: 1h, programme: tin}
  - {id: trua, days: hằng ngày, at: 11:00, max: 1h, programme: dong-bao}
"""


def _wave(path: Path, sound: np.ndarray, rate: int = RATE) -> None:
    soundfile.write(path, sound, rate)


def _tone(seconds: float, gain: float = 0.2, rate: int = RATE) -> np.ndarray:
    return np.clip(gain * np.sin(2 * np.pi * 300 * np.arange(int(seconds * rate)) / rate), -1, 1)


def _half(path: Path) -> None:
    _wave(path, _tone(10))
    path.write_bytes(path.read_bytes()[: 5 * 2 * RATE])


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "rong.vi.m4a": lambda path: path.touch(),
    "anh.vi.mp3": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "danh-sach.vi.mp3": lambda path: path.write_text("#EXTM3U\ndanh-sach.vi.mp3\n"),
    "thu-muc.vi.wav": lambda path: path.mkdir(),
    "ong.vi.wav": os.mkfifo,
    "im.vi.wav": lambda path: _wave(path, np.zeros(RATE)),
    "do-dang.vi.m4a": lambda path: path.write_bytes(b"\x00\x00\x00\x20ftypM4A " + bytes(400)),
}
"""In the place of a Vietnamese recording: a voice reads the text instead."""

AIRED_WITH_A_WARNING: dict[str, Callable[[Path], object]] = {
    "dien-thoai.raglai.wav": lambda path: _wave(path, _tone(3, rate=8_000), 8_000),
    "vo-tieng.raglai.wav": lambda path: _wave(path, _tone(3, gain=1.5)),
    "ngat-quang.raglai.wav": lambda path: _wave(
        path, np.concatenate([_tone(2), np.zeros(7 * RATE), _tone(2)])
    ),
    "chep-do.raglai.wav": _half,
}
STRAY = "khong-co-bai.raglai.wav"
TWIN = "dien-thoai.raglai.mp3"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needs("ffprobe", "ffmpeg")
    root = tmp_path_factory.mktemp("hong") / "dai"
    init_station(root)
    sounds = root / "scripts_vi" / "am-thanh"
    for old in (root / "scripts_vi").glob("*.txt"):
        old.unlink()
    (root / "schedules" / "lich-tuan.yaml").write_text(WEEK, encoding="utf-8")
    for name, make in (UNUSABLE | AIRED_WITH_A_WARNING).items():
        id_ = name.partition(".")[0]
        text = f"Bài {id_.replace('-', ' ')}\n\nTối nay, thôn họp tại nhà văn hóa.\n"
        (root / "scripts_vi" / f"{id_}.txt").write_text(text, encoding="utf-8")
        make(sounds / name)
    _wave(sounds / STRAY, _tone(2))
    _wave(sounds / TWIN, _tone(2))
    return root


def _run(root: Path, *words: str) -> Result:
    runner = CliRunner(mix_stderr=False, env={"BROADCASTER_VOICES": "espeak"})
    arguments = ["--lang", "vi", "-C", str(root), *words]
    return runner.invoke(main, arguments, obj=SimulatedClock(MONDAY_NOON))


def test_each_bad_recording_is_one_sentence(root: Path) -> None:
    """The check has a Vietnamese sentence for each bad file: which one, what, and the cure."""
    told = _run(root, "check").stdout.replace(f"{root}/", "")
    lines = [line for line in told.splitlines() if "am-thanh" in line]
    assert "\n".join(lines) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_a_voice_reads_what_bad_recordings_should_have_said(root: Path) -> None:
    """The morning's programme has every bulletin, each read by a voice, and nobody waits."""
    day = ("--from", "2026-11-24", "--until", "2026-11-24")
    assert _run(root, "run", "--simulate", *day).exit_code == 0
    entries = json.loads(_run(root, "log", "--simulated", "--json").stdout)
    aired = {entry["slot"]: entry for entry in entries}
    bulletins = {part["bulletin_id"]: part["voice"] for part in aired["sang"]["segments"]}
    assert {name.partition(".")[0] for name in UNUSABLE} <= set(bulletins)
    assert set(bulletins.values()) == {"espeak:vi"}


def test_what_has_only_a_flaw_airs(root: Path) -> None:
    """The programme in Raglai has every recording that can be heard, however badly."""
    day = ("--from", "2026-11-24", "--until", "2026-11-24")
    assert _run(root, "run", "--simulate", *day).exit_code == 0
    entries = json.loads(_run(root, "log", "--simulated", "--json").stdout)
    (noon,) = [entry for entry in entries if entry["slot"] == "trua"]
    heard = {part["bulletin_id"]: part["voice"] for part in noon["segments"]}
    wanted = {name.rpartition(".")[0] for name in AIRED_WITH_A_WARNING}
    assert heard == dict.fromkeys(wanted, "recording")
