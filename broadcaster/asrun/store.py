"""The station's database: opened, checked, brought up to date, and written one at a time.

It stands apart as the only module that knows SQLite.  A commit is on the disk when it returns
(WAL with ``synchronous=FULL``), so that a power cut loses nothing that was acknowledged.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from gettext import gettext as _
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

from broadcaster.errors import BroadcasterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from broadcaster.clock import Clock

__all__ = ["RefusedError", "Store", "StoreError", "storable"]

_APPLICATION_ID = 0x62726463  # "brdc", set by the first migration
_NOT_UTF_8 = "Could not decode to UTF-8"
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")


class StoreError(BroadcasterError):
    """The database cannot be opened, read or written; nothing in it was changed (exit code 3)."""

    exit_code = 3


class _BusyError(StoreError):
    """Another process holds the database."""


class RefusedError(BroadcasterError, ValueError):
    """A guard of the database refused a row; ``guard`` is the name that it gives as its reason."""

    def __init__(self, message: str, *, hint: str = "", guard: str = "") -> None:
        super().__init__(message, hint=hint)
        self.guard = guard


class Store:
    """One connection to a station's database, shared by the threads of one process.

    Other processes open a store of their own; a child that was forked must do so too.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self._db = connection
        self._lock = threading.RLock()
        self._commits = 0

    @classmethod
    def open(cls, path: Path, *, clock: Clock, patience_s: float = 5.0) -> Self:
        """Open the database at ``path``, made anew where there is none.

        ``patience_s`` is how long to wait for another process's transaction.  Raises StoreError
        when it is damaged, foreign, from a newer program or out of reach; it is left as it is.
        """
        with _said_plainly(path):
            store = cls(path, _connect(path, patience_s), clock=clock)
            try:
                store._make_ready(patience_s)
            except BaseException:
                store.close()
                raise
        return store

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of ``query``.

        Bytes that are not UTF-8 are damage for the hash chain to name, not a reason to stop: only
        they are worth the slower way in which text is made of them.
        """
        with self._lock, _said_plainly(self.path):
            try:
                self._db.text_factory = str
                return self._db.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                if not str(error).startswith(_NOT_UTF_8):
                    raise
            finally:
                self._db.text_factory = _text
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One short transaction, committed to the disk when the block ends without an error.

        Raises RefusedError when a guard of the schema says no, StoreError when the disk does.
        """
        with self._lock, _said_plainly(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._commits += 1

    def mark(self) -> tuple[int, int]:
        """A value that changes with every commit, of this process or another: cheap to poll."""
        return self.read("PRAGMA data_version")[0][0], self._commits

    def copy_to(self, path: Path) -> None:
        """Write all that is committed to the new file ``path``, while others go on writing here.

        Raises StoreError when the disk does not take it.
        """
        with self._lock, _said_plainly(path), closing(_connect(path, 0)) as copy:
            self._db.backup(copy)

    def integrity(self) -> str:
        """What SQLite's own full check finds; "" when all is well.  Takes a while."""
        finding = str(self._pragma("integrity_check(1)"))
        return "" if finding == "ok" else finding

    def _make_ready(self, patience_s: float) -> None:
        """Check and migrate, again and again while another process does the same to a new file:
        SQLite does not wait for a switch to the write-ahead log."""
        give_up_at = time.monotonic() + patience_s
        while True:
            try:
                self._check()
                self._migrate()
            except _BusyError:
                if time.monotonic() > give_up_at:
                    raise
                threading.Event().wait(0.01)
            else:
                return

    def _check(self) -> None:
        if (version := self._pragma("user_version")) > len(_migrations()):
            raise StoreError(
                _("{path} was written by a newer broadcaster (version {version})").format(
                    path=self.path, version=version
                ),
                hint=_("install the newer program again; the file has not been touched"),
            )
        tables = self.read("SELECT count(*) FROM sqlite_schema")[0][0]
        if tables and self._pragma("application_id") != _APPLICATION_ID:
            raise StoreError(
                _("{path} is the database of another program").format(path=self.path),
                hint=_("move it away; broadcaster makes its own"),
            )
        if (finding := self._pragma("quick_check(1)")) != "ok":
            raise _damaged(self.path, finding)

    def _migrate(self) -> None:
        for pragma in _PRAGMAS:
            self.read(f"PRAGMA {pragma}")
        if self._pragma("user_version") == len(_migrations()):
            return
        with self.writing() as db:
            done = self._pragma("user_version")  # again: another process may have been faster
            for script in _migrations()[done:]:
                for statement in _statements(script):
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {len(_migrations())}")

    def _pragma(self, name: str) -> Any:
        return self.read(f"PRAGMA {name}")[0][0]


def storable(text: str) -> str:
    """``text`` as the database can hold it: what was never text (a file's name in an old
    encoding) becomes a question mark."""
    return str(text).encode(errors="replace").decode()


def _connect(path: Path, patience_s: float) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _out_of_reach(path, _(str(error.strerror))) from error
    db = sqlite3.connect(path, timeout=patience_s, isolation_level=None, check_same_thread=False)
    db.text_factory = _text
    return db


def _text(raw: bytes) -> str:
    return raw.decode(errors="surrogateescape")


def _migrations() -> list[str]:
    folder = files("broadcaster.asrun") / "schema"
    scripts = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [script.read_text(encoding="utf-8") for script in scripts]


def _statements(script: str) -> Iterator[str]:
    """The statements one by one, for ``executescript`` would commit between them."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences with a cure."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise RefusedError(
            _("the log refuses this row: {detail}").format(detail=error), guard=str(error)
        ) from error
    except sqlite3.ProgrammingError:
        raise  # a bug of ours: its traceback says more than a sentence
    except sqlite3.DatabaseError as error:
        raise _sentence(path, error) from error


def _sentence(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(path, str(error))
    if name.startswith("SQLITE_FULL"):
        return StoreError(
            _("no room is left on the disk for {path}").format(path=path),
            hint=_("delete what can be made again: the folder audio_out/cache"),
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _BusyError(
            _("another program has held {path} for too long").format(path=path),
            hint=_("close programs that have this file open, and try again"),
        )
    failed = name.startswith("SQLITE_IOERR")
    return _out_of_reach(path, _(os.strerror(errno.EIO)) if failed else str(error))


def _damaged(path: Path, detail: str) -> StoreError:
    return StoreError(
        _("{path} is damaged: {detail}").format(path=path, detail=detail),
        hint=_(
            "keep a copy of it, then restore a backup or save its rows with "
            "“sqlite3 {path} .recover”; if it is moved away, a new log begins"
        ).format(path=path),
    )


def _out_of_reach(path: Path, detail: str) -> StoreError:
    return StoreError(
        _("{path} cannot be read or written: {detail}").format(path=path, detail=detail),
        hint=_("check the folder's owner and permissions, and the disk"),
    )
