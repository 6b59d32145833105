"""Orders to the running daemon, in the name of the person at this machine."""

from __future__ import annotations

import getpass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["give_order"]


def give_order(session: Session, kind: str, argument: str = "") -> str:
    """Have the daemon carry out ``kind``; the sentence with which it answers.

    Where the disk takes no row, the order goes over the hotline, which has no answer.  Raises
    ContentError when the daemon refuses, or when none took the order.
    """
    from broadcaster.asrun import StoreError

    try:
        return _ordered(session, kind, argument)
    except StoreError:
        return _called(session, kind, argument)


def _called(session: Session, kind: str, argument: str) -> str:
    from broadcaster.station.hotline import call

    at = session.clock.now()
    call(session.folder().hotline, kind, argument, by=_person(), at=at)
    return _("The disk is full, so the station cannot answer; it has the order. Listen to it.")


def _ordered(session: Session, kind: str, argument: str) -> str:
    from broadcaster.asrun import CommandQueue, CommandState, Store
    from broadcaster.station.control import ask

    with Store.open(session.folder().database, clock=session.clock) as store:
        queue = CommandQueue(store)
        answer = ask(queue, kind, argument, by=_person(), clock=session.clock)
    if answer.state is CommandState.DONE:
        return answer.outcome or _("Done.")
    if answer.state.is_final:
        raise ContentError([], message=answer.outcome)
    raise ContentError(
        [], message=_("nobody took the order: broadcaster run is not running in this folder")
    )


def _person() -> str:
    """The login name, for the log; a service without one is nameless."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
