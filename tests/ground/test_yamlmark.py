"""YAML with the place of every value, whatever the file holds."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.errors import Problem, Severity, Where
from broadcaster.yamlmark import MAX_BYTES, Mark, parse, read_file

LICH = Path("lich.yaml")


def _root(text: str, *, first_line: int = 1) -> Mark:
    root = parse(text, path=LICH, problems=[], first_line=first_line)
    assert root is not None
    return root


def _value(text: str) -> Mark:
    return _root(f"a: {text}").mapping(["a"])["a"]


def _codes(mark: Mark) -> list[str]:
    return [problem.code for problem in mark.problems]


# -- whole files --------------------------------------------------------------------------


def _read(tmp_path: Path, data: bytes) -> tuple[Mark | None, list[Problem]]:
    path = tmp_path / "lich.yaml"
    path.write_bytes(data)
    problems: list[Problem] = []
    return read_file(path, problems=problems), problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_what_editors_save(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with or without its mark, and the “Unicode” of Windows, are read alike."""
    root, problems = _read(tmp_path, "tên: Đài xã\r\n".encode(encoding))
    assert problems == []
    assert root is not None
    assert root.mapping(["tên"])["tên"].text() == "Đài xã"


def test_letters_and_marks_are_put_together(tmp_path: Path) -> None:
    """Vietnamese typed with separate accents is the same text as with composed letters."""
    root, problems = _read(tmp_path, unicodedata.normalize("NFD", "tên: Đài xã").encode())
    assert problems == []
    assert root is not None
    assert root.mapping(["tên"])["tên"].text() == "Đài xã"


@pytest.mark.parametrize("tail,column", [(b"b: Ph\xf2ng", 6), (b"\xe0i", 1)])
def test_a_wrong_encoding_is_told_with_its_place(tmp_path: Path, tail: bytes, column: int) -> None:
    """A file in an old Vietnamese encoding is told with the line and column of the first letter."""
    root, problems = _read(tmp_path, "a: Đài\n".encode() + tail)
    assert root is None
    ((where, code),) = [(p.where, p.code) for p in problems]
    assert (where.line, where.column, code) == (2, column, "not-utf8")


