"""A text that was changed after somebody had recorded it is told."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from small_station import bulletin, small_station

from broadcaster.station.check.check import check_station
from broadcaster.station.content.content import load_content
from broadcaster.station.content.pairings import note_recordings
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

NAME = "02-hai.raglai.wav"
TEXT = "Bản tin hai.\n\nNội dung của bản tin hai hôm nay.\n"


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    made = small_station(tmp_path / "dai")
    soundfile.write(made.sounds / NAME, 0.2 * np.sin(np.arange(48_000) / 30), 48_000)
    prepare(made)
    return made


def prepare(folder: StationFolder) -> None:
    """What every preparation does first."""
    config, _problems = load_config(folder)
    assert config
    note_recordings(folder, load_content(folder, config).bulletins)


def told(folder: StationFolder) -> list[str]:
    problems = check_station(folder)
    return [p.message for p in problems if p.code == "recording-older-than-text"]


def test_an_unchanged_text_is_not_told(folder: StationFolder) -> None:
    """A recording that says what its text says is fine, however old it is."""
    os.utime(folder.scripts / "02-hai.txt")
    assert told(folder) == []


def test_a_changed_text_is_told_until_it_is_recorded_again(folder: StationFolder) -> None:
    """Who corrects a notice learns that its recording still says the old one."""
    bulletin(folder, "02-hai", TEXT.replace("hôm nay", "ngày mai"))
    prepare(folder)
    (message,) = told(folder)
    assert NAME in message
    soundfile.write(folder.sounds / NAME, 0.2 * np.sin(np.arange(96_000) / 30), 48_000)
    prepare(folder)
    assert told(folder) == []


def test_who_knows_that_it_still_holds_copies_it_again(folder: StationFolder) -> None:
    """A mended comma needs no new recording: the same file, copied once more, settles it."""
    bulletin(folder, "02-hai", TEXT.replace("của bản", "của, bản"))
    shutil.copyfile(folder.sounds / NAME, folder.root / "copy.wav")
    (folder.root / "copy.wav").replace(folder.sounds / NAME)
    prepare(folder)
    assert told(folder) == []


def test_an_approval_and_blank_lines_change_no_word(folder: StationFolder) -> None:
    """Signing a bulletin, or moving its lines, makes no recording old."""
    bulletin(folder, "02-hai", f"---\napproved_by: Chủ tịch\n---\n{TEXT}\n\n")
    assert told(folder) == []


def test_what_was_never_seen_together_is_not_judged(folder: StationFolder) -> None:
    """A lost or damaged memory of the station tells nothing, rather than something wrong."""
    bulletin(folder, "02-hai", TEXT.replace("hôm nay", "ngày mai"))
    for damaged in (b"", b"[1]", b'{"02-hai.raglai": 5}', b"\xff"):
        (folder.state / "recordings.json").write_bytes(damaged)
        assert told(folder) == []
    prepare(folder)
    assert told(folder) == []


def test_a_link_to_nowhere_is_no_end(folder: StationFolder) -> None:
    """A recording that was a link to a stick which is gone stops no preparation."""
    (folder.sounds / NAME).unlink()
    (folder.sounds / NAME).symlink_to(folder.root / "usb" / NAME)
    prepare(folder)
    assert told(folder) == []
    assert "asset-unreadable" in {p.code for p in check_station(folder)}
