"""A file of ``scripts_vi`` → a :class:`Bulletin`, or problems in sentences.

The only part of this stage that touches files.  Whatever is wrong with one file is said and never
raised, so that the other bulletins go on.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.errors import Problem, Severity, Where
from broadcaster.model import Bulletin
from broadcaster.script import documents
from broadcaster.script.clean import BlockKind, clean
from broadcaster.script.decoding import NotTextError, recognise
from broadcaster.script.front_matter import read_front_matter, split_front_matter
from broadcaster.script.questions import QUESTION_KEYS, with_question
from broadcaster.script.repair import mend_title

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load_bulletin", "parse_bulletin", "parse_bytes"]

_LARGEST = 10_000_000
_SUFFIXES = {".txt", ".md"} | documents.SUFFIXES
_HEADING = re.compile(r"\s*#{1,3}\s+(?P<title>.+)")
_ID = re.compile(r"[^\W_](?:[\w.-]*\w)?")
_LONGEST_TITLE = 200
_TOP = 5_000  # a heading stands within so many characters of a page, or nowhere


def load_bulletin(path: Path, *, root: Path | None = None) -> tuple[Bulletin | None, list[Problem]]:
    """The bulletin in ``path`` and what is wrong with it; None when there is nothing to air.

    With ``root`` the problems name the file relative to it.
    """
    named = path.relative_to(root) if root and path.is_relative_to(root) else path
    is_document = path.suffix.lower() in documents.SUFFIXES
    largest = documents.LARGEST if is_document else _LARGEST
    try:
        data = path.read_bytes() if path.stat().st_size <= largest else None
    except OSError as error:
        message = _("the file cannot be read: {reason}").format(reason=error.strerror)
        hint = _("look at its name and its permissions")
        return None, [Problem(Where(named), "unreadable-file", message, hint)]
    if problem := _refusal(path, data, named, largest=largest):
        return None, [problem]
    if is_document:
        return _load_document(named, data or b"")
    return parse_bytes(data or b"", path=named)


def parse_bytes(data: bytes, *, path: Path) -> tuple[Bulletin | None, list[Problem]]:
    """The bulletin in the bytes of a text file, whatever encoding they are in."""
    try:
        text, old = recognise(data)
    except NotTextError as error:
        message, hint = error.args
        return None, [Problem(Where(path), "not-text", message, hint)]
    bulletin, problems = parse_bulletin(text, path=path, data=data)
    return bulletin, [*([_old_encoding(path, old)] if old else []), *problems]


def _old_encoding(path: Path, name: str) -> Problem:
    message = _("this file is in the old encoding {name}; it is read as Unicode").format(name=name)
    hint = _("listen to it once; better save it as UTF-8")
    return Problem(Where(path), "old-encoding", message, hint, Severity.WARNING)


def _load_document(named: Path, data: bytes) -> tuple[Bulletin | None, list[Problem]]:
    extracted = documents.extract(named, data)
    if any(problem.severity is Severity.ERROR for problem in extracted.problems):
        return None, [*extracted.problems]
    bulletin, problems = parse_bulletin(extracted.text, path=named, data=data)
    return bulletin, [*extracted.problems, *problems]


def _refusal(path: Path, data: bytes | None, named: Path, *, largest: int) -> Problem | None:
    if path.suffix.lower() not in _SUFFIXES:
        message = _("bulletins are .txt, .md, .docx, .odt, .doc or .pdf files")
        return Problem(Where(named), "unknown-file-kind", message, _("save it as plain text"))
    if data is None:
        message = _("the file is larger than {size} MB").format(size=largest // 1_000_000)
        return Problem(Where(named), "file-too-large", message, _("split it into bulletins"))
    if not data.strip():
        return Problem(
            Where(named), "empty-file", _("the file is empty"), _("write the bulletin into it")
        )
    return None


def parse_bulletin(
    text: str, *, path: Path, data: bytes | None = None
) -> tuple[Bulletin | None, list[Problem]]:
    """The bulletin that ``text`` holds; ``path`` names it in problems and gives its id.

    ``data`` are the bytes of the file, for the checksum; the text's own in UTF-8 by default.
    """
    problems: list[Problem] = []
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    matter, body, line = split_front_matter(plain, path=path, problems=problems)
    fields = read_front_matter(matter, path=path, problems=problems) if matter else {}
    where = Where(path, line, 1)
    asked = {key: fields.pop(key) for key in QUESTION_KEYS if key in fields}
    has_words = any(char.isalnum() for char in body)
    if not has_words and not fields.get("recording") and not asked.get("question"):
        problems.append(_silence(where, body))
        return None, problems
    _check_days(fields, where, problems)
    fields["id"] = _id(fields.get("id", path.stem), where, problems)
    fields["title"] = mend_title(fields.get("title") or _title(body) or path.stem, body)
    digest = hashlib.sha256(plain.encode("utf-8", "replace") if data is None else data)
    bulletin = Bulletin(
        text=body if has_words else "", where=where, sha256=digest.hexdigest(), **fields
    )
    return with_question(bulletin, asked, problems), problems


def _silence(where: Where, body: str) -> Problem:
    if body.strip():
        message = _("only punctuation stands here; there is nothing to read")
    else:
        message = _("there is no text below the front matter")
    return Problem(where, "nothing-to-read", message, _("write the bulletin into it"))


def _check_days(fields: dict[str, Any], where: Where, problems: list[Problem]) -> None:
    first, last = fields.get("valid_from"), fields.get("valid_until")
    if first and last and last < first:
        message = _("valid_until lies before valid_from, so this bulletin never airs")
        hint = _("exchange the two dates, or mend one")
        problems.append(Problem(where, "never-valid", message, hint))


def _id(name: str, where: Where, problems: list[Problem]) -> str:
    """Ids name files and stand in logs: letters, digits, ``.``, ``-`` and ``_`` only."""
    name = unicodedata.normalize("NFC", name)
    if _ID.fullmatch(name):
        return name
    mended = re.sub(r"[^\w.-]+", "-", name).strip("-._") or "ban-tin"
    if where.path is None or name != where.path.stem:
        message = _("the id “{name}” has signs that an id cannot have").format(name=name)
        hint = _("it is called “{mended}” now").format(mended=mended)
        problems.append(Problem(where, "bad-id", message, hint))
    return mended


def _title(body: str) -> str:
    """The heading, or a short first line without a full stop above a blank line."""
    lines = body.lstrip("\n ").split("\n", 2)
    if heading := _HEADING.fullmatch(lines[0]):
        return heading["title"].strip()
    first = lines[0].strip()
    alone = len(lines) == 1 or not lines[1].strip()
    if alone and len(first) <= _LONGEST_TITLE and first[-1:] not in ".;:,!?…":
        return first
    return _heading_on_a_page(body)


def _heading_on_a_page(body: str) -> str:
    """The heading of a copied page, whose furniture and summary may stand above it."""
    blocks, _dropped = clean(body[:_TOP])
    headings = (block.text for block in blocks[:2] if block.kind is BlockKind.HEADING)
    return next((text for text in headings if len(text) <= _LONGEST_TITLE), "")
