"""The check of a whole station: settings, weeks, bulletins and what they need of each other."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from approvers import approve, people_of

from broadcaster.clock import LOCAL
from broadcaster.errors import ConfigError, Severity
from broadcaster.sound.pcm import write_wav
from broadcaster.station.check.check import check_station
from broadcaster.station.folder import StationFolder

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 22)
MORNING = datetime.combine(TODAY, time(8), LOCAL)
SETTINGS = "name: Đài xã\ncommune: xã\nprovince: tỉnh\nvoices: [espeak]\n"
WEEK = """
programmes:
  tin:
    segments:
      - ident: nhac-hieu
      - greeting: Đây là {station}, {commune}.
      - bulletin: 01-tin
slots: [{id: sang, days: hằng ngày, at: 05:30, programme: tin, max: 20m}]
"""
TEXT = "Đây là một bản tin ngắn của xã.\n"
SOUND = np.full(48_000, 0.1, np.float32)
Write = "Callable[[str, str], None]"


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = StationFolder(tmp_path)
    folder.ensure()
    for name, text in {
        "station.yaml": SETTINGS,
        "schedules/lich.yaml": WEEK,
        "scripts_vi/01-tin.txt": TEXT,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def write(folder: StationFolder) -> Callable[[str, str], None]:
    def write(name: str, text: str) -> None:
        (folder.root / name).write_text(text, encoding="utf-8")

    return write


def _codes(folder: StationFolder, **when) -> list[str]:
    return [p.code for p in check_station(folder, **{"today": TODAY, **when})]


def test_a_good_station_has_no_problem(folder: StationFolder) -> None:
    """A small good station has no problem, and the check writes nothing."""
    before = sorted(folder.root.rglob("*"))
    assert check_station(folder, today=TODAY) == []
    assert sorted(folder.root.rglob("*")) == before


def test_the_sample_station_has_no_problem() -> None:
    """The station in the repository itself has no error."""
    problems = check_station(StationFolder.find(Path(__file__).parents[3]), today=TODAY)
    assert [p for p in problems if p.severity is Severity.ERROR] == []


def test_broken_settings_are_all_that_is_told(folder: StationFolder, write) -> None:
    """Where station.yaml cannot be read at all, that is what is told."""
    write("station.yaml", "")
    assert _codes(folder) == ["empty-file"]


def test_problems_of_all_files_stand_in_the_order_of_their_places(
    folder: StationFolder, write
) -> None:
    """Settings, weeks and bulletins are told together, by file, line and column."""
    write("station.yaml", SETTINGS + "fallback: la\noutput: loa\n")
    write("schedules/lich.yaml", WEEK + "la: 1\nkhac: 2\n")
    write("scripts_vi/02-tin.txt", "---\nla: 1\n---\n" + TEXT)
    problems = check_station(folder, today=TODAY)
    assert [(p.where.path.name, p.code) for p in problems if p.where.path] == [
        ("lich.yaml", "unknown-key"),
        ("lich.yaml", "unknown-key"),
        ("02-tin.txt", "unknown-key"),
        ("station.yaml", "unknown-fallback"),
        ("station.yaml", "unknown-output"),
    ]
    assert [p.where.line for p in problems if p.code.startswith("unknown-")][-2:] == [5, 6]


@pytest.mark.parametrize(
    "settings,code",
    [
        ("voices: [espeek]", "unknown-synthesizer"),
        ("output: aply:hw", "unknown-output"),
        ("fallback: du-phong", "unknown-fallback"),
    ],
)
def test_settings_that_name_nothing(folder: StationFolder, write, settings: str, code: str) -> None:
    """A voice, an output or a fallback programme that does not exist is told."""
    write("station.yaml", f"name: Đài\ncommune: xã\nprovince: tỉnh\n{settings}\n")
    assert code in _codes(folder)


def test_the_quiet_hours_of_the_station_count(folder: StationFolder, write) -> None:
    """A slot within the station's own quiet hours is told."""
    write("station.yaml", SETTINGS + "quiet_hours: {from: 21h, until: 6h}\n")
    assert _codes(folder) == ["quiet-hours"]


def test_bulletins_and_sounds_of_the_folder_count(folder: StationFolder, write) -> None:
    """What the week names must lie in the station's folders, by whatever ending."""
    write("schedules/lich.yaml", WEEK.replace("nhac-hieu", "que-huong"))
    assert _codes(folder) == ["missing-asset"]
    write_wav(folder.sounds / "que-huong.mp3", SOUND)  # the content counts, not the ending
    assert _codes(folder) == []
    write("schedules/lich.yaml", WEEK.replace("nhac-hieu", "que-huong.mp3"))
    assert _codes(folder) == []
    (folder.scripts / "01-tin.txt").rename(folder.scripts / "02-tin.txt")
    assert _codes(folder) == ["missing-bulletin"]


