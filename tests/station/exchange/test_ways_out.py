"""Who asked a question leaves the station by no way: each way out has its test."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from small_station import DAY, bulletin, occurrence_of, schedule, small_station

from broadcaster.cli import main
from broadcaster.clock import SimulatedClock
from broadcaster.programme import Assets
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.engines.tone import ToneSynthesizer
from broadcaster.station.air.simulate import simulate
from broadcaster.station.assembly.assemble import Assembler
from broadcaster.station.content.content import load_content
from broadcaster.station.exchange.exports import export_file, export_usb, timetable_of
from broadcaster.station.preparing.prepare import Preparer
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

NAME = "Trần Thị Sen"
NUMBER = "0912345678"
WEEK = """
programmes:
  tin:
    title: Tin trong ngày
    segments:
      - greeting: "Đây là {station}."
      - headlines: Tin chính.
      - bulletins: {most: 9}
      - closing: "Bài của {authors}. Xin chào."
slots:
  - {id: sang, days: hằng ngày, at: 05:30, programme: tin}
"""
PLAN = "languages: [{language: raglai, title: Raglai}]\ntargets: [{items: 9, per: tuần}]\n"
QUESTION = f"""---
title: Trả lời bà {NAME}
kind: hỏi–đáp
question: Tôi là {NAME}, gọi {NUMBER}, làm giấy khai sinh mất mấy ngày?
answered_by: Bộ phận một cửa
due: 2026-11-30
author: Tổ biên tập, theo lời bà {NAME}
source: Đơn của {NAME}
audience: người dân
asker: "Bà {NAME}, thôn 5, {NUMBER}"
ALLOWED---
Bà Sen hỏi rất đúng. Thưa bà {NAME.upper()}, nhận ngay trong ngày, gọi lại số 0912.345.678.
"""


class Network(ToneSynthesizer):
    """A voice that would send what it says to a network."""

    engine = "mang"
    needs_network = True


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return station(tmp_path)


def station(tmp_path: Path, *, allowed: bool = False) -> StationFolder:
    folder = small_station(tmp_path / "dai")
    bulletin(folder, "04-hoi", QUESTION.replace("ALLOWED", "asker_allowed: có\n" * allowed))
    schedule(folder, WEEK)
    (folder.schedules / "ke-hoach").mkdir()
    (folder.schedules / "ke-hoach" / "2026.yaml").write_text(PLAN, encoding="utf-8")
    return folder


def prepare(folder: StationFolder) -> tuple[list[str], list[str]]:
    """What the voice of the network, and the one of the machine, were asked to say."""
    config, _problems = load_config(folder)
    assert config is not None
    config = replace(config, voices=("mang", "tone"))
    engines = {"mang": Network(), "tone": ToneSynthesizer()}
    speaker = Speaker(SpeechCache(folder.cache / "speech"), ["mang", "tone"], engines=engines)
    assets = Assets(folder.sounds, folder.sound_cache)
    content = load_content(folder, config)
    maker = Preparer(
        folder, config, Assembler(config, content, speaker, assets.find, assets.fingerprint)
    )
    assert maker.prepare(occurrence_of(maker, "sang"))
    return engines["mang"].spoken, engines["tone"].spoken


def tells(text: str) -> bool:
    """Whether ``text`` names who asked."""
    plain = text.casefold()
    digits = "".join(filter(str.isdigit, text))
    return "thị sen" in plain or "thi sen" in plain or "bà sen" in plain or NUMBER[1:] in digits


def bytes_tell(data: bytes) -> bool:
    """The name in the encodings that files and tags have."""
    names = (NAME, NAME.upper(), "tran-thi-sen", NUMBER)
    return any(name.encode(code) in data for name in names for code in ("utf-8", "utf-16-le"))


def test_no_voice_says_it_and_no_network_hears_it(folder: StationFolder):
    """The answer is read by the machine's own voice, to “một người dân”."""
    sent, said = prepare(folder)
    assert not any(map(tells, [*sent, *said]))
    assert any("Trả lời một người dân" in text for text in sent), "the title, without the name"
    assert not any("nhận ngay trong ngày" in text for text in sent)
    assert any("nhận ngay trong ngày" in text for text in said)


