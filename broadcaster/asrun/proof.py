"""Whether the log is as it was written: its chain is walked from the first row to the last.

It stands apart from the chain, which knows no table: here the rows are fetched, first those that
SQLite hashes by itself, and one by one where those do not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadcaster.asrun.chain import WALK, first_break, is_whole
from broadcaster.asrun.row import COLUMNS, Row
from broadcaster.asrun.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.asrun.store import Store
    from broadcaster.errors import Problem

__all__ = ["holds", "verify"]

_ROWS = f"SELECT {COLUMNS} FROM asrun WHERE id > ?"  # noqa: S608 - our own words
_PAGE = 1000


def verify(store: Store, *, known_head: str = "") -> list[Problem]:
    """Nothing when the chain holds, else one problem: its first broken row.

    ``known_head``, a head hash noted earlier, also shows whether the tail was cut off.
    """
    if not known_head and holds(store):
        return []
    rows = map(Row._make, _pages(store, _ROWS))
    problem = first_break(rows, path=store.path, known_head=known_head)
    return [problem] if problem else []


def holds(store: Store) -> bool:
    """Whether the chain is whole, by what SQLite makes of its rows; False may mean either."""
    try:
        return is_whole(_pages(store, WALK))
    except StoreError:  # bytes of which SQLite makes no JSON: row by row they have a name
        return False


def _pages(store: Store, query: str) -> Iterator[tuple[Any, ...]]:
    """Every row by id, a page at a time, so that a long log neither fills memory nor holds back
    the writer."""
    last_id = -(2**63)
    while page := store.read(f"{query} ORDER BY id LIMIT {_PAGE}", [last_id]):
        yield from page
        last_id = page[-1][0]
