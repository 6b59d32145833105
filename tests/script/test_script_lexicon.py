"""The word list of a station, and the conditions in its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadcaster.script import load_lexicon, read_text
from broadcaster.script.conditions import parse_conditions
from broadcaster.script.lexicon import TABLES, built_in_lexicon, read_table

if TYPE_CHECKING:
    from pathlib import Path


def _own(folder: Path, text: str) -> Path:
    path = folder / "tu-dien.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_station_words_win(tmp_path: Path) -> None:
    """A word in the station's list is read as the station says, the others as before."""
    lexicon, problems = load_lexicon(_own(tmp_path, "# của xã\nHTX\thợp tác xã Đồng Tâm\n"))
    assert not problems
    reading = read_text("HTX và UBND.", lexicon=lexicon)
    assert reading.spoken == "hợp tác xã Đồng Tâm và ủy ban nhân dân."


def test_station_words_in_small_letters(tmp_path: Path) -> None:
    """Names in small letters can be corrected too."""
    lexicon, _problems = load_lexicon(_own(tmp_path, "Ea Súp\tÊ a Súp\nfanpage\tphen pết\n"))
    reading = read_text("Xã Ea Súp có fanpage mới.", lexicon=lexicon)
    assert reading.spoken == "Xã Ê a Súp có phen pết mới."


def test_station_words_with_a_context(tmp_path: Path) -> None:
    """A row holds only where its condition does."""
    lexicon, _problems = load_lexicon(_own(tmp_path, "XY\txã yên\t<về\n"))
    reading = read_text("Về XY.", lexicon=lexicon)
    assert reading.spoken == "Về xã yên."


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("HTX\n", 1, 1), ("a\tb\n\nHTX\thợp tác\t<xã ?lạ\n", 3, 17), ("\tmột\n", 1, 1)],
)
def test_bad_lines(tmp_path: Path, text: str, line: int, column: int) -> None:
    """A bad line is pointed at, and the others still count."""
    lexicon, (problem,) = load_lexicon(_own(tmp_path, text))
    assert problem.code == "bad-lexicon-line"
    assert (problem.where.line, problem.where.column) == (line, column)
    assert read_text("UBND", lexicon=lexicon).spoken == "ủy ban nhân dân"


def test_no_list(tmp_path: Path) -> None:
    """A station without a list reads with the built-in one."""
    assert load_lexicon(None) == (built_in_lexicon(), [])
    assert load_lexicon(tmp_path / "tu-dien.tsv") == (built_in_lexicon(), [])


def test_list_in_another_encoding(tmp_path: Path) -> None:
    """A list that is not UTF-8 is a problem, and reading goes on."""
    path = tmp_path / "tu-dien.tsv"
    path.write_bytes(b"HTX\t\xff\xfe\x80")
    _lexicon, (problem,) = load_lexicon(path)
    assert problem.code == "bad-lexicon-line"


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_sound(name: str) -> None:
    """Every row of a built-in table has what is written and what is said, without digits."""
    for row in read_table(name):
        assert 2 <= len(row) <= 3, row
        assert row[0].strip() == row[0]
        assert not any(char.isdigit() for char in row[1]), row
        parse_conditions("".join(row[2:]))


def test_every_row_can_be_reached() -> None:
    """No row of the tables stands behind one of the same word that always holds."""
    settled: set[str] = set()
    for table in TABLES:
        for written, _spoken, *context in read_table(table):
            assert written not in settled, (table, written)
            if not "".join(context):
                settled.add(written)
