"""Whether a changed week may be written: what it would break, and what would meet in time.

It stands apart because only the station can read a text as the week that it will be, among the
other weeks and under the rails of the settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Severity
from broadcaster.schedule import Known, check_weeks, load_week, parse_week

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from broadcaster.model import WeekPlan
    from broadcaster.station.editing.textfile import TextFile
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["CLASHES", "WeekJudge", "refuse_errors"]

CLASHES = ("overlap", "same-minute")
"""Problems by which two slots meet in time, which a person may settle in several ways."""


@dataclass(frozen=True, slots=True)
class WeekJudge:
    """Looks at changes of week files as they would be among the others of ``folder``."""

    folder: StationFolder
    config: StationConfig

    def new_problems(
        self, file: TextFile, before: str, *, monday: date, instead_of: date | None = None
    ) -> list[Problem]:
        """What ``file`` would bring that is wrong in the week of ``monday`` and was not before.

        ``before`` is its text until now; the week of ``instead_of`` is what a new file stands for.
        Sounds, bulletins and lengths are not looked at: a slot does not change them.
        """
        others = [
            plan
            for path in self.folder.week_files()
            if path != file.path
            for plan in self._plan(path)
        ]
        old = self._problems(before, file.path, others, instead_of or monday) if before else []
        new = self._problems(file.text, file.path, others, monday)
        known = {_said(problem) for problem in old}
        return [problem for problem in new if _said(problem) not in known]

    def _plan(self, path: Path) -> list[WeekPlan]:
        plan, _problems = load_week(path, **self.config.week_defaults)
        return [plan] if plan else []

    def _problems(
        self, text: str, path: Path, others: Sequence[WeekPlan], monday: date
    ) -> list[Problem]:
        plan, problems = parse_week(text, path=path, **self.config.week_defaults)
        plans = [*others, plan] if plan else [*others]
        days = [monday + timedelta(days=n) for n in range(7)]
        known = Known(rails=self.config.all_rails, fallback=self.config.fallback)
        found = check_weeks(plans, days=days, known=known)
        return [*problems, *(problem for problem in found if problem.where.path == path)]


def refuse_errors(problems: Sequence[Problem]) -> None:
    """Raises ContentError where any of ``problems`` keeps something off the air."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)


def _said(problem: Problem) -> tuple[str, str]:
    """What makes two problems the same although lines have moved."""
    return problem.code, problem.message
