"""Bad input from end to end: what the operator reads, and that everything else still airs.

Every test puts something bad into a new station and runs the command line there.  The sentences
that an operator would read lie in ``golden/`` and are compared letter for letter.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from station_process import wait_for

from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.station.init import init_station

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden"
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
DAY = ("--from", "2026-11-24", "--until", "2026-11-24")
GOOD = "01-ban-tin-dau-tien"
NOTICE = "Thông báo tiêm phòng\n\nNgày 24/11/2026, xã tổ chức tiêm phòng tại trạm y tế.\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
WEEK = "schedules/lich-tuan.yaml"


@dataclass(frozen=True)
class Station:
    """A station folder and its command line, at noon of Monday 23 November 2026."""

    root: Path

    def run(self, *words: str, stdin: bytes | None = None) -> Result:
        runner = CliRunner(mix_stderr=False, env={"BROADCASTER_VOICES": "espeak"})
        clock = SimulatedClock(MONDAY_NOON)
        arguments = ["--lang", "vi", "-C", str(self.root), *words]
        return runner.invoke(main, arguments, obj=clock, input=stdin)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def told(self, text: str) -> str:
        """``text`` without the folder's own path."""
        return text.replace(f"{self.root}/", "")

    def aired(self, *words: str) -> list[dict]:
        """What the log of a simulated day says."""
        result = self.run("run", "--simulate", *DAY, *words)
        assert result.exit_code == 0, result.stderr
        return json.loads(self.run("log", "--simulated", "--json").stdout)

    def process(self, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
        """The command line as a process of its own; ``options`` are those of subprocess.run."""
        settings = {"env": _environment(), "timeout": 60, **options}
        command = [sys.executable, "-m", "broadcaster", "--lang", "vi", "-C", str(self.root)]
        return subprocess.run(
            [*command, *words], capture_output=True, text=True, check=False, **settings
        )


def _environment(**more: str) -> dict[str, str]:
    """No sound server, no sound card, one voice."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PULSE")}
    silent = {"PULSE_SERVER": "/nonexistent", "XDG_RUNTIME_DIR": "/nonexistent"}
    return {**kept, **silent, "BROADCASTER_VOICES": "espeak", **more}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new station whose sounds are made already."""
    root = tmp_path_factory.mktemp("moi") / "dai"
    init_station(root)
    assert Station(root).run("render").exit_code == 0
    shutil.rmtree(root / "audio_out/programmes")
    return root


@pytest.fixture
def station(rendered: Path, tmp_path: Path) -> Station:
    return Station(Path(shutil.copytree(rendered, tmp_path / "dai")))


def bulletins_of(entry: dict) -> list[str]:
    return [s["bulletin_id"] for s in entry["segments"] if s["bulletin_id"]]


def lines(text: str) -> list[str]:
    """The lines that name a problem."""
    return [line for line in text.splitlines() if line.startswith(("lỗi:", "cảnh báo:", "Lỗi:"))]


# -- bulletins ----------------------------------------------------------------------------

BULLETINS: dict[str, str | bytes] = {
    "11-rong.txt": b"",
    "12-khoang-trang.txt": b" \n\n\t\n",
    "13-nhi-phan.txt": b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)),
    "14-word.txt": b"PK\x03\x04" + bytes(range(256)),
    "15-bang-ma-la.txt": "これは放送の原稿ではありません。".encode("shift_jis"),
    "16-chep-do.txt": NOTICE.encode()[: NOTICE.encode().index("ổ".encode()) + 2],
    "17-chep-do-utf16.txt": NOTICE.encode("utf-16")[:-1],
    "21-ly-lich-mo.txt": "---\ntitle: Quên đóng\nXã họp dân tối nay.\n",
    "22-ly-lich-hong.txt": "---\ntitle: [Hai, ba\n---\nXã họp dân tối mai.\n",
    "23-khoa-la.txt": "---\ntitel: Họp dân\n---\nXã họp dân tối kia.\n",
    "24-gia-tri.txt": "---\nvalid_until: 31/02/2027\nrepeat: 9\n---\nXã họp dân chiều nay.\n",
    "25-nguoc-ngay.txt": "---\nvalid_from: 2026-12-31\nvalid_until: 2026-01-01\n---\nTin cũ.\n",
    "31-dau-cau.txt": "… !!! ??? ---\n,,,\n",
    "32-ca-quyen.txt": "Uỷ ban nhân dân xã thông báo lịch tiếp công dân. " * 20_000,
    "33-tieng-la.txt": "---\nlanguage: klingon\n---\nQapla.\n",
    "34-thieu-thu-am.txt": "---\nrecording: khong-co.mp3\n---\n",
    "35-anh-lam-tieng.txt": "---\nrecording: anh.mp3\n---\n",
    "41-trung-ma.txt": f"---\nid: {GOOD}\n---\nBản tin trùng mã.\n",
    "42-bai.docx": b"PK\x03\x04",
}
STILL_HEARD = {"21-ly-lich-mo", "22-ly-lich-hong", "23-khoa-la", "24-gia-tri"}
"""What has only a slip in its front matter goes on air with what could be read of it."""


