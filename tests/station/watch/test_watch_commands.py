"""Status, backup, service and doctor as a person types them."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from occurrences import at
from small_station import SETTINGS, small_station

from broadcaster.asrun import Store
from broadcaster.cli import main
from broadcaster.cli.logs import JsonLines
from broadcaster.clock import SimulatedClock, SystemClock
from broadcaster.station.check.audible import sound_findings
from broadcaster.station.settings.load import load_config
from broadcaster.station.watch.status import write_status

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def run(folder: StationFolder, *words: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(main, ["-C", str(folder.root), *words])


def numbers(**values) -> dict:
    now = SystemClock().now().isoformat()
    on_air = {"title": "Tin sáng", "position_ms": 65_000, "duration_ms": 600_000}
    usual = {
        "alive_at": now,
        "written_at": now,
        "stopped": False,
        "on_air": [on_air],
        "next": {"title": "Tin trưa", "at": "2026-11-23T11:00:00+07:00"},
        "last": {"title": "Tin tối", "started_at": None, "outcome": "missed", "reason": "mất điện"},
        "outputs": {"loa": {"state": "silent", "detail": "mất card"}},
        "alarms": [],
    }
    return {**usual, **values}


def test_the_status_of_a_running_station(folder: StationFolder) -> None:
    """What is on air, what comes, what was; the exit code is 0."""
    write_status(folder.status, numbers())
    done = run(folder, "status")
    assert done.exit_code == 0, done.output
    for words in ("Tin sáng (1:05/10:00)", "11:00 23/11 Tin trưa", "Tin tối: lỡ – mất điện"):
        assert words in done.stdout
    assert "loa: phải có tiếng mà không có: mất card" in done.stdout


def test_an_open_alarm_ends_with_1(folder: StationFolder) -> None:
    """The alarm stands below the numbers with its code."""
    alarm = {"code": "card-muted", "text": "card tắt tiếng", "since": "2026-11-23T05:30:00+07:00"}
    write_status(folder.status, numbers(alarms=[alarm]))
    done = run(folder, "status")
    assert done.exit_code == 1
    assert "từ 05:30 23/11: card tắt tiếng [card-muted]" in done.stdout


def test_old_numbers_are_not_taken_for_the_present(folder: StationFolder) -> None:
    """The last numbers of a dead station never say that something is on air."""
    assert "chưa chạy trong thư mục này" in run(folder, "status").stdout
    write_status(folder.status, numbers(alive_at="2026-01-05T05:12:00+07:00"))
    done = run(folder, "status")
    assert done.exit_code == 1
    assert "Mất liên lạc với máy phát – số liệu lúc 05:12:00 05/01/2026" in done.stdout
    assert "Tin sáng" not in done.stdout
    assert json.loads(run(folder, "status", "--json").stdout)["in_contact"] is False


def test_backup_and_restore(folder: StationFolder, tmp_path: Path) -> None:
    """To a file, into a folder, never over a file that is there, and back again."""
    assert run(folder, "backup").exit_code == 1
    with Store.open(folder.database, clock=SystemClock()):
        pass
    assert run(folder, "backup").exit_code == 0
    assert len(list(folder.backups.iterdir())) == 1
    assert run(folder, "backup", str(tmp_path / "usb.db")).exit_code == 0
    assert run(folder, "backup", str(tmp_path / "usb.db")).exit_code == 1
    assert run(folder, "backup", str(tmp_path)).exit_code == 0
    assert run(folder, "backup", "--restore").exit_code == 2
    assert run(folder, "backup", str(tmp_path / "not-there" / "a.db")).exit_code == 3
    done = run(folder, "backup", "--restore", str(tmp_path / "usb.db"))
    assert done.exit_code == 0, done.output
    assert ".broadcaster/replaced-" in done.stdout


@pytest.mark.parametrize("content", [None, b"", b"hello"])
def test_what_is_no_backup(folder: StationFolder, tmp_path: Path, content: bytes | None) -> None:
    """A missing, empty or foreign file is refused in a sentence."""
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    done = run(folder, "backup", "--restore", str(path))
    assert done.exit_code == 3
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Lỗi:")


def test_the_unit_is_shown_to_anybody(folder: StationFolder) -> None:
    """`--print` needs neither root nor systemd, and is the unit and nothing else."""
    done = run(folder, "service", "install", "--print", "--user", "xa")
    assert done.exit_code == 0
    assert done.stdout.startswith("# Written by")
    assert "\nUser=xa\n" in done.stdout
    assert f'ExecStart="{sys.executable}" -m broadcaster -C "{folder.root}" run' in done.stdout


def test_the_page_is_a_unit_of_its_own(folder: StationFolder) -> None:
    """The same command writes the page's unit: for this machine alone unless --lan is typed."""
    alone, lan = (
        run(folder, "service", "install", "--print", *more).stdout for more in ((), ("--lan",))
    )
    program = f'ExecStart="{sys.executable}" -m broadcaster -C "{folder.root}"'
    assert f"{program} run\n" in alone
    assert f"{program} web\n" in alone
    assert f"{program} web --lan\n" in lan


