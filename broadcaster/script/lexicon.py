"""The lexicon: what abbreviations, names and foreign words are called.

Rows of tables, so that a word can be corrected without touching code; a station's own
``tu-dien.tsv`` comes before the built-in tables.
"""

from __future__ import annotations

import re
from functools import cache
from gettext import gettext as _
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.errors import Problem, Where
from broadcaster.script.alphabet import LETTER, LOWER, UPPER
from broadcaster.script.conditions import parse_conditions
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from broadcaster.script.conditions import Condition

__all__ = [
    "TABLES",
    "Entry",
    "Lexicon",
    "built_in_lexicon",
    "load_lexicon",
    "parse_lexicon",
    "read_table",
]

TABLES = (
    "context",
    "places",
    "bodies",
    "administration",
    "party",
    "security",
    "health",
    "school",
    "farming",
    "society",
    "foreign",
)
_PLAIN_HEAD = regex(rf"[{UPPER}]?[{LOWER}]+")
_HEAD = regex(rf"(?:{LETTER}|\d){{1,40}}")


class Entry(NamedTuple):
    """One row: ``written`` is read as ``spoken`` where every condition holds."""

    written: str
    spoken: str
    conditions: tuple[Condition, ...] = ()
    table: str = ""

    def holds(self, text: str, start: int, end: int) -> bool:
        return all(condition(text, start, end) for condition in self.conditions)


class Lexicon(NamedTuple):
    """Entries by their first word, the longest first; earlier rows win over later ones."""

    heads: Mapping[str, tuple[Entry, ...]]
    pieces: Mapping[str, str]
    """What a part of a compound means (``KH`` in ``Sở KH-CN``): rows without conditions."""

    plain: re.Pattern[str] | None
    """Finds entries that look like ordinary words, which reading would pass over."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Lexicon:
        heads: dict[str, list[Entry]] = {}
        pieces: dict[str, str] = {}
        for entry in _with_capitals(entries):
            if head := _HEAD.match(entry.written):
                heads.setdefault(head[0], []).append(entry)
            if not entry.conditions:
                pieces.setdefault(entry.written, entry.spoken)
        ordered = {
            head: tuple(sorted(rows, key=lambda row: -len(row.written)))
            for head, rows in heads.items()
        }
        plain = sorted(head for head in heads if _PLAIN_HEAD.fullmatch(head))
        return cls(ordered, pieces, re.compile(_any_of(plain)) if plain else None)

    def next_plain(self, text: str, start: int, end: int) -> int:
        """Where an entry begins among the ordinary words from ``start`` to ``end``, or ``end``."""
        while self.plain and (found := self.plain.search(text, start, end)):
            if self.find(text, found.start()):
                return found.start()
            start = found.end()
        return end

    def find(self, text: str, start: int) -> tuple[Entry, int] | None:
        """The entry that is written at ``start``, and where it ends."""
        head = _HEAD.match(text, start)
        for entry in self.heads.get(head[0], ()) if head else ():
            end = start + len(entry.written)
            if (
                text.startswith(entry.written, start)
                and not _HEAD.match(text, end)
                and entry.holds(text, start, end)
            ):
                return entry, end
        return None


def _any_of(words: Iterable[str]) -> str:
    """A pattern for sorted words; it asks for each first letter once."""
    groups = (
        f"{first}(?:{'|'.join(re.escape(word[1:]) for word in group)})"
        for first, group in groupby(words, key=itemgetter(0))
    )
    return rf"(?<!{LETTER})(?:{'|'.join(groups)})(?!{LETTER})"


def _with_capitals(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Words in small letters also stand at the start of a sentence."""
    for entry in entries:
        yield entry
        if len(entry.written) > 1 and entry.written.islower():
            yield entry._replace(written=entry.written[0].upper() + entry.written[1:])


def read_table(name: str) -> Iterator[list[str]]:
    """The rows of a built-in table; ``#`` begins a comment line."""
    from pathlib import Path  # noqa: PLC0415 - an import that only tables need

    table = Path(__file__).parent / "data" / f"{name}.tsv"
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _built_in_entries() -> Iterator[Entry]:
    for table in TABLES:
        for written, spoken, *context in read_table(table):
            yield Entry(written, spoken, parse_conditions("".join(context)), table)
    for field_code, field_name, *_rest in read_table("fields"):
        yield Entry(f"B{field_code}", f"Bộ {field_name}", (), "fields")
        yield Entry(f"S{field_code}", f"Sở {field_name}", (), "fields")


@cache
def built_in_lexicon() -> Lexicon:
    """The tables of this package."""
    return Lexicon.of(_built_in_entries())


def load_lexicon(path: Path | None) -> tuple[Lexicon, list[Problem]]:
    """The built-in tables with a station's ``tu-dien.tsv`` before them.

    Each line is ``written<TAB>spoken[<TAB>conditions]`` in UTF-8.  A bad line becomes a problem
    and the others still count; no path, or no file, means the built-in tables alone.
    """
    if path is None or not path.is_file():
        return built_in_lexicon(), []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        problem = _line_problem(Where(path), _("this word list cannot be read as UTF-8"))
        return built_in_lexicon(), [problem]
    return parse_lexicon(text, path=path)


def parse_lexicon(text: str, *, path: Path) -> tuple[Lexicon, list[Problem]]:
    """As :func:`load_lexicon`, from the text that ``path`` has or will have."""
    problems: list[Problem] = []
    own = [*_own_entries(text.splitlines(), path, problems=problems)]
    return Lexicon.of([*own, *_built_in_entries()]), problems


def _own_entries(lines: list[str], path: Path, *, problems: list[Problem]) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        written, spoken, context = [*(cell.strip() for cell in line.split("\t")), "", ""][:3]
        if not spoken or not _HEAD.match(written):
            where = Where(path, number, 1)
            problems.append(_line_problem(where, _("this line of the word list is incomplete")))
            continue
        try:
            yield Entry(written, spoken, parse_conditions(context), "station")
        except ValueError as error:
            where = Where(path, number, line.find(str(error)) + 1)
            message = _("the condition “{text}” is not known").format(text=error)
            problems.append(_line_problem(where, message))


def _line_problem(where: Where, message: str) -> Problem:
    hint = _("write: the word as written, a tab, the word as spoken")
    return Problem(where, "bad-lexicon-line", message, hint)
