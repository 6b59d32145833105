"""Who may call a route; the table of routes names one of these for each.

It stands apart so that the table, the guards and the templates agree on the words.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Access"]


class Access(StrEnum):
    """ANYONE stands before the door; READER is whoever has come in, whatever his roles."""

    ANYONE = "anyone"
    READER = "reader"
    EDITOR = "editor"
    APPROVER = "approver"
    OPERATOR = "operator"
    EMERGENCY = "emergency"  # an operator, or an approver
    ADMINISTRATOR = "administrator"
    TOKEN = "token"  # noqa: S105 - a program with a token of its own
