"""Damaged text is mended, healthy text never is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import Where
from broadcaster.script import read_text
from broadcaster.script.folding import fold
from broadcaster.script.repair import Mender, mend_title

SAMPLES = Path(__file__).parents[2] / "scripts_vi"
GOLDEN = Path(__file__).parent / "golden"
HEALTHY = [
    "Tỉnh Đắk Lắk, tỉnh Kon Tum, huyện Krông Pa, xã Y Tý, dân tộc Ê Đê, Jrai, Bahnar, H’Mông.",
    "Niềm tin sáng ngời; nghỉ ngơi, mời bà con bổ sung ý kiến, nói lời hay.",
    "Ông Müller ở Genève, bà François ở São Paulo, cà phê ngon 37°C, ½ cân, 5 m², «Bản tin».",
    "Xem https://vi.wikipedia.org/wiki/Tiếng_Việt, thư đợc@xa.vn; ô tô, hécta, kilômét, vắcxin.",
    "TNHH, HĐND, vnđ, trđ, Microsoft®, VNPT™, © 2026.",
    "Thép Ø10, ống Ø60 và Ø 114.",
    "Van Ø27, co Ø21, măng sông Ø34.",
    "Khoá học ở Hoà Bình: khoẻ, thuỷ lợi, quý, quỹ, giữ gìn, giếng, nghiêng, khuya, khuỷu tay.",
]
LEGACY = [
    *"à á ả ã ạ ê ô ơ ư đ û ø õ ï å ä ë ü ñ ö © ® ¸ µ · ¹ Þ Ø Õ Ã ð ý á» Ä‘ Æ° ng ban x".split(" "),  # noqa: SIM905
    *" '^(`?.~+\xad\n",
]


def _rules(text: str) -> set[str]:
    return {change.rule for change in read_text(text).changes if "repair" in change.rule}


@pytest.mark.parametrize("text", HEALTHY)
def test_healthy_text(text: str) -> None:
    """Names of every people, foreign words, signs and addresses stay as they are."""
    assert not _rules(text)
    codes = {problem.code for problem in read_text(text).problems}
    assert not codes & {"old-encoding", "mended-words", "impossible-syllable"}


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.*")), ids=lambda file: file.stem)
def test_sample_bulletins(file: Path) -> None:
    """Nothing is mended in the bulletins of the sample station."""
    if file.suffix in {".txt", ".md"}:
        assert not _rules(file.read_text(encoding="utf-8"))


def test_real_texts(real_data: Path) -> None:
    """Nothing is mended, and no word is called impossible, in real articles and bulletins."""
    files = [*real_data.glob("*/*.txt")]
    assert len(files) > 20
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not _rules(text), file
        assert "impossible-syllable" not in {p.code for p in read_text(text).problems}, file


@pytest.mark.parametrize(
    ("text", "written", "spoken", "rule"),
    [
        ("Theo Uû ban nh©n d©n x·", "Uû ban nh©n d©n x·", "Ủy ban nhân dân xã", "repair.tcvn3"),
        ("UÛy ban nhaân daân", "UÛy ban nhaân daân", "Ủy ban nhân dân", "repair.vni"),
        ("Đồng chí trởng ban", "trởng", "trưởng", "repair.word"),
        ("Các nƣớc khác", "nƣớc", "nước", "repair.letters"),
        ("Xã tа họp", "tа", "ta", "repair.letters"),
    ],
)
def test_each_repair_is_shown(text: str, written: str, spoken: str, rule: str) -> None:
    """`read --explain` shows what stood in the file, what is read, and why."""
    changes = read_text(f"Dòng đầu.\n{text}").changes
    change = next(change for change in changes if change.rule.startswith("repair."))
    assert (
        change.written.removeprefix("Theo "),
        change.spoken.removeprefix("Theo "),
        change.rule,
    ) == (
        written,
        spoken,
        rule,
    )
    assert change.where.line == 2


def test_encoding_is_told_once() -> None:
    """Ten paragraphs in TCVN3 give one warning, with the place of the first."""
    problems = read_text("Thông báo:\n" + "Uû ban nh©n d©n x· häp.\n" * 10).problems
    assert [(p.code, p.where) for p in problems] == [("old-encoding", Where(None, 2, 1))]


def test_pasted_paragraph() -> None:
    """Words in Unicode beside words in TCVN3 stay as they are."""
    reading = read_text("Ủy ban nhân dân và Uû ban nh©n d©n x· Kim B×nh")
    assert reading.spoken == "Ủy ban nhân dân và Ủy ban nhân dân xã Kim Bình"


def test_lost_letter_beside_old_encoding() -> None:
    """TCVN3 that lost its soft hyphens is converted, then its words are mended."""
    reading = read_text("Ban Thêng vô, ®ång chÝ trëng ban, ngêi d©n ®îc hëng.")
    assert reading.spoken == "Ban Thường vụ, đồng chí trưởng ban, người dân được hưởng."


@pytest.mark.parametrize(
    ("text", "hint"),
    [("Nghị quyểt mới", "quyết, quyệt"), ("Hàng thơng rẻ", "thương, thông")],
)
def test_impossible_word(text: str, hint: str) -> None:
    """Where nobody can know the word, it stays, and the editor is told what to type."""
    (problem,) = read_text(text).problems
    assert problem.code == "impossible-syllable"
    assert hint in problem.hint
    assert read_text(text).spoken == text


def test_context_decides() -> None:
    """The same letters are another word in a text that proves what befell it."""
    assert read_text("Niềm tin ngời sáng").spoken == "Niềm tin ngời sáng"
    assert "người" in read_text("Nhà trờng có ngời đợc khen").spoken
    assert read_text("Khơng có cơng ty").spoken == "Không có công ty"
    assert read_text("Đợc trả cơng").problems


def test_warning_in_vietnamese(vietnamese: None) -> None:
    """The operator is told in Vietnamese."""
    (problem,) = read_text("Nghị quyểt mới").problems
    assert "không thể là một tiếng Việt" in problem.message


def test_title_is_mended() -> None:
    """Lists and logs show the title in Unicode."""
    assert mend_title("QuyÕt ®Þnh", "Uû ban nh©n d©n x· häp.") == "Quyết định"
    assert mend_title("Ngời tốt", "Việc đợc khen, lớp trởng nói.") == "Người tốt"
    assert mend_title("Ý Đảng, lòng dân", "Bài viết.") == "Ý Đảng, lòng dân"


@pytest.mark.parametrize("text", HEALTHY)
def test_nfd_reads_as_nfc(text: str) -> None:
    """Letters typed in pieces are read as whole letters."""
    assert read_text(unicodedata.normalize("NFD", text)).spoken == read_text(text).spoken


def test_marks_in_any_order() -> None:
    """Tone before circumflex, a joiner between marks, marks on a whole letter: one word."""
    forms = ["e\u0301\u0302", "e\u0302\u0301", "\xe9\u0302", "e\u034f\u0302\u200b\u0301", "ê\u0301"]
    assert {fold(form).text for form in forms} == {"ế"}


@pytest.mark.parametrize(
    "pair", ["hoà hòa", "khoẻ khỏe", "Thuỷ Thủy", "tòan toàn", "qúy quý", "đừơng đường", "HOÀ HÒA"]
)
def test_places_of_the_tone(pair: str) -> None:
    """The old and the new place of a tone mark are one word, and so is a wrong place."""
    one, other = pair.split()
    assert fold(one).text == fold(other).text == other


def _golden_originals() -> list[str]:
    lines = (GOLDEN / "repairs.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[1] for line in lines if line and not line.startswith("#")]


def test_mended_text_is_healthy() -> None:
    """What was mended once is never mended again."""
    for text in _golden_originals():
        assert not _rules(text)


@given(st.lists(st.sampled_from(LEGACY), max_size=40).map("".join) | st.text())
def test_any_text(text: str) -> None:
    """Whatever the letters are, mending never fails, and each repair has its place in the text."""
    mender = Mender(text)
    folded = mender.fold(text, 0)
    places = [folded.source(index) for index in range(len(folded.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(text)
    for start, end, _text, _rule in mender.repairs:
        assert 0 <= start < end <= len(text)
    assert isinstance(mender.problems(Where()), list)
    read_text(text)


@pytest.mark.parametrize("piece", ["á»", "a^", "©a", "đýợc ", "trởng ", "ế\xad", "Uû ban ", "a'"])
def test_no_endless_work(piece: str) -> None:
    """One endless line of damage is as much work as its length says: its words are counted."""
    mender = Mender(piece * 20_000)
    assert len(mender.fold(piece * 20_000, 0).text) > 1000
