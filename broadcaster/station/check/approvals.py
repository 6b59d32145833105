"""What the check says of approvals: the slots that would lack one, and files that claim one.

It stands apart from the check because only here is it asked who has signed.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity
from broadcaster.station.preparing.consent import decisions_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadcaster.model import Bulletin
    from broadcaster.station.approving.wanting import Wanting
    from broadcaster.station.folder import StationFolder

__all__ = ["claimed_approvals", "slots_wanting"]


def slots_wanting(found: Iterable[Wanting]) -> Iterator[Problem]:
    """One problem a slot, with the first start that is concerned and all that would be missing."""
    slots: dict[str, list[Wanting]] = {}
    for one in found:
        slots.setdefault(one.occurrence.slot.id, []).append(one)
    for id_, starts in slots.items():
        first = starts[0].occurrence
        reasons = dict.fromkeys(str(reason) for one in starts for reason in one.reasons)
        message = _("“{slot}” would be silent in part from {time} on: {reasons}").format(
            slot=id_, time=f"{first.starts_at:%H:%M %d/%m/%Y}", reasons="; ".join(reasons)
        )
        hint = _("read them with broadcaster pending, then broadcaster approve")
        yield Problem(first.slot.where, "slot-awaits-approval", message, hint)


def claimed_approvals(folder: StationFolder, bulletins: Iterable[Bulletin]) -> Iterator[Problem]:
    """Files that say that somebody approved them, of which the register knows nothing."""
    decisions = decisions_in(folder)
    for bulletin in bulletins:
        if bulletin.approved_by and decisions.last_approval_of(bulletin.id) is None:
            message = _("“approved_by” in a file is a claim, and approves nothing")
            hint = _("let the approver sign: broadcaster approve {id}").format(id=bulletin.id)
            yield Problem(bulletin.where, "claimed-approval", message, hint, Severity.WARNING)
