"""The weeks in force: each file as it stands, or as it last stood without an error.

A slip in a YAML file at noon must not silence five o'clock next morning, not even after a power
cut, so the last good version of each file is kept in the state folder.
"""

from __future__ import annotations

import logging
import shutil
from typing import TYPE_CHECKING

from broadcaster.errors import Severity
from broadcaster.schedule import load_week

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.errors import Problem
    from broadcaster.model import WeekPlan
    from broadcaster.station.config import StationConfig
    from broadcaster.station.folder import StationFolder

__all__ = ["current_plans"]

_log = logging.getLogger(__name__)


def current_plans(
    folder: StationFolder, config: StationConfig
) -> tuple[tuple[WeekPlan, ...], list[Problem]]:
    """(plans in force, problems of the files as they stand now)."""
    plans: list[WeekPlan] = []
    problems: list[Problem] = []
    good = folder.state / "last-good"
    good.mkdir(parents=True, exist_ok=True)
    files = folder.week_files()
    for path in files:
        plan, found = load_week(path, late=config.late)
        problems += found
        if any(problem.severity is Severity.ERROR for problem in found):
            plan = _last_good(good / path.name, config) or plan
        elif plan is not None:
            _keep(path, good / path.name)
        if plan is not None:
            plans.append(plan)
    _forget(good, {path.name for path in files})
    return tuple(plans), problems


def _last_good(copy: Path, config: StationConfig) -> WeekPlan | None:
    if not copy.exists():
        return None
    plan, _problems = load_week(copy, late=config.late)
    _log.warning("%s has errors: its last good version stays in force", copy.name)
    return plan


def _keep(path: Path, copy: Path) -> None:
    if not copy.exists() or copy.read_bytes() != path.read_bytes():
        half = copy.with_suffix(".part")
        shutil.copyfile(path, half)
        half.replace(copy)


def _forget(good: Path, names: set[str]) -> None:
    """A file that was taken away is no longer in force."""
    for copy in good.iterdir():
        if copy.name not in names:
            copy.unlink(missing_ok=True)
