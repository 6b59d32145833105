"""Who has come in: a secret in the browser, its hash in the store, and the roles of today.

It stands apart because a visitor's rights are looked up with each request: whoever was disabled,
or got another password, is out at once.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.approval import Action
from broadcaster.asrun import Register
from broadcaster.clock import as_utc_text, from_utc_text
from broadcaster.model import RegisterEvent, Role
from broadcaster.station.approving import People
from broadcaster.station.approving.passwords import verifier_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from broadcaster.approval import Person
    from broadcaster.asrun import Store

__all__ = ["Doorkeeper"]

_SECRET_BYTES = 32
_CONSOLE = "console"
_IDLE = timedelta(hours=12)
_LONGEST = timedelta(days=7)
_NOTED_EVERY = timedelta(minutes=10)


class Doorkeeper:
    """The sessions in ``store``; methods raise StoreError where it cannot be reached."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._register = Register(store)

    @property
    def people(self) -> People:
        return People(self._register)

    def has_owner(self) -> bool:
        """Whether somebody may manage people: before, the first visitor needs the setup code."""
        return bool(self.people.who_may(Action.MANAGE_PEOPLE))

    def open_with(self, person_id: str, name: str, password: str) -> None:
        """The first person, who may do everything; raises NotAllowedError."""
        self.add_with_password(person_id, name, set(Role), password, by=_CONSOLE)

    def add_with_password(
        self, person_id: str, name: str, roles: Iterable[Role], password: str, *, by: str
    ) -> None:
        """Somebody new who can sign in, or, with a NotAllowedError, nobody."""
        verifier_of(password)  # refuses one that is too short, before anybody is added
        self.people.add(person_id, name, roles, by=by)
        self.people.set_password(person_id, password, by=by)

    def who(self, secret: str) -> Person | None:
        """Whose browser holds ``secret``; None when it opens nothing, or nothing any more."""
        rows = self._store.read(
            "SELECT person, began_at, seen_at FROM web_session WHERE secret_sha256 = ?",
            [_hashed(secret)],
        )
        if not secret or not rows:
            return None
        person_id, began_at, seen_at = rows[0][0], from_utc_text(rows[0][1]), rows[0][2]
        person = self.people.all().get(person_id)
        if person is None or person.is_disabled or self._is_over(person_id, began_at, seen_at):
            return None
        self._note(secret, from_utc_text(seen_at))
        return person

    def let_in(self, person_id: str, *, address: str, browser: str) -> str:
        """A new secret for the browser of somebody who has proven who he is."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        now = as_utc_text(self._store.clock.now())
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO web_session VALUES (?, ?, ?, ?, ?, ?)",
                [_hashed(secret), person_id, now, now, address, browser],
            )
        return secret

    def let_out(self, secret: str) -> None:
        """End one session."""
        with self._store.writing() as db:
            db.execute("DELETE FROM web_session WHERE secret_sha256 = ?", [_hashed(secret)])

    def let_out_everywhere(self, person_id: str) -> int:
        """End every session of somebody; returns how many there were."""
        with self._store.writing() as db:
            ended = db.execute("DELETE FROM web_session WHERE person = ?", [person_id])
            return ended.rowcount

    def sessions_of(self, person_id: str) -> list[tuple[datetime, str, str]]:
        """(last seen, address, browser) of each session, the latest first."""
        rows = self._store.read(
            "SELECT seen_at, address, browser FROM web_session WHERE person = ?"
            " ORDER BY seen_at DESC",
            [person_id],
        )
        return [(from_utc_text(at), address, browser) for at, address, browser in rows]

    def _is_over(self, person_id: str, began_at: datetime, seen_at: str) -> bool:
        now = self._store.clock.now()
        is_old = now - began_at > _LONGEST or now - from_utc_text(seen_at) > _IDLE
        return is_old or any(
            entry.event == RegisterEvent.PASSWORD and entry.at > began_at
            for entry in self._register.about(person_id)
        )

    def _note(self, secret: str, seen_at: datetime) -> None:
        """Rarely: each row that is written wakes whoever watches the store."""
        now = self._store.clock.now()
        if now - seen_at > _NOTED_EVERY:
            with self._store.writing() as db:
                db.execute(
                    "UPDATE web_session SET seen_at = ? WHERE secret_sha256 = ?",
                    [as_utc_text(now), _hashed(secret)],
                )


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
