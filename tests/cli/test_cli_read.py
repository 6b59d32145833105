"""``broadcaster read``: what an editor sees before anything is spoken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.explained import FAMILY_NAMES
from broadcaster.script.rules import all_rules
from broadcaster.station.init import init_station


def run(*words: str, stdin: str | bytes | None = None, folder: Path = Path("/")) -> Result:
    runner = CliRunner(mix_stderr=False)
    return runner.invoke(main, ["-C", str(folder), "read", *words], input=stdin)


def test_a_file_is_read_without_a_station(tmp_path: Path):
    """A bulletin anywhere can be read; its front matter is not part of what is spoken."""
    script = tmp_path / "bai.txt"
    script.write_text("---\ntitle: Họp\n---\nUBND xã họp lúc 7h30.\n", encoding="utf-8")
    result = run(str(script))
    assert result.exit_code == 0, result.stderr
    assert "ủy ban nhân dân" in result.stdout.lower().replace("uỷ", "ủy")
    assert "title" not in result.stdout
    assert not any(letter.isdigit() for letter in result.stdout)
    assert result.stderr == ""


def test_standard_input_is_read():
    """A dash reads what is piped in."""
    assert run("-", stdin="Có 3 hồ sơ.").stdout.strip().lower() == "có ba hồ sơ."


def test_explain_shows_each_change():
    """--explain shows below the text where what was written, its kind, and what is read."""
    shown = run("--explain", "-", stdin="Có 3 hồ sơ ./.").stdout
    assert shown.split("\n\n")[1].splitlines() == [
        "Chỗ   Loại         Viết  Đọc là",
        "1:4   số           3     ba",
        "1:12  dấu báo chí  ./.   (ngắt hơi)",
    ]


def test_explain_marks_what_is_doubtful():
    """--explain has a mark beside what could be read in another way; --json says how sure it is."""
    text = "Đạt 42.269 điểm. Gửi HTXQ và HTXQ, 5 hộ."
    shown = run("--explain", "-", stdin=text).stdout.partition("\n\n")[2]
    assert "1:5 ?   số       42.269   " in shown
    assert "1:22 ?  chữ cái  HTXQ ×2  hát tê ích quy" in shown
    assert shown.count(" ?  ") == 2
    changes = json.loads(run("--json", "-", stdin=text).stdout)["changes"]
    assert [change["confidence"] for change in changes] == [0.5, 0.5, 0.5, 1.0]
    assert (changes[0]["start"], changes[0]["end"]) == (4, 10)


def test_explain_fits_into_a_terminal(tmp_path: Path):
    """The table of changes is never wider than 80 columns, however long a span is."""
    script = tmp_path / "bai.txt"
    path = "a" * 200
    script.write_text(
        f"Lượt xem: 292 Google Bookmarks Bản in Quay lại {'rất ' * 50}\nGọi 0912345678, "
        f"mã 49/2024/NĐ-CP, 12.345.678.910,55 đồng, xem https://dichvucong.gov.vn/{path}.\n",
        encoding="utf-8",
    )
    table = run("--explain", str(script)).stdout.partition("\n\n")[2]
    assert max(map(len, table.splitlines())) <= 80


def test_every_family_of_rules_has_a_name():
    """--explain has a Vietnamese name for each family of rules, not its name in the program."""
    families = {rule.name.partition(".")[0] for rule in all_rules()} | {"page", "repair"}
    assert families <= set(FAMILY_NAMES)


def test_read_as_json():
    """--json gives the spoken text, its sentences and the changes with their rules."""
    found = json.loads(run("--json", "-", stdin="Có 3 hồ sơ.").stdout)
    assert found["spoken"].lower() == "có ba hồ sơ."
    assert found["sentences"][0]["text"] == "Có 3 hồ sơ."
    assert found["changes"][0]["written"] == "3"
    assert found["changes"][0]["rule"]


def test_the_word_list_of_the_station_is_used(tmp_path: Path):
    """Inside a station its own word list decides how an abbreviation is read."""
    folder = tmp_path / "dai"
    init_station(folder)
    assert "nhà văn hóa" in run("-", stdin="Họp tại NVH thôn.", folder=folder).stdout


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff\xfe" * 50, b"\n \n"])
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, content: bytes):
    """An empty or binary file gives no spoken text, one sentence, and exit code 1."""
    script = tmp_path / "hong.txt"
    script.write_bytes(content)
    result = run(str(script))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "hong.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_each_line_gives_one_line():
    """--lines answers every line with exactly one, empty ones too, in the same order."""
    stdin = "Có 3 hồ sơ.\n\nHọp lúc 7h30.\u2028Mời bà con dự.\r\nHết"
    lines = run("--lines", "-", stdin=stdin).stdout.split("\n")
    assert len(lines) == 5
    assert lines[0].lower() == "có ba hồ sơ."
    assert lines[1] == ""
    assert lines[2].endswith("Mời bà con dự.")
    assert lines[3].startswith("Hết")
    assert lines[4] == ""


def test_a_line_that_is_no_text_costs_that_line_only():
    """A line in a wrong encoding is empty, named with its number, and the others are read."""
    result = run("--lines", "-", stdin="Một.\n".encode() + b"\xff\xfeh\n" + b"Hai.\n")
    assert [line.lower() for line in result.stdout.split("\n")] == ["một.", "", "hai.", ""]
    assert "-:2" in result.stderr
    assert "[not-utf8]" in result.stderr
    assert result.exit_code == 1


def test_lines_go_alone():
    """--lines with --json or --explain is a usage error in a sentence."""
    for option in ("--json", "--explain"):
        result = run("--lines", option, "-", stdin="x")
        assert result.exit_code == 2
        assert result.stdout == ""


def test_lines_are_answered_at_once():
    """Another program can send a line and wait for its answer before it sends the next."""
    command = [sys.executable, "-m", "broadcaster", "read", "--lines", "-"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    ) as process:
        assert process.stdin
        assert process.stdout
        for word in ("Một.", "Hai."):
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
            assert process.stdout.readline().lower() == f"{word}\n".lower()
        process.stdin.close()
    assert process.returncode == 0
