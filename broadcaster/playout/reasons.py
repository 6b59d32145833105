"""The sentences with which a decision is explained, each under its stable code.

They stand together so that ``docs/problems.md`` and the catalogue can be held against them.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import LateAction
from broadcaster.playout.actions import Reason
from broadcaster.playout.relay.watch import Trouble
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from broadcaster.model import Occurrence
    from broadcaster.playout.state import OnAir

__all__ = [
    "cut_by",
    "expired",
    "interrupted",
    "max_over",
    "not_resumed",
    "output_broke",
    "output_silent",
    "relay_missed",
    "relay_trouble",
    "too_late",
    "volume_not_kept",
    "volume_not_set",
    "was_muted",
]


def cut_by(occurrence: Occurrence) -> Reason:
    """What sounded was cut because ``occurrence`` began."""
    return Reason("cut-by-start", _("“{title}” began").format(title=occurrence.programme.title))


def max_over(occurrence: Occurrence) -> Reason:
    """Its slot's longest duration passed."""
    minutes = round(occurrence.slot.max_ms / 60_000, 1)
    text = _("it is longer than its slot allows ({minutes:g} minutes)")
    return Reason("max-over", text.format(minutes=minutes))


def expired() -> Reason:
    """It was ordered until now."""
    return Reason("expired", _("it was ordered until this time"))


def not_resumed() -> Reason:
    """What was interrupted could not end in time, or is planned no more."""
    text = _("the interruption left no time to go on with it")
    return Reason("not-resumed", text)


def interrupted() -> Reason:
    """A crash ended it."""
    text = _("the station stopped while it was on air and came back too late to go on with it")
    return Reason("interrupted", text)


def too_late(occurrence: Occurrence, blocker: OnAir | None) -> Reason:
    """Because ``blocker`` holds the air, or because the station itself was late."""
    if blocker is not None:
        title = blocker.occurrence.programme.title
        return Reason("air-busy", _("“{title}” was on air at its time").format(title=title))
    if occurrence.slot.late.action is LateAction.SKIP:
        text = _("it could not start on time, and its slot says not to start it late")
        return Reason("late-skip", text)
    minutes = round(occurrence.slot.late.within_ms / 60_000, 1)
    text = _("it could not start within {minutes:g} minutes of its time")
    return Reason("too-late", text.format(minutes=minutes))


def output_silent(name: str, detail: str) -> Reason:
    """One of several outputs made no sound at all."""
    text = _("“{name}” did not sound: {detail}")
    return Reason("output-silent", text.format(name=name, detail=detail))


def output_broke(name: str, detail: str, silence: timedelta) -> Reason:
    """One of several outputs was silent for a while, or from then on."""
    text = _("“{name}” was silent for {seconds:.0f} seconds: {detail}")
    seconds = silence.total_seconds()
    return Reason("output-broke", text.format(name=name, detail=detail, seconds=seconds))


def relay_missed(name: str, relayed_of_ms: tuple[int, int], whys: Iterable[Reason]) -> str:
    """A relay was not heard for a while, or at all: (milliseconds relayed, of so many)."""
    relayed, length = (duration_text(round(ms, -3)) for ms in relayed_of_ms)
    text = _("“{name}” was relayed for {relayed} of {length}, local sound for the rest: {why}")
    return text.format(name=name, relayed=relayed, length=length, why=", ".join(map(str, whys)))


def relay_trouble(trouble: Trouble, detail: str) -> Reason:  # noqa: PLR0911 - one for each
    """Why a relay is not heard; ``detail`` is what the server or the system said."""
    said = detail or "–"
    match trouble:
        case Trouble.LATE:
            return Reason("relay-late", _("its sound came late"))
        case Trouble.STALLED:
            return Reason("relay-stalled", _("no more sound came"))
        case Trouble.SILENT:
            return Reason("relay-silent", _("it sent silence"))
        case Trouble.REFUSED:
            text = _("the server refused it ({detail})")
            return Reason("relay-refused", text.format(detail=said))
        case Trouble.UNREACHABLE:
            text = _("the server cannot be reached ({detail})")
            return Reason("relay-unreachable", text.format(detail=said))
        case Trouble.NOT_SOUND:
            text = _("the address gives no stream but {detail}")
            return Reason("relay-not-sound", text.format(detail=said))
        case Trouble.ENDED:
            text = _("the stream ended ({detail})")
            return Reason("relay-ended", text.format(detail=said))
        case Trouble.BROKE:
            text = _("the program that fetches it broke ({detail})")
            return Reason("relay-broke", text.format(detail=said))


def was_muted(name: str) -> Reason:
    """Somebody had muted the card; it was turned on again for the slot."""
    text = _("the card of “{name}” had been muted by hand, and was turned on again")
    return Reason("was-muted", text.format(name=name))


def volume_not_set(name: str, detail: str, cure: str) -> Reason:
    """The mixer could be neither read nor set."""
    text = _("the volume of “{name}” could not be set: {detail} → {cure}")
    return Reason("volume-not-set", text.format(name=name, detail=detail, cure=cure))


def volume_not_kept(name: str, volume: int, cure: str) -> Reason:
    """The mixer was set, and stayed muted or at another volume."""
    text = _("the card of “{name}” stays muted or at {volume} percent → {cure}")
    return Reason("volume-not-kept", text.format(name=name, volume=volume, cure=cure))
