"""What a web page prints around a bulletin is not read; what an editor wrote is."""

from __future__ import annotations

import pytest

from broadcaster.script import read_text


def _said(text: str) -> list[str]:
    return [sentence.spoken for sentence in read_text(text).sentences]


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem: 120",
        "1.024 lượt xem",
        "Đã xem: 45",
        "[ Cập nhật lúc 10:15 02/03/2024 ] - [ Số lượt đọc: 77 ]",
        "Bản in   Quay lại   Gửi email",
        "Tin liên quan",
        "Chia sẻ bài viết lên Facebook",
        "anh-hoi-nghi.jpg",
        "Thứ Năm, 12/09/2024 08:30",
        "Nguồn: Đài truyền thanh",
        "Tags: cải cách, hành chính",
        "© 2024 Cổng thông tin",
    ],
)
def test_furniture_goes(line: str) -> None:
    """A line of furniture between paragraphs is dropped, and the change says why."""
    text = f"Xã họp bàn việc làm đường.\n\n{line}\n\nBà con đồng lòng góp công."
    reading = read_text(text)
    assert [s.spoken for s in reading.sentences] == [
        "Xã họp bàn việc làm đường.",
        "Bà con đồng lòng góp công.",
    ]
    dropped = [change for change in reading.changes if change.rule.startswith("page.")]
    assert [change.written.strip() for change in dropped] == [line]
    assert dropped[0].spoken == ""


@pytest.mark.parametrize(
    "line",
    [
        "Liên hệ",
        "Hôm nay xã làm việc cả ngày.",
        "Chia sẻ khó khăn với bà con vùng lũ",
        "Nguồn nước sạch về thôn",
        "In tờ rơi phát tận nhà",
        "Trong ngày: thu gom rác, quét đường.",
        "Tin vui đến với bà con",
    ],
)
def test_words_of_editors_stay(line: str) -> None:
    """A line that only looks a little like furniture is read."""
    said = _said(f"Xã họp bàn việc làm đường.\n\n{line}\n\nBà con đồng lòng góp công.")
    assert len(said) == 3


def test_picture_and_its_caption() -> None:
    """A picture's name and the caption below it are left out."""
    text = "Mở đầu bản tin.\n\nhop.png\nQuang cảnh buổi họp tại nhà văn hóa\n\nBà con đến đông đủ."
    assert _said(text) == ["Mở đầu bản tin.", "Bà con đến đông đủ."]


def test_doubled_title() -> None:
    """A title that the page prints twice is read once."""
    title = "Xã vùng cao đón điện lưới về bản"
    assert _said(f"{title}\n\n7\n\n{title}\n\nBà con vui mừng.") == [title, "Bà con vui mừng."]


def test_only_furniture_is_said() -> None:
    """When nothing is left, the editor is told so instead of hearing silence."""
    reading = read_text("Lượt xem: 12 Bản in Quay lại")
    assert reading.spoken == ""
    assert [problem.code for problem in reading.problems] == ["only-furniture"]


def test_only_punctuation_is_said() -> None:
    """A text without a word is a problem."""
    assert [problem.code for problem in read_text("... !!! ---").problems] == ["nothing-to-read"]


def test_broken_lines_are_joined() -> None:
    """A sentence that a window broke in two is one sentence."""
    text = "Hợp tác xã đã giúp nhiều hộ trong thôn có thêm\nthu nhập từ nghề trồng nấm."
    assert len(_said(text)) == 1


def test_look_alikes_and_full_width() -> None:
    """Full-width digits, zero-width marks and wrong letters are read like the right ones."""
    assert _said("Có １２ hộ ở Tƣ Mại, Ðông\u200b Sơn.") == ["Có mười hai hộ ở Tư Mại, Đông Sơn."]


def test_foreign_letters_are_reported() -> None:
    """Letters that no Vietnamese voice can say are named to the editor."""
    reading = read_text("Đoàn khách 中国 đến thăm.")
    assert reading.spoken == "Đoàn khách đến thăm."
    assert [problem.code for problem in reading.problems] == ["unreadable-letters"]


def test_places_of_changes() -> None:
    """Each change says where it stands in the editor's text."""
    text = "Dòng đầu.\n\nCó 5 hộ."
    (change,) = read_text(text).changes
    assert (change.written, change.spoken, change.rule) == ("5", "năm", "numbers.number")
    assert text[change.start : change.end] == "5"
    assert (change.where.line, change.where.column) == (3, 4)


