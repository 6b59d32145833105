"""The commands at work in a station folder, without sound and without a running daemon."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.asrun import AsRunLog, Store
from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import (
    AsRunSegment,
    Occurrence,
    Outcome,
    PreparedProgramme,
    ProgrammePlan,
    SegmentKind,
    Slot,
)
from broadcaster.station.folder import StationFolder
from broadcaster.station.init import init_station

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
EXCEPTION = """
exceptions:
  - date: 2026-11-25
    cancel: [sang]
    reason: Sửa đường dây
"""


@pytest.fixture(scope="module")
def new_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new station whose Wednesday morning is cancelled in week 48 of 2026, with its sounds."""
    folder = tmp_path_factory.mktemp("moi") / "dai"
    init_station(folder)
    with (folder / "schedules" / "lich-tuan.yaml").open("a", encoding="utf-8") as week:
        week.write(EXCEPTION)
    run(folder, "check")
    return folder


@pytest.fixture
def station(new_station: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(new_station, tmp_path / "dai"))


def run(station: Path, *words: str, stdin: str | bytes | None = None) -> Result:
    """Call the command line at noon of Monday 23 November 2026."""
    clock = SimulatedClock(MONDAY_NOON)
    runner = CliRunner(mix_stderr=False)
    return runner.invoke(main, ["-C", str(station), *words], obj=clock, input=stdin)


def rows(result: Result) -> list[dict]:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


# -- init, check, config ------------------------------------------------------------------


def test_init_names_what_it_made(tmp_path: Path):
    """Making a station names each file, and says what to do next."""
    made = run(tmp_path, "init", str(tmp_path / "moi"))
    assert made.exit_code == 0
    assert str(tmp_path / "moi" / "station.yaml") in made.stdout.splitlines()
    assert "check" in made.stderr


def test_a_new_station_passes_its_check(station: Path):
    """A station that was just made has no errors."""
    assert run(station, "check").exit_code == 0


def test_init_overwrites_nothing(station: Path):
    """Making a station where one stands is refused, and changes nothing."""
    before = (station / "station.yaml").read_bytes()
    result = run(station, "init", str(station))
    assert result.exit_code == 1
    assert "station.yaml" in result.stderr
    assert (station / "station.yaml").read_bytes() == before


def test_check_shows_every_problem_with_its_place(station: Path):
    """A wrong time is shown with file, line and column, in Vietnamese, and exit code 1."""
    week = station / "schedules" / "lich-tuan.yaml"
    week.write_text(week.read_text(encoding="utf-8").replace("05:30", "25:10"), encoding="utf-8")
    lines = week.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "25:10" in text)
    result = run(station, "check")
    assert result.exit_code == 1
    assert f"lich-tuan.yaml:{line}:9: " in result.stdout
    assert "[bad-time]" in result.stdout
    assert "lỗi" in result.stdout.splitlines()[-1]


def test_check_as_json(station: Path):
    """``check --json`` is a list of problems whose words are English."""
    (station / "scripts_vi" / "rong.txt").write_text("", encoding="utf-8")
    problems = json.loads(run(station, "check", "--json", "--week", "2026-W48").stdout)
    empty = next(problem for problem in problems if "rong.txt" in str(problem["where"]["path"]))
    assert empty["severity"] in {"error", "warning"}
    assert set(empty) == {"where", "code", "message", "hint", "severity"}
    assert empty["message"].isascii()


def test_config_shows_what_is_in_force(station: Path):
    """``config`` shows the settings of the file and the defaults of the others."""
    settings = json.loads(run(station, "config", "--json").stdout)
    assert settings["name"] == "Đài truyền thanh xã Phước Mẫu"
    assert (settings["loudness"], settings["late"]["within_ms"]) == (-16.0, 600_000)
    assert "places" not in settings
    assert "Đài truyền thanh xã Phước Mẫu" in run(station, "config").stdout


def test_config_shows_lines_for_station_yaml(station: Path):
    """What a person sees can be written into station.yaml as it stands."""
    _headings, *lines = run(station, "config").stdout.splitlines()
    pairs = (line.partition(" ") for line in lines)
    text = "\n".join(f"{key}: {value}" for key, _space, value in pairs)
    (station / "station.yaml").write_text(text, encoding="utf-8")
    again = run(station, "config")
    assert again.stderr == ""
    assert again.stdout.splitlines()[1:] == lines


