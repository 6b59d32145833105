"""What is heard at this moment, as far as anybody can know: from the heartbeat of the playout.

It stands apart because everything else on the first page may be some seconds old, and this may
not: when the heart stands still, it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from itertools import takewhile
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.station.air.pulse import last_beat
from broadcaster.station.preparing import manifest
from broadcaster.web.words import full_day

if TYPE_CHECKING:
    from broadcaster.model import PreparedProgramme
    from broadcaster.station.air.pulse import Beat
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.watch.status import Status
    from broadcaster.web.site import Site

__all__ = ["OnAir", "Sounding", "on_air"]

_FRESH = timedelta(seconds=5)
_EMERGENCY = "khan-cap-"


@dataclass(frozen=True, slots=True)
class Sounding:
    """``position_ms`` counts from the beginning; ``duration_ms`` 0 is unknown."""

    occurrence: str
    title: str
    part: str = ""
    sentence: str = ""
    position_ms: int = 0
    duration_ms: int = 0

    @property
    def is_emergency(self) -> bool:
        return self.occurrence.startswith(_EMERGENCY)


@dataclass(frozen=True, slots=True)
class OnAir:
    """``alive_at`` is when the station showed a sign of life last, None when it never did;
    ``next_day`` names the day of what comes next where it is not today, ``trouble`` are the open
    alarms, ``ordered_by`` who wanted what sounds."""

    in_contact: bool
    stopped: bool
    alive_at: datetime | None
    sounding: Sounding | None = None
    next_title: str = ""
    next_at: datetime | None = None
    next_day: str = ""
    trouble: tuple[str, ...] = ()
    ordered_by: str = ""

    @property
    def state(self) -> str:
        """Its icon and colour."""
        if not self.in_contact:
            return "mat"
        return "dang-phat" if self.sounding else "cho"

    @property
    def word(self) -> str:
        """The state in capitals, as it hangs over a studio's door."""
        words = {"mat": _("OUT OF CONTACT"), "dang-phat": _("ON AIR"), "cho": _("WAITING")}
        return words[self.state]


def on_air(site: Site) -> OnAir:
    """Never raises for a station that does not run: that is out of contact."""
    now, status, beat = site.now(), site.status(), last_beat(site.folder.pulse)
    is_fresh = beat is not None and abs(now - beat.at) < _FRESH
    stopped = bool(status.values.get("stopped")) and not is_fresh
    in_contact = (is_fresh or status.in_contact) and not stopped
    alive = [at for at in (status.alive_at, beat.at if beat else None) if at]
    sounding = _sounding(site, beat) if in_contact and beat and is_fresh else None
    following = status.values.get("next") if in_contact else None
    next_at = datetime.fromisoformat(following["at"]).astimezone(LOCAL) if following else None
    return OnAir(
        in_contact,
        stopped,
        max(alive, default=None),
        sounding,
        next_title=str(following["title"]) if following else "",
        next_at=next_at,
        next_day=full_day(next_at) if next_at and next_at.date() != site.today() else "",
        trouble=_trouble(status),
        ordered_by=_ordered_by(site, sounding),
    )


def _trouble(status: Status) -> tuple[str, ...]:
    return tuple(str(alarm.get("text", "")) for alarm in status.alarms)


def _ordered_by(site: Site, sounding: Sounding | None) -> str:
    entry = site.log.entry(sounding.occurrence) if sounding else None
    return entry.operator if entry else ""


def _sounding(site: Site, beat: Beat) -> Sounding | None:
    """What beats; None in silence, and in the second before the first sound."""
    if not beat.occurrence or beat.position_ms < 0:
        return None
    entry = site.log.entry(beat.occurrence)
    title = entry.title if entry else beat.occurrence
    programme = _programme(site.folder, beat.occurrence)
    if programme is None:
        return Sounding(beat.occurrence, title, position_ms=beat.position_ms)
    at_ms = beat.position_ms
    parts = [s.title for s in programme.segments if s.start_ms <= at_ms < s.end_ms]
    said = [words for _at, words in takewhile(lambda line: line[0] <= at_ms, programme.said)]
    return Sounding(
        beat.occurrence,
        title,
        part=parts[-1] if parts else "",
        sentence=said[-1] if said else "",
        position_ms=at_ms,
        duration_ms=programme.duration_ms,
    )


def _programme(folder: StationFolder, occurrence: str) -> PreparedProgramme | None:
    """What lies ready under the name of ``occurrence``."""
    slot, _at, instant = occurrence.rpartition("@")
    try:
        starts_at = datetime.fromisoformat(instant).astimezone(LOCAL)
    except ValueError:
        return None
    if slot.startswith(_EMERGENCY):  # khan-cap-NAME-HHMMSS-N
        name = slot.removeprefix(_EMERGENCY).rsplit("-", 2)[0]
        files = manifest.files_of_emergency(folder, name)
    else:
        files = manifest.files_at(folder, slot, starts_at)
    found = manifest.load(files.manifest)
    return found[0] if found else None
