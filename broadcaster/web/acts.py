"""What was done through the page, row by row: who, when, what, and whether it was allowed.

It stands apart from the log, which tells what was heard, and from the register, which tells what
was decided.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.asrun.store import StoreError, storable
from broadcaster.clock import as_utc_text, from_utc_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from broadcaster.asrun.store import Store

__all__ = ["Act", "last_acts", "note_act"]

_log = logging.getLogger(__name__)
_SECRET = {"form", "mat-khau", "mat-khau-moi", "mat-khau-cu", "ma"}
_SHOWN_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Act:
    """``answer`` is the HTTP status with which it was answered."""

    at: datetime
    person: str
    act: str
    detail: str
    answer: int
    address: str


def note_act(
    store: Store, act: str, *, person: str, form: Mapping[str, str], answer: int, address: str
) -> None:
    """Write down an act, without its secrets.  A full disk hinders nobody: then the journal has
    it."""
    shown = {k: v[:_SHOWN_LETTERS] for k, v in form.items() if k not in _SECRET}
    detail = json.dumps(shown, ensure_ascii=False) if shown else ""
    try:
        with store.writing() as db:
            db.execute(
                "INSERT INTO web_act (at, person, act, detail, answer, address)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    as_utc_text(store.clock.now()),
                    *map(storable, (person, act, detail)),
                    answer,
                    storable(address),
                ],
            )
    except StoreError as error:
        _log.warning("%s by “%s” (%d) is in no row: %s", act, person, answer, error)


def last_acts(store: Store, *, most: int) -> list[Act]:
    """The last acts, the latest first."""
    rows = store.read(
        "SELECT at, person, act, detail, answer, address FROM web_act ORDER BY id DESC LIMIT ?",
        [most],
    )
    return [Act(from_utc_text(row[0]), *row[1:]) for row in rows]
