"""Where the parts of a ``.docx`` lie: its relations say so, and not always at the usual names.

Apart from the reader, because it knows of packages and nothing of text.  Relations that lead out
of the package are never followed.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.documents.archive import attribute

if TYPE_CHECKING:
    from broadcaster.script.documents.archive import Archive

__all__ = ["Parts", "find_parts"]


class Parts(NamedTuple):
    """The names of three parts in the package."""

    document: str
    styles: str
    numbering: str


def find_parts(archive: Archive) -> Parts:
    """By the relations, or at the usual names."""
    document = _related(archive, "").get("officeDocument", "word/document.xml")
    related = _related(archive, document)
    return Parts(
        document,
        related.get("styles", "word/styles.xml"),
        related.get("numbering", "word/numbering.xml"),
    )


def _related(archive: Archive, part: str) -> dict[str, str]:
    """The parts that ``part`` names, by the last word of the relation's type."""
    folder, name = posixpath.split(part)
    relations = archive.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        attribute(relation, "Type").rpartition("/")[2]: _resolve(folder, relation.get("Target", ""))
        for relation in (() if relations is None else relations)
        if attribute(relation, "TargetMode") != "External"
    }


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
