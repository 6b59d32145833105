"""Word's old ``.doc`` and ``.rtf``, by a converter: LibreOffice where it is, else ``antiword``.

LibreOffice makes a ``.docx`` of them, which our own reader reads, because its plain text has
deleted words and notes in it.  ``antiword`` is small, knows ``.doc`` only, and may let deleted or
hidden words through and lose the numbers of lists: that is said with what it reads.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.script.documents.convert import Converter, convert
from broadcaster.script.documents.docx import read_docx
from broadcaster.script.documents.extracted import Extracted, RefusedError, refused, warning
from broadcaster.script.documents.kinds import Kind
from broadcaster.script.documents.layout import Paragraph, Table, write
from broadcaster.script.documents.refusals import damaged, locked

if TYPE_CHECKING:
    from broadcaster.script.documents.layout import Block

__all__ = ["read_doc"]

_OFFICE = Converter(
    "soffice",
    "libreoffice-writer-nogui",
    (
        *("-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"),
        *("--convert-to", "docx:Office Open XML Text", "--outdir", "{folder}/made", "{source}"),
    ),
    seconds=90,
    target="made/document.docx",
)
_ANTIWORD = Converter("antiword", "antiword", ("-m", "UTF-8.txt", "-w", "0", "{source}"), 20)
_KNOWN = {
    Kind.DOC: ("document.doc", (_OFFICE, _ANTIWORD)),
    Kind.RTF: ("document.rtf", (_OFFICE,)),
}
_NOTES = re.compile(r"\n-{15,}\n(?=\[1\]\s)")
_REFERENCE = re.compile(r"\[\d{1,3}\]")
_PICTURE = re.compile(r"^\[pic\]", re.MULTILINE)
_ROW = re.compile(r"\|.*\|[ \t]*")


def read_doc(data: bytes, kind: Kind) -> Extracted:
    """The text of a ``.doc`` or, by its ``kind``, of a ``.rtf``; raises RefusedError."""
    name, converters = _KNOWN[kind]
    found = [converter for converter in converters if converter.is_found()]
    if not found:
        raise _no_converter(converters[-1])
    for converter in found:
        converted = convert(data, converter, name=name)
        if re.search(r"encrypted|password", converted.complaint, re.IGNORECASE):
            raise locked()
        if converted.data.strip():
            return _read_converted(converted.data, converter)
    raise damaged()


def _read_converted(data: bytes, converter: Converter) -> Extracted:
    if converter is _OFFICE:
        return read_docx(data)
    message = _("deleted or hidden words of this old Word file may be heard, numbers of lists lost")
    hint = _("save it as .docx, or install LibreOffice: apt-get install {package}")
    hint = hint.format(package=_OFFICE.debian_package)
    rough = warning("document-read-roughly", message, hint)
    return Extracted(write(_blocks(data.decode("utf-8", "replace"))), (rough,))


def _no_converter(smallest: Converter) -> RefusedError:
    message = _("old Word files are read by {program}, which is not installed")
    hint = _("save it as .docx, or install it: apt-get install {package}")
    return refused(
        "no-converter",
        message.format(program=smallest.program),
        hint.format(package=smallest.debian_package),
    )


def _blocks(text: str) -> list[Block]:
    """Lines are paragraphs; ``|a |b |`` is a row; notes stand below a rule at the end."""
    body, *notes = _NOTES.split(_PICTURE.sub("", text.replace("\f", "\n")))
    if notes:
        body = _REFERENCE.sub("", body)
    blocks: list[Block] = []
    rows: list[tuple[tuple[Block, ...], ...]] = []
    for line in [*body.split("\n"), ""]:
        if _ROW.fullmatch(line):
            rows.append(tuple((Paragraph(cell),) for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            blocks.append(Table(tuple(rows)))
            rows = []
        blocks.append(Paragraph(line))
    return blocks
