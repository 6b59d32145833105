"""A sentence that the next page shows once: what became of the order just given.

It stands apart because it travels in a cookie, signed, so that nobody can put words into the
mouth of the station.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from broadcaster.web.forms import FormTokens

__all__ = ["Note", "drop_note", "leave_note", "notes_of"]

_COOKIE = "loi-nhan"
_SHOWN_WITHIN_S = 60
_LONGEST = 1500


class Note(NamedTuple):
    """``went_well`` False is shown as a warning."""

    text: str
    went_well: bool = True


def leave_note(response: Response, tokens: FormTokens, note: Note) -> None:
    """Let the next page of this visitor show ``note``."""
    text = json.dumps([note.text[:_LONGEST], note.went_well], ensure_ascii=False)
    value = base64.urlsafe_b64encode(text.encode()).decode()
    response.set_cookie(
        _COOKIE,
        f"{value}.{tokens.signature(value)}",
        max_age=_SHOWN_WITHIN_S,
        httponly=True,
        samesite="strict",
    )


def notes_of(request: Request, tokens: FormTokens) -> list[Note]:
    """What was left for this page; nothing where the signature is not ours."""
    value, _dot, signature = request.cookies.get(_COOKIE, "").rpartition(".")
    if not value or not tokens.is_ours(value, signature):
        return []
    try:
        text, went_well = json.loads(base64.urlsafe_b64decode(value))
    except (ValueError, binascii.Error):
        return []
    return [Note(str(text), went_well=bool(went_well))]


def drop_note(response: Response) -> None:
    """It has been read."""
    response.delete_cookie(_COOKIE)
