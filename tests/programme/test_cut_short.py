"""Sound files of which only a part was copied."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from broadcaster.errors import Where
from broadcaster.programme import Assets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "am-thanh"
    path.mkdir()
    return path


def _codes(folder: Path) -> list[str]:
    assets = Assets(folder, folder.parent / "cache")
    return [problem.code for problem in assets.glance("a", where=Where())]


def _record(path: Path) -> bytes:
    sound = 0.2 * np.random.default_rng(1).standard_normal(20 * 16_000)
    soundfile.write(path, sound, 16_000)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.wav", "a.mp3"])
def test_a_half_copied_file_is_a_warning_and_airs_as_far_as_it_goes(folder: Path, name: str):
    """A stick that was pulled out too early: the operator is told how much is missing."""
    whole = _record(folder / name)
    assert _codes(folder) == []
    (folder / name).write_bytes(whole[: len(whole) // 2])
    assert _codes(folder) == ["asset-cut-short"]
    clip = Assets(folder, folder.parent / "cache").find("a")
    assert 8_000 < clip.duration_ms < 12_000


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0xFFFFFFFE])
def test_a_recorder_that_never_wrote_the_length_is_believed(folder: Path, size: int):
    """A recorder whose battery ended before it wrote the length has cut nothing short."""
    whole = _record(folder / "a.wav")
    (folder / "a.wav").write_bytes(whole[:4] + struct.pack("<I", size) + whole[8:])
    assert _codes(folder) == []


def test_an_mp3_that_tells_no_length_is_not_called_short(folder: Path):
    """A stream saved from the internet has no frame count: its length is only a guess."""
    whole = _record(folder / "a.mp3")
    (folder / "a.mp3").write_bytes(whole.replace(b"Xing", b"\0" * 4).replace(b"Info", b"\0" * 4))
    assert _codes(folder) == []
