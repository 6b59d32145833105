"""The weeks in force: good files, broken files, files that went away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadcaster.station.content.plans import current_plans
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.config import StationConfig

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = StationConfig(name="Đài")
WEEK = """
programmes: {{tin: {{segments: [{{bulletins: {{}}}}]}}}}
slots: [{{id: sang, days: hằng ngày, at: {at}, programme: tin}}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = StationFolder(tmp_path)
    folder.ensure()
    write(folder, at="05:30")
    return folder


def write(folder: StationFolder, *, at: str, name: str = "lich.yaml") -> None:
    (folder.schedules / name).write_text(WEEK.format(at=at), encoding="utf-8")


def starts(folder: StationFolder) -> list[str]:
    plans, _problems = current_plans(folder, CONFIG)
    return [f"{slot.start:%H:%M}" for plan in plans for slot in plan.slots]


def test_a_good_file_holds(folder: StationFolder) -> None:
    """What stands in the file is what airs."""
    assert starts(folder) == ["05:30"]
    write(folder, at="06:30")
    assert starts(folder) == ["06:30"]


def test_a_broken_file_leaves_the_good_one_in_force(folder: StationFolder) -> None:
    """A slip leaves the last good version in force, and the slip is told with its line."""
    starts(folder)
    write(folder, at="25:10")
    assert starts(folder) == ["05:30"]
    plans, problems = current_plans(folder, CONFIG)
    assert [(p.where.path.name, p.where.line, p.code) for p in problems] == [
        ("lich.yaml", 3, "bad-time")
    ]
    assert plans[0].path == folder.schedules / "lich.yaml"
    write(folder, at="07:00")
    assert starts(folder) == ["07:00"]


def test_a_file_that_was_never_good_holds_as_far_as_it_can_be_read(folder: StationFolder) -> None:
    """A new file with a slip in one line airs its other lines."""
    text = WEEK.format(at="05:30").replace(
        "slots: [", "slots: [{id: hong, at: 25:10, programme: tin}, "
    )
    (folder.schedules / "lich.yaml").write_text(text, encoding="utf-8")
    assert "05:30" in starts(folder)


def test_a_deleted_file_leaves_force(folder: StationFolder) -> None:
    """Taken away is taken away: neither the file nor its copy holds any more."""
    starts(folder)
    (folder.schedules / "lich.yaml").unlink()
    assert starts(folder) == []
    write(folder, at="25:10")
    assert "05:30" not in starts(folder)


def test_a_file_that_cannot_be_read(folder: StationFolder) -> None:
    """A binary file among the weeks costs nothing but itself, and is told."""
    starts(folder)
    (folder.schedules / "anh.yaml").write_bytes(bytes(range(256)))
    plans, problems = current_plans(folder, CONFIG)
    assert [plan.path.name for plan in plans] == ["lich.yaml"]
    assert {p.where.path.name for p in problems} == {"anh.yaml"}


def test_a_folder_that_cannot_be_looked_into(folder: StationFolder) -> None:
    """When the disk refuses the folder of the weeks, what was good stays in force, and is told."""

    class Refused(StationFolder):
        def week_files(self):
            raise PermissionError(13, "Permission denied")

    starts(folder)
    plans, problems = current_plans(Refused(folder.root), CONFIG)
    assert [plan.path.name for plan in plans] == ["lich.yaml"]
    assert [p.code for p in problems] == ["unreadable-file"]
    assert starts(folder) == ["05:30"]


def test_a_state_folder_that_takes_nothing(folder: StationFolder) -> None:
    """Without room for the copy the week holds all the same."""
    (folder.state / "last-good").write_text("a file where the folder should be", encoding="utf-8")
    assert starts(folder) == ["05:30"]


def test_a_damaged_copy_is_no_help_and_no_harm(folder: StationFolder) -> None:
    """A last good version that was destroyed does not hide the file's own good lines."""
    starts(folder)
    (folder.state / "last-good" / "lich.yaml").write_bytes(b"\xff\xfe")
    write(folder, at="25:10")
    _plans, problems = current_plans(folder, CONFIG)
    assert [p.code for p in problems] == ["bad-time"]


def test_mourning_holds_without_a_restart(folder: StationFolder) -> None:
    """Days of quốc tang that station.yaml names now count at the next look at the weeks."""
    write(folder, at="05:00")
    config = StationConfig(name="Đài")
    text = "name: Đài\ncalendar: {mourning: 2026-11-23}\n"
    folder.config.write_text(text, encoding="utf-8")
    (plan,), _problems = current_plans(folder, config)
    assert plan.calendar.mourning == ((date(2026, 11, 23), date(2026, 11, 23)),)
    folder.config.write_text("name: [", encoding="utf-8")
    (plan,), _problems = current_plans(folder, config)
    assert plan.calendar == config.calendar
