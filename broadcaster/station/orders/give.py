"""The operator's way to the daemon: an order as a row, or over the hotline when the disk is full.

It stands apart because the command line and the page give orders in the same words, and neither
has a connection to the daemon.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import CommandQueue, CommandState, Store, StoreError
from broadcaster.errors import ContentError
from broadcaster.station.orders.control import ask
from broadcaster.station.orders.hotline import call

if TYPE_CHECKING:
    from broadcaster.clock import Clock
    from broadcaster.station.folder import StationFolder

__all__ = ["give_order"]


def give_order(
    folder: StationFolder, kind: str, argument: str = "", *, by: str, clock: Clock
) -> str:
    """Have the daemon carry out ``kind``; the sentence with which it answers.

    Where the disk takes no row, mine or the daemon's, the order goes over the hotline, which has
    no answer.  Raises ContentError when the daemon refuses, or when none took the order.
    """
    try:
        answer = _ordered(folder, kind, argument, by, clock)
    except StoreError:
        answer = None
    return answer or _called(folder, kind, argument, by, clock)


def _called(folder: StationFolder, kind: str, argument: str, by: str, clock: Clock) -> str:
    call(folder.hotline, kind, argument, by=by, at=clock.now())
    return _("The disk is full, so the station cannot answer; it has the order. Listen to it.")


def _ordered(folder: StationFolder, kind: str, argument: str, by: str, clock: Clock) -> str | None:
    """None where nobody took it, and nobody will any more."""
    with Store.open(folder.database, clock=clock) as store:
        queue = CommandQueue(store)
        answer = ask(queue, kind, argument, by=by, clock=clock)
        if not answer.state.is_final and queue.withdraw(answer):
            return None
    if answer.state is CommandState.DONE:
        return answer.outcome or _("Done.")
    if answer.state.is_final:
        raise ContentError([], message=answer.outcome)
    raise ContentError(
        [], message=_("nobody took the order: broadcaster run is not running in this folder")
    )
