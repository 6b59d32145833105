"""The frame of the command line: languages, exit codes, JSON, tables, days and weeks."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.cli import main
from broadcaster.cli.exits import ExitCode, exit_code_of
from broadcaster.cli.findings import content_status, summary
from broadcaster.cli.moments import MomentType, WeekType, check_order
from broadcaster.cli.progress import progress_bar
from broadcaster.cli.root import COMMANDS
from broadcaster.cli.table import show_table, width
from broadcaster.clock import LOCAL
from broadcaster.encode import as_json
from broadcaster.errors import (
    AlreadyRunningError,
    BroadcasterError,
    ConfigError,
    ContentError,
    OutputError,
    Problem,
    Severity,
    SpeechError,
    Where,
)
from broadcaster.model import Outcome, Priority


def run(*words: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(main, words)


def test_help_is_vietnamese_by_default():
    """Without being told, the program speaks Vietnamese, click's own words too."""
    output = run("--help").stdout
    assert "Cách dùng: " in output
    assert "Lệnh:" in output
    assert "lịch phát hôm nay" in output
    assert "Usage" not in output


def test_help_in_english():
    """--lang en turns every word of the help to English."""
    output = run("--lang", "en", "--help").stdout
    assert "Usage: " in output
    assert "what is to be broadcast today" in output


def test_language_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    """BROADCASTER_LANG chooses the language where --lang does not."""
    monkeypatch.setenv("BROADCASTER_LANG", "en")
    assert "Usage: " in run("--help").stdout
    assert "Cách dùng: " in run("--lang=vi", "--help").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str):
    """Each command of the table can be loaded, and its help has a Vietnamese sentence."""
    result = run(name, "--help")
    assert result.exit_code == ExitCode.FINE
    assert "Cách dùng: " in result.stdout
    assert "Show this" not in result.stdout


def test_the_help_follows_the_language():
    """One command asked twice in one process, as a shell inside the program may, answers in the
    language of each time."""
    assert "Show this" in run("--lang=en", "today", "--help").stdout
    assert "Show this" not in run("today", "--help").stdout


def test_without_a_command_the_help_is_shown():
    """Typing only the program's name shows what can be done."""
    assert "Lệnh:" in run().stdout


def test_version():
    """--version names the program and a number."""
    assert run("--lang", "en", "--version").stdout.startswith("main, version 0.")


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["todya"], "Không có lệnh 'todya'. có phải"),
        (["--nope"], "Không có tuỳ chọn --nope"),
        (["read"], "Thiếu tham số 'TỆP'"),
        (["read", "nope.txt"], "'nope.txt' không có"),
        (["run", "--speed", "0"], "nằm ngoài khoảng"),
        (["run", "--speed"], "cần 1 giá trị"),
        (["run", "--from", "2026-11-23"], "chỉ dùng cùng --simulate"),
        (["run", "--simulate"], "cần có --from và --until"),
        (["run", "--simulate", "--speed", "2"], "bỏ --speed"),
        (["run", "--simulate", "--from", "2026-11-24", "--until", "2026-11-23"], "muộn hơn"),
        (["log", "--from", "2026-11-24", "--to", "2026-11-23"], "muộn hơn"),
        (["log", "--from", "hôm qua"], "không phải là ngày hay giờ"),
        (["week", "--week", "2026-W60"], "không phải là tuần"),
        (["play", "sang"], "hãy thêm --now"),
        (["--lang", "fr", "today"], "không phải là một trong"),
        (["today", "thừa"], "Thừa tham số (thừa)"),
    ],
)
def test_usage_mistakes_are_vietnamese_sentences(words: list[str], sentence: str):
    """A mistake on the command line is answered in Vietnamese, with exit code 2."""
    result = run(*words)
    assert result.exit_code == ExitCode.USAGE
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_folder_that_is_no_station(tmp_path: Path):
    """A command in a folder that is no station ends with 3 and a sentence."""
    result = run("-C", str(tmp_path), "config")
    assert result.exit_code == ExitCode.CONFIG
    assert result.stderr.startswith("Lỗi: ")


def _raising(error: BaseException):
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(
    "error, code",
    [
        (ContentError([]), 1),
        (click.UsageError("x"), 2),
        (ConfigError([]), 3),
        (PermissionError(13, "Permission denied", "audio_out"), 3),
        (SpeechError("x"), 4),
        (OutputError("x"), 5),
        (AlreadyRunningError("x"), 6),
        (ZeroDivisionError("x"), 70),
        (OSError("x"), 70),
        (click.Abort(), 130),
    ],
)
def test_exit_codes(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]):
    """Each way to fail has its own exit code and says something on standard error."""
    assert exit_code_of(_raising(error), debug=False) == code
    assert capsys.readouterr().err


