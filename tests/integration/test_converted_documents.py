"""Old Word files and PDF files, read with the real converters."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from needs import needs
from office_files import pdf
from station_process import wait_for

from broadcaster.errors import Severity
from broadcaster.script.documents import Extracted, extract
from broadcaster.script.documents.convert import Converter, convert
from broadcaster.script.documents.extracted import RefusedError

pytestmark = pytest.mark.integration
OLD_WORD = (Path(__file__).parent / "documents" / "tiep-dan.doc").read_bytes()
"""A notice of ours, made with LibreOffice: a list, a table, hidden words and tracked changes."""
LINES = [
    "Trong quý ba, xã đã tiếp nhận hai nghìn hồ sơ của người dân trong toàn",
    "xã và giải quyết đúng hạn.",
]


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A machine on which only the named programs are installed."""

    def install(*programs: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        for program in programs:
            found = shutil.which(program)
            assert found
            (folder / program).symlink_to(found)
        monkeypatch.setenv("PATH", str(folder))

    return install


def codes(extracted: Extracted) -> list[str]:
    return [problem.code for problem in extracted.problems]


def test_antiword_reads_old_word(only):
    """An old Word file is read by antiword: paragraphs, rows, and a word on what may be wrong."""
    needs("antiword", "antiword")
    only("antiword")
    extracted = extract(Path("tin.doc"), OLD_WORD)
    lines = extracted.text.split("\n")
    assert "THÔNG BÁO LỊCH TIẾP DÂN" in lines
    assert "Ngày: 8/1/2026, Người tiếp: Chủ tịch xã, Phòng: 2." in lines
    assert codes(extracted) == ["document-read-roughly"]
    assert extracted.problems[0].severity is Severity.WARNING


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is large: not asked of CI")
def test_libreoffice_reads_old_word():
    """With LibreOffice an old Word file reads as a new one: numbers kept, changes settled."""
    extracted = extract(Path("tin.doc"), OLD_WORD)
    assert extracted.problems == ()
    assert extracted.text.split("\n") == [
        "THÔNG BÁO LỊCH TIẾP DÂN",
        "",
        "Ủy ban nhân dân xã Phước Mẫu tiếp dân sáng thứ năm hằng tuần.",
        "Điều 1. Tiếp tại trụ sở xã.",
        "Điều 2. Mang theo căn cước.",
        "a) bản chính",
        "- Không thu phí.",
        "Ngày: 8/1/2026, Người tiếp: Chủ tịch xã, Phòng: 2.",
        "Ngày: 15/1/2026, Người tiếp: Phó Chủ tịch xã, Phòng: 3.",
        "Trân trọng.",
    ]


def test_a_broken_old_word_file(only):
    """A file that only looks like an old Word file is called damaged."""
    needs("antiword", "antiword")
    only("antiword")
    assert codes(extract(Path("tin.doc"), OLD_WORD[:512] + OLD_WORD[-10_000:])) == [
        "document-damaged"
    ]


@pytest.mark.parametrize("data", [OLD_WORD, b"{\\rtf1 Tin}", pdf(LINES)], ids=["doc", "rtf", "pdf"])
def test_a_missing_converter_is_named(only, data: bytes):
    """Without a converter the operator reads which Debian package to install."""
    only()
    (problem,) = extract(Path("tin.doc"), data).problems
    assert problem.code == "no-converter"
    assert "apt-get install" in problem.hint


def test_a_pdf_is_read():
    """The text of a PDF comes out in paragraphs, without page numbers."""
    needs("pdftotext", "poppler-utils")
    extracted = extract(Path("tin.pdf"), pdf([*LINES, "- 1 -"], ["Người dân hài lòng.", "- 2 -"]))
    assert extracted.problems == ()
    assert extracted.text == f"{' '.join(LINES)}\nNgười dân hài lòng."


def test_a_scan_is_refused():
    """A PDF without text is refused, and the sentence says what to do."""
    needs("pdftotext", "poppler-utils")
    (problem,) = extract(Path("quet.pdf"), pdf([], [])).problems
    assert problem.code == "document-is-scan"
    assert "Word" in problem.hint


def test_pages_that_are_scans_are_told():
    """Of a PDF with some scanned pages the others are read."""
    needs("pdftotext", "poppler-utils")
    extracted = extract(Path("tin.pdf"), pdf(LINES, [], LINES))
    assert codes(extracted) == ["document-pages-empty"]
    assert "2" in extracted.problems[0].message
    assert extracted.text


def test_a_broken_pdf():
    """A PDF that ends in the middle is called damaged."""
    needs("pdftotext", "poppler-utils")
    assert codes(extract(Path("tin.pdf"), b"%PDF-1.4\nrubbish")) == ["document-damaged"]


def test_a_pdf_of_unknown_letters():
    """A PDF whose font does not tell its letters is refused, not read as rubbish."""
    needs("pdftotext", "poppler-utils")
    lines = ["\ue001\ue002\ue003 abc"]
    assert codes(extract(Path("tin.pdf"), pdf(lines))) == ["document-garbled"]


def test_a_slow_converter_is_ended(tmp_path: Path):
    """A converter that hangs is ended in time, with everything that it has started."""
    started = tmp_path / "child"
    script = f"/bin/sleep 60 & echo $! > {started}; wait"
    slow = Converter("sh", "dash", ("-c", script), seconds=2)
    with pytest.raises(RefusedError) as refusal:
        convert(b"x", slow, name="document.doc")
    assert refusal.value.problem.code == "document-too-slow"
    child = int(started.read_text())
    wait_for(lambda: _is_dead(child), seconds=5)


def _is_dead(child: int) -> bool:
    """Killed, and perhaps not yet collected by whoever has inherited it."""
    try:
        stat = Path(f"/proc/{child}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] in {"Z", "X"}


def test_a_converter_cannot_fill_the_disk():
    """A converter that writes without end is stopped."""
    endless = Converter("cat", "coreutils", ("/dev/zero",), seconds=30)
    assert len(convert(b"x", endless, name="document.doc").data) <= 45_000_000


def test_a_converter_has_a_home_of_its_own():
    """A converter sees nothing of the daemon's environment but where programs are."""
    os.environ["SECRET_OF_TEST"] = "x"
    try:
        seen = convert(b"x", Converter("env", "coreutils", (), 5), name="document.doc").data
    finally:
        del os.environ["SECRET_OF_TEST"]
    assert b"SECRET_OF_TEST" not in seen
    assert b"HOME=" in seen
