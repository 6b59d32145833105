"""What is wrong between the parts of a plan: names that are not there, targets that contradict.

It stands apart from loading because the files of a plan may name each other's parts.
"""

from __future__ import annotations

from gettext import gettext as _
from itertools import combinations
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, nearest
from broadcaster.plan.contradictions import contradictions
from broadcaster.plan.languages import language_problems
from broadcaster.plan.units import unit_problems
from broadcaster.plan.words import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from broadcaster.errors import Where
    from broadcaster.model import Validity
    from broadcaster.plan.plan import Plan
    from broadcaster.plan.targets import Target

__all__ = ["check_plan"]


def check_plan(plan: Plan, *, zones: Collection[str] = ()) -> list[Problem]:
    """What is wrong in ``plan`` as a whole; ``zones`` are the outputs of the station."""
    problems = [*unit_problems(plan.units), *_same_names(plan)]
    problems += language_problems(plan.languages, zones=zones)
    for need in plan.languages:
        for name in need.topics:
            if name not in plan.topics.topics:
                problems.append(_unknown("topic", need.topics_where, name, plan.topics.topics))
    for target in plan.targets:
        problems += _names(plan, target)
        problems += _days(plan, target)
    problems += contradictions(plan)
    return problems


def _same_names(plan: Plan) -> Iterator[Problem]:
    """Two topics with one name on the same days: nobody could say which was heard."""
    named = [(plain(a.name), a, t) for t in plan.topics.topics.values() for a in t.names]
    for (one, alias, topic), (other, again, second) in combinations(named, 2):
        if one == other and topic is not second and _overlap(alias.validity, again.validity):
            message = _("“{name}” is a name of “{first}” and of “{second}” on the same days")
            message = message.format(name=again.name, first=topic.id, second=second.id)
            hint = _("give the older one an “until:”, or the newer one a “from:”")
            yield Problem(again.where, "topic-name-twice", message, hint)


def _overlap(one: Validity, other: Validity) -> bool:
    starts_in = one.first is None or other.last is None or one.first <= other.last
    return starts_in and (other.first is None or one.last is None or other.first <= one.last)


def _names(plan: Plan, target: Target) -> Iterator[Problem]:
    known: dict[str, Collection[str]] = {
        "topic": plan.topics.topics,
        "unit": plan.units,
        "campaign": plan.campaigns,
    }
    for key, names in known.items():
        name = getattr(target, key)
        if name and name not in names:
            yield _unknown(key, target.place_of(key), name, names)
    for key, words in {"kind": plan.kinds, "audience": plan.audiences}.items():
        name = getattr(target, key)
        if name and plain(name) not in map(plain, words):
            yield _unknown(key, target.place_of(key), name, words)


def _unknown(key: str, where: Where, name: str, names: Collection[str]) -> Problem:
    sentences = {
        "topic": _("there is no topic “{name}” in the plan"),
        "unit": _("there is no unit “{name}” in the plan"),
        "campaign": _("there is no campaign “{name}” in the plan"),
        "kind": _("there is no kind “{name}” in the plan"),
        "audience": _("there is no audience “{name}” in the plan"),
    }
    message = sentences[key].format(name=name)
    return Problem(where, "unknown-in-plan", message, nearest(name, names))


def _days(plan: Plan, target: Target) -> Iterator[Problem]:
    days = plan.days_of(target)
    if days.first and days.last and days.last < days.first:
        message = _("this target holds on no day of the plan")
        hint = _("look at its dates, at those of its unit, and at the “period” of the plan")
        yield Problem(target.where, "target-outside-period", message, hint, Severity.ERROR)