def test_a_machine_without_the_service_has_a_cure(folder: StationFolder) -> None:
    """`service status` where nothing is installed says so and ends with 1."""
    done = run(folder, "service", "status")
    assert done.exit_code == 1
    assert "broadcaster service install" in done.stdout


def test_nobody_to_tell(folder: StationFolder) -> None:
    """`alarm test` without an alarm says what to write, and ends with 1."""
    done = run(folder, "alarm", "test")
    assert done.exit_code == 1
    assert "station.yaml" in done.stdout


def test_a_tone_on_an_output_that_does_not_exist(folder: StationFolder) -> None:
    """A slip in the name of an output is told with the names that there are."""
    done = run(folder, "doctor", "--sound", "loaa")
    assert done.exit_code == 1
    assert "loaa" in done.stderr
    assert "null" in done.stderr


def test_no_tone_while_on_air(folder: StationFolder) -> None:
    """The test tone does not sound over a programme."""
    write_status(folder.status, numbers())
    done = run(folder, "doctor", "--sound")
    assert done.exit_code == 1
    assert "đang phát" in done.stderr


def test_a_tone_into_a_file(folder: StationFolder) -> None:
    """A tone of five seconds is played on each output, and one that cannot play says why."""
    file = f"file:{folder.root}/thu.wav"
    outputs = f"outputs: {{tep: '{file}', mat: 'aplay:plughw:CARD=KhongCo'}}"
    folder.config.write_text(SETTINGS.replace('output: "null"', outputs), encoding="utf-8")
    config, _problems = load_config(folder)
    assert config
    clock = SimulatedClock(at("05:30"))
    found = sound_findings(folder, config, None, clock=clock)
    assert [finding.ok for finding in found] == [True, False]
    assert clock.now() > at("05:30:06")
    assert [f.ok for f in sound_findings(folder, config, "tep", clock=clock)] == [True]


def test_a_line_of_the_journal() -> None:
    """One object a line whatever the message holds, after the priority of systemd."""
    record = logging.LogRecord("broadcaster.x", logging.ERROR, "", 1, "tệp\n%s", ("“a”",), None)
    line = JsonLines(with_priority=True).format(record)
    assert line.startswith("<3>{")
    assert "\n" not in line
    value = json.loads(line.removeprefix("<3>"))
    assert (value["level"], value["message"]) == ("error", "tệp\n“a”")
    assert value["at"].endswith("+07:00")


def test_a_traceback_stays_in_its_line() -> None:
    """What went wrong in the program is part of the object."""
    try:
        int("hỏng")
    except ValueError:
        record = logging.LogRecord("x", logging.INFO, "", 1, "a", (), sys.exc_info())
    line = JsonLines(with_priority=False).format(record)
    assert "ValueError: invalid literal" in json.loads(line)["exception"]
    assert len(line.splitlines()) == 1
