"""What a house chooses about its wording, and what it cannot change."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.script import ReadingStyle, read_text
from broadcaster.script.style import CHOICES
from broadcaster.script.wording import say_short_year

STYLES = [
    ReadingStyle(**dict(zip(CHOICES, values, strict=True))) for values in product(*CHOICES.values())
]
NUMBER = "44/KH-UBND"


def said(text: str, **chosen: str) -> str:
    return read_text(text, style=ReadingStyle.of(**chosen)).spoken


@pytest.mark.parametrize(
    ("chosen", "written", "spoken"),
    [
        ({"thousand": "ngàn"}, "Xã có 1.105 hộ.", "Xã có một ngàn một trăm linh năm hộ."),
        ({"region": "south"}, "Xã có 1.105 hộ.", "Xã có một ngàn một trăm lẻ năm hộ."),
        (
            {"region": "south", "thousand": "nghìn"},
            "Xã có 1.105 hộ.",
            "Xã có một nghìn một trăm lẻ năm hộ.",
        ),
        ({"year": "short"}, "Năm 2026 có 2026 cây.", "Năm hai không hai sáu có {2026} cây."),
        (
            {"year": "short"},
            "Giai đoạn 2021-2030.",
            "Giai đoạn hai không hai mốt đến hai không ba mươi.",
        ),
        (
            {"year": "short"},
            "Từ ngày 5/9/2024.",
            "Từ ngày năm tháng chín năm hai không hai tư.",
        ),
        (
            {"slash": "xuyệt"},
            f"Số {NUMBER}.",
            "Số bốn mươi tư xuyệt kế hoạch gạch ngang ủy ban nhân dân.",
        ),
        (
            {"slash": "trên"},
            f"Số {NUMBER}.",
            "Số bốn mươi tư trên kế hoạch gạch ngang ủy ban nhân dân.",
        ),
        ({"slash": "pause"}, f"Số {NUMBER}.", "Số bốn mươi tư, kế hoạch ủy ban nhân dân."),
        (
            {"symbols": "spelled"},
            f"Số {NUMBER}.",
            "Số bốn mươi tư gạch chéo ca hát, u bê nờ dê.",
        ),
        ({"letters": "bờ"}, "Điểm c khoản 2.", "Điểm cờ khoản hai."),
        ({"letters": "bờ"}, "Thôn 2B.", "Thôn hai bờ."),
        ({"symbols": "spelled", "letters": "bờ"}, "12/BC.", "mười hai gạch chéo bờ cờ."),
    ],
)
def test_a_choice_changes_its_words(chosen: dict[str, str], written: str, spoken: str) -> None:
    """Each choice of the house is heard where it belongs, and a count is never a short year."""
    count = "hai nghìn không trăm hai mươi sáu"
    assert said(written, **chosen) == spoken.replace("{2026}", count)


def test_the_words_of_the_editor_stay() -> None:
    """What the editor wrote in words is read as it stands, whatever the house prefers."""
    text = "Một nghìn linh năm bê con, bê tông và quy định năm hai nghìn không trăm hai mươi."
    for style in STYLES:
        assert read_text(text, style=style).spoken == text


def test_an_address_keeps_its_slash() -> None:
    """The choice for the slash of documents does not change links and house numbers."""
    text = "Truy cập quangnam.gov.vn/tin, hẻm 45/6."
    assert said(text, slash="pause") == said(text)


@pytest.mark.parametrize(
    ("year", "spoken"),
    [
        ("2000", "hai nghìn"),
        ("2005", "hai không không năm"),
        ("2010", "hai không mười"),
        ("2015", "hai không mười lăm"),
        ("2021", "hai không hai mốt"),
        ("2030", "hai không ba mươi"),
        ("1945", "một chín bốn lăm"),
        ("1904", "một chín không bốn"),
    ],
)
def test_short_years(year: str, spoken: str) -> None:
    """Short years are said as people say them in a village."""
    assert say_short_year(year) == spoken


PARTS = st.lists(
    st.sampled_from(
        [
            *("44/KH-UBND", "năm 2026", "49/2024/NĐ-CP", "1.105 hộ", "30c/NQ-CP", "2021-2030"),
            *("HTXQ", "điểm c khoản 2", "ngày 05/3/2021", "H5N1", "43A-123.45", "tỷ 1.005.005"),
            *("0912345678", "quý IV/2024", "QH15", "3,05%", "7h30", "và", ",", "(", ")", "-"),
        ]
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=150)
@given(PARTS, st.sampled_from(STYLES))
def test_no_choice_leaves_a_digit(text: str, style: ReadingStyle) -> None:
    """Under every choice, no digit, sign or abbreviation is left for a voice."""
    for sentence in read_text(text, style=style).sentences:
        assert not re.search(r"[^\w ,.?!;:]|[\d_]|[A-ZĐ]{2}", sentence.spoken), sentence.spoken


@settings(max_examples=60)
@given(PARTS, st.sampled_from(STYLES))
def test_choices_change_words_only(text: str, style: ReadingStyle) -> None:
    """A choice changes how spans are said, never which spans are changed or by which rule."""
    usual, chosen = read_text(text), read_text(text, style=style)
    assert [(c.start, c.end, c.rule) for c in usual.changes] == [
        (c.start, c.end, c.rule) for c in chosen.changes
    ]
