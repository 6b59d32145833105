"""Reports, opened and printed by a real office suite, and read from the paper again."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from report.logged import HEAD, SEAL, a_report

from broadcaster.report import publish
from broadcaster.report.words import number

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils"),
]


@dataclass(frozen=True)
class Printed:
    """The text of a PDF, and what its pages look like."""

    text: str
    pages: int
    fonts: str
    ink: list[int]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    """Prints several documents with one start of the suite, which has a profile of its own."""
    folder = tmp_path_factory.mktemp("office")
    files = []
    for ending, is_logbook in ((".docx", False), (".xlsx", False), (".docx", True)):
        data, _problems = publish(a_report(), HEAD, ending, is_logbook=is_logbook)
        files.append(folder / f"{'so' if is_logbook else 'bao-cao'}{ending}")
        files[-1].write_bytes(data)
    printed = {}
    for file in files:  # .docx and .xlsx of one name would print over each other
        out = folder / f"{file.name}.out"
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
                *("--convert-to", "pdf", "--outdir", out, file),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        printed[file.name] = _printed(out / f"{file.stem}.pdf")
    pdf = folder / "own.pdf"
    pdf.write_bytes(publish(a_report(), HEAD, ".pdf")[0])
    printed["own.pdf"] = _printed(pdf)
    return printed


def _printed(pdf: Path) -> Printed:
    pictures = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-gray", "-r", "40", pdf, pictures], check=True)
    pages = sorted(pdf.parent.glob(f"{pictures.name}-*.pgm"))
    return Printed(
        text=" ".join(_run("pdftotext", "-layout", pdf, "-").replace("\xa0", " ").split()),
        pages=len(pages),
        fonts=_run("pdffonts", pdf),
        ink=[sum(dot < 128 for dot in page.read_bytes()) for page in pages],
    )


def _run(*command: object) -> str:
    return subprocess.run(
        [str(word) for word in command], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("name", ["bao-cao.docx", "own.pdf"])
def test_paper_says_the_totals(office, name: str) -> None:
    """What LibreOffice prints of the Word file, and our own PDF, have the numbers of the screen."""
    report, text = a_report(), office[name].text
    for name_, figures in (("Buổi phát", report.totals), ("Lượt phát tin, bài", report.items)):
        numbers = [figures.planned, figures.aired, figures.cut, figures.missed, figures.failed]
        assert " ".join([name_, *map(number, numbers), number(figures.minutes)]) in text
    assert SEAL.head_hash in text.replace(" ", "")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


def test_no_instant_of_the_logbook_is_parted(office) -> None:
    """A date or an hour stands whole in its column, however narrow."""
    started = [one.started_at for one in a_report().logbook if one.started_at]
    assert started
    words = office["so.docx"].text.split()
    assert words.count(f"{started[0]:%d/%m/%Y}") >= 1
    assert all(f"{instant:%H:%M:%S}" in words for instant in started)


def test_a_workbook_computes_the_sums_that_we_wrote(office) -> None:
    """The rows “Cộng” are formulas: the suite adds them up again and finds the same."""
    report = a_report()
    figures = report.items
    numbers = (figures.planned, figures.aired, figures.cut, figures.missed, figures.failed)
    assert f"Cộng {' '.join(map(str, numbers))}" in office["bao-cao.xlsx"].text


@pytest.mark.parametrize("name", ["bao-cao.docx", "bao-cao.xlsx", "so.docx", "own.pdf"])
def test_no_page_is_empty(office, name: str) -> None:
    printed = office[name]
    assert printed.pages == len(printed.ink) > 0
    assert min(printed.ink) > 100


def test_a_months_report_is_three_pages(office) -> None:
    assert office["bao-cao.docx"].pages <= 4
    assert office["own.pdf"].pages <= 4


def test_our_own_pdf_carries_its_letters(office) -> None:
    """A phone without these fonts shows it all the same."""
    lines = office["own.pdf"].fonts.splitlines()[2:]
    assert lines
    assert all("yes yes" in line for line in lines)
