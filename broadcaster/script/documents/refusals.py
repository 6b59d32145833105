"""The sentences about documents that more than one reader says.

Apart from the readers, so that Word's and LibreOffice's files are refused in the same words.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.script.documents.extracted import refused, warning

if TYPE_CHECKING:
    from broadcaster.errors import Problem
    from broadcaster.script.documents.extracted import RefusedError

__all__ = ["damaged", "locked", "macros", "only_pictures", "too_deep"]


def damaged() -> RefusedError:
    """What a program wrote half, or what the way here has changed."""
    return refused(
        "document-damaged",
        _("the document is damaged and cannot be opened"),
        _("open it in Word or LibreOffice, save it again and copy it once more"),
    )


def locked() -> RefusedError:
    """A document that asks for a password."""
    return refused(
        "document-locked",
        _("the document is protected by a password"),
        _("open it, take the password away and save it again"),
    )


def too_deep() -> RefusedError:
    """A document made to exhaust who reads it."""
    return refused(
        "document-unsafe",
        _("the document is nested deeper than any word processor does"),
        _("do not open it; ask who sent it, and type the bulletin"),
    )


def only_pictures() -> RefusedError:
    """A scan, perhaps one that somebody put into a Word file."""
    return refused(
        "document-is-scan",
        _("there are only pictures here, no text: this is a scan"),
        _("ask for the file that it was printed from (Word), or type the bulletin"),
    )


def macros() -> Problem:
    """Programs inside a document are never started."""
    message = _("there are macros in the document; they are not run")
    return warning("document-macros", message, _("save it without them, as .docx or .odt"))