@pytest.fixture
def spoiled(station: Station) -> Station:
    """A station with every kind of bad bulletin, between two good ones."""
    for name, content in BULLETINS.items():
        station.write(f"scripts_vi/{name}", content)
    station.write("scripts_vi/am-thanh/anh.mp3", PICTURE)
    station.write("scripts_vi/90-utf16.txt", NOTICE.encode("utf-16"))
    station.change(WEEK, "most: 5", "most: 50")
    return station


def test_each_bad_bulletin_is_one_sentence(spoiled: Station):
    """The check has a sentence in Vietnamese for each bad bulletin: where, what, and the cure."""
    result = spoiled.run("check")
    assert result.exit_code == 1
    assert result.stderr == ""
    golden = (GOLDEN / "ban-tin-hong.txt").read_text(encoding="utf-8")
    assert spoiled.told(result.stdout) == golden


def test_bad_bulletins_cost_no_good_one(spoiled: Station):
    """Beside all of them, every bulletin that can be read aloud is made, and the others told."""
    result = spoiled.run("render", "--json")
    made = {b["id"] for b in json.loads(result.stdout)["bulletins"]}
    assert made == {GOOD, "90-utf16", "25-nguoc-ngay", *STILL_HEARD}
    assert result.exit_code == 1
    told = spoiled.told(spoiled.run("render").stderr)
    assert {name for name in BULLETINS if f": scripts_vi/{name}" not in told} == set()
    assert "lỗi của chương trình" not in told


def test_the_slot_airs_beside_bad_bulletins(spoiled: Station):
    """Both sessions of the day air with every bulletin that is good, and say what is missing."""
    morning, evening = spoiled.aired()
    assert {morning["outcome"], evening["outcome"]} == {"aired"}
    assert set(bulletins_of(morning)) == {GOOD, "90-utf16", *STILL_HEARD}
    assert "khong-co.mp3" in morning["reason"]
    assert "anh.mp3" in morning["reason"]


@pytest.mark.parametrize("name", [n for n in BULLETINS if n[0] == "1" or n.startswith("31")])
def test_read_says_why_there_is_nothing_to_read(spoiled: Station, name: str):
    """``read`` of a file without a text prints nothing but the reason, and ends with 1."""
    result = spoiled.run("read", str(spoiled.root / "scripts_vi" / name))
    assert (result.exit_code, result.stdout) == (1, "")
    [sentence] = lines(result.stderr)
    assert sentence.startswith("lỗi: ")
    assert " — " in sentence


def test_read_of_a_text_of_one_megabyte(spoiled: Station):
    """A very long text is read to its end."""
    result = spoiled.run("read", str(spoiled.root / "scripts_vi/32-ca-quyen.txt"))
    assert result.exit_code == 0
    assert result.stdout.count("lịch tiếp công dân") == 20_000


def test_a_text_in_utf16_or_with_windows_lines_simply_works(station: Station):
    """What Windows calls Unicode, and its line ends, are no fault."""
    for encoding in ("utf-16", "utf-8-sig"):
        path = station.write("scripts_vi/a.txt", NOTICE.replace("\n", "\r\n").encode(encoding))
        result = station.run("read", str(path))
        assert (result.exit_code, result.stderr) == (0, "")
        assert "tổ chức tiêm phòng" in result.stdout


# -- weeks --------------------------------------------------------------------------------


def _no_tabs(week: str) -> str:
    return week.replace("    days:", "\tdays:", 1)


