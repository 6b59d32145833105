"""Why a part of a programme is not in it today; it costs that part only.

It stands apart because the log, the manifest and the report all give the same reason.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, ContentError, SpeechError
from broadcaster.playout import Reason

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.model import Bulletin

__all__ = ["LeftOutError", "left_out", "no_voice", "reason_of", "why_not_valid"]


class LeftOutError(BroadcasterError):
    """A part of a programme that cannot be made today."""

    def __init__(self, reason: Reason, *, hint: str = "") -> None:
        super().__init__(reason.text, hint=hint)
        self.reason = reason


def left_out(title: str, why: Reason, *, hint: str = "") -> LeftOutError:
    """The error that says that ``title`` is left out, and why."""
    text = _("“{title}” is left out: {reason}").format(title=title, reason=why.text)
    return LeftOutError(Reason(why.code, text), hint=hint)


def why_not_valid(bulletin: Bulletin, day: date) -> Reason:
    """Why ``bulletin`` may not be heard on ``day``, on which it does not hold."""
    if bulletin.replaced_by and (bulletin.replaced_from is None or bulletin.replaced_from <= day):
        text = _("“{title}” is replaced by “{newer}”")
        text = text.format(title=bulletin.title, newer=bulletin.replaced_by)
        return Reason("bulletin-replaced", text)
    text = _("“{title}” is not valid on this day").format(title=bulletin.title)
    return Reason("bulletin-not-valid", text)


def reason_of(error: BroadcasterError) -> Reason:
    """``error`` as a reason of the log, without the places of files."""
    if isinstance(error, LeftOutError):
        return error.reason
    if isinstance(error, ContentError) and error.problems:
        return Reason(error.problems[0].code, "; ".join(p.message for p in error.problems))
    return Reason("not-rendered", error.message)


def no_voice(error: BroadcasterError) -> SpeechError | None:
    """The SpeechError that ``error`` is, or tells of."""
    return next((e for e in (error, error.__cause__) if isinstance(e, SpeechError)), None)
