"""The weeks in force: each file as it stands, or as it last stood without an error.

A slip in a YAML file at noon must not silence five o'clock next morning, not even after a power
cut, so the last good version of each file is kept in the state folder.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, Problem, Severity, Where
from broadcaster.schedule import load_week, unknown_programmes
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import WeekPlan
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["current_plans"]

_log = logging.getLogger(__name__)


def current_plans(
    folder: StationFolder, config: StationConfig
) -> tuple[tuple[WeekPlan, ...], list[Problem]]:
    """(plans in force, problems of the files as they stand now).

    A file with errors and no good version before it holds as far as it can be read.  The calendar
    is that of station.yaml as it stands now: quốc tang must not wait for a restart.
    """
    config = _with_calendar_of_today(folder, config)
    good = folder.state / "last-good"
    try:
        files = folder.week_files()
    except OSError as error:
        return _copies(good, config), [_unreadable(folder.schedules, error)]
    plans: list[WeekPlan] = []
    problems: list[Problem] = []
    for path in files:
        plan, found = _in_force(path, good / path.name, config)
        plans += [plan] if plan else []
        problems += found
    _forget(good, {path.name for path in files})
    return tuple(plans), problems


def _with_calendar_of_today(folder: StationFolder, config: StationConfig) -> StationConfig:
    current, _problems = load_config(folder)
    return replace(config, calendar=current.calendar) if current else config


def _copies(good: Path, config: StationConfig) -> tuple[WeekPlan, ...]:
    """All that was good when the folder of the weeks could be read."""
    found = [load_week(copy, **config.week_defaults)[0] for copy in sorted(good.glob("*.y*ml"))]
    return tuple(plan for plan in found if plan is not None)


def _unreadable(folder: Path, error: OSError) -> Problem:
    message = _("the folder of the weeks cannot be read: {reason}").format(reason=error.strerror)
    hint = _("its last good files stay in force; check the folder's owner and permissions")
    return Problem(Where(folder), "unreadable-file", message, hint)


def _in_force(
    path: Path, copy: Path, config: StationConfig
) -> tuple[WeekPlan | None, list[Problem]]:
    plan, problems = load_week(path, **config.week_defaults)
    problems += unknown_programmes(plan) if plan else ()
    if any(problem.severity is Severity.ERROR for problem in problems):
        return _last_good(path, copy, config) or plan, problems
    _keep(path, copy)
    return plan, problems


def _last_good(path: Path, copy: Path, config: StationConfig) -> WeekPlan | None:
    if not copy.exists():
        return None
    plan, _problems = load_week(copy, **config.week_defaults)
    if plan is None:
        return None
    message = _("{file} has errors: its last good version stays in force").format(file=path.name)
    _log.warning("%s", message)
    return replace(plan, path=path)


def _keep(path: Path, copy: Path) -> None:
    """A copy that cannot be made costs the copy, not the week."""
    try:
        text = path.read_bytes()
        if not copy.exists() or copy.read_bytes() != text:
            with whole_file(copy) as file:
                file.write(text)
    except (BroadcasterError, OSError) as error:
        _log.warning("%s: no copy is kept: %s", path.name, error)


def _forget(good: Path, names: set[str]) -> None:
    """A file that was taken away is no longer in force."""
    for copy in good.glob("*"):
        if copy.name not in names:
            with suppress(OSError):  # it is not looked at, since nothing has its name
                copy.unlink()