REPLAY = "\nexceptions:\n  - {{date: 2026-11-24, add: {{id: pl, at: 11:00, replay: {of}}}}}\n"
WEEKS: dict[str, Callable[[str], str | bytes]] = {
    "gio-25-10": lambda week: week.replace("at: 05:30", "at: 25:10"),
    "cung-mot-phut": lambda week: week.replace("at: 05:30", "at: 17:00"),
    "khoa-la": lambda week: week.replace("programme: ban", "programe: ban", 1),
    "chuong-trinh-la": lambda week: week.replace("programme: ban-tin-xa", "programme: ban-tin", 1),
    "am-thanh-la": lambda week: week.replace("ident: nhac-ket", "ident: nhac-ken", 1),
    "ban-tin-la": lambda week: week.replace(f"bulletin: {GOOD}", "bulletin: 01-ban-tin"),
    "phim-tab": _no_tabs,
    "thieu-ngoac": lambda week: week.replace("nhac-cat}", "nhac-cat"),
    "mot-dong-chu": lambda _week: "Đây là lịch tuần của xã, chép từ điện thoại\n",
    "rong": lambda _week: "",
    "nhi-phan": lambda _week: b"\x00\x01\x02\xff" * 100,
    "utf16": lambda week: week.encode("utf-16"),
    "ngay-la": lambda week: week.replace("hằng ngày ", "T2-T6, trừ ngày nghỉ ", 1),
    "mua-la": lambda week: week.replace("at: 05:30", "at: {hè: 05:00, còn lại: 05:30}"),
    "noi-tiep-la": lambda week: week.replace("at: 17:00", "after: sangg"),
    "noi-tiep-vong": lambda week: week.replace("at: 17:00", "after: chieu"),
    "phat-lai-la": lambda week: week + REPLAY.format(of="{slot: chieu, of: hôm kia}"),
    "phat-lai-khong-co": lambda week: week + REPLAY.format(of="chiều"),
}


@pytest.mark.parametrize("name", WEEKS)
def test_each_slip_in_a_week_is_one_sentence(station: Station, name: str):
    """The check shows file, line and column of each slip in a week, and what to write instead."""
    week = (station.root / WEEK).read_text(encoding="utf-8")
    station.write(WEEK, WEEKS[name](week))
    result = station.run("check", "--week", "2026-W48")
    sections = (GOLDEN / "lich-hong.txt").read_text(encoding="utf-8").split("\n== ")
    golden = dict(section.lstrip("= ").split("\n", 1) for section in sections)
    assert station.told(result.stdout).rstrip() == golden[name].rstrip()
    nothing_left = name in {"mot-dong-chu", "rong", "nhi-phan", "phim-tab", "thieu-ngoac"}
    errors = "lỗi: " in result.stdout
    assert result.exit_code == (3 if nothing_left else int(errors))


@pytest.mark.parametrize("name", ["gio-25-10", "khoa-la", "am-thanh-la", "ban-tin-la"])
def test_a_slip_costs_its_own_line(station: Station, name: str):
    """What the slip does not touch airs: the other session, or the rest of the programme."""
    station.write(WEEK, WEEKS[name]((station.root / WEEK).read_text(encoding="utf-8")))
    entries = station.aired()
    assert "chieu@2026-11-24T17:00+07:00" in {entry["occurrence"] for entry in entries}
    assert {entry["outcome"] for entry in entries} == {"aired"}
    assert all(GOOD in bulletins_of(entry) for entry in entries)


def test_two_slots_at_one_minute_are_both_in_the_log(station: Station):
    """Of two slots at one minute none vanishes: the log has both."""
    station.change(WEEK, "at: 05:30", "at: 17:00")
    entries = station.aired()
    assert sorted(entry["slot"] for entry in entries) == ["chieu", "sang"]


def test_a_programme_that_does_not_exist_is_replaced(station: Station):
    """A slot that names no programme airs the fallback, and its log says so."""
    station.change(WEEK, "programme: ban-tin-xa", "programme: ban-tin")
    morning, evening = station.aired()
    assert (morning["outcome"], evening["outcome"]) == ("aired", "aired")
    assert morning["reason"]
    assert evening["reason"] == ""


def test_the_rundown_shows_what_is_wrong_with_it(station: Station):
    """``today`` and a simulation tell a slip in the week too, not the check alone."""
    station.change(WEEK, "programme: ban-tin-xa", "programme: ban-tin")
    today = station.run("today")
    assert today.exit_code == 0
    [told] = lines(station.told(today.stderr))
    assert told.startswith(f"lỗi: {WEEK}:38:5: trong tệp này không có chương trình “ban-tin”")
    assert told.removeprefix("lỗi: ") in station.told(
        station.process("run", "--simulate", *DAY).stderr
    )


def test_seventeen_without_quotes_simply_works(station: Station):
    """YAML alone would read 17:00 as a number; here it is five in the afternoon."""
    assert "at: 17:00" in (station.root / WEEK).read_text(encoding="utf-8")
    found = json.loads(station.run("today", "--json").stdout)
    assert [row["starts_at"][11:16] for row in found] == ["05:30", "17:00"]


