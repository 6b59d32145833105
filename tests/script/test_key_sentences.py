"""What a listener writes down: the sentences that a notice says again."""

from __future__ import annotations

from broadcaster.script import read_text

NOTICE = """Thông báo tiêm phòng

Trạm y tế xã tổ chức tiêm phòng cho các cháu. Tiêm vào 7h30 ngày 12/9 tại nhà văn hóa.
Bà con mang theo sổ.

Mọi thắc mắc xin gọi 0912 345 678.
"""


def test_dates_times_and_telephones_are_key() -> None:
    """The sentences with a date, a time or a telephone are what is said again, in their order."""
    assert [s.spoken for s in read_text(NOTICE).key_sentences] == [
        "Tiêm vào bảy giờ ba mươi phút ngày mười hai tháng chín tại nhà văn hóa.",
        "Mọi thắc mắc xin gọi không chín một hai, ba bốn năm, sáu bảy tám.",
    ]


def test_a_day_without_a_year_is_key_and_a_part_is_not() -> None:
    """A day is said again; a part of a whole, which is written in the same way, is not."""
    reading = read_text("Có 5/7 thôn họp xong. Ngày 5/7 xã họp.")
    assert [s.spoken for s in reading.key_sentences] == ["Ngày năm tháng bảy xã họp."]


def test_a_long_sentence_is_said_again_whole() -> None:
    """A key sentence that takes several breaths is said again with all of them."""
    clause = "bà con mang theo sổ tiêm chủng và thẻ bảo hiểm y tế của cháu"
    text = f"Ngày 5/7 xã tiêm phòng; {clause}; {clause}; {clause}; {clause}. Hết."
    reading = read_text(text)
    assert len(reading.sentences) > 2
    assert reading.key_sentences == reading.sentences[:-1]


def test_nothing_to_write_down_is_nothing() -> None:
    """A text without dates, times and telephones has no key sentences."""
    assert read_text("Xã họp dân.").key_sentences == ()
    assert read_text("").key_sentences == ()
