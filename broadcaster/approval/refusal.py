"""Why a content may not be heard: the one question of preparation and of the last door.

It stands apart from decisions, which say what was decided; here it is held against a day and a
voice.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.voicename import bare_name

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.approval.decisions import Approval, Decisions

__all__ = ["Refusal", "approval_or_refusal"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """``code`` is explained in ``docs/problems.md``."""

    code: str
    text: str


def approval_or_refusal(
    decisions: Decisions,
    bulletin_id: str,
    content_sha256: str,
    *,
    day: date | None = None,
    voice: str = "",
) -> Approval | Refusal:
    """The approval under which that content may be heard on ``day``, spoken by ``voice``.

    Without a day, or a voice, it is not asked for it.
    """
    approval = decisions.approval_of(bulletin_id, content_sha256)
    if approval is None:
        if decisions.rejection_of(bulletin_id, content_sha256):
            return Refusal("given-back", _("it was given back to its editor"))
        if decisions.last_approval_of(bulletin_id):
            return Refusal("changed-since-approval", _("it was changed after its approval"))
        return Refusal("not-approved", _("it is not approved"))
    if day and not approval.validity.covers(day):
        return Refusal("approval-over", _("it was approved for other days"))
    if voice and bare_name(voice) not in approval.voices:
        text = _("the voice {voice} was not approved for it").format(voice=voice)
        return Refusal("voice-not-approved", text)
    return approval
