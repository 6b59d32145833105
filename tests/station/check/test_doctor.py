"""The self-check: each line says how it is, and the bad ones how to mend it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from small_station import SETTINGS, small_station

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SystemClock
from broadcaster.station.check.doctor import Finding, examine
from broadcaster.station.check.finding import verdict
from broadcaster.station.watch.status import write_status

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def findings(folder: StationFolder, area: str) -> list[Finding]:
    return [finding for finding in examine(folder) if finding.area == area]


def test_every_area_is_looked_at(folder: StationFolder) -> None:
    """From the content to the alarms each area has a line, with words in it."""
    found = examine(folder)
    areas = {"content", "folders", "disk", "clock", "log", "voices", "output", "service", "alarm"}
    assert {finding.area for finding in found} == areas
    assert all(finding.message for finding in found)


def test_a_good_station(folder: StationFolder) -> None:
    """Nothing in the content, the folders, the log or the output is wrong."""
    for area in ("folders", "output"):
        assert all(finding.ok for finding in findings(folder, area))
    assert findings(folder, "log")[0].ok is None
    with Store.open(folder.database, clock=SystemClock()) as store:
        assert AsRunLog(store).verify() == []
    assert findings(folder, "log")[0].ok


def test_bad_content_is_counted(folder: StationFolder) -> None:
    """Errors in the content turn its line red and say where to look."""
    (folder.scripts / "hong.txt").write_bytes(b"\xff\xfe\x00")
    (finding,) = findings(folder, "content")
    assert finding.ok is False
    assert "broadcaster check" in finding.cure


def test_a_damaged_log_is_a_finding(folder: StationFolder) -> None:
    """A database that is no database: a red line with a cure, and the rest is looked at."""
    folder.database.write_bytes(b"not a database at all" * 100)
    (finding,) = findings(folder, "log")
    assert finding.ok is False
    assert finding.cure


def test_an_unknown_output_is_a_finding(folder: StationFolder) -> None:
    """A slip in `output` is named, not raised."""
    folder.config.write_text(SETTINGS.replace('"null"', "paccat"), encoding="utf-8")
    (finding,) = findings(folder, "output")
    assert (finding.ok, "paccat" in finding.message) == (False, True)
    assert "pacat" in finding.cure


def test_a_folder_that_is_no_folder(folder: StationFolder) -> None:
    """A file where audio_out should be is told with its name."""
    shutil.rmtree(folder.audio_out)
    folder.audio_out.write_text("x", encoding="utf-8")
    bad = [finding for finding in findings(folder, "folders") if not finding.ok]
    assert {finding.message.split()[0] for finding in bad} >= {"audio_out/programmes"}


def test_the_age_of_the_backups(folder: StationFolder) -> None:
    """A log without a backup, one of last week, and one of today."""
    assert findings(folder, "backup") == []
    with Store.open(folder.database, clock=SystemClock()):
        pass
    (finding,) = findings(folder, "backup")
    assert (finding.ok, "broadcaster backup" in finding.cure) == (None, True)
    folder.backups.mkdir()
    (folder.backups / "station-2026-01-05.db").touch()
    (finding,) = findings(folder, "backup")
    assert (finding.ok, "05/01/2026" in finding.message) == (None, True)
    (folder.backups / f"station-{SystemClock().now():%F}.db").touch()
    (finding,) = findings(folder, "backup")
    assert finding.ok


def test_an_open_alarm_is_a_finding(folder: StationFolder) -> None:
    """What the running station complains of stands among the findings; an old complaint does
    not."""
    alarm = {"code": "card-muted", "text": "the card is muted", "since": "2026-11-23T05:30:00"}
    now = SystemClock().now()
    write_status(folder.status, {"alive_at": now.isoformat(), "alarms": [alarm]})
    assert [f.ok for f in findings(folder, "alarm")] == [None, False]
    write_status(folder.status, {"alive_at": "2026-01-01T05:30:00+07:00", "alarms": [alarm]})
    assert [f.ok for f in findings(folder, "alarm")] == [None]


def test_secrets_of_the_alarm(folder: StationFolder) -> None:
    """A password file that is missing, and one that everybody may read, before it is needed."""
    alarm = "alarm: {webhook: {url: 'https://xa.vn/', password_file: mk}}\n"
    folder.config.write_text(SETTINGS + alarm, encoding="utf-8")
    assert [f.ok for f in findings(folder, "alarm")] == [False, True]
    (folder.root / "mk").write_text("mk123")
    (folder.root / "mk").chmod(0o644)
    assert [f.ok for f in findings(folder, "alarm")] == [None, True]
    (folder.root / "mk").chmod(0o600)
    assert [f.ok for f in findings(folder, "alarm")] == [True]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([True, True], "Mọi thứ đều ổn."),
        ([True, None, None], "Không có gì phải sửa; có 2 điều nên xem."),
        ([None, False, True], "Có 1 điều cần sửa."),
    ],
)
def test_all_findings_in_a_sentence(vietnamese: None, states: list[bool | None], said: str) -> None:
    """Nothing is called well beside which a line asks to be looked at."""
    assert verdict([Finding("disk", ok, "x") for ok in states]) == said
