"""Whatever the program says, it can say in Vietnamese."""

from __future__ import annotations

import gettext
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from broadcaster.messages import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

PACKAGE = Path(__file__).parents[2] / "broadcaster"
CLICK = Path(click.__file__).parent
_TEMPLATES = [("**.html", "jinja2")] if find_spec("jinja2") else []
CATALOGUES = sorted((PACKAGE / "locale" / "vi").glob("*.po"))
_PLACEHOLDER = re.compile(r"\{(\w[\w.]*)?[^{}]*\}|%\((\w+)\)s")


def _messages(folder: Path) -> dict[str | tuple[str, ...], str]:
    """Every sentence that a source passes to gettext, with the place of one use."""
    found = extract_from_dir(str(folder), method_map=[("**.py", "python"), *_TEMPLATES])
    return {message: f"{name}:{line}" for name, line, message, _comments, _context in found}


def _translated(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        yield from (m for m in read_po(file, locale="vi", abort_invalid=True) if m.id and m.string)


def _first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _vietnamese() -> dict[str, Message]:
    """By English sentence (the singular, where there are two)."""
    return {_first(m.id): m for path in CATALOGUES for m in _translated(path)}


def _placeholders(text: str) -> set[str]:
    return {brace or percent for brace, percent in _PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("folder", [PACKAGE, CLICK], ids=["broadcaster", "click"])
def test_every_sentence_has_its_vietnamese(folder: Path):
    """No sentence of the program, or of click, stays English for an operator."""
    known = _vietnamese()
    missing = {m: at for m, at in _messages(folder).items() if _first(m) not in known}
    assert missing == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_translations_keep_what_is_filled_in(path: Path):
    """A translation fills in the same names, times and numbers as its English sentence."""
    wrong = []
    for message in _translated(path):
        english = message.id if isinstance(message.id, str) else message.id[-1]
        vietnamese = _first(message.string)
        if _placeholders(english) != _placeholders(vietnamese):
            wrong.append((english, vietnamese))
    assert wrong == []


def test_a_sentence_has_one_translation():
    """Two rooms that say the same sentence say it in the same words."""
    seen: dict[str, tuple[str, str]] = {}
    clashes = []
    for path in CATALOGUES:
        for message in _translated(path):
            said = _first(message.string)
            before = seen.setdefault(_first(message.id), (said, path.name))
            if before[0] != said:
                clashes.append((_first(message.id), before, (said, path.name)))
    assert clashes == []


def test_gettext_finds_the_catalogue():
    """The compiled catalogue is found, and gives Vietnamese when asked for it."""
    use_language("vi")
    assert gettext.gettext("Usage:") == "Cách dùng:"
    use_language("en")
    assert gettext.gettext("Usage:") == "Usage:"
