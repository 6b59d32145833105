"""A text as written beside the text as read: what differs is marked, what nobody knows too.

It stands apart because the editor, the approver and the preview look at the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script import estimate_ms, read_text
from broadcaster.voicename import VoiceName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.errors import Problem
    from broadcaster.model import Bulletin, Sentence
    from broadcaster.web.site import OnDisk

__all__ = ["Line", "Part", "ReadAloud", "read_aloud"]

_UNKNOWN = "unknown-acronym"
_EDGES = re.compile(r"^\W+|\W+$")
_WORD_AT = re.compile(r"\w[\w/&.-]*\w|\w")


class Part(NamedTuple):
    """Some words of a line; ``word`` is what a word list would have of them."""

    text: str
    kind: str = ""
    """``changed`` or ``unknown``; empty for what is read as it is written."""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, both ways; an announcer takes ``breaths`` in a long one."""

    number: int
    written: tuple[Part, ...]
    spoken: tuple[Part, ...]
    breaths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAloud:
    """How a text is read, about how long that takes, and what its editor should look at."""

    lines: tuple[Line, ...]
    length_ms: int
    unknown: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_aloud(on_disk: OnDisk, bulletin: Bulletin) -> ReadAloud:
    """The reading of ``bulletin`` at this station."""
    reading = read_text(
        bulletin.text,
        lexicon=on_disk.content.lexicon,
        where=bulletin.where,
        style=on_disk.config.reading,
    )
    unknown = _unknown(bulletin, reading.problems)
    return ReadAloud(
        lines=tuple(_line(n, found, unknown) for n, found in enumerate(_whole(reading.sentences))),
        length_ms=estimate_ms(reading.sentences, voice=VoiceName("espeak")),
        unknown=tuple(dict.fromkeys(unknown)),
        problems=reading.problems,
    )


def _unknown(bulletin: Bulletin, problems: Sequence[Problem]) -> list[str]:
    """The short forms that the word lists do not have, found at the places of their problems."""
    lines = bulletin.text.split("\n")
    found = []
    for problem in problems:
        row = problem.where.line - bulletin.where.line
        if problem.code == _UNKNOWN and 0 <= row < len(lines):
            match = _WORD_AT.match(lines[row], max(problem.where.column - 1, 0))
            found += [match[0].rstrip(".")] if match else []
    return found


def _whole(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """The breaths of each written sentence: only the first has its text."""
    found: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.text.strip() or not found:
            found.append([])
        found[-1].append(sentence)
    return found


def _line(number: int, breaths: Sequence[Sentence], unknown: Sequence[str]) -> Line:
    old = breaths[0].text.split()
    new = " ".join(breath.spoken for breath in breaths).split()
    matcher = SequenceMatcher(None, [_key(w) for w in old], [_key(w) for w in new], autojunk=False)
    written: list[Part] = []
    spoken: list[Part] = []
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        kind = "" if tag == "equal" or not any(map(_key, old[first:last])) else "changed"
        written += _parts(old[first:last], kind, unknown)
        spoken += _parts(new[new_first:new_last], "changed" if tag != "equal" else "", ())
    return Line(number, tuple(written), tuple(spoken), tuple(b.spoken for b in breaths))


def _parts(words: Sequence[str], kind: str, unknown: Sequence[str]) -> list[Part]:
    """The words as one part, but for those that nobody knows."""
    parts: list[Part] = []
    run: list[str] = []
    for word in words:
        if _EDGES.sub("", word) in unknown:
            parts += [_part(run, kind)] if run else []
            parts.append(_part([word], "unknown"))
            run = []
        else:
            run.append(word)
            if kind and word[-1] in ",;:":  # what stands behind it is a reading of its own
                parts.append(_part(run, kind))
                run = []
    return [*parts, _part(run, kind)] if run else parts


def _part(words: Sequence[str], kind: str) -> Part:
    text = " ".join(words)
    return Part(text, kind, _EDGES.sub("", text))


def _key(word: str) -> str:
    """``word`` without marks and capitals, which nobody hears."""
    return _EDGES.sub("", word).casefold()
