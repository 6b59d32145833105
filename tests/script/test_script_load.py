"""Files of editors: every encoding that they use, and everything that can be wrong with a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcaster.errors import Severity
from broadcaster.model import Priority
from broadcaster.script import load_bulletin, parse_bulletin, read_text

TEXT = "Thông báo cắt điện\n\nNgày 5/6, xã ta tạm ngừng cấp điện để sửa đường dây.\n"


def _write(folder: Path, data: bytes, name: str = "tin.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
)
def test_unicode_files(tmp_path: Path, data: bytes) -> None:
    """UTF-8 and UTF-16, with and without a mark, give the same bulletin."""
    bulletin, problems = load_bulletin(_write(tmp_path, data))
    assert not problems
    assert bulletin
    assert bulletin.text == TEXT
    assert (bulletin.id, bulletin.title) == ("tin", "Thông báo cắt điện")


def test_old_windows_file(tmp_path: Path) -> None:
    """A file of Vietnamese Windows before Unicode (CP1258) is read too."""
    data = "Xã ta họp dân".replace("ã", "a\u0303").replace("ọ", "o\u0323").encode("cp1258")
    bulletin, problems = load_bulletin(_write(tmp_path, data))
    assert {problem.severity for problem in problems} <= {Severity.WARNING}
    assert bulletin
    assert bulletin.text == "Xã ta họp dân"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\n", "empty-file"),
        (b"\x00\x01\x02" * 50, "not-text"),
        (b"PK\x03\x04rest", "not-text"),
        (b"%PDF-1.7 rest", "not-text"),
        (b"... !!! ,,,", "nothing-to-read"),
        ("Xã họp ở chợ".encode()[:-1], "not-text"),
        (b"\xff\xfe" + "Xã họp".encode("utf-16-le")[:-1], "not-text"),
        ("Привет, как дела у вас".encode("cp1251"), "not-text"),
        (b"---\ntitle: a\n---\n", "nothing-to-read"),
    ],
)
def test_files_without_a_text(tmp_path: Path, data: bytes, code: str) -> None:
    """A file that holds nothing to read is refused in a sentence with what to do."""
    bulletin, problems = load_bulletin(_write(tmp_path, data))
    assert bulletin is None
    assert [problem.code for problem in problems] == [code]
    assert problems[0].message
    assert problems[0].hint


def test_missing_file(tmp_path: Path) -> None:
    """A file that went away is a problem, not a crash."""
    bulletin, (problem,) = load_bulletin(tmp_path / "khong-co.txt")
    assert bulletin is None
    assert problem.code == "unreadable-file"


def test_other_kinds_of_file(tmp_path: Path) -> None:
    """A kind of file that holds no text is refused."""
    bulletin, (problem,) = load_bulletin(_write(tmp_path, b"abc", "tin.jpg"))
    assert bulletin is None
    assert problem.code == "unknown-file-kind"


def test_front_matter(tmp_path: Path) -> None:
    """Every field of the front matter arrives with its type."""
    matter = (
        "---\nid: cat-dien\ntitle: Cắt điện\nkind: thông báo\ntopic: điện\nlanguage: vi\n"
        "audience: toàn xã\nauthor: Ban biên tập\napproved_by: Chủ tịch\nvalid_from: 2026-06-01\n"
        "valid_until: 5/6/2026\npriority: khẩn cấp\nvoice: espeak\nonline: không\nrepeat: 2\n"
        "repeat_facts: có\nrecording: a.wav\nsource: Điện lực\n---\n"
    )
    bulletin, problems = load_bulletin(_write(tmp_path, (matter + TEXT).encode()))
    assert not problems
    assert bulletin
    assert (bulletin.id, bulletin.title, bulletin.kind) == ("cat-dien", "Cắt điện", "thông báo")
    assert (bulletin.valid_from, bulletin.valid_until) == (date(2026, 6, 1), date(2026, 6, 5))
    assert (bulletin.priority, bulletin.online, bulletin.repeat) == (Priority.EMERGENCY, False, 2)
    assert bulletin.repeat_facts
    assert bulletin.text == TEXT
    assert bulletin.where.line == matter.count("\n") + 1


def test_unknown_key_has_a_hint(tmp_path: Path) -> None:
    """A mistyped key is pointed at with the nearest one, and the rest is still read."""
    data = b"---\ntitel: Xa hop\nrepeat: 3\n---\nXa hop dan.\n"
    bulletin, (problem,) = load_bulletin(_write(tmp_path, data))
    assert bulletin
    assert bulletin.repeat == 3
    assert (problem.code, problem.where.line, problem.where.column) == ("unknown-key", 2, 1)
    assert "title" in problem.hint


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("repeat: 9", "bad-number"),
        ("priority: gấp gấp", "unknown-value"),
        ("valid_from: 31/2/2026", "bad-date"),
        ("online: có thể", "bad-boolean"),
        ("title: [", "yaml-syntax"),
        ("valid_from: 2026-06-02\nvalid_until: 2026-06-01", "never-valid"),
        ("id: a/b c", "bad-id"),
    ],
)
def test_bad_values(line: str, code: str) -> None:
    """A bad value is a problem in its place, and the bulletin is still there."""
    bulletin, problems = parse_bulletin(f"---\n{line}\n---\nXã họp dân.", path=Path("tin.txt"))
    assert bulletin
    assert bulletin.text == "Xã họp dân."
    assert [problem.code for problem in problems] == [code]


def test_front_matter_never_closed() -> None:
    """Front matter without an end does not swallow the bulletin."""
    bulletin, (problem,) = parse_bulletin("---\nXã họp dân.", path=Path("tin.txt"))
    assert bulletin
    assert bulletin.text == "Xã họp dân."
    assert problem.code == "front-matter-open"


def test_fields_are_never_read_aloud() -> None:
    """Where the closing line was forgotten, the known keys above the text still count as such."""
    text = "---\ntitle: Họp dân\nvalid_until: 2026-12-31\nXã họp dân.\n"
    bulletin, (problem,) = parse_bulletin(text, path=Path("tin.txt"))
    assert bulletin
    assert (bulletin.title, bulletin.text) == ("Họp dân", "Xã họp dân.\n")
    assert (bulletin.where.line, problem.code) == (4, "front-matter-open")


@pytest.mark.parametrize("line", ["online: có thể", "online: false\ntitle: ["])
def test_what_may_forbid_the_network_forbids_it(line: str) -> None:
    """A text whose front matter cannot be read is not sent to the internet."""
    bulletin, problems = parse_bulletin(f"---\n{line}\n---\nXã họp dân.", path=Path("tin.txt"))
    assert bulletin
    assert problems
    assert not bulletin.online


def test_recording_needs_no_text() -> None:
    """A bulletin whose sound is a recording may be empty."""
    bulletin, problems = parse_bulletin("---\nrecording: a.wav\n---\n", path=Path("cham.txt"))
    assert not problems
    assert bulletin
    assert bulletin.recording == "a.wav"


def test_titles() -> None:
    """The heading is the title, else a short first line above a blank one, else the file's name."""
    for text, title in (
        ("# Tin xã\n\nXã họp.", "Tin xã"),
        ("Tin xã\n\nXã họp.", "Tin xã"),
        ("Xã họp dân.\n\nHết.", "tin-so-1"),
    ):
        bulletin, _problems = parse_bulletin(text, path=Path("tin-so-1.txt"))
        assert bulletin
        assert bulletin.title == title