def test_config_tells_what_it_could_not_read(station: Path):
    """A default that is in force because of a slip is shown beside the slip."""
    (station / "station.yaml").write_text("name: Đài\nlate: mười\n", encoding="utf-8")
    result = run(station, "config")
    assert "late" in result.stdout
    assert "station.yaml:2:7" in result.stderr


def test_a_broken_configuration_ends_with_3(station: Path):
    """Settings that cannot be loaded end every command with 3 and the place of the mistake."""
    (station / "station.yaml").write_text("name: [", encoding="utf-8")
    for words in (["config"], ["today"], ["run"], ["render"]):
        result = run(station, *words)
        assert result.exit_code == 3
        assert "station.yaml:" in result.stderr


# -- today, week --------------------------------------------------------------------------


def test_week_as_json(station: Path):
    """``week --json`` lists what is to air, by time; what is cancelled is not in it."""
    found = rows(run(station, "week", "--week", "2026-W48", "--json"))
    assert len(found) == 13
    assert 30_000 < found[0]["estimated_ms"] < 1_800_000
    assert found[0] | {"title": "", "estimated_ms": 0} == {
        "occurrence": "sang@2026-11-23T05:30+07:00",
        "slot": "sang",
        "starts_at": "2026-11-23T05:30:00+07:00",
        "ends_at": "2026-11-23T06:00:00+07:00",
        "programme": "ban-tin-xa",
        "title": "",
        "priority": "routine",
        "start": "hard",
        "reason": "",
        "cancelled": False,
        "outputs": [],
        "estimated_ms": 0,
        "length_ms": None,
        "left_out": [],
        "after": "",
        "refused": "",
    }
    assert [row["starts_at"] for row in found] == sorted(row["starts_at"] for row in found)
    assert "sang@2026-11-25T05:30+07:00" not in {row["occurrence"] for row in found}


def test_today_names_the_outputs_where_there_are_several(station: Path):
    """With two outputs a person sees on which of them each slot airs, and so does a program."""
    settings = station / "station.yaml"
    text = settings.read_text(encoding="utf-8").replace(
        "output: auto", "outputs: {san: 'null', ip: 'null'}"
    )
    settings.write_text(text, encoding="utf-8")
    week = station / "schedules" / "lich-tuan.yaml"
    text = week.read_text(encoding="utf-8")
    week.write_text(text.replace("# outputs: [tru-so]", "outputs: [ip]"), encoding="utf-8")
    shown = run(station, "week", "--week", "2026-W48").stdout
    assert "Ngõ ra" in shown
    assert "san, ip" in shown
    (first, *_rest) = rows(run(station, "week", "--week", "2026-W48", "--json"))
    assert first["outputs"] == ["ip"]
    config = run(station, "config").stdout
    assert '{san: {to: "null"}, ip: {to: "null"}}' in config


def test_today_says_how_long_and_what_has_no_place(station: Path):
    """Before the sound is made a person sees the estimate, and what will be left out and why."""
    week = station / "schedules" / "lich-tuan.yaml"
    text = week.read_text(encoding="utf-8")
    week.write_text(text.replace("# length: 10m", "length: 25s"), encoding="utf-8")
    shown = run(station, "today").stdout
    assert "Ước tính" in shown
    assert "[no-room]" in shown


def test_week_for_people(station: Path):
    """A person sees seven days, and why a slot is cancelled."""
    shown = run(station, "week").stdout
    assert "Thứ Hai 23/11/2026" in shown
    assert "Chủ nhật 29/11/2026" in shown
    assert "huỷ: Sửa đường dây" in shown


def test_today(station: Path):
    """``today`` lists this day only."""
    found = rows(run(station, "today", "--json"))
    assert [row["starts_at"][:16] for row in found] == ["2026-11-23T05:30", "2026-11-23T17:00"]


def test_a_schedule_that_cannot_be_loaded_ends_with_3(station: Path):
    """Where no week can be read, the rundown ends with 3 and says where the mistake is."""
    (station / "schedules" / "lich-tuan.yaml").write_text("slots: [", encoding="utf-8")
    result = run(station, "week")
    assert result.exit_code == 3
    assert "lich-tuan.yaml:" in result.stderr