def test_a_broken_week_leaves_the_last_good_one_in_force(station: Station):
    """After a slip that leaves nothing of the file, what was planned before it still airs."""
    assert len(station.aired()) == 2
    good = (station.root / WEEK).read_text(encoding="utf-8")
    for broken in ("slots: [", good.replace("programme: ban-tin-xa", "programme: ban-tin")):
        station.write(WEEK, broken)
        assert [entry["reason"] for entry in station.aired()] == ["", ""]


def test_a_broken_week_without_a_good_one(station: Station):
    """Where there never was a good week, the simulation ends with 3 and the place."""
    station.write(WEEK, "slots: [")
    result = station.run("run", "--simulate", *DAY)
    assert result.exit_code == 3
    assert f"{WEEK}:1:8" in result.stderr or f"{WEEK}:2:1" in result.stderr


# -- settings -----------------------------------------------------------------------------

SETTINGS: dict[str, str | bytes | None] = {
    "thieu": None,
    "rong": "",
    "hong": "name: [a\n",
    "nhi-phan": b"\xff\x00" * 99,
    "sai-gia-tri": (
        "name: Đài thử\nvoices: [espaek]\noutput: pacatt\nlate: mười phút\nfallback: khong-co\n"
        'quiet_hours: {from: "9h", until: "21h"}\nloudness: to\nlangauge: vi\n'
    ),
    "lich-nam": (
        "name: Đài thử\nvoices: [espeak]\n"
        "rails: {profile: phuong, session: 1h, surges: [{from: 1/5/2027}]}\n"
        "calendar: {mourning: {from: 2/1/2027, until: 1/1/2027}, holiday: 2/1/2027}\n"
    ),
    "qua-gioi-han": (
        "name: Đài thử\nvoices: [espeak]\nrails: {sessions: 1, session: 20m, days: 5}\n"
    ),
    "giong-bi-cam": "name: Đài thử\nvoices: [gtts]\nonline: false\n",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_each_slip_in_the_settings_is_one_sentence(station: Station, name: str):
    """station.yaml missing, broken, or with slips: each is one sentence with its cure."""
    (station.root / "station.yaml").unlink()
    if (content := SETTINGS[name]) is not None:
        station.write("station.yaml", content)
    station.change(WEEK, "Đây là {station}.", "Xin chào.")
    result = station.run("check")
    sections = (GOLDEN / "cai-dat-hong.txt").read_text(encoding="utf-8").split("\n== ")
    golden = dict(section.lstrip("= ").split("\n", 1) for section in sections)
    told = station.told(result.stdout + result.stderr).replace(str(station.root), "ĐÀI")
    assert told.rstrip() == golden[name].rstrip()
    readable = name in {"sai-gia-tri", "lich-nam", "qua-gioi-han", "giong-bi-cam"}
    assert result.exit_code == (1 if readable else 3)
    if not readable:
        for words in (["today"], ["render"], ["run"], ["run", "--simulate", *DAY], ["config"]):
            assert station.run(*words).exit_code == 3


# -- the machine --------------------------------------------------------------------------


def test_no_network_is_no_silence(station: Station):
    """With Google out of reach the voice of the machine speaks everything, and it is told once."""
    assert "voices: [gtts, espeak]" in (station.root / "station.yaml").read_text("utf-8")
    spoken = station.root / "audio_out/cache/speech"
    shutil.rmtree(spoken)
    dead = _environment(HTTPS_PROXY="http://127.0.0.1:9", BROADCASTER_VOICES="")
    result = station.process("render", env=dead)
    assert result.returncode == 0, result.stderr
    assert "espeak:vi" in result.stdout
    assert f"{GOOD}: gtts:vi: không kết nối được với Google" in result.stderr
    assert result.stderr.count("giọng gtts:vi không đọc được") == 1
    shutil.rmtree(spoken)
    station.change("station.yaml", "voices: [gtts, espeak]", "voices: [gtts]")
    alone = station.process("render", env=dead)
    assert alone.returncode == 4
    assert "[no-voice]" in alone.stderr
    assert "schedules/lich-tuan.yaml:8:5: Không giọng nào đọc được" in alone.stderr


def test_a_file_in_the_place_of_audio_out(station: Station):
    """Where no sound can be written each command says which folder it is and ends with 3."""
    shutil.rmtree(station.root / "audio_out")
    station.write("audio_out", "đây là một tệp")
    for words in (["render"], ["run"]):
        result = station.run(*words)
        assert result.exit_code == 3
        assert "audio_out/cache: không ghi được vào đây: đây không phải thư mục" in result.stderr
    assert station.run("check").exit_code == 0
    assert "không ghi được vào audio_out/programmes" in station.run("doctor").stdout


def test_a_file_in_the_place_of_one_folder_costs_that_folder(station: Station):
    """When bulletins cannot be written for listening, the programmes are still made."""
    shutil.rmtree(station.root / "audio_out/bulletins")
    station.write("audio_out/bulletins", "đây là một tệp")
    result = station.run("render", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert len(report["programmes"]) >= 2
    assert [problem["code"] for problem in report["problems"]] == ["not-rendered"]


def test_a_file_in_the_place_of_the_log(station: Station):
    """Without a place for the log nothing is broadcast, and the sentence says where and why."""
    shutil.rmtree(station.root / ".broadcaster")
    station.write(".broadcaster", "đây là một tệp")
    for words in (["run"], ["run", "--simulate", *DAY]):
        result = station.run(*words)
        assert result.exit_code == 3, result.stderr
        assert ".broadcaster" in result.stderr
        assert "đã có tệp cùng tên" in result.stderr
    stopped = station.run("stop")  # goes past the log, to whoever plays
    assert stopped.exit_code == 1
    assert "không ai nhận lệnh" in stopped.stderr


def test_a_disk_that_takes_no_more(station: Station):
    """When files cannot grow, each thing that could not be written is told; nothing is half."""
    shutil.rmtree(station.root / "audio_out/bulletins")
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (600_000, 600_000))
    result = station.process("render", preexec_fn=limit)
    assert result.returncode == 1
    assert "tệp vượt quá cỡ lớn nhất được phép" in result.stderr
    assert "[not-rendered]" in result.stderr
    assert not list((station.root / "audio_out").rglob("*.part"))
    assert not list((station.root / "audio_out/programmes").rglob("*.wav"))
    assert station.run("render").exit_code == 0


def test_a_log_that_takes_no_more(station: Station):
    """A disk without room for the log ends the simulation with a sentence about that file."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (4_096, 4_096))
    result = station.process("run", "--simulate", *DAY, preexec_fn=limit)
    assert result.returncode == 3
    assert "simulated.db" in result.stderr
    assert "lỗi của chương trình" not in result.stderr


def test_without_a_sound_device_the_daemon_stays_and_says_so(station: Station):
    """No sound card: the daemon goes on trying, and says what is missing; a second is refused."""
    command = [sys.executable, "-m", "broadcaster", "--lang", "vi", "-C", str(station.root), "run"]
    log = station.root / "daemon.log"
    with log.open("wb") as file:
        daemon = subprocess.Popen(command, env=_environment(), stdout=file, stderr=file)
    try:
        wait_for(lambda: "không có thiết bị âm thanh" in log.read_text(encoding="utf-8"))
        second = station.process("run")
        assert second.returncode == 6
        assert f"tiến trình {daemon.pid} đang giữ" in second.stderr
        assert daemon.poll() is None
    finally:
        daemon.terminate()
        assert daemon.wait(20) == 0


def test_an_output_that_nobody_knows(station: Station):
    """A mistyped output ends the daemon with 5 and the nearest name."""
    station.change("station.yaml", "output: auto", "output: pacatt")
    result = station.process("run")
    assert result.returncode == 5
    assert "có phải “pacat”?" in result.stderr


# -- all of it ----------------------------------------------------------------------------

_ENGLISH = re.compile(r"\b(?:the|is|no|not|cannot|this|file|write|there|error|warning)\b")


def test_machines_read_english(spoiled: Station):
    """With --json the same problems come in English, as one JSON value, whatever the language."""
    result = spoiled.run("check", "--json")
    problems = json.loads(result.stdout)
    assert {"code", "message", "hint", "severity", "where"} <= problems[0].keys()
    quoted = re.compile(r"“[^”]*”")
    messages = [quoted.sub("", problem["message"]) for problem in problems]
    assert [m for m in messages if not _ENGLISH.search(m)] == []


def test_people_read_vietnamese(spoiled: Station):
    """No English word of the program's stands in what an operator reads."""
    shown = spoiled.run("check").stdout
    sentences = [line.rsplit("[", 1)[0].split(": ", 2)[-1] for line in lines(shown)]
    assert len(sentences) >= len(BULLETINS)
    assert [s for s in sentences if _ENGLISH.search(s)] == []
