"""How the printed lines of a PDF become paragraphs again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.script.documents.pdf_lines import join_pages

FULL = "Trong quý ba, xã đã tiếp nhận hai nghìn hồ sơ của người dân"


def page(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def test_a_full_line_goes_on():
    """A line that reaches the margin goes on in the next; a short one ends its paragraph."""
    text = page(FULL, "toàn xã và giải quyết đúng hạn.", "Người dân hài lòng.")
    assert join_pages([text]) == f"{FULL} toàn xã và giải quyết đúng hạn.\nNgười dân hài lòng."


def test_an_indented_line_begins_a_paragraph():
    """The first line of a paragraph is set in, though the line before it is full."""
    text = page(f"    {FULL}", f"{FULL} cũ.", f"    {FULL}", "mới.")
    assert join_pages([text]) == f"{FULL} {FULL} cũ.\n{FULL} mới."


@pytest.mark.parametrize("item", ["- một", "1. một", "a) một", "1.1. một", "Điều 2. Một", "3.một"])
def test_an_item_begins_a_paragraph(item: str):
    """List items and articles begin a line of their own."""
    assert join_pages([page(FULL, item)]) == f"{FULL}\n{item}"


def test_a_number_at_the_start_of_a_line_is_no_item():
    """``2.346 hồ sơ`` at the start of a line goes on in its sentence."""
    assert join_pages([page(FULL, "2.346 hồ sơ.")]) == f"{FULL} 2.346 hồ sơ."


@pytest.mark.parametrize(
    "end, start, expected",
    [
        ("nghiê-", "ng túc", "nghiêng túc"),
        ("infor-", "mation", "information"),
        ("xã-", "hội", "xã-hội"),
        ("2021-", "2025", "2021-2025"),
        ("họp -", "bàn", "họp - bàn"),
        ("ngh\u00ad", "iêm", "nghiêm"),
    ],
)
def test_hyphens_at_line_ends(end: str, start: str, expected: str):
    """A word parted by the end of a line is mended; compounds, ranges and dashes stay."""
    assert join_pages([page(f"{FULL} {end}", start)]) == f"{FULL} {expected}"


def test_page_numbers_and_running_heads_go():
    """Page numbers go; what repeats at the edge of pages is read once, or not if it counts."""
    pages = [
        page("UBND XÃ PHƯỚC MẪU", "Một hai ba.", "Công báo số 1", "- 1 -"),
        page("UBND XÃ PHƯỚC MẪU", "Bốn năm sáu.", "Công báo số 2", "Trang 2/3"),
        page("UBND XÃ PHƯỚC MẪU", "Bảy tám chín.", "Công báo số 3", "3"),
    ]
    assert join_pages(pages) == "UBND XÃ PHƯỚC MẪU\nMột hai ba.\nBốn năm sáu.\nBảy tám chín."


def test_a_number_in_the_text_is_no_page_number():
    """A lone number inside a page stays."""
    assert "12" in join_pages([page("Số hộ nghèo", "còn lại:", "12", "hộ trong", "toàn xã.")])


def test_a_sentence_goes_on_over_the_page():
    """A sentence that a page cuts goes on after the page number."""
    pages = [page(FULL, "", "- 1 -"), page("", "toàn xã.")]
    assert join_pages(pages) == f"{FULL} toàn xã."


def test_columns_are_parted():
    """What stands in columns is parted by commas."""
    assert join_pages([page("Thôn Một      120 hộ      3 xe")]) == "Thôn Một, 120 hộ, 3 xe"


@given(st.lists(st.text(alphabet="ab 1-.\n\x0c\u00ad", max_size=60), max_size=5))
def test_any_pages(pages: list[str]):
    """Pages of anything: no exception, and no word that was not there."""
    assert set(join_pages(pages)) <= set("".join(pages) + " ,\n")