@pytest.mark.parametrize(
    "data,code",
    [
        (b"", "empty-file"),
        (b"# a comment\n\n", "empty-file"),
        (b"a: 1\x00", "yaml-syntax"),
        (b"\x89PNG\r\n\x1a\n", "not-utf8"),
        (b"a" * (MAX_BYTES + 1), "file-too-large"),
        (b"\xff\xfe\x00", "not-utf8"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, data: bytes, code: str) -> None:
    """Empty, binary, half and far too large files are each a problem with a reason."""
    root, problems = _read(tmp_path, data)
    assert root is None
    assert [problem.code for problem in problems] == [code]


@pytest.mark.usefixtures("vietnamese")
def test_the_reason_of_the_system_is_vietnamese_too(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is told in Vietnamese."""
    problems: list[Problem] = []
    assert read_file(tmp_path / "khong-co.yaml", problems=problems) is None
    assert read_file(tmp_path, problems=problems) is None
    assert [problem.message for problem in problems] == [
        "không đọc được tệp: không có tệp hoặc thư mục này",
        "không đọc được tệp: đây là thư mục",
    ]


@pytest.mark.parametrize(
    "text,line,column",
    [
        ("a: 1\n  b: 2\n", 2, 4),
        ("a:\n\tb: 1\n", 2, 1),
        ("a: [1, 2\n", 2, 1),
        ("a: 'x\n", 2, 1),
        ("title: Tin: sáng\n", 1, 11),
        ("---\na: 1\n---\nb: 2\n", 3, 1),
    ],
)
def test_a_slip_of_syntax_has_a_place(text: str, line: int, column: int) -> None:
    """The usual slips of YAML are told near the place where they are."""
    problems: list[Problem] = []
    assert parse(text, path=LICH, problems=problems) is None
    assert [(p.where, p.code) for p in problems] == [(Where(LICH, line, column), "yaml-syntax")]


def test_front_matter_counts_its_lines_from_the_file() -> None:
    """Places in front matter are those of the file that it stands in."""
    problems: list[Problem] = []
    assert parse("a: b: c", path=LICH, problems=problems, first_line=10) is None
    assert problems[0].where.line == 10
    assert _root("\na: 1", first_line=10).mapping(["a"])["a"].where == Where(LICH, 11, 4)


def test_tags_and_aliases_are_refused_each_at_its_place() -> None:
    """Every tag and every anchor is told; nothing of such a file is used."""
    problems: list[Problem] = [Problem(Where(), "yaml-alias", "from an earlier file")]
    text = "a: &x [1]\nb: *x\nc: !!python/object:os.system d\n"
    assert parse(text, path=LICH, problems=problems) is None
    assert [(p.code, p.where.line) for p in problems[1:]] == [
        ("yaml-alias", 1),
        ("yaml-alias", 2),
        ("yaml-tag", 3),
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000, "{a: " * 20_000, "&a [*a]"])
def test_a_nest_without_end_cannot_crash_the_process(text: str) -> None:
    """A file of many thousand brackets is told, though PyYAML alone would end the process."""
    problems: list[Problem] = []
    assert parse(text, path=LICH, problems=problems) is None
    assert len(problems) in {1, 2}


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    """Whatever text it is, there is a root or a problem, or nothing was written."""
    problems: list[Problem] = []
    root = parse(text, path=LICH, problems=problems)
    if root is None and not problems:
        kept = [line.partition("#")[0].strip() for line in text.splitlines()]
        assert set("".join(kept)) <= set("-. %YAML0123456789\ufeff")


# -- shapes -------------------------------------------------------------------------------


def test_a_mapping_tells_unknown_missing_and_repeated_keys() -> None:
    """Unknown keys are told with the nearest one, missing ones together, repeated ones once."""
    root = _root("naem: x\nla: 1\nid: a\nid: b\n")
    values = root.mapping(["name", "id", "at", "days"], required=["name", "id", "at", "days"])
    assert values["id"].text() == "a"
    assert [(p.code, p.where.line) for p in root.problems] == [
        ("duplicate-key", 4),
        ("unknown-key", 1),
        ("unknown-key", 2),
        ("missing-key", 1),
    ]
    assert root.problems[1].hint == "did you mean “name”?"
    assert "“at”, “days”" in root.problems[3].message


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_without_a_value_is_not_written(nothing: str) -> None:
    """A key with nothing behind it counts as left out; in quotes it is a text."""
    root = _root(f"a: {nothing}\nb: '{nothing}'")
    values = root.mapping(["a", "b"], required=["a"])
    assert list(values) == ["b"]
    assert _codes(root) == ["missing-key"]


def test_a_single_value_stands_for_a_list() -> None:
    """A list of one may be written without brackets, and nothing is an empty list."""
    assert _value("x").texts() == ("x",)
    assert _value("[x, 'y ']").texts() == ("x", "y")
    assert _root("-").items()[0].items() == []


@pytest.mark.parametrize("text", ["[1]", "{b: 1}"])
def test_a_list_is_no_single_value(text: str) -> None:
    """Where one value is expected, a list or a mapping is told."""
    mark = _value(text)
    assert mark.text() is mark.time() is mark.number(low=0, high=1) is mark.boolean() is None
    assert set(_codes(mark)) == {"not-a-text"}


def test_a_value_is_no_mapping() -> None:
    """Where keys are expected, a value is told, once."""
    mark = _value("x")
    assert mark.mapping(["a"], required=["a"]) == {}
    assert _codes(mark) == ["not-a-mapping"]


# -- scalars ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["true", "Yes", "có", "BẬT", "1"])
def test_yes_in_two_languages(word: str) -> None:
    """Yes may be written in English or in Vietnamese."""
    assert _value(word).boolean() is True


@pytest.mark.parametrize("word", ["false", "No", "không", "tắt", "0"])
def test_no_in_two_languages(word: str) -> None:
    """No may be written in English or in Vietnamese."""
    assert _value(word).boolean() is False


@pytest.mark.parametrize("word", ["2", "maybe", "''"])
def test_neither_yes_nor_no(word: str) -> None:
    """Anything else is told, never taken for no."""
    mark = _value(word)
    assert mark.boolean() is None
    assert _codes(mark) == ["bad-boolean"]


@pytest.mark.parametrize("written,value", [("3", 3), ("-2", None), ("2,0", 2), ("10", None)])
def test_whole_numbers_within_bounds(written: str, value: int | None) -> None:
    """A whole number may stand between its bounds, both included."""
    assert _value(written).integer(low=2, high=9) == value


@pytest.mark.parametrize("written", ["1.5", "nan", "inf", "một", "1e999", "0x10"])
def test_what_is_no_whole_number(written: str) -> None:
    """Fractions, words and infinities are told, once."""
    mark = _value(written)
    assert mark.integer(low=-99, high=99) is None
    assert _codes(mark) == ["bad-number"]


def test_a_choice_names_the_nearest() -> None:
    """A word that is none of the choices is told with the nearest; capitals do not matter."""
    assert _value("Hard").choice({"hard": 1, "soft": 2}) == 1
    mark = _value("sofft")
    assert mark.choice({"hard": 1, "soft": 2}) is None
    assert mark.problems[0].hint == "did you mean “soft”?"


def test_a_length_has_bounds() -> None:
    """A length outside its bounds is told with both of them."""
    mark = _value("2h")
    assert mark.duration_ms(low=1_000, high=3_600_000) is None
    assert mark.problems[0].hint == "write a length from 1s to 1h"


def test_a_long_value_is_shown_in_part() -> None:
    """A message never repeats a page of text."""
    mark = _value("x" * 5_000)
    assert mark.time() is None
    assert len(mark.problems[0].message) < 120


@pytest.mark.usefixtures("vietnamese")
def test_a_time_that_does_not_exist_is_told_in_vietnamese() -> None:
    """25:10 is told with its place, and what a time looks like."""
    mark = _value("25:10")
    assert mark.time() is None
    assert str(mark.problems[0]) == (
        "lich.yaml:1:4: không hiểu “25:10” — hãy ghi giờ từ 00:00 đến 23:59, ví dụ 17:00 [bad-time]"
    )


def test_a_complaint_may_be_a_warning() -> None:
    """Whoever complains says whether it keeps something off the air."""
    mark = _value("x")
    mark.complain("odd", "odd", severity=Severity.WARNING)
    assert mark.problems[0].severity is Severity.WARNING
