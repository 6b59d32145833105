"""``schedules/ke-hoach/*.yaml`` → one Plan, with every problem of the files at once.

The only module of the plan that reads files.  A slip in one target costs that target.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from broadcaster.errors import Problem, Where
from broadcaster.model import Validity
from broadcaster.plan.languages import read_languages
from broadcaster.plan.plan import Plan
from broadcaster.plan.spans import read_campaigns
from broadcaster.plan.targets import read_targets
from broadcaster.plan.topics import TopicTree, read_topics
from broadcaster.plan.units import read_units
from broadcaster.plan.words import read_days
from broadcaster.yamlmark import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadcaster.plan.languages import LanguageNeed
    from broadcaster.plan.spans import Campaign
    from broadcaster.plan.targets import Target
    from broadcaster.plan.topics import Topic
    from broadcaster.plan.units import Unit
    from broadcaster.yamlmark import Mark

__all__ = ["PLAN_KEYS", "load_plan", "no_plan"]

PLAN_KEYS = (
    *("title", "period", "document", "office", "topics", "audiences", "kinds"),
    *("languages", "campaigns", "units", "targets"),
)
_BUILT_IN_TOPICS = Path(__file__).parent / "data" / "chu-de.yaml"
_T = TypeVar("_T", "Topic", "Campaign", "Unit")


@dataclass(slots=True)
class _Gathered:
    """What the files say, each thing with its place."""

    title: str = ""
    periods: list[tuple[Where, Validity]] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    languages: list[LanguageNeed] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def take(self, values: dict[str, Mark]) -> None:
        """Add what one file says."""
        said = {key: values[key].text() or "" for key in _TEXTS if key in values}
        self.title = self.title or said.get("title", "")
        if "period" in values and (days := _period(values["period"])):
            self.periods.append((values["period"].where, days))
        self.topics += read_topics(values["topics"]) if "topics" in values else ()
        self.campaigns += read_campaigns(values["campaigns"]) if "campaigns" in values else ()
        self.units += read_units(values["units"]) if "units" in values else ()
        self.languages += read_languages(values["languages"]) if "languages" in values else ()
        self.audiences += values["audiences"].texts() if "audiences" in values else ()
        self.kinds += values["kinds"].texts() if "kinds" in values else ()
        if "targets" in values:
            document, office = said.get("document", ""), said.get("office", "")
            self.targets += read_targets(values["targets"], document=document, office=office)


_TEXTS = ("title", "document", "office")


def no_plan() -> Plan:
    """The plan of a station without a file: the built-in topics, and no target."""
    return load_plan(())[0]


def load_plan(paths: Iterable[Path]) -> tuple[Plan, list[Problem]]:
    """The plan in ``paths`` and what is wrong in them, or between them.

    Without ``topics`` in any of them the built-in tree holds.
    """
    problems: list[Problem] = []
    found = _Gathered()
    files = list(paths)
    for path in files:
        root = read_file(path, problems=problems)
        found.take(root.mapping(PLAN_KEYS) if root else {})
    if not found.topics:
        found.topics += _built_in(problems)
    plan = Plan(
        title=found.title,
        topics=TopicTree(_by_id(found.topics, problems)),
        campaigns=_by_id(found.campaigns, problems),
        units=_by_id(found.units, problems),
        languages=tuple(found.languages),
        targets=tuple(found.targets),
        where=Where(files[0]) if files else Where(),
    )
    return _with_choices(plan, found, problems), problems


def _with_choices(plan: Plan, found: _Gathered, problems: list[Problem]) -> Plan:
    """``plan`` with what the files say instead of what is usual."""
    if found.periods:
        plan = replace(plan, period=found.periods[0][1])
    for where, days in found.periods:
        if days != plan.period:
            message = _("another file of the plan names another period")
            problems.append(Problem(where, "two-periods", message, _("keep one of them")))
    return replace(
        plan,
        audiences=tuple(found.audiences) or plan.audiences,
        kinds=tuple(dict.fromkeys((*plan.kinds, *found.kinds))),
    )


def _built_in(problems: list[Problem]) -> Iterator[Topic]:
    root = read_file(_BUILT_IN_TOPICS, problems=problems)
    assert root
    return read_topics(root.mapping(PLAN_KEYS)["topics"])


def _period(mark: Mark) -> Validity | None:
    """Both ends, or None after a problem."""
    values = mark.mapping(("from", "until"), required=("from", "until"))
    days = read_days(values)
    return Validity(*days) if days and days[0] and days[1] else None


def _by_id(found: Iterable[_T], problems: list[Problem]) -> dict[str, _T]:
    """By id; the second of the same name is told and left out."""
    known: dict[str, _T] = {}
    for one in found:
        if one.id in known:
            message = _("“{id}” stands in the plan twice, first at {where}")
            message = message.format(id=one.id, where=known[one.id].where)
            hint = _("keep one of them")
            problems.append(Problem(one.where, "plan-name-twice", message, hint))
        else:
            known[one.id] = one
    return known
