"""Walks the hash chain of a book (log, register) and names its first row that does not hold.

A whole log, which is what there nearly always is, is walked by :func:`is_whole` in a fraction of
the time: SQLite itself writes the JSON that is hashed.  What it does not vouch for is looked at
row by row.

It stands apart because it trusts nothing that the book says about itself.  A chain cannot show
that its tail was cut off; for that a head hash that was kept elsewhere (printed, in the service
log) is looked for in it.
"""

from __future__ import annotations

import hashlib
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun.row import GENESIS, Row, row_hash
from broadcaster.errors import Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from broadcaster.asrun.row import Chained

__all__ = ["WALK", "first_break", "holds", "is_whole"]

_JSON = ", ".join(f"'{name}', {name}" for name in sorted(Row._fields) if name != "hash")
WALK = f"SELECT id, prev_hash, hash, CAST(json_object({_JSON}) AS BLOB) FROM asrun WHERE id > ?"  # noqa: S608 - our own words


def is_whole(rows: Iterable[tuple[int, str, str, bytes]]) -> bool:
    """Whether ``rows`` (those of :data:`WALK`, all of them, by id) are one whole chain."""
    last_id, last_hash = 0, GENESIS
    for row_id, prev_hash, hash_, content in rows:
        if (row_id, prev_hash) != (last_id + 1, last_hash):
            return False
        if hashlib.sha256(content).hexdigest() != hash_:
            return False
        last_id, last_hash = row_id, hash_
    return True


def holds(row: Chained, last_id: int, last_hash: str) -> bool:
    """Whether ``row`` is as it was written, and follows the row of that id and hash."""
    return row_hash(row) == row.hash and row.id == last_id + 1 and row.prev_hash == last_hash


def first_break(
    rows: Iterable[Chained], *, path: Path, known_head: str = "", book: str = ""
) -> Problem | None:
    """The first broken row of ``rows`` (all of them, by id), or None.

    ``book`` is what the messages call it, the log unless said otherwise.

    ``known_head`` is a head hash noted earlier, which must be the hash of some row.  The line of
    the place is the id of the row.
    """
    last_id, last_hash, head_seen = 0, GENESIS, known_head in ("", GENESIS)
    book = book or _("the log")
    for row in rows:
        if problem := _break_at(row, last_id, last_hash, path=path, book=book):
            return problem
        last_id, last_hash = row.id, row.hash
        head_seen = head_seen or row.hash == known_head
    if head_seen:
        return None
    return _problem(
        path,
        last_id,
        "log-tail-missing",
        _("the last rows of {book} were deleted: none has the hash {hash}").format(
            book=book, hash=known_head
        ),
    )


def _break_at(
    row: Chained, last_id: int, last_hash: str, *, path: Path, book: str
) -> Problem | None:
    if row_hash(row) != row.hash:
        what = _("row {id} of {book} was changed after it was written, or put in by hand")
        return _problem(path, row.id, "log-row-changed", what.format(id=row.id, book=book))
    if row.id > last_id + 1:
        what = _("rows {first} to {last} of {book} were deleted")
        what = what.format(first=last_id + 1, last=row.id - 1, book=book)
        return _problem(path, row.id, "log-rows-deleted", what)
    if not holds(row, last_id, last_hash):
        what = _("row {id} of {book} does not follow the row before it: one was put in or swapped")
        return _problem(path, row.id, "log-chain-broken", what.format(id=row.id, book=book))
    return None


def _problem(path: Path, row_id: int, code: str, message: str) -> Problem:
    hint = _("compare with a backup and with the hashes on printed reports")
    return Problem(Where(path, row_id), code, message, hint)
