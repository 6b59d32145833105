"""The page of the week in a real browser: it prints on A4, whole and readable."""

from __future__ import annotations

import subprocess
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from needs import needs

from broadcaster.clock import LOCAL
from broadcaster.schedule.exchange import Airing, Timetable, as_page

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration

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
