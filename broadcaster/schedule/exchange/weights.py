"""How much a workbook would unpack to, before anything large is unpacked or made.

It stands apart because openpyxl trusts what it reads: a few hundred bytes may name billions of
cells.
"""

from __future__ import annotations

import re
import zipfile
from gettext import gettext as _
from io import BytesIO
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Where

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["damaged", "weigh"]

_MOST_XML = 24_000_000
_MOST_PARTS, _MOST_MERGED = 2_000, 60_000
_RANGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=\"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)\"")


def weigh(data: bytes, path: Path) -> None:
    """Raises ContentError before anything large is unpacked or made."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [
                i for i in archive.infolist() if i.filename.endswith((".xml", ".rels", ".vml"))
            ]
            if sum(part.file_size for part in parts) > _MOST_XML or len(parts) > _MOST_PARTS:
                raise ContentError([_too_large(path)])
            for part in parts:
                if part.filename.startswith("xl/worksheets/"):
                    _weigh_sheet(archive.read(part), path)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise ContentError([damaged(path, str(error))]) from error


def _weigh_sheet(xml: bytes, path: Path) -> None:
    """Openpyxl makes an object of every cell of a merged range, and of every one between."""
    areas = (
        (int(last) - int(first) + 1) * (_number(right) - _number(left) + 1)
        for left, first, right, last in _RANGE.findall(xml)
    )
    if sum(areas) > _MOST_MERGED:
        raise ContentError([_too_large(path)])


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(path: Path) -> Problem:
    message = _("this file is too large for a timetable of a week")
    hint = _("is it the right file? A timetable has at most some thousand rows")
    return Problem(Where(path), "import-too-large", message, hint)


def damaged(path: Path, reason: str) -> Problem:
    """The problem of a workbook that cannot be opened."""
    message = _("the workbook cannot be read: {reason}").format(reason=reason or "?")
    hint = _("open it in Excel or LibreOffice, and save it anew as .xlsx")
    return Problem(Where(path), "import-unreadable", message, hint)
