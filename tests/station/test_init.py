"""The new station folder: complete, without a problem, and never over somebody's work."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from station_sounds import missing_sounds

from broadcaster.errors import ContentError
from broadcaster.schedule import load_week
from broadcaster.script import load_bulletin, load_lexicon
from broadcaster.station.init import init_station

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def station(tmp_path: Path) -> Path:
    init_station(tmp_path / "dai-moi")
    return tmp_path / "dai-moi"


def test_writes_everything_a_station_needs(tmp_path: Path) -> None:
    """A new station has settings, a week, a bulletin, a lexicon and a folder for sounds."""
    written = init_station(tmp_path)
    assert [str(path.relative_to(tmp_path)) for path in written] == [
        "schedules/ke-hoach/ke-hoach.yaml",
        "schedules/lich-tuan.yaml",
        "scripts_vi/01-ban-tin-dau-tien.txt",
        "scripts_vi/am-thanh/README.md",
        "scripts_vi/tu-dien.tsv",
        "station.yaml",
    ]
    assert all(path.is_file() for path in written)


def test_comments_are_vietnamese_in_nfc(station: Path) -> None:
    """Every file explains itself in Vietnamese whose accents are composed letters."""
    accents = set("ăâđêôơưạảấầậếềệốồộớờợứừự")
    for path in (path for path in station.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert len(accents & set(text)) > 5


def test_its_week_has_no_problem(station: Path) -> None:
    """The new week loads without a problem, and airs on Sundays too."""
    plan, problems = load_week(station / "schedules/lich-tuan.yaml")
    assert problems == []
    assert plan is not None
    assert all(6 in slot.days for slot in plan.slots)
    assert missing_sounds(plan, station) == set()


def test_its_bulletin_and_lexicon_have_no_problem(station: Path) -> None:
    """The new bulletin and the new lexicon load without a problem."""
    bulletin, problems = load_bulletin(station / "scripts_vi/01-ban-tin-dau-tien.txt")
    _lexicon, lexicon_problems = load_lexicon(station / "scripts_vi/tu-dien.tsv")
    assert bulletin is not None
    assert bulletin.title == "Bản tin đầu tiên"
    assert [*problems, *lexicon_problems] == []


def test_says_plainly_what_the_network_voice_sends(station: Path) -> None:
    """A new station's settings say that gTTS sends the text to Google, and how to forbid it."""
    settings = (station / "station.yaml").read_text(encoding="utf-8")
    assert "voices: [gtts, espeak]" in settings.splitlines()
    assert "GỬI NỘI DUNG BẢN TIN TỚI GOOGLE" in settings
    assert "online: false" in settings


@pytest.mark.parametrize("name", ["station.yaml", "scripts_vi/tu-dien.tsv"])
def test_overwrites_nothing(tmp_path: Path, name: str) -> None:
    """A file that stands there is kept, named in the message, and nothing else is written."""
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("của tôi", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        init_station(tmp_path)
    assert [problem.where.path for problem in caught.value.problems] == [mine]
    assert mine.read_text(encoding="utf-8") == "của tôi"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


def test_follows_no_link_to_a_missing_file(tmp_path: Path) -> None:
    """A link that points nowhere stands in the way too: nothing is written through it."""
    (tmp_path / "station.yaml").symlink_to(tmp_path / "o-dau-do.yaml")
    with pytest.raises(ContentError):
        init_station(tmp_path)
    assert not (tmp_path / "o-dau-do.yaml").exists()


def test_keeps_other_files_of_the_folder(tmp_path: Path) -> None:
    """Other files in the folder are no obstacle and stay as they are."""
    (tmp_path / "ghi-chu.txt").write_text("giữ lại", encoding="utf-8")
    init_station(tmp_path)
    assert (tmp_path / "ghi-chu.txt").read_text(encoding="utf-8") == "giữ lại"


@pytest.mark.usefixtures("vietnamese")
def test_says_in_vietnamese_why_it_cannot_write(tmp_path: Path) -> None:
    """Where the folder's name is a file, a Vietnamese sentence says so and what to do."""
    (tmp_path / "dai").write_text("", encoding="utf-8")
    with pytest.raises(ContentError, match="không ghi được đài mới vào đây") as caught:
        init_station(tmp_path / "dai")
    assert "hãy chọn một thư mục mà bạn có quyền ghi" in str(caught.value)
