"""The as-run log of the station, or of its simulation, for a command that only looks.

It stands apart because each command that counts what was heard begins here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.asrun import AsRunLog, Store
    from broadcaster.cli.session import Session

__all__ = ["opened_log", "opened_store"]


@contextmanager
def opened_store(session: Session, *, simulated: bool) -> Iterator[Store | None]:
    """The database, or None where nothing has been broadcast yet; looking makes no file."""
    from broadcaster.asrun import Store

    folder = session.folder()
    path = folder.simulated_database if simulated else folder.database
    if not path.exists():
        yield None
        return
    with Store.open(path, clock=session.clock) as store:
        yield store


@contextmanager
def opened_log(session: Session, *, simulated: bool) -> Iterator[AsRunLog | None]:
    """The log in :func:`opened_store`."""
    from broadcaster.asrun import AsRunLog

    with opened_store(session, simulated=simulated) as store:
        yield AsRunLog(store) if store else None