def test_ctrl_c_ends_with_130():
    """Ctrl-C in the middle of a command ends with 130, as shells expect."""

    @click.command()
    def interrupted() -> None:
        raise KeyboardInterrupt

    command = lambda: interrupted.main([], standalone_mode=False)  # noqa: E731
    assert exit_code_of(command, debug=False) == ExitCode.INTERRUPTED


def test_a_bug_says_what_to_do(vietnamese: None, capsys: pytest.CaptureFixture[str]):
    """A fault of the program is said in Vietnamese, and the traceback waits for --debug."""
    exit_code_of(_raising(ZeroDivisionError("chia")), debug=False)
    plain = capsys.readouterr().err
    assert "lỗi của chương trình" in plain
    assert "--debug" in plain
    assert "Traceback" not in plain
    exit_code_of(_raising(ZeroDivisionError("chia")), debug=True)
    assert "Traceback" in capsys.readouterr().err


def test_an_error_shows_its_cure_and_its_problems(capsys: pytest.CaptureFixture[str]):
    """An error shows its message, its hint and each of its problems once."""
    problems = [Problem(Where(Path("a.yaml"), 3, 5), "bad-time", "25:10 is no time", "write 05:10")]
    exit_code_of(_raising(ConfigError(problems, message="no week")), debug=False)
    shown = capsys.readouterr().err
    assert "no week" in shown
    assert str(problems[0]) in shown
    exit_code_of(_raising(ConfigError(problems)), debug=False)
    assert capsys.readouterr().err.count("25:10") == 1
    exit_code_of(_raising(BroadcasterError("no sound", hint="plug it in")), debug=False)
    assert str(BroadcasterError("no sound", hint="plug it in")) in capsys.readouterr().err


def test_a_full_disk_is_said_in_words(vietnamese: None, capsys: pytest.CaptureFixture[str]):
    """A full disk is no bug: the sentence names the file and what to do."""
    error = OSError(28, "No space left on device", "audio_out/x.wav")
    assert exit_code_of(_raising(error), debug=False) == ExitCode.CONFIG
    assert "audio_out/x.wav: ổ đĩa đã đầy" in capsys.readouterr().err


@dataclass(frozen=True, slots=True)
class _Row:
    at: datetime
    day: date
    hour: time
    path: Path
    outcome: Outcome
    priority: Priority
    names: tuple[str, ...]
    days: frozenset[int]
    more: dict[Outcome, None]


def test_json_of_every_type():
    """Instants are ISO 8601 in +07:00, enumerations English words, paths plain text."""
    row = _Row(
        datetime(2026, 11, 22, 22, 0, tzinfo=UTC),
        date(2026, 11, 23),
        time(5, 30),
        Path("a/b"),
        Outcome.ON_AIR,
        Priority.EMERGENCY,
        ("một", "hai"),
        frozenset({6, 0}),
        {Outcome.CUT: None},
    )
    assert json.loads(as_json([row])) == [
        {
            "at": "2026-11-23T05:00:00+07:00",
            "day": "2026-11-23",
            "hour": "05:30:00",
            "path": "a/b",
            "outcome": "on-air",
            "priority": "emergency",
            "names": ["một", "hai"],
            "days": [0, 6],
            "more": {"cut": None},
        }
    ]


def test_json_refuses_what_it_does_not_know():
    """A value without a meaning in JSON is an error, never a guess."""
    with pytest.raises(TypeError, match="timedelta"):
        as_json(timedelta(1))


@pytest.mark.parametrize(
    "text, places",
    [("Tiếng Việt", 10), ("Tie\u0302\u0301ng", 5), ("", 0), ("日本", 4), ("a\u200bb", 2)],
)
def test_width_of_vietnamese(text: str, places: int):
    """A Vietnamese letter takes one place on the screen, however it is composed."""
    assert width(text) == places


def test_table_columns_stand_below_each_other(capsys: pytest.CaptureFixture[str]):
    """Columns line up below each other with Vietnamese words in them."""
    show_table([("Ti\u1ebfng", "x"), ("Tie\u0302\u0301ng Vie\u0323\u0302t", "y")], ("tên", "gì"))
    lines = capsys.readouterr().out.splitlines()
    assert [line.index(mark) for line, mark in zip(lines, ("gì", "x", "y"), strict=True)] == [
        12
    ] * 3


def test_table_without_rows(capsys: pytest.CaptureFixture[str]):
    """A table without rows is its headings."""
    show_table([], ("a", "b"))
    assert capsys.readouterr().out == "a  b\n"