def test_the_title_of_a_copied_page_stands_below_its_menu() -> None:
    """A portal's menu, date and summary above the heading do not hide it."""
    page = "{}Xã Phước Mẫu mở thêm quầy một cửa\n\nSáng nay, xã mở quầy thứ ba.\n"
    menu = "Chủ trương, chính sách của tỉnh\n"
    summary = "Đây là quầy thứ ba trong năm.\n\n"
    for above in (menu, summary):
        bulletin, _problems = parse_bulletin(page.format(above), path=Path("tin-so-1.txt"))
        assert bulletin
        assert bulletin.title == "Xã Phước Mẫu mở thêm quầy một cửa"


def test_paths_in_problems_are_short(tmp_path: Path) -> None:
    """Problems name a file as the operator sees it in the station's folder."""
    _bulletin, (problem,) = load_bulletin(_write(tmp_path, b""), root=tmp_path)
    assert str(problem.where) == "tin.txt"


def test_a_megabyte(tmp_path: Path) -> None:
    """A text of a megabyte is read to its end."""
    line = "Ngày 5/6, UBND xã cấp 1.250 thẻ BHYT cho bà con, đạt 95,6% kế hoạch đề ra.\n"
    bulletin, problems = load_bulletin(_write(tmp_path, (line * 11_000).encode()))
    assert not problems
    assert bulletin
    assert len(bulletin.text.encode()) > 1_000_000
    assert len(read_text(bulletin.text[:100_000]).sentences) > 1


def test_refusals_speak_vietnamese(tmp_path: Path, vietnamese: None) -> None:
    """The operator reads in Vietnamese what is wrong with a file."""
    _bulletin, (problem,) = load_bulletin(_write(tmp_path, b""))
    assert problem.message == "tệp trống"
