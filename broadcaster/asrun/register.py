"""The register of people and approvals (sổ duyệt): who may do what, who decided on what.

It stands apart from the log because it tells what may sound, and the log what did.  Like the log
it is only added to, and its rows form a hash chain.
"""

from __future__ import annotations

import hashlib
import json
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from broadcaster.asrun.chain import first_break, holds
from broadcaster.asrun.row import GENESIS, row_hash
from broadcaster.asrun.store import storable
from broadcaster.clock import as_utc_text, from_utc_text
from broadcaster.errors import Problem, Where
from broadcaster.model import RegisterEntry, RegisterEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadcaster.asrun.store import Store

__all__ = ["Register"]

_VERIFIER = "verifier_sha256"


class _Row(NamedTuple):
    """The columns of the table ``register`` in their order; the instant is UTC text."""

    id: int
    at: str
    event: str
    subject: str
    by: str
    content_sha256: str = ""
    details: str = "{}"
    prev_hash: str = GENESIS
    hash: str = ""


_COLUMNS = ", ".join(_Row._fields)
_INSERT = f"INSERT INTO register ({_COLUMNS}) VALUES ({', '.join('?' * len(_Row._fields))})"  # noqa: S608
_HEAD = "SELECT id, hash FROM register ORDER BY id DESC LIMIT 1"
_BEFORE_ALL = -(2**63)
_PAGE = 200
_ALL = f"SELECT {_COLUMNS} FROM register WHERE id > ? ORDER BY id LIMIT {_PAGE}"  # noqa: S608
_SOME = (
    f"SELECT {', '.join(f'r.{name}' for name in _Row._fields)}, p.id, p.hash"  # noqa: S608
    " FROM register r LEFT JOIN register p ON p.id = r.id - 1 WHERE "
)


class Register:
    """The register in ``store``; every method raises StoreError where it cannot be reached."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(
        self,
        event: str,
        subject: str,
        *,
        by: str,
        content_sha256: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> int:
        """Write one row; its id.  On the disk when this returns."""
        with self._store.writing() as db:
            row = self._next(db.execute(_HEAD).fetchone(), event, subject, by)
            row = row._replace(content_sha256=content_sha256, details=_as_json(details or {}))
            db.execute(_INSERT, row._replace(hash=row_hash(row)))
        return row.id

    def set_password(self, person: str, verifier: str, *, by: str) -> None:
        """Let ``verifier`` (Argon2) prove the password of ``person`` from now on."""
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO password VALUES (?, ?)"
                " ON CONFLICT (person) DO UPDATE SET verifier = excluded.verifier",
                [storable(person), verifier],
            )
            row = self._next(db.execute(_HEAD).fetchone(), RegisterEvent.PASSWORD, person, by)
            row = row._replace(details=_as_json({_VERIFIER: _sha256(verifier)}))
            db.execute(_INSERT, row._replace(hash=row_hash(row)))

    def verifier_of(self, person: str) -> str:
        """What proves the password of ``person``; "" where there is none, or where somebody put
        in another than the register knows."""
        rows = self._store.read("SELECT verifier FROM password WHERE person = ?", [person])
        known = [e for e in self.about(person) if e.event == RegisterEvent.PASSWORD]
        if not rows or not known or not known[-1].is_whole:
            return ""
        verifier = str(rows[0][0])
        return verifier if known[-1].details.get(_VERIFIER) == _sha256(verifier) else ""

    def entries(self, *, after: RegisterEntry | None = None) -> Iterator[RegisterEntry]:
        """The rows that follow ``after``, else every row, in their order."""
        last_id, last_hash = (after.id, after.hash) if after else (0, GENESIS)
        for row in map(_Row._make, self._pages(after.id if after else _BEFORE_ALL)):
            yield _entry(row, is_whole=holds(row, last_id, last_hash))
            last_id, last_hash = row.id, row.hash

    def entry(self, number: int) -> RegisterEntry | None:
        """The row of that id; None where there is none."""
        return next(iter(self._some("r.id = ?", number)), None)

    def about(self, subject: str) -> list[RegisterEntry]:
        """The rows of one person or bulletin, in their order."""
        return self._some("r.subject = ? ORDER BY r.id", subject)

    def of_people(self) -> list[RegisterEntry]:
        """The rows that say who belongs to the station, in their order."""
        return self._some("r.event = 'person' ORDER BY r.id")  # as its index has it

    def still_has(self, entry: RegisterEntry) -> bool:
        """Whether that row is there as it was read."""
        rows = self._store.read("SELECT hash FROM register WHERE id = ?", [entry.id])
        return rows == [(entry.hash,)]

    def head_hash(self) -> str:
        """The hash of the last row, which vouches for all rows before it."""
        rows = self._store.read(_HEAD)
        return str(rows[0][1]) if rows else GENESIS

    def verify(self, *, known_head: str = "") -> list[Problem]:
        """Nothing when the chain holds and every password is the one that was set."""
        rows = map(_Row._make, self._pages(_BEFORE_ALL))
        book = _("the register of approvals")
        broken = first_break(rows, path=self._store.path, known_head=known_head, book=book)
        return [*([broken] if broken else []), *self._strange_passwords()]

    def _strange_passwords(self) -> Iterator[Problem]:
        for (person,) in self._store.read("SELECT person FROM password ORDER BY person"):
            if not self.verifier_of(person):
                message = _("the password of “{person}” was put in by hand: it opens nothing")
                hint = _("set it again: broadcaster person password {person}")
                yield Problem(
                    Where(self._store.path),
                    "password-changed",
                    message.format(person=person),
                    hint.format(person=person),
                )

    def _next(self, head: tuple[int, str] | None, event: str, subject: str, by: str) -> _Row:
        """The row after ``head``, without its hash."""
        last_id, last_hash = head or (0, GENESIS)
        return _Row(
            id=last_id + 1,
            at=as_utc_text(self._store.clock.now()),
            event=str(event),
            subject=storable(subject),
            by=storable(by),
            prev_hash=last_hash,
        )

    def _pages(self, read_id: int) -> Iterator[tuple[Any, ...]]:
        """The rows with greater ids, a page at a time, for each holds a whole text."""
        while page := self._store.read(_ALL, [read_id]):
            yield from page
            read_id = page[-1][0]

    def _some(self, condition: str, *values: object) -> list[RegisterEntry]:
        """Each held against the row before it, wherever that is."""
        found = []
        for *columns, last_id, last_hash in self._store.read(_SOME + condition, values):
            row = _Row._make(columns)
            found.append(_entry(row, is_whole=holds(row, last_id or 0, last_hash or GENESIS)))
        return found


def _entry(row: _Row, *, is_whole: bool) -> RegisterEntry:
    """A row that was tampered with may say anything."""
    try:
        details, at = json.loads(row.details), from_utc_text(row.at)
    except (ValueError, TypeError):
        details, at, is_whole = {}, from_utc_text("1970-01-01T00:00:00+00:00"), False
    return RegisterEntry(
        id=row.id,
        at=at,
        event=row.event,
        subject=row.subject,
        by=row.by,
        content_sha256=row.content_sha256,
        details=details if isinstance(details, dict) else {},
        is_whole=is_whole,
        hash=row.hash,
    )


def _as_json(details: Mapping[str, Any]) -> str:
    return storable(json.dumps(details, ensure_ascii=False, sort_keys=True))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
