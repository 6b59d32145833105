"""The starts of a day with their states: what the plan, the prepared sound and the log say.

It stands apart because it is the heart of the first page, and must be quick: it estimates nothing
and reads no sound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import Outcome
from broadcaster.schedule import rundown
from broadcaster.station.air.gates import gate_of
from broadcaster.station.preparing.prepared import PreparedFiles
from broadcaster.web.words import is_known

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.model import AsRunEntry, Occurrence, RundownItem
    from broadcaster.playout import Gate
    from broadcaster.web.site import Site

__all__ = ["Row", "icon_of", "occurrence_of", "outcome_words", "rows_of"]

_STATES = {
    Outcome.ON_AIR: "dang-phat",
    Outcome.AIRED: "da-phat",
    Outcome.CUT: "ngat",
    Outcome.MISSED: "lo",
    Outcome.FAILED: "lo",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One start: ``state`` names icon and colour, ``word`` says it, ``why`` explains it."""

    occurrence: str
    starts_at: datetime
    title: str
    state: str
    why: str = ""
    duration_ms: int | None = None
    programme: str = ""
    can_be_heard: bool = False
    """Whether its sound lies ready, or may lie in the archive."""
    is_over: bool = False

    @property
    def word(self) -> str:
        return _state_words()[self.state]


def rows_of(site: Site, day: date) -> list[Row]:
    """The starts of ``day`` by their time: those of the plan, and what was ordered besides.

    Raises ConfigError where the settings cannot be read, StoreError where the log cannot.
    """
    on_disk = site.on_disk()
    logged = {entry.occurrence: entry for entry in site.log.entries(day, day)}
    gate = gate_of(on_disk.config, lambda: on_disk.content.plans)
    planned = rundown(on_disk.content.plans, day).items
    ready = PreparedFiles(site.folder, site.decided)
    now = site.now()
    rows = [
        _planned(item, logged.pop(item.occurrence.id, None), ready, gate, now) for item in planned
    ]
    rows += [_logged(entry) for entry in logged.values()]
    return sorted(rows, key=lambda row: row.starts_at)


def icon_of(outcome: Outcome) -> str:
    """The icon, and the colour, of what became of a start."""
    return _STATES[outcome]


def outcome_words() -> dict[Outcome, str]:
    """What became of a start, in a word."""
    words = _state_words()
    return {outcome: words[state] for outcome, state in _STATES.items()}


def _state_words() -> dict[str, str]:
    return {
        "san-sang": _("Ready"),
        "dang-tao": _("Being made"),
        "thieu": _("Something is missing"),
        "dang-phat": _("On air"),
        "da-phat": _("Broadcast"),
        "ngat": _("Cut short"),
        "lo": _("Missed"),
        "huy": _("Does not air"),
    }


def occurrence_of(site: Site, name: str) -> Occurrence | None:
    """The planned start of that id; None for any other text."""
    try:
        day = datetime.fromisoformat(name.rpartition("@")[2]).astimezone(LOCAL).date()
    except (ValueError, OverflowError):
        return None
    if not is_known(day):
        return None
    items = rundown(site.on_disk().content.plans, day).items
    return next((item.occurrence for item in items if item.occurrence.id == name), None)


def _planned(
    item: RundownItem, entry: AsRunEntry | None, ready: PreparedFiles, gate: Gate, now: datetime
) -> Row:
    occurrence = item.occurrence
    base = Row(
        occurrence.id,
        occurrence.starts_at,
        occurrence.programme.title,
        "dang-tao",
        occurrence.reason,
        programme=occurrence.programme.id,
    )
    if entry:
        return _logged(entry, base.programme)
    if item.cancelled:
        return replace(base, state="huy", why=occurrence.reason or _("cancelled"))
    if refusal := gate.refusal(occurrence, occurrence.starts_at):
        return replace(base, state="huy", why=str(refusal))
    if occurrence.latest_start < now:
        return replace(base, state="lo", why=_("The log knows nothing of it: nothing was running."))
    if prepared := ready.get(occurrence):
        return replace(
            base,
            state="thieu" if prepared.left_out else "san-sang",
            why="; ".join([*filter(None, [occurrence.reason]), *prepared.left_out]),
            duration_ms=prepared.duration_ms,
            can_be_heard=bool(prepared.mp3_sha256),
        )
    return base


def _logged(entry: AsRunEntry, programme: str = "") -> Row:
    return Row(
        entry.occurrence,
        entry.scheduled_at,
        entry.title,
        _STATES[entry.outcome],
        entry.reason,
        _heard_ms(entry),
        programme=programme,
        can_be_heard=bool(entry.sounds),
        is_over=entry.outcome is not Outcome.ON_AIR,
    )


def _heard_ms(entry: AsRunEntry) -> int | None:
    if not entry.starts or not entry.ended_at:
        return None
    return (entry.ended_at - entry.starts[0]) // timedelta(milliseconds=1)