# -- log ----------------------------------------------------------------------------------


def _occurrence(day: int) -> Occurrence:
    starts_at = datetime(2026, 11, 20 + day, 5, 30, tzinfo=LOCAL)
    plan = ProgrammePlan("ban-tin-xa", "Bản tin của xã", ())
    slot = Slot(id="sang", start=starts_at.time(), days=frozenset(range(7)), programme_id=plan.id)
    return Occurrence(slot, starts_at, plan)


def _segment(starts_at: datetime) -> AsRunSegment:
    return AsRunSegment(
        kind=SegmentKind.SPEECH,
        title="Bản tin",
        started_at=starts_at,
        ended_at=starts_at + timedelta(minutes=1),
        bulletin_id="tin",
        voice="espeak:vi",
        script_sha256="cd" * 32,
    )


@pytest.fixture
def logged(station: Path) -> Path:
    """A station that broadcast on 20 and 21 November 2026, and missed the 22nd."""
    database = StationFolder.find(station).database
    database.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(database, clock=SimulatedClock(MONDAY_NOON)) as store:
        log = AsRunLog(store)
        for day in range(2):
            occurrence = _occurrence(day)
            at = occurrence.starts_at
            heard = PreparedProgramme(
                programme_id="ban-tin-xa",
                title="Bản tin của xã",
                duration_ms=60_000,
                audio_sha256="ab" * 32,
                voice="espeak:vi",
            )
            log.started(occurrence, heard, at=at, output="null")
            end = at + timedelta(minutes=1)
            log.ended(occurrence.id, at=end, outcome=Outcome.AIRED, segments=[_segment(at)])
        log.missed(_occurrence(2), reason="mất điện")
    return station


def test_log_as_json(logged: Path):
    """``log --json`` has one object an occurrence, its segments inside."""
    found = rows(run(logged, "log", "--json"))
    assert [row["outcome"] for row in found] == ["aired", "aired", "missed"]
    first = found[0]
    assert first["occurrence"] == "sang@2026-11-20T05:30+07:00"
    assert first["starts"] == ["2026-11-20T05:30:00+07:00"]
    assert first["ended_at"] == "2026-11-20T05:31:00+07:00"
    assert (first["slot"], first["title"]) == ("sang", "Bản tin của xã")
    assert (first["voice"], first["audio_sha256"]) == ("espeak:vi", "ab" * 32)
    assert first["scheduled_at"] == "2026-11-20T05:30:00+07:00"
    assert first["segments"][0]["bulletin_id"] == "tin"
    assert found[2]["reason"] == "mất điện"
    assert (found[2]["starts"], found[2]["ended_at"]) == ([], None)


@pytest.mark.parametrize(
    "words, days",
    [
        ([], [20, 21, 22]),
        (["--from", "2026-11-21"], [21, 22]),
        (["--to", "2026-11-21"], [20, 21]),
        (["--from", "2026-11-21", "--to", "2026-11-21"], [21]),
        (["--from", "2026-11-21T05:30", "--to", "2026-11-22T05:30"], [21, 22]),
        (["--from", "2026-11-21T05:31", "--to", "2026-11-22T05:29"], []),
    ],
)
def test_log_of_some_days(logged: Path, words: list[str], days: list[int]):
    """--from and --to are days or times, and both belong to what is shown."""
    found = rows(run(logged, "log", "--json", *words))
    assert [int(row["scheduled_at"][8:10]) for row in found] == days


def test_log_for_people(logged: Path):
    """A person reads in Vietnamese what was broadcast and what was missed, and why."""
    shown = run(logged, "log").stdout
    assert "20/11/2026 05:30" in shown
    assert "đã phát" in shown
    assert "lỡ" in shown
    assert "mất điện" in shown


def test_log_of_a_new_station(station: Path):
    """Where nothing was broadcast the log is empty, and looking makes no file."""
    assert rows(run(station, "log", "--json")) == []
    assert rows(run(station, "log", "--simulated", "--json")) == []
    assert rows(run(station, "log", "verify", "--json")) == []
    assert not StationFolder.find(station).database.exists()


