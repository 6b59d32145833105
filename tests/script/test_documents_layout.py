"""How paragraphs and tables are laid out as lines to be read."""

from __future__ import annotations

import pytest

from broadcaster.script.documents.layout import Paragraph, Table, write
from broadcaster.script.documents.markers import numeral


def table(*rows: tuple[str, ...], has_header: bool = False) -> Table:
    cells = tuple(tuple((Paragraph(cell),) for cell in row) for row in rows)
    return Table(cells, has_header=has_header)


def test_a_header_is_seen_above_numbers():
    """Names above a column of numbers are a header though nobody marked them."""
    rows = ("Lĩnh vực", "Hồ sơ"), ("Đất đai", "120"), ("Hộ tịch", "85")
    assert write([table(*rows)]) == "Lĩnh vực: Đất đai, Hồ sơ: 120.\nLĩnh vực: Hộ tịch, Hồ sơ: 85."


def test_the_column_of_ordinals_numbers_the_rows():
    """A column STT becomes the number of the item."""
    rows = ("STT", "Họ tên", "Tuổi"), ("1", "Bà Lan", "70"), ("2", "Ông Tư", "81")
    expected = "1. Họ tên: Bà Lan, Tuổi: 70.\n2. Họ tên: Ông Tư, Tuổi: 81."
    assert write([table(*rows)]) == expected


def test_a_wide_table_is_read_in_order():
    """Names of more than four columns are read once and not with every row."""
    names = ("Thôn", "Nam", "Nữ", "Trẻ em", "Người già")
    rows = names, ("Một", "5", "6", "7", "8"), ("Hai", "1", "2", "3", "4")
    assert write([table(*rows, has_header=True)]).split("\n") == [
        *("Thôn, Nam, Nữ, Trẻ em, Người già.", "Một, 5, 6, 7, 8.", "Hai, 1, 2, 3, 4."),
    ]


def test_a_table_without_header():
    """Cells follow each other; empty ones are silent; marks at their ends are not doubled."""
    assert write([table(("Sáng;", "họp"), ("Chiều", "", "trồng cây."))]) == (
        "Sáng, họp.\nChiều, trồng cây."
    )


def test_the_head_of_a_letter_is_no_table():
    """A table that only puts things beside each other is read cell by cell."""
    office = (Paragraph("UBND XÃ PHƯỚC MẪU"), Paragraph("Số: 12/TB-UBND"))
    nation = (Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),)
    assert write([Table(((office, nation),))]).split("\n") == [
        *("UBND XÃ PHƯỚC MẪU", "Số: 12/TB-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ]


def test_empty_paragraphs_are_one_blank_line():
    """However often the editor pressed Enter, one blank line is left, and none at the ends."""
    blocks = [Paragraph(text) for text in ("", "a", " ", "", "b", "", "")]
    assert write(blocks) == "a\n\nb"
    assert write([]) == ""


def test_front_matter_survives_word():
    """Dashes that Word made of three hyphens, and blank lines between, are mended."""
    lines = ("", "—-", "title: Lịch họp", "", "online: false", "–—", "Họp.")
    blocks = [Paragraph(line) for line in lines]
    assert write(blocks) == "---\ntitle: Lịch họp\nonline: false\n---\nHọp."


def test_a_rule_below_the_head_stays():
    """A rule of hyphens inside a letter does not make front matter of what is above it."""
    assert write([Paragraph("UBND XÃ"), Paragraph("-----")]) == "UBND XÃ\n-----"


@pytest.mark.parametrize(
    "value, form, expected",
    [(4, "i", "iv"), (1999, "I", "MCMXCIX"), (28, "a", "bb"), (3, "01", "03"), (0, "A", "0")],
)
def test_numerals(value: int, form: str, expected: str):
    """Numbers in the formats of word processors; what has no such form is written in digits."""
    assert numeral(value, form) == expected