class _Terminal(io.StringIO):
    """Standard error as a person at a terminal has it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream, seen", [(io.StringIO(), False), (_Terminal(), True)])
def test_progress_is_shown_to_people_only(
    stream: io.StringIO, seen: bool, monkeypatch: pytest.MonkeyPatch
):
    """A progress bar is drawn on a terminal, and nowhere else."""
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_bar("đang tạo tiếng") as progress:
        for done in range(3):
            progress(done, 2, "bản tin" if done < 2 else "")
    assert ("đang tạo tiếng" in stream.getvalue()) is seen
    assert ("100%" in stream.getvalue()) is seen


@pytest.mark.parametrize("no_color, coloured", [("", True), ("1", False)])
def test_no_color(tmp_path: Path, no_color: str, coloured: bool):
    """NO_COLOR takes the colours away that a terminal would have."""
    (tmp_path / "station.yaml").write_text("nme: x\n", encoding="utf-8")
    runner = CliRunner(mix_stderr=False, env={"NO_COLOR": no_color})
    result = runner.invoke(main, ["-C", str(tmp_path), "check"], color=True)
    assert ("\x1b[" in result.stdout) is coloured


_WARNING = Problem(Where(), "w", "w", severity=Severity.WARNING)
_ERROR = Problem(Where(), "e", "e")


def test_warnings_do_not_fail_a_check():
    """A warning keeps nothing off the air, so it does not change the exit code."""
    assert content_status([]) == ExitCode.FINE
    assert content_status([_WARNING]) == ExitCode.FINE
    assert content_status([_WARNING, _ERROR]) == ExitCode.CONTENT


def test_summary_counts(vietnamese: None):
    """The last line of a check counts errors and warnings."""
    assert summary([]) == "Không có lỗi nào."
    assert summary([_ERROR, _WARNING, _WARNING]) == "1 lỗi, 2 cảnh báo."


def moment(text: str):
    return MomentType().convert(text, None, None)


@pytest.mark.parametrize(
    "text",
    ["2026-11-23T05:30", "2026-11-23 5h30", "23/11/2026 05:30:00", "2026-11-23T05:30+07:00"],
)
def test_a_time_can_be_written_in_several_ways(text: str):
    """A time is understood as people write it."""
    instant = datetime(2026, 11, 23, 5, 30, tzinfo=LOCAL)
    assert (moment(text).first, moment(text).last) == (instant, instant)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_is_all_of_it(day: date):
    """A day given as a limit includes its first and its last instant."""
    found = moment(day.isoformat())
    assert (found.first.date(), found.last.date()) == (day, day)
    assert found.last - found.first >= timedelta(hours=23, minutes=59)


@given(st.text(max_size=20))
def test_any_text_is_a_moment_or_a_usage_error(text: str):
    """Whatever is typed as a time is understood, or refused in a sentence."""
    refusal = ""
    try:
        moment(text)
    except click.UsageError as error:
        refusal = error.message
    assert "2026-11-23" in refusal or any(letter.isdigit() for letter in text)


@pytest.mark.parametrize("text", ["2026-W48", "2026W48", "2026-w48", "2026-11-23", "2026-11-29"])
def test_a_week_is_its_monday(text: str):
    """A week may be given by its number or by any of its days."""
    assert WeekType().convert(text, None, None) == date(2026, 11, 23)


def test_order_of_two_moments():
    """The same day as first and last is in order; a later first is refused."""
    day = moment("2026-11-23")
    check_order(day, day, names=("--from", "--to"))
    check_order(None, day, names=("--from", "--to"))
    with pytest.raises(click.UsageError):
        check_order(moment("2026-11-24"), day, names=("--from", "--to"))


def test_the_command_line_stays_light():
    """Asking for help loads neither the sound library nor the YAML reader nor the database."""
    program = (
        "import sys; from broadcaster.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'yaml', 'sqlite3', 'broadcaster.model'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str):
    """The shell gets its completion script from click."""
    environment = {"_BROADCASTER_COMPLETE": f"{shell}_source"}
    result = CliRunner(env=environment).invoke(main, [], prog_name="broadcaster")
    assert "_BROADCASTER_COMPLETE" in result.output


def test_completion_knows_the_commands():
    """Pressing Tab after “broadcaster re” offers what begins so."""
    environment = {
        "_BROADCASTER_COMPLETE": "bash_complete",
        "COMP_WORDS": "broadcaster re",
        "COMP_CWORD": "1",
    }
    result = CliRunner(env=environment).invoke(main, [], prog_name="broadcaster")
    offered = [word.removeprefix("plain,") for word in result.output.split()]
    assert offered == [name for name in COMMANDS if name.startswith("re")]
