"""Doubts in sentences: what the editor is told where another reading was possible.

Rules only note a code; sentences are made here, once a text for each cause, because a long text
repeats its doubts and looking up a translation is slow.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadcaster.script.rules.rule import Doubt

__all__ = ["explain_doubt"]


def explain_doubt(doubt: Doubt) -> tuple[str, str]:
    """What is doubtful, and what to write instead."""
    if doubt.code == "unknown-acronym":
        message = _("the abbreviation “{text}” is not in the word list; it is spelled “{spoken}”")
        hint = _("write it out, or add this line to tu-dien.tsv: {text}[Tab]the words")
    elif doubt.code == "ambiguous-number":
        message = _("“{text}” may be thousands or a decimal; it is read “{spoken}”")
        hint = _("write {thousands} for thousands, {decimal} for a decimal")
    else:
        message = _("“{text}” may be a date or a part of a whole; it is read as a date")
        hint = _("write “ngày {text}”, or name what is counted after it")
    digits = "".join(char for char in doubt.written if char.isdigit())
    fields = {
        "text": doubt.written,
        "spoken": doubt.spoken,
        "thousands": digits,
        "decimal": doubt.written.replace(".", ","),
    }
    return message.format(**fields), hint.format(**fields)
