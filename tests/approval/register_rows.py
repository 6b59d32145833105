"""Rows of a register, as the tests of approval hand them in."""

from __future__ import annotations

from datetime import datetime, timedelta

from broadcaster.approval import Spoken
from broadcaster.clock import LOCAL
from broadcaster.model import RegisterEntry, RegisterEvent, Role

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=LOCAL)
TEXT = Spoken(title="Tin một", sentences=(("Xã họp lúc tám giờ.", 700),))
OTHER = Spoken(title="Tin một", sentences=(("Xã họp lúc chín giờ.", 700),))


class Rows:
    """A register that is written row by row."""

    def __init__(self) -> None:
        self.rows: list[RegisterEntry] = []

    def add(self, event: RegisterEvent, subject: str, by: str = "quan.tri", **values) -> None:
        number = len(self.rows) + 1
        at = MONDAY + timedelta(minutes=number)
        self.rows.append(
            RegisterEntry(id=number, at=at, event=event, subject=subject, by=by, **values)
        )

    def person(self, name: str, *roles: Role, disabled: bool = False, **values) -> None:
        details = {"name": name, "roles": [str(r) for r in roles], "disabled": disabled}
        self.add(RegisterEvent.PERSON, name, details=details, **values)

    def approved(self, by: str, spoken: Spoken = TEXT, bulletin: str = "01-tin", **values) -> None:
        details = {
            "spoken": spoken.as_details(),
            "voices": ["espeak:vi"],
            "valid": ["", ""],
            **values.pop("details", {}),
        }
        values = {"content_sha256": spoken.sha256, **values}
        self.add(RegisterEvent.APPROVED, bulletin, by=by, details=details, **values)

    def rejected(self, by: str, spoken: Spoken = TEXT, why: str = "sai giờ") -> None:
        self.add(
            RegisterEvent.REJECTED,
            "01-tin",
            by=by,
            content_sha256=spoken.sha256,
            details={"why": why},
        )
