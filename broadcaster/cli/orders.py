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

    Raises ContentError when it refuses, or when no daemon took the order.
    """
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
