"""The documents of a report: the same numbers in each, and what none of them leaves out."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from logged import (
    HEAD,
    SEAL,
    a_report,
    airing,
    broadcast,
    in_csv,
    in_json,
    in_page,
    in_word,
    in_workbook,
)

from broadcaster.model import Outcome
from broadcaster.report import ENDINGS, publish
from broadcaster.report.words import number

if TYPE_CHECKING:
    from pathlib import Path

READERS = {".docx": in_word, ".html": in_page, ".xlsx": in_workbook, ".csv": in_csv}


def made(ending: str, report=None, **more) -> bytes:
    data, problems = publish(report or a_report(), HEAD, ending, **more)
    assert problems == []
    return data


def words_of(data: bytes) -> str:
    """Everything that the Word document says, first page first."""
    document = docx.Document(io.BytesIO(data))
    texts = [element.text or "" for element in document.element.body.iter() if _is_text(element)]
    return " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")


def _is_text(element) -> bool:
    return str(element.tag).endswith("}t")


@pytest.mark.parametrize("ending", READERS)
def test_every_format_says_the_same_totals(ending: str) -> None:
    """Whoever holds the paper beside the screen finds the same numbers."""
    report = a_report()
    found = READERS[ending](made(ending, report))
    expected = in_json(report)
    assert {name: found[name] for name in expected} == expected
    assert found["Cộng"] in (*expected.values(),)


def test_the_words_of_the_report_have_the_numbers_of_its_tables() -> None:
    report = a_report()
    text = words_of(made(".docx", report))
    assert f"{number(report.totals.minutes)} phút" in text
    assert f"phát đủ {report.totals.aired} buổi" in text


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e != ".htm"])
def test_the_same_log_gives_the_same_bytes(ending: str) -> None:
    assert made(ending) == made(ending)


def test_word_has_the_margins_and_the_type_of_the_decree() -> None:
    """Nghị định 30/2020/NĐ-CP: A4, 20–25 mm above and below, 30–35 left, 15–20 right."""
    document = docx.Document(io.BytesIO(made(".docx")))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    style = document.styles["Normal"].font
    assert (style.name, style.size.pt) == ("Times New Roman", 14)


@pytest.mark.parametrize(
    "words",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ MẪU",
        "/BC-TTCS",
        "Mẫu, ngày 05 tháng 12 năm 2026",
        "BÁO CÁO",
        "Nơi nhận:",
        "- UBND xã;",
        "- Lưu: VT.",
        "TRƯỞNG ĐÀI",
    ],
)
def test_an_administrative_document_has_all_its_parts(words: str) -> None:
    text = words_of(made(".docx"))
    assert words in text
    assert unicodedata.is_normalized("NFC", text)


def test_the_hash_stays_on_the_page_of_the_signature() -> None:
    """Nobody signs a report whose proof lies on another sheet, nor a sheet with nothing else."""
    document = docx.Document(io.BytesIO(made(".docx")))
    signed, sealed = document.tables[-1].rows
    assert "TRƯỞNG ĐÀI" in signed.cells[1].text
    assert SEAL.head_hash in sealed.cells[0].text
    lines = [line for cell in signed.cells for line in cell.paragraphs]
    kept = [document.paragraphs[-1], *lines]
    assert all(line.paragraph_format.keep_with_next for line in kept)


def test_the_last_page_has_the_hash_of_the_logs_last_row() -> None:
    for ending in (".docx", ".html"):
        data = made(ending)
        text = words_of(data) if ending == ".docx" else data.decode()
        assert text.rstrip().index(SEAL.head_hash) > text.index("Nơi nhận")


@pytest.mark.parametrize(
    "report, words",
    [
        (a_report(seal=replace(SEAL, broken="dòng 7 bị sửa")), "dòng 7 bị sửa"),
        (a_report(is_simulated=True), "KHÔNG PHẢI SỐ LIỆU PHÁT SÓNG THẬT"),
        (a_report([broadcast(0, clock_doubted=True)]), "đồng hồ của máy không tin cậy được"),
        (a_report([broadcast(0, outcome=Outcome.ON_AIR)]), "đang phát, chưa kết thúc"),
        (a_report([broadcast(0)]), "ngày nhật ký không ghi gì"),
        (a_report(units=("xã A (đến hết ngày 30/06/2025)", "xã B")), "thay đổi đơn vị"),
    ],
)
def test_what_a_reader_must_know_stands_before_the_first_number(report, words: str) -> None:
    text = words_of(made(".docx", report))
    assert text.index(words) < text.index("I. KẾT QUẢ CHUNG")
    assert words in made(".html", report).decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_period_without_data_says_so_and_has_no_empty_table() -> None:
    text = words_of(made(".docx", a_report([])))
    assert "không ghi nhận buổi phát nào" in text
    assert "Chủ đề" not in text


def test_a_title_that_looks_like_a_formula_stays_text() -> None:
    report = a_report([broadcast(0, airing(), title="=1+1")])
    with zipfile.ZipFile(io.BytesIO(made(".xlsx", report))) as book:
        sheets = [book.read(n).decode() for n in book.namelist() if "worksheets/sheet" in n]
    assert not any("<f>1+1" in sheet for sheet in sheets)
    assert "'=1+1" in made(".csv", report, is_logbook=True).decode()


def test_the_workbook_has_charts() -> None:
    with zipfile.ZipFile(io.BytesIO(made(".xlsx"))) as book:
        assert [name for name in book.namelist() if "charts/chart" in name]


def test_a_name_of_a_topic_stands_for_its_id() -> None:
    text = made(".html", a_report(topic_titles={"cchc": "cải cách hành chính"})).decode()
    assert "<td>Cải cách hành chính</td>" in text


def test_the_logbook_has_a_line_for_each_broadcast() -> None:
    report = a_report([broadcast(0, airing(), clock_doubted=True, operator="Trực máy")])
    text = words_of(made(".docx", report, is_logbook=True))
    for words in ("01/11/2026", "05:00:00", "Bản tin a", "theo lệnh của Trực máy", "đồng hồ"):
        assert words in text


# -- templates of a station -----------------------------------------------------------------


def test_a_station_words_its_report_itself(tmp_path: Path) -> None:
    (tmp_path / "bao-cao.md").write_text("# TỜ TRÌNH\nĐã phát {{ r.totals.aired | so }} buổi.\n")
    text = words_of(made(".docx", templates=tmp_path))
    assert "TỜ TRÌNH" in text
    assert "I. KẾT QUẢ CHUNG" not in text
    assert SEAL.head_hash in text


@pytest.mark.parametrize(
    "template, line",
    [
        ("# BÁO CÁO\n{% if %}\n", 2),
        ("# BÁO CÁO\n\n{{ r.nothing }}\n", 3),
        ("# BÁO CÁO\n{{ khong_co }}\n", 2),
        ("# BÁO CÁO\n{{ 1 / 0 }}\n", 2),
        ("# BÁO CÁO\n\n[bảng: lạ]\n", 3),
        ("{{ r.__class__.__mro__ }}\n", 1),
    ],
)
def test_a_broken_template_has_a_place_and_the_built_in_one_serves(
    tmp_path: Path, template: str, line: int
) -> None:
    path = tmp_path / "bao-cao.md"
    path.write_text(template)
    data, (problem,) = publish(a_report(), HEAD, ".docx", templates=tmp_path)
    assert (problem.where.path, problem.where.line, problem.code) == (path, line, "bad-template")
    assert "I. KẾT QUẢ CHUNG" in words_of(data)


def test_a_long_list_of_failures_is_left_to_the_logbook() -> None:
    many = [broadcast(day, outcome=Outcome.MISSED, reason="mất điện") for day in range(60)]
    text = words_of(made(".docx", a_report(many, made_on=date(2027, 3, 1))))
    assert "danh sách từng buổi ghi trong sổ nhật ký" in text
