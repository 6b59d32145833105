"""Orders to the running daemon, in the name of the person at this machine."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["give_order", "person"]


def give_order(session: Session, kind: str, argument: str = "", *, by: str = "") -> str:
    """Have the daemon carry out ``kind``; the sentence with which it answers.

    ``by`` is the login name where it is "".  Raises ContentError when the daemon refuses, or when
    none took the order.
    """
    from broadcaster.station.orders.give import give_order as give

    return give(session.folder(), kind, argument, by=by or person(), clock=session.clock)


def person() -> str:
    """The login name, for the log; a service without one is nameless."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
