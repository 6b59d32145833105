"""What lies beside a prepared programme, and when it is believed."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from air import programme
from occurrences import occurrence

from broadcaster.errors import SoundError
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing import manifest

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import PreparedProgramme


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, PreparedProgramme]:
    audio = tmp_path / "0530-sang.wav"
    audio.write_bytes(b"RIFF" + bytes(1000))
    prepared = replace(programme("sang"), audio=audio, left_out=("a bulletin",), lufs=-16.1)
    path = tmp_path / "0530-sang.json"
    manifest.save(path, prepared, key="abc")
    return path, prepared


def test_it_comes_back_as_it_was(saved: tuple[Path, PreparedProgramme]) -> None:
    """Everything that the log will need is there again."""
    path, prepared = saved
    assert manifest.load(path) == (prepared, "abc")


def test_it_may_be_moved_together(saved: tuple[Path, PreparedProgramme], tmp_path: Path) -> None:
    """The manifest knows its sound by name: the station folder may be moved."""
    path, prepared = saved
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    found = manifest.load(moved / path.name)
    assert found is not None
    assert found[0].audio == moved / prepared.audio.name


@pytest.mark.parametrize("damage", ["cut", "longer", "replaced", "gone"])
def test_another_sound_is_not_believed(saved: tuple[Path, PreparedProgramme], damage: str) -> None:
    """A sound that was cut short, replaced or removed since does not go on air."""
    path, prepared = saved
    audio = prepared.audio
    if damage == "gone":
        audio.unlink()
    elif damage == "replaced":
        content = audio.read_bytes()
        audio.write_bytes(b"\x01" * len(content))
        os.utime(audio, ns=(1, audio.stat().st_mtime_ns + 1_000))
    else:
        os.truncate(audio, 500 if damage == "cut" else 2_000)
    assert manifest.load(path) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"key": "x"}', "null", '{"audio": null}', "\x00\xff"]
)
def test_a_damaged_manifest_is_none(saved: tuple[Path, PreparedProgramme], text: str) -> None:
    """Whatever stands in the file: no programme, and no error on air."""
    path, _prepared = saved
    path.write_bytes(text.encode("latin-1"))
    assert manifest.load(path) is None


def test_one_wrong_field_is_none(saved: tuple[Path, PreparedProgramme]) -> None:
    """A manifest of an older program is made anew."""
    path, _prepared = saved
    value = json.loads(path.read_text(encoding="utf-8"))
    del value["segments"]
    path.write_text(json.dumps(value), encoding="utf-8")
    assert manifest.load(path) is None


def test_an_error_of_the_disk_is_a_sentence(saved: tuple[Path, PreparedProgramme]) -> None:
    """A manifest that cannot be written says so."""
    path, prepared = saved
    with pytest.raises(SoundError, match="cannot be written"):
        manifest.save(path / "no" / "folder.json", prepared, key="abc")


def test_the_names_are_those_of_the_day_and_the_slot(tmp_path: Path) -> None:
    """A person finds the file of a slot by its day, hour and name."""
    folder = StationFolder(tmp_path)
    files = manifest.files_for(folder, occurrence("sang", "05:30"))
    assert files.audio == tmp_path / "audio_out/programmes/2026-11-23/0530-sang.wav"
    assert files.manifest == files.audio.with_suffix(".json")
    assert files.mp3 == files.audio.with_suffix(".mp3")
