"""Orders to the running daemon, in the name of the person at this machine."""

from __future__ import annotations

import getpass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["give_order", "person"]


def give_order(session: Session, kind: str, argument: str = "", *, by: str = "") -> str:
    """Have the daemon carry out ``kind``; the sentence with which it answers.

    ``by`` is the login name where it is "".  Where the disk takes no row, mine or the daemon's,
    the order goes over the hotline, which has no answer.  Raises ContentError when the daemon
    refuses, or when none took the order.
    """
    from broadcaster.asrun import StoreError

    by = by or person()
    try:
        answer = _ordered(session, kind, argument, by)
    except StoreError:
        answer = None
    return _called(session, kind, argument, by) if answer is None else answer


def _called(session: Session, kind: str, argument: str, by: str) -> str:
    from broadcaster.station.orders.hotline import call

    call(session.folder().hotline, kind, argument, by=by, at=session.clock.now())
    return _("The disk is full, so the station cannot answer; it has the order. Listen to it.")


def _ordered(session: Session, kind: str, argument: str, by: str) -> str | None:
    """None where nobody took it, and nobody will any more."""
    from broadcaster.asrun import CommandQueue, CommandState, Store
    from broadcaster.station.orders.control import ask

    with Store.open(session.folder().database, clock=session.clock) as store:
        queue = CommandQueue(store)
        answer = ask(queue, kind, argument, by=by, clock=session.clock)
        if not answer.state.is_final and queue.withdraw(answer):
            return None
    if answer.state is CommandState.DONE:
        return answer.outcome or _("Done.")
    if answer.state.is_final:
        raise ContentError([], message=answer.outcome)
    raise ContentError(
        [], message=_("nobody took the order: broadcaster run is not running in this folder")
    )


def person() -> str:
    """The login name, for the log; a service without one is nameless."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
