"""What single outputs air instead of a slot's common sound: another programme, another profile.

Each is an occurrence with a slot name of its own, so that preparation, files and manifests need
not know of outputs.  A name of a slot has neither “+” nor “~”.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.model import Priority, SlotOutput
from broadcaster.sound.profile import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadcaster.model import Occurrence
    from broadcaster.station.preparing.prepare import Preparer
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.settings.outputs import OutputSettings

__all__ = ["Variant", "slot_outputs", "variant", "variants", "with_profile"]


class Variant(NamedTuple):
    """An occurrence under a slot name of its own, and its profile ("" for the station's)."""

    occurrence: Occurrence
    profile: str = ""


def slot_outputs(
    occurrence: Occurrence, outputs: Sequence[OutputSettings]
) -> list[tuple[OutputSettings, SlotOutput]]:
    """The outputs on which ``occurrence`` airs, with what its slot says of each.

    Where it names none that the station has, it airs on all: silence would be worse.
    """
    named = {output.name: output for output in occurrence.slot.outputs}
    chosen = [(settings, named[settings.name]) for settings in outputs if settings.name in named]
    return chosen or [(settings, SlotOutput(name=settings.name)) for settings in outputs]


def variant(occurrence: Occurrence, settings: OutputSettings, wanted: SlotOutput) -> Variant | None:
    """What the output of ``settings`` airs of ``occurrence``; None for the common sound, as that
    of an emergency is everywhere."""
    if occurrence.slot.priority is Priority.EMERGENCY:
        return None
    own = next((plan for plan in occurrence.own if plan.id == wanted.programme_id), None)
    if own is None and not settings.profile:
        return None
    name = occurrence.slot.id
    name += f"+{own.id}" if own else ""
    name += f"~{settings.profile}" if settings.profile else ""
    programme = own or occurrence.programme
    slot = replace(occurrence.slot, id=name, programme_id=programme.id)
    return Variant(replace(occurrence, slot=slot, programme=programme), settings.profile)


def variants(occurrence: Occurrence, config: StationConfig) -> Iterator[Variant]:
    """Each variant of ``occurrence`` that some output airs, once."""
    found = (
        variant(occurrence, settings, wanted)
        for settings, wanted in slot_outputs(occurrence, config.all_outputs)
    )
    yield from {v.occurrence.slot.id: v for v in found if v}.values()


def with_profile(worker: Preparer, profile: str) -> Preparer:
    """``worker``, or one that makes sound of another profile than the station's."""
    if not profile:
        return worker
    loudness = PROFILES[profile].lufs
    return replace(worker, config=replace(worker.config, profile=profile, loudness=loudness))
