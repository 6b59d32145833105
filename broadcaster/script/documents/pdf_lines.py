"""Printed lines of pages → paragraphs: a PDF knows where words stand and not what belongs together.

Apart from the converter, because it is pure: page numbers and running heads go, hyphens at line
ends are mended, and a line that fills the page goes on in the next.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from broadcaster.script.documents.layout import Paragraph, write
from broadcaster.script.syllables import is_syllable

__all__ = ["join_pages"]

_PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*(?:/|trên|of)\s*\d{1,3})?[-–—\s|]*", re.IGNORECASE
)
_EDGE = 2
"""So many lines at the top and at the foot may be furniture of the page."""
_OFTEN = 0.5
_FULL = 0.8
"""A line goes on in the next where it reaches so far to the right margin."""
_FIRST_LINE_INDENT = 2
_ITEM = re.compile(
    r"(?:[-–—•+*▪]|[IVX]{1,5}\.)\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)](?=\s|[^\W\d])"
)
_STARTS = re.compile(r"(?:Điều|Chương|Mục|Phần|Khoản)\s+[\dIVX]", re.IGNORECASE)
_COLUMNS = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_STOPS = (".", "!", "?", ":", ";", "./.")
_HYPHENS = ("-", "\u2010")


class _Line(NamedTuple):
    text: str
    indent: int
    fills: bool
    after_gap: bool


def join_pages(pages: list[str]) -> str:
    """The text of all pages, a line for each paragraph."""
    paragraphs: list[list[_Line]] = []
    kept = _without_furniture([page.split("\n") for page in pages])
    margins = _margins(kept)
    for page in kept:
        for line in _measured(page, margins):
            if paragraphs and _goes_on(paragraphs[-1], line):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    return write([Paragraph(_joined(lines)) for lines in paragraphs])


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Page numbers, and lines that stand at the edge of most pages, differing in digits only.

    A running head without digits may be the title: it stays where it stands first.
    """
    filled = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(key for page in filled for key in set(map(_key, _at_edge(page))))
    running = {key for key, count in edges.items() if count > max(1, _OFTEN * len(pages))}
    trimmed = [_trimmed(page, running) for page in pages]
    titled = [
        _with_title(page, rest, running) for page, rest in zip(pages[:1], trimmed[:1], strict=True)
    ]
    return titled + trimmed[1:]


def _at_edge(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[max(_EDGE, len(page) - _EDGE) :]


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _trimmed(page: list[str], running: set[str]) -> list[str]:
    kept = list(page)
    for step in (0, -1):
        for _line in range(_EDGE):
            while kept and not kept[step].strip():
                kept.pop(step)
            if kept and (_PAGE_NUMBER.fullmatch(kept[step]) or _key(kept[step]) in running):
                kept.pop(step)
    return kept


def _with_title(page: list[str], trimmed: list[str], running: set[str]) -> list[str]:
    top = [line for line in page if line.strip()][:_EDGE]
    return [line for line in top if _key(line) in running and "0" not in _key(line)] + trimmed


def _margins(pages: list[list[str]]) -> tuple[int, int]:
    """The columns where the left-most and the right-most letters of all pages stand."""
    filled = [line.rstrip() for page in pages for line in page if line.strip()]
    left = min((len(line) - len(line.lstrip()) for line in filled), default=0)
    return left, max(map(len, filled), default=0)


def _measured(page: list[str], margins: tuple[int, int]) -> list[_Line]:
    """The lines of a page with what their place tells."""
    left, right = margins
    lines = []
    for before, line in pairwise(["", *page]):
        if text := line.strip():
            indent = len(line) - len(line.lstrip()) - left
            fills = len(line.rstrip()) - left >= _FULL * (right - left)
            lines.append(_Line(_COLUMNS.sub(", ", text), indent, fills, not before.strip()))
    return lines


def _goes_on(paragraph: list[_Line], line: _Line) -> bool:
    before = paragraph[-1]
    if _ITEM.match(line.text) or _STARTS.match(line.text) or not before.fills:
        return False
    if before.text.isupper() != line.text.isupper() and not line.text[0].islower():
        return False  # a heading in capitals ends or begins
    if line.text[0].islower():
        return not before.text.endswith(_STOPS) or not line.after_gap
    indented = line.indent - min(before.indent, line.indent) >= _FIRST_LINE_INDENT
    return not (line.after_gap or indented or before.text.endswith((":", ";", "./.")))


def _joined(lines: list[_Line]) -> str:
    ends = [_joint(before.text, line.text) for before, line in pairwise(lines)]
    return "".join([*ends, lines[-1].text])


def _joint(text: str, following: str) -> str:
    """A line as it runs on into the next: its hyphen parts a word, a compound or a range."""
    if text.endswith("\u00ad"):
        return text[:-1]
    half = text.rsplit(None, 1)[-1][:-1]
    if not text.endswith(_HYPHENS) or not half[-1:].isalnum() or not following[0].isalnum():
        return f"{text} "
    rest = following.split(None, 1)[0].rstrip(".,;:!?")
    halves = is_syllable(half) and is_syllable(rest)
    is_word = following[0].islower() and (is_syllable(half + rest) or not halves)
    return text[:-1] if is_word else text
