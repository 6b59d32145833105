"""``broadcaster play ID --now``: a programme or a bulletin outside the week.

The command line prepares it, so that the daemon never does, and hands over nothing but a name.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import Occurrence, Priority, ProgrammePlan, SegmentKind, SegmentPlan, Slot
from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.variants import Variant, variants, with_profile

if TYPE_CHECKING:
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["plan_of", "prepare_now", "prepared_occurrence"]

_PREFIX = "phat-"


def plan_of(content: Content, name: str) -> ProgrammePlan | None:
    """The programme, or a programme made of the one bulletin, that has this id."""
    for plan in content.plans:
        if name in plan.programmes:
            return plan.programmes[name]
    bulletin = content.bulletins.get(name)
    if bulletin is None:
        return None
    segment = SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id=name, where=bulletin.where)
    return ProgrammePlan(name, bulletin.title, (segment,), bulletin.where)


def prepare_now(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    programme: ProgrammePlan,
    now: datetime,
) -> str:
    """Make the sound of ``programme``; returns the occurrence's id for the daemon.

    Raises SpeechError and other BroadcasterErrors.
    """
    from broadcaster.station.preparing.prepare import preparer  # noqa: PLC0415 - the daemon only looks

    folder.ensure()
    minute = now.replace(second=0, microsecond=0)
    occurrence = _occurrence(f"{_PREFIX}{programme.id}", minute, programme)
    with preparer(folder, config, content) as worker:
        for wanted, profile in (Variant(occurrence), *variants(occurrence, config)):
            with_profile(worker, profile).prepare(wanted)
    return occurrence.id


def prepared_occurrence(folder: StationFolder, occurrence_id: str) -> Occurrence | None:
    """The occurrence of that id whose sound lies ready; None for any other text."""
    slot_id, _at, instant = occurrence_id.rpartition("@")
    try:
        starts_at = datetime.fromisoformat(instant).astimezone(LOCAL)
    except ValueError:
        return None
    if not slot_id.startswith(_PREFIX) or "/" in slot_id:
        return None
    bare = _occurrence(slot_id, starts_at, ProgrammePlan(slot_id, slot_id, ()))
    found = manifest.load(manifest.files_for(folder, bare).manifest)
    if found is None:
        return None
    programme = ProgrammePlan(found[0].programme_id, found[0].title, ())
    return _occurrence(slot_id, starts_at, programme)


def _occurrence(slot_id: str, starts_at: datetime, programme: ProgrammePlan) -> Occurrence:
    slot = Slot(
        id=slot_id,
        start=time(starts_at.hour, starts_at.minute),
        days=frozenset({starts_at.weekday()}),
        programme_id=programme.id,
        priority=Priority.OVERRIDE,
    )
    return Occurrence(slot, starts_at, programme)
