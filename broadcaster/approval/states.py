"""Where a bulletin stands: nháp → chờ duyệt → đã duyệt → đã phát, and what ends that way.

It stands apart from decisions because it also looks at files, days and the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.model import ApprovalState

if TYPE_CHECKING:
    from datetime import date, datetime

    from broadcaster.approval.decisions import Approval, Decisions, Rejection
    from broadcaster.model import Bulletin

__all__ = ["Standing", "standing_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of one bulletin today, and the decision behind it.

    ``approval`` is that of the content of today, ``before`` the last one of another content: what
    was approved, and is not any more since somebody changed it.
    """

    bulletin_id: str
    title: str
    state: ApprovalState
    content_sha256: str
    approval: Approval | None = None
    before: Approval | None = None
    rejection: Rejection | None = None
    aired_at: datetime | None = None


def standing_of(
    bulletin: Bulletin,
    content_sha256: str,
    decisions: Decisions,
    *,
    today: date,
    aired_at: datetime | None = None,
) -> Standing:
    """Of ``bulletin``, whose content has that hash; ``aired_at`` is when it was last heard."""
    approval = decisions.approval_of(bulletin.id, content_sha256)
    last = decisions.last_approval_of(bulletin.id)
    heard = aired_at if approval and aired_at and aired_at > approval.at else None
    rejection = decisions.rejection_of(bulletin.id, content_sha256)
    return Standing(
        bulletin_id=bulletin.id,
        title=bulletin.title,
        state=_state(bulletin, approval, rejection, today=today, aired_at=heard),
        content_sha256=content_sha256,
        approval=approval,
        before=last if last is not approval else None,
        rejection=rejection,
        aired_at=heard,
    )


def _state(
    bulletin: Bulletin,
    approval: Approval | None,
    rejection: Rejection | None,
    *,
    today: date,
    aired_at: datetime | None,
) -> ApprovalState:
    """What ends the way comes first."""
    if bulletin.is_replaced_on(today):
        return ApprovalState.REPLACED
    lasts = [v.last for v in (bulletin.validity, approval and approval.validity) if v]
    if any(last and last < today for last in lasts):
        return ApprovalState.EXPIRED
    if bulletin.draft:
        return ApprovalState.DRAFT
    if rejection:
        return ApprovalState.REJECTED
    if approval is None:
        return ApprovalState.PENDING
    return ApprovalState.AIRED if aired_at else ApprovalState.APPROVED