def test_log_verify(logged: Path):
    """A log that nobody touched is whole; a changed row is found, with exit code 1."""
    whole = run(logged, "log", "verify")
    assert whole.exit_code == 0
    assert "còn nguyên" in whole.stdout
    with sqlite3.connect(StationFolder.find(logged).database) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE asrun SET reason = 'khác' WHERE outcome = 'missed'")
    db.close()
    broken = run(logged, "log", "verify")
    assert broken.exit_code == 1
    assert "[log-row-changed]" in broken.stdout
    assert run(logged, "log", "--simulated", "verify").exit_code == 0


# -- run, play, stop ----------------------------------------------------------------------


def test_a_simulated_day_is_in_the_simulated_log(station: Path):
    """A simulated day ends in the simulation's own log, and the station's stays untouched."""
    day = ("--from", "2026-11-24", "--until", "2026-11-24")
    result = run(station, "run", "--simulate", *day)
    assert result.exit_code == 0, result.stderr
    found = rows(run(station, "log", "--simulated", "--json"))
    assert [row["occurrence"] for row in found] == [
        "sang@2026-11-24T05:30+07:00",
        "chieu@2026-11-24T17:00+07:00",
    ]
    assert {row["outcome"] for row in found} == {"aired"}
    assert rows(run(station, "log", "--json")) == []


def test_a_simulation_goes_on(station: Path):
    """With --continue a simulation adds to the one before; without it, it begins anew."""
    one = ("run", "--simulate", "--from", "2026-11-24", "--until", "2026-11-24")
    two = ("run", "--simulate", "--from", "2026-11-25", "--until", "2026-11-25")
    run(station, *one)
    run(station, *two, "--continue")
    assert len(rows(run(station, "log", "--simulated", "--json"))) == 3
    run(station, *two)
    assert len(rows(run(station, "log", "--simulated", "--json"))) == 1


def test_stop_without_a_daemon(station: Path):
    """Where no daemon runs, an order ends with a sentence that says so."""
    result = run(station, "stop")
    assert result.exit_code == 1
    assert "không chạy trong thư mục này" in result.stderr


def test_play_of_something_unknown(station: Path):
    """Playing what does not exist names what is nearest to it."""
    result = run(station, "play", "01-ban-tin-dau-tin", "--now")
    assert result.exit_code == 1
    assert "01-ban-tin-dau-tien" in result.stderr


# -- voices, doctor -----------------------------------------------------------------------


def test_voices(station: Path):
    """``voices`` lists each engine, and whether it needs a network."""
    engines = {row["engine"]: row for row in rows(run(station, "voices", "--json"))}
    assert engines["espeak"]["available"]
    assert engines["gtts"]["needs_network"]
    shown = run(station, "voices").stdout
    assert "vi-vn-x-south" in shown
    assert max(map(len, shown.splitlines())) < 160


def test_doctor(station: Path):
    """``doctor`` says something of each area, and its exit code follows from it."""
    result = run(station, "doctor", "--json")
    findings = json.loads(result.stdout)
    assert {"content", "disk", "clock", "voices"} <= {finding["area"] for finding in findings}
    assert result.exit_code == any(finding["ok"] is False for finding in findings)


def test_week_shows_what_will_be_refused(station: Path):
    """A slot beyond the rails stays in the week with the reason, and is in no program's list."""
    with (station / "station.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nrails: {sessions: 1}\n")
    shown = run(station, "week", "--week", "2026-W48").stdout
    assert "sẽ không phát: " in shown
    assert "[too-many-sessions]" in shown
    found = rows(run(station, "week", "--week", "2026-W48", "--json"))
    assert {row["starts_at"][11:16] for row in found} == {"05:30", "17:00"}
    assert len(found) == 7


def test_check_lists_what_is_replaced(station: Path):
    """A person sees which bulletins never air again, from which day, and because of which."""
    newer = "---\nvalid_from: 1/12/2026\nreplaces: 01-ban-tin-dau-tien\n---\nBài mới.\n"
    (station / "scripts_vi" / "02-moi.txt").write_text(newer, encoding="utf-8")
    shown = run(station, "check").stdout
    assert "“01-ban-tin-dau-tien” được thay bằng “02-moi” từ ngày 01/12/2026" in shown