def test_long_sentences_breathe() -> None:
    """A sentence longer than a breath is spoken in parts, and no word is lost."""
    text = "Bà con " + ", ".join(["thu hoạch lúa, phơi rơm và làm cỏ ruộng"] * 20) + "."
    reading = read_text(text)
    assert all(len(sentence.spoken) <= 220 for sentence in reading.sentences)
    assert " ".join(s.spoken for s in reading.sentences).replace(",", "").split() == (
        text.replace(",", "").split()
    )


def test_pauses_follow_the_page() -> None:
    """A heading is followed by a longer pause than a paragraph, that by a longer one than a
    sentence."""
    pauses = [
        s.pause_after_ms for s in read_text("Tin làng\n\nMột câu. Hai câu.\n\nHết.").sentences
    ]
    assert pauses[0] > pauses[2] > pauses[1]


def test_unknown_abbreviation_is_spelled_and_reported() -> None:
    """An abbreviation that nobody knows is spelled, never dropped, and shown once."""
    reading = read_text("Dự án QXZ và QXZ.")
    assert reading.spoken == "Dự án quy ích dét và quy ích dét."
    assert [problem.code for problem in reading.problems] == ["unknown-acronym"]
    assert any(change.confidence < 1 for change in reading.changes)


def test_text_explains_its_own_abbreviation() -> None:
    """An abbreviation that the text explains itself needs no word list."""
    reading = read_text("Tổ Xây dựng đường quê (TXDĐQ) họp. TXDĐQ góp công.")
    assert reading.spoken == "Tổ Xây dựng đường quê họp.\ntổ xây dựng đường quê góp công."
    assert not reading.problems


def test_ambiguous_number_is_reported() -> None:
    """A number that may be thousands or a decimal is shown to the editor in Vietnamese."""
    (problem,) = read_text("Xã đạt 42.269 điểm.").problems
    assert problem.code == "ambiguous-number"
    assert problem.where.column == 8


def test_doubts_speak_vietnamese(vietnamese: None) -> None:
    """The operator reads the doubt in Vietnamese."""
    (problem,) = read_text("Dự án QXZ.").problems
    assert "chữ viết tắt" in problem.message


def test_page_around_an_article() -> None:
    """Of a whole page only the title and the body are read."""
    page = """Trang chủ » Tin tức » Đời sống
Chi tiết tin
Xã đảo có nước ngọt quanh năm
05/06/2025 07:45:00
Xem cỡ chữ A A
Sáng 4/6, xã đảo khánh thành hồ chứa nước.
ho-chua.jpg
Hồ chứa nhìn từ trên cao
Hồ đủ nước cho 800 hộ dân./.
Tin, ảnh: Hải Yến
Lượt xem: 1,024
Các tin khác
Xã đảo đón điện lưới (01/02/2025)
Tàu cá về bến an toàn
« 1 2 3 »
Điện thoại: 0297.3888.777
"""
    assert _said(page) == [
        "Xã đảo có nước ngọt quanh năm",
        "Sáng ngày bốn tháng sáu, xã đảo khánh thành hồ chứa nước.",
        "Hồ đủ nước cho tám trăm hộ dân.",
    ]


def test_list_of_names_is_no_byline() -> None:
    """Names below a colon or a title are what the bulletin is about."""
    text = "Xã khen thưởng cuối năm.\n\nDanh sách hộ tiêu biểu:\nLê Văn An\nTrần Thị Bình"
    assert _said(text)[-2:] == ["Lê Văn An", "Trần Thị Bình"]


def test_byline_behind_the_last_sentence() -> None:
    """The author's name glued to the last sentence goes, the sentence stays whole."""
    body = "Bà con các thôn đã cùng nhau góp công, góp của để làm xong con đường trước mùa mưa"
    reading = read_text(f"Tin vui từ thôn Đông.\n\n{body}./. Minh Hằng")
    assert [s.spoken for s in reading.sentences] == ["Tin vui từ thôn Đông.", f"{body}."]
    (dropped,) = [change for change in reading.changes if change.rule == "page.byline"]
    assert dropped.written.strip() == "Minh Hằng"


def test_place_at_the_end_is_no_byline() -> None:
    """A last sentence that ends with a name is read to its end."""
    body = "Đoàn công tác của xã đã đi thăm các hộ dân ở dọc bờ sông và dừng chân ở bến Tân Phú"
    assert _said(f"Tin hôm nay.\n\nMở đầu buổi sáng.\n\n{body}")[-1] == body
