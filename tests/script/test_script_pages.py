"""Whole pages as a browser copies them: what a listener hears of each stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.script import read_text

GOLDEN = Path(__file__).parent / "golden" / "pages"
PAGES = sorted(spoken.name.removesuffix(".spoken.txt") for spoken in GOLDEN.glob("*.spoken.txt"))


def _page(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    """Of a copied page the title and the body are read, and nothing else."""
    assert read_text(_page(name)).spoken == _page(f"{name}.spoken").strip()


@pytest.mark.parametrize("name", PAGES)
def test_what_is_not_read_is_reported(name: str) -> None:
    """Each line of a page is heard, or a change says that it is not read."""
    reading = read_text(_page(name))
    heard = {sentence.where.line for sentence in reading.sentences}
    dropped = {change.where.line for change in reading.changes if change.rule.startswith("page.")}
    lines = _page(name).split("\n")
    wordy = {number for number, line in enumerate(lines, 1) if any(map(str.isalnum, line))}
    assert wordy == (heard | dropped) & wordy


def test_a_letterhead_alone_is_a_problem() -> None:
    """When only the nation and its motto were copied, the editor is told so."""
    reading = read_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert reading.spoken == ""
    assert [problem.code for problem in reading.problems] == ["only-furniture"]


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("[14:05, 20/10/2025] Văn phòng: Mai họp lúc 8 giờ.", "Mai họp lúc tám giờ."),
        ("Văn phòng, [20/10/2025 14:05]: Mai họp lúc 8 giờ.", "Mai họp lúc tám giờ."),
        ("Toàn cảnh buổi lễ. Ảnh: Hà MyTheo kế hoạch, xã họp.", "Theo kế hoạch, xã họp."),
    ],
)
def test_what_is_glued_before_a_sentence(line: str, heard: str) -> None:
    """Of a line that begins with furniture the sentence stays, and knows its place."""
    reading = read_text(f"Mở đầu bản tin.\n{line}")
    assert reading.sentences[-1].spoken == heard
    assert reading.sentences[-1].where.column == line.index(heard[:5]) + 1


@pytest.mark.parametrize(
    "line",
    [
        "- Ảnh: 02 tấm cỡ 4x6",
        "1. Đơn đề nghị theo mẫu. Ảnh: Hai tấm nền trắng",
        "- Nguồn: ngân sách xã hỗ trợ một nửa",
        "Cơ quan chủ quản: Ủy ban nhân dân tỉnh",
        "Gửi ý kiến về Ủy ban nhân dân xã",
        "Thăm dò ý kiến",
        "Bà Phạm Thị In",
        "120 phiếu bầu",
        "Ngày: 12/10/2025",
        "Chủ đề:",
        "Theo dõi sức khỏe người cao tuổi trên địa bàn",
    ],
)
def test_lines_of_notices_stay(line: str) -> None:
    """What a notice says in a line of its own is read, and so is the line below it."""
    reading = read_text(f"Xã họp bàn việc làm đường.\n{line}\nMời bà con dự họp")
    assert {sentence.where.line for sentence in reading.sentences} == {1, 2, 3}
