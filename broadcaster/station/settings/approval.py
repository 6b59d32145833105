"""``approval:`` in station.yaml: whether somebody must stand for what is heard, and how.

It stands apart because the page, the check, the alarms and the last door all ask it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["APPROVAL_KEYS", "ApprovalSettings", "approval_text", "read_approval"]

APPROVAL_KEYS = ("required", "own", "remind")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalSettings:
    """Where it is ``required`` nothing airs that nobody approved.

    ``own`` lets an approver decide on their own text (tự duyệt).  ``remind`` is the time of the
    evening at which the alarms tell what tomorrow would miss.
    """

    required: bool = False
    own: bool = False
    remind: time = time(19, 30)


def read_approval(mark: Mark) -> ApprovalSettings:
    """``true``, ``false``, or a mapping, which alone means that it is required."""
    if not mark.is_mapping():
        return ApprovalSettings(required=_or(mark.boolean(), otherwise=True))
    values = mark.mapping(APPROVAL_KEYS)
    remind = values["remind"].time() if "remind" in values else None
    return ApprovalSettings(
        required=_or(values["required"].boolean(), otherwise=True)
        if "required" in values
        else True,
        own=_or(values["own"].boolean(), otherwise=False) if "own" in values else False,
        remind=remind or ApprovalSettings().remind,
    )


def approval_text(approval: ApprovalSettings) -> str:
    """As station.yaml has it."""
    required, own = str(approval.required).lower(), str(approval.own).lower()
    return f'{{required: {required}, own: {own}, remind: "{approval.remind:%H:%M}"}}'


def _or(value: bool | None, *, otherwise: bool) -> bool:  # noqa: FBT001 - what was read
    """What cannot be read keeps things silent rather than let them out."""
    return otherwise if value is None else value
