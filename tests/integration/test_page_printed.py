"""What a station prints from a real browser comes on A4, whole and readable."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from needs import needs
from page_process import page_of, set_up
from web_browser import DESKTOP, chromium

from broadcaster.clock import LOCAL
from broadcaster.schedule.exchange import Airing, Timetable, as_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[2]
MONDAY = date(2026, 11, 23)


def timetable(*, a_day: int) -> Timetable:
    """A week with ``a_day`` airings each day, an hour apart from five on."""
    starts = [
        datetime.combine(MONDAY + timedelta(days=day), time(5 + hour), LOCAL)
        for day in range(7)
        for hour in range(a_day)
    ]
    airings = (
        Airing(
            occurrence=f"k@{at}",
            slot="k",
            programme="k",
            title=f"Chương trình phát thanh số {number} của xã",
            starts_at=at,
            max_ms=900_000,
        )
        for number, at in enumerate(starts)
    )
    return Timetable(
        station="Đài xã Mẫu", first=MONDAY, last=MONDAY + timedelta(days=6), airings=tuple(airings)
    )


@pytest.mark.parametrize(("a_day", "pages"), [(3, 1), (18, 3)])
def test_the_week_prints_on_a4(tmp_path: Path, a_day: int, pages: int):
    """A usual week is one A4 page; a long one goes on with its headings, and loses nothing."""
    chromium = needs("chromium", "chromium")
    pdftotext = needs("pdftotext", "poppler-utils")
    page, pdf = tmp_path / "lich.html", tmp_path / "lich.pdf"
    page.write_bytes(as_page(timetable(a_day=a_day)))
    words = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    subprocess.run(
        [*words, profile, f"--print-to-pdf={pdf}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = subprocess.run(
        [pdftotext, "-layout", pdf, "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    assert text.count("\f") <= pages
    assert text.count("Thứ Hai") == text.count("\f")
    assert text.count("(15 phút)") == 7 * a_day
    info = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, timeout=60).stdout
    assert b"(A4)" in info


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Chrome]:
    """A browser at the page of the sample station, come in."""
    for folder in ("scripts_vi", "schedules"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    shutil.copy(PROJECT / "station.yaml", tmp_path)
    environment = {**os.environ, "BROADCASTER_VOICES": "espeak"}
    with page_of(tmp_path, environment) as (address, code), chromium(DESKTOP) as driver:
        set_up(driver, address, code)
        yield driver


def printed(driver: Chrome, path: str, folder: Path) -> list[str]:
    """The sheets of one page of the station's pages, as text."""
    driver.get(driver.current_url + path)
    wanted = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True}
    pdf = folder / "in.pdf"
    pdf.write_bytes(base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", wanted)["data"]))
    words = [needs("pdftotext", "poppler-utils"), "-layout", pdf, "-"]
    text = subprocess.run(words, check=True, capture_output=True, timeout=60).stdout.decode()
    return text.split("\f")[:-1]


def test_the_page_of_the_week_hangs_on_the_wall(driver: Chrome, tmp_path: Path) -> None:
    """Lịch tuần prints as one sheet with a row for each slot and a column for each day, and with
    nothing that only a screen can press."""
    (sheet,) = printed(driver, "lich-tuan", tmp_path)
    (days,) = (line for line in sheet.splitlines() if "T2" in line)
    assert days.split() == ["Khung", "giờ", "T2", "T3", "T4", "T5", "T6", "T7", "CN"]
    for slot in ("05:30", "10:45", "17:00"):
        assert slot in sheet
    assert "Kiểm tra" not in sheet
    assert "Tuần trước" not in sheet


def test_the_report_goes_into_a_folder(driver: Chrome, tmp_path: Path) -> None:
    """Báo cáo prints its figures, and neither the choice of a period nor buttons."""
    text = "".join(printed(driver, "bao-cao", tmp_path))
    assert "So với kế hoạch" in text
    assert "Kỳ" not in text
    assert "Excel" not in text
