"""Who may call a route without a right of his own; what needs one names the Action itself.

It stands apart so that the table, the guards and the templates agree on the words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from broadcaster.approval import Action

if TYPE_CHECKING:
    from broadcaster.approval import Person

__all__ = ["Access", "may"]


class Access(StrEnum):
    """ANYONE stands before the door; READER is whoever has come in, whatever his roles."""

    ANYONE = "anyone"
    READER = "reader"
    TOKEN = "token"  # noqa: S105 - a program with a token of its own


def may(person: Person | None, access: Access | Action) -> bool:
    """Whether ``person``, or nobody yet, may call what asks for ``access``."""
    if access is Access.ANYONE:
        return True
    if person is None or person.is_disabled or access is Access.TOKEN:
        return False
    return access is Access.READER or person.may(Action(access))
