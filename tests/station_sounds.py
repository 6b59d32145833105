"""Which sounds a week names, and which of them nobody would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.schedule import sounds_of

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import WeekPlan

BUILT_IN = {"nhac-hieu", "nhac-cat", "nhac-chuyen-muc", "nhac-ket", "chuong", "nhac-nen"}


def missing_sounds(plan: WeekPlan, station: Path) -> set[str]:
    """The sounds that ``plan`` names and that are neither built in nor a file of the station."""
    files = {path.stem for path in (station / "scripts_vi/am-thanh").iterdir()}
    return _named(plan) - BUILT_IN - files


def _named(plan: WeekPlan) -> set[str]:
    lines = [line for programme in plan.programmes.values() for line in programme.segments]
    return {name for line in lines for name, _where in sounds_of(line)}
