"""A paper as a Word document, laid out as Nghị định 30/2020/NĐ-CP (phụ lục I) asks.

A4; margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 13–14; page numbers in
the middle of the top margin, from the second page on.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from broadcaster.report.text import MissingLibraryError

if TYPE_CHECKING:
    from broadcaster.report.paper import Paper

__all__ = ["as_word"]

_EPOCH = (1980, 1, 1, 0, 0, 0)


def as_word(paper: Paper) -> bytes:
    """The .docx; the same paper gives the same bytes.  Raises MissingLibraryError."""
    try:
        from broadcaster.report.formats.word.draw import draw  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise MissingLibraryError("python-docx") from error
    return _undated(draw(paper))


def _undated(data: bytes) -> bytes:
    """The same parts without the instant at which they were packed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in packed.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(part, packed.read(name))
    return buffer.getvalue()
