"""Who may decide what is heard, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["ApprovalState", "RegisterEntry", "RegisterEvent", "Role"]


class Role(StrEnum):
    """What somebody is at the station; one person may be several."""

    EDITOR = "editor"  # biên tập
    APPROVER = "approver"  # duyệt
    OPERATOR = "operator"  # trực máy
    ADMINISTRATOR = "administrator"  # quản trị


class ApprovalState(StrEnum):
    """Where a bulletin stands between its editor and the air."""

    DRAFT = "draft"  # nháp
    PENDING = "pending"  # chờ duyệt
    APPROVED = "approved"  # đã duyệt
    AIRED = "aired"  # đã phát
    REJECTED = "rejected"  # trả lại
    EXPIRED = "expired"  # hết hạn
    REPLACED = "replaced"  # bị thay thế

    @property
    def may_sound(self) -> bool:
        """Whether somebody stands for it today."""
        return self in {ApprovalState.APPROVED, ApprovalState.AIRED}


class RegisterEvent(StrEnum):
    """What a row of the register says; PERSON holds all that is known of somebody from then on."""

    PERSON = "person"
    PASSWORD = "password"  # noqa: S105 - the name of a kind of row
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """A row of the register; ``subject`` is a person or a bulletin.

    Not ``is_whole`` where the row, or what binds it to the row before, does not hold; ``hash``
    binds it to the next.
    """

    id: int
    at: datetime
    event: str
    subject: str
    by: str
    content_sha256: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    is_whole: bool = True
    hash: str = ""
