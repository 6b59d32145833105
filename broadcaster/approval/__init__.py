"""Who may decide what is heard, what a decision binds, and whether it holds.

Pure: rows of the register and readings of bulletins in, answers out.  It stands apart from the
register, which keeps rows and knows nothing of what they mean, and from the station, which knows
what is to air.
"""

from broadcaster.approval.decisions import (
    Approval,
    Decisions,
    Rejection,
    approval_in,
    decisions_of,
    is_own_text,
    spoken_in,
)
from broadcaster.approval.people import Action, Person, people_of
from broadcaster.approval.refusal import Refusal, approval_or_refusal
from broadcaster.approval.spoken import Spoken
from broadcaster.approval.states import Standing, standing_of

__all__ = [
    "Action",
    "Approval",
    "Decisions",
    "Person",
    "Refusal",
    "Rejection",
    "Spoken",
    "Standing",
    "approval_in",
    "approval_or_refusal",
    "decisions_of",
    "is_own_text",
    "people_of",
    "spoken_in",
    "standing_of",
]
