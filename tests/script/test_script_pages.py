"""Whole pages as a browser copies them: what a listener hears of each stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.script import read_text
from broadcaster.script.lexicon import read_table
from broadcaster.script.page_phrases import phrases

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
        "Tình hình giải quyết hồ sơ",
        "Tổng cộng 2.004 hộ",
        "Xây dựng đường liên thôn",
        "Hôm nay:",
        "https://dichvucong.example.gov.vn",
        "13/01/2026",
        "(13/01/2026)",
        "Ngày 13/01/2026 07:30",
        "Bình luận",
        "Liên kết",
        "ThS. Trần Thị Bình",
        "KHẨN TRƯƠNG LÊN",
        "Ban Văn hóa xã",
        "Thứ Hai, ngày 10/11/2025",
        "Thứ hai - 10/11/2025",
        "07:30 12/10/2025",
        "7h30, ngày 12/10/2025",
        "CTV dân số",
        "Cổng thông tin điện tử xã",
        "Viết bởi các cháu lớp 5A",
        "Người gửi: bà Hoa",
        "Xem tại nhà văn hóa thôn",
        "Năm sau > năm trước",
        "Phòng Văn hóa xã",
        "Theo Luật Đất đai/2024",
    ],
)
def test_lines_of_notices_stay(line: str) -> None:
    """What a notice says in a line of its own is read, and so is the line below it."""
    reading = read_text(f"Xã họp bàn việc làm đường.\n{line}\nMời bà con dự họp")
    assert {sentence.where.line for sentence in reading.sentences} == {1, 2, 3}


def test_short_lines_above_a_title_stay_in_a_bulletin_of_our_own() -> None:
    """A heading of several short lines is a menu only on a page that shows other furniture."""
    head = "Xã Hòa Lạc\nĐài truyền thanh\nBản tin sáng\nPhát hằng ngày"
    body = "Khánh thành cầu dân sinh qua suối Bãi\n"
    body += "Sáng qua, bà con hai thôn đã cùng nhau đi trên cây cầu mới dài 12 mét."
    assert len(read_text(f"{head}\n{body}").sentences) == 6
    menu = read_text(f"Đọc bài viết\n{head}\n{body}\nLượt xem: 42")
    assert len(menu.sentences) == 2


def test_the_name_of_a_document_stays_below_a_menu() -> None:
    """Of a copied page the word «Thông báo» above the title is read, the menu above it is not."""
    page = "Trang chủ\nLiên hệ\nCông dân\nThư viện số\nTHÔNG BÁO\n"
    page += "Về việc thu tiền nước tháng 11\n"
    page += "Xã thu tiền nước từ ngày 1 đến ngày 5 tháng 12 tại nhà văn hóa các thôn.\n"
    assert read_text(page + "Lượt xem: 42\nBản in").spoken.startswith("thông báo")


def test_a_list_stays_above_the_foot_of_a_page() -> None:
    """What stands between the last sentence and the first furniture below it is read."""
    notice = "Xã thông báo lịch tiêm phòng cho chó mèo như sau:\n"
    notice += "Thôn Bãi: sáng 24/11\nThôn Chùa: chiều 24/11"
    foot = "Lượt xem: 42\nBản in\nHoa quả mùa thu\nĐường về bản"
    assert len(read_text(f"{notice}\n{foot}").sentences) == 3


def test_a_sentence_below_furniture_stays() -> None:
    """One line of furniture in the middle of a notice hides nothing below it."""
    reading = read_text(
        "Xã họp bàn việc làm đường.\nLượt xem: 42\nBản in\nMời bà con dự họp đông đủ."
    )
    assert len(reading.sentences) == 2


def test_a_price_below_furniture_stays() -> None:
    """A line that tells an amount with its unit is part of the notice wherever it stands."""
    reading = read_text(
        "Giá tại chợ sáng nay như sau.\nGạo tẻ: 16.000 đồng/kg\nBản in\nGửi email\n"
        "Rau cải: 12.000 đồng/kg"
    )
    assert reading.spoken.endswith("Rau cải: mười hai nghìn đồng một ki lô gam")


def test_a_price_list_is_no_menu() -> None:
    """Short lines with figures above a longer one are read on any page."""
    prices = "".join(f"Gạo loại {number}: 1{number}.000 đồng/kg\n" for number in range(1, 8))
    page = f"Lượt xem: 42\nBản in\n{prices}Thịt bò thăn loại một: 260.000 đồng/kg\n"
    reading = read_text(
        page + "Giá trên do ban quản lý chợ xã ghi lại vào sáng nay, tại các quầy hàng."
    )
    assert len(reading.sentences) == 9


def test_a_box_of_contents_is_not_read_twice() -> None:
    """Headings are read where they stand, not in the box of contents above."""
    box = "Nội dung\nHồ sơ cần nộp\nNơi nộp hồ sơ\n"
    body = "Hồ sơ cần nộp\nĐơn và bản sao.\nNơi nộp hồ sơ\nNhà văn hóa thôn."
    lines = [sentence.where.line for sentence in read_text(box + body).sentences]
    assert lines == [4, 5, 6, 7]


def test_a_doubled_line_of_a_bulletin_of_our_own_is_read_once() -> None:
    """A line pasted twice by mistake is a doubled caption only on a page with furniture."""
    body = "Xã họp bàn việc làm đường liên thôn tại nhà văn hóa thôn Bãi sáng thứ Bảy này.\n"
    doubled = "Mỗi hộ cử một người đi họp\n" * 2
    assert len(read_text(f"{body}{doubled}Nhớ mang giấy mời.").sentences) == 3
    assert len(read_text(f"{body}{doubled}Nhớ mang giấy mời.\nLượt xem: 42").sentences) == 2


def test_no_row_of_furniture_matches_nothing() -> None:
    """A row that could match an empty text would keep the reader at one place for ever."""
    rows = read_table("furniture")
    assert [row for row in rows if phrases(row[0]).fullmatch("")] == []


def test_an_office_above_a_section_is_the_portals_own() -> None:
    """The name of the office goes where sections stand below it, not where its notice does."""
    body = "Sáng nay, lãnh đạo xã đã cùng bà con thôn Bãi dọn kênh mương trước mùa lũ."
    page = f"UBND XÃ HÒA LẠC\nTin hoạt động\nBà con thôn Bãi dọn kênh mương\nLượt xem: 42\n{body}"
    assert len(read_text(page).sentences) == 2
    notice = f"Lượt xem: 42\nUBND XÃ HÒA LẠC\nTHÔNG BÁO\nVề việc dọn kênh mương thôn Bãi\n{body}"
    assert len(read_text(notice).sentences) == 4


def test_the_hour_below_its_name_is_told() -> None:
    """A day and hour alone is when a page was published, but not below «Thời gian:»."""
    body = "Trạm y tế xã tiêm phòng cho trẻ dưới hai tuổi tại nhà văn hóa thôn Bãi."
    notice = f"Lịch tiêm phòng tháng Mười hai\nThời gian:\n07:30, 13/12/2025\n{body}"
    assert len(read_text(notice).sentences) == 4
    page = f"Lịch tiêm phòng tháng Mười hai\n07:30, 13/12/2025\n{body}"
    assert len(read_text(page).sentences) == 2


def test_the_author_stands_beside_the_hour_of_publishing() -> None:
    """Under a title a name with a day and an hour is the author's; with a job it is told."""
    body = "Trạm y tế xã tiêm phòng cho trẻ dưới hai tuổi tại nhà văn hóa thôn Bãi."
    title = "Trẻ em thôn Bãi được tiêm phòng"
    assert len(read_text(f"{title}\nMinh Châu - 13/12/2025 - 07:30\n{body}").sentences) == 2
    assert len(read_text(f"{title}\nBác sĩ Minh Châu tiêm cho các cháu\n{body}").sentences) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Thứ hai - 11/11/2024 04:09",
        "Ngày 12/03/2021, 08:10 (GMT+7)",
        "Cập nhật: 18:45, 14/09/2022 (GMT+7)",
        "12 Tháng Ba 2021 | 8:00",
        "Đăng lúc: 17:00:00 02/01/2024 (GMT+7)",
        "Ngày gửi: 12/03/2021",
        "Viết bởi admin",
        "Đã xem 123",
        "Font size: A- A A+",
        "Phóng to Thu nhỏ",
        "Chia sẻ: Facebook Zalo",
        "Giọng đọc Nữ miền Bắc",
        "Back To Top",
        "Xem chi tiết tại đây",
        "Tải file đính kèm tại đây",
        "Powered by TNT",
        "Chưa có bình luận nào",
        "BBT",
        "Xuất bản thông tin",
        "(Chi tiết có file đính kèm)",
        "Trang chủ    Tin tức    Chuyện làng    Bà con thôn Bãi dọn kênh mương",
    ],
)
def test_what_only_portals_print_goes(line: str) -> None:
    """When, by whom and with what a page was made is not told to a village."""
    reading = read_text(f"Xã họp bàn việc làm đường.\n{line}\nMời bà con dự họp")
    assert {sentence.where.line for sentence in reading.sentences} == {1, 3}


def test_the_office_above_a_letterhead_is_no_menu() -> None:
    """Below the keys of a library of laws the office, the number and the day of a paper stay."""
    page = "Đăng nhập\nĐang tải văn bản...\nSố hiệu: 1/2025/QĐ-UBND Loại văn bản: Quyết định\n"
    page += "Tình trạng: Đã biết\nỦY BAN NHÂN DÂN\nTỈNH TÂN LỘC\n-------\n"
    page += "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 1/2025/QĐ-UBND\n"
    page += "Căn cứ Luật Tổ chức chính quyền địa phương, xã lập quỹ khuyến học cho các cháu."
    lines = [sentence.where.line for sentence in read_text(page).sentences]
    assert lines == [5, 6, 10, 11]