def test_once_allowed_it_is_said(tmp_path: Path):
    """With “asker_allowed: có” the same bulletin is read as it was written."""
    sent, _said = prepare(station(tmp_path, allowed=True))
    assert any(map(tells, sent))


def test_no_file_that_is_made_has_it(folder: StationFolder):
    """Programmes, their tags and descriptions, the log and every other file do not name it."""
    prepare(folder)
    simulate(folder, start=DAY, until=DAY + timedelta(days=1))
    made = [
        path
        for path in folder.root.rglob("*")
        if path.is_file() and path != folder.scripts / "04-hoi.txt"
    ]
    assert {".json", ".mp3", ".db"} <= {path.suffix for path in made}
    assert [path.name for path in made if tells(path.name) or bytes_tell(path.read_bytes())] == []


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".ics", ".html", ".m3u"])
def test_no_export_has_it(folder: StationFolder, tmp_path: Path, ending: str):
    """The week for Excel, a calendar, paper or a player does not name it."""
    prepare(folder)
    target = tmp_path / f"tuan{ending}"
    export_file(_timetable(folder), target, now=DAY)
    data = target.read_bytes()
    if ending == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(name) for name in book.namelist())
    assert data
    assert not bytes_tell(data)


def test_no_usb_stick_has_it(folder: StationFolder, tmp_path: Path):
    """Nor does a stick, in the names of its files or in them."""
    prepare(folder)
    (tmp_path / "usb").mkdir()
    written = export_usb(_timetable(folder), tmp_path / "usb").written
    assert any(path.suffix == ".mp3" for path in written)
    assert not any(tells(path.name) or bytes_tell(path.read_bytes()) for path in written)


def _timetable(folder: StationFolder):
    config, _problems = load_config(folder)
    assert config is not None
    content = load_content(folder, config)
    return timetable_of(folder, config, content, first=DAY.date(), last=DAY.date())[0]


@pytest.mark.parametrize(
    "words",
    [
        "read scripts_vi/04-hoi.txt",
        "read scripts_vi/04-hoi.txt --explain",
        "check",
        "today",
        "week --week 2026-W48",
        "log --simulated",
        "plan --simulated",
        "questions --simulated",
        "languages",
        "acknowledge --simulated",
        "pending",
        "status",
        "config",
    ],
)
@pytest.mark.parametrize("as_json", [False, True], ids=["words", "json"])
def test_no_command_tells_it(folder: StationFolder, words: str, as_json: bool):
    """No list, and no JSON for another program, names it."""
    simulate(folder, start=DAY, until=DAY + timedelta(days=1))
    name, *rest = words.split()
    rest = [str(folder.root / word) if "/" in word else word for word in rest]
    line = ["-C", str(folder.root), name, *rest, *(["--json"] if as_json else [])]
    found = CliRunner(mix_stderr=False).invoke(main, line, obj=SimulatedClock(DAY))
    assert found.exit_code in {0, 1, 2}, found.output
    assert not tells(found.output + found.stderr)


def test_no_sheet_for_a_reader_has_it(folder: StationFolder, tmp_path: Path):
    """Who reads it in another language is not told either."""
    target = tmp_path / "phieu.html"
    line = ["-C", str(folder.root), "languages", "-o", str(target), "--json"]
    found = CliRunner(mix_stderr=False).invoke(main, line, obj=SimulatedClock(DAY))
    assert [o["bulletin_id"] for o in json.loads(found.stdout)] == [
        "01-mot",
        "02-hai",
        "03-ba",
        "04-hoi",
    ]
    page = target.read_text(encoding="utf-8")
    assert "một người dân" in page
    assert not tells(page)