def test_only_sounds_are_offered_as_sounds(folder: StationFolder, write) -> None:
    """What is no sound, like the folder's own README, is neither taken nor offered as one."""
    write("scripts_vi/am-thanh/README.md", "Tệp âm thanh đặt ở đây.")
    write("schedules/lich.yaml", WEEK.replace("nhac-hieu", "README.md"))
    (problem,) = check_station(folder, today=TODAY)
    assert problem.code == "missing-asset"
    assert "nhac-hieu" in problem.hint
    assert "README" not in problem.hint


def test_an_expired_bulletin_is_told_for_the_week_at_hand(folder: StationFolder, write) -> None:
    """A bulletin that ends on 29/11 is fine in the week before and told in the week after."""
    write("scripts_vi/01-tin.txt", f"---\nvalid_until: 2026-11-29\n---\n{TEXT}")
    assert _codes(folder, monday=date(2026, 11, 23)) == []
    assert _codes(folder, monday=date(2026, 11, 30)) == ["bulletin-not-valid"]


def test_a_programme_that_is_too_long_is_told_before_any_synthesis(
    folder: StationFolder, write
) -> None:
    """The length is estimated from the text: a long bulletin does not fit into a minute."""
    write("scripts_vi/01-tin.txt", " ".join([TEXT.strip()] * 200))
    assert "overlong-programme" not in _codes(folder)
    write("schedules/lich.yaml", WEEK.replace("20m", "1m"))
    assert "overlong-programme" in _codes(folder)


def test_what_a_greeting_says_must_be_written_down(folder: StationFolder, write) -> None:
    """A greeting that names the commune needs it in station.yaml."""
    write("station.yaml", "name: Đài\nvoices: [espeak]\n")
    assert _codes(folder) == ["nothing-to-say"]


def test_recordings(folder: StationFolder, write) -> None:
    """A bulletin in a language without a voice needs a recording, which must be there."""
    write("scripts_vi/01-tin.txt", f"---\nlanguage: raglai\n---\n{TEXT}")
    assert "needs-recording" in _codes(folder)
    write("scripts_vi/01-tin.txt", f"---\nlanguage: raglai\nrecording: tin.ogg\n---\n{TEXT}")
    assert _codes(folder) == ["missing-recording"]
    write_wav(folder.sounds / "tin.ogg", SOUND)
    assert _codes(folder) == []


def test_a_picture_with_the_name_of_a_sound(folder: StationFolder, write) -> None:
    """A file that is no sound is told for the bulletin and for the week that name it."""
    (folder.sounds / "anh.mp3").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    write("schedules/lich.yaml", WEEK.replace("nhac-hieu", "anh"))
    write("scripts_vi/01-tin.txt", f"---\nrecording: anh.mp3\n---\n{TEXT}")
    assert _codes(folder) == ["asset-unreadable", "asset-unreadable"]


def test_a_text_of_many_hours_is_no_bulletin(folder: StationFolder, write) -> None:
    """A book among the bulletins is told, instead of filling every programme."""
    write("scripts_vi/02-sach.txt", TEXT * 4_000)
    assert _codes(folder) == ["bulletin-too-long"]


def test_voices_that_nobody_lets_speak(folder: StationFolder, write) -> None:
    """A station whose only voice needs a network, and which forbids one, would stay silent."""
    write("station.yaml", SETTINGS.replace("espeak", "gtts") + "online: false\n")
    assert _codes(folder) == ["no-voice"]


def test_what_is_not_approved_is_told_where_approval_counts(folder: StationFolder, write) -> None:
    """With approval switched on, each slot that would be silent in part is named with its first
    start and the bulletin; a name in a file is told to be a claim; an approval mends it."""
    write("station.yaml", SETTINGS + "approval: true\n")
    people_of(folder, MORNING)
    write("scripts_vi/01-tin.txt", f"---\napproved_by: Chủ tịch xã\n---\n{TEXT}")
    assert _codes(folder) == ["slot-awaits-approval", "claimed-approval"]
    approve(folder, MORNING, "01-tin")
    assert _codes(folder) == []


def test_a_station_without_a_week_is_told(folder: StationFolder) -> None:
    """Without any week nothing will air, and the check says so."""
    (folder.schedules / "lich.yaml").unlink()
    assert _codes(folder) == ["no-week"]


def test_a_folder_that_is_no_station_is_an_error(tmp_path: Path) -> None:
    """A check of another folder ends with the sentence that it is no station."""
    with pytest.raises(ConfigError):
        StationFolder.find(tmp_path / "la")
