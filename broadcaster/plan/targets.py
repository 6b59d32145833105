"""Targets (chỉ tiêu): so many items, airings or minutes of something, in each span of the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.model import Validity
from broadcaster.plan.spans import Per
from broadcaster.plan.words import plain, read_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.yamlmark import Mark

__all__ = ["MEASURES", "TARGET_KEYS", "Measure", "Target", "Wanted", "read_targets"]

_MOST = 1_000_000
_PER = {
    **dict.fromkeys(("tuần", "week"), Per.WEEK),
    **dict.fromkeys(("tháng", "month"), Per.MONTH),
    **dict.fromkeys(("quý", "quarter"), Per.QUARTER),
    **dict.fromkeys(("năm", "year"), Per.YEAR),
    **dict.fromkeys(("giai đoạn", "period"), Per.PERIOD),
}


class Measure(StrEnum):
    """What is counted: different bulletins, how often any of them was heard, for how long."""

    ITEMS = "items"
    AIRINGS = "airings"
    MINUTES = "minutes"


MEASURES = tuple(measure.value for measure in Measure)
TARGET_KEYS = (
    *("title", "topic", "kind", "language", "audience", "unit"),
    *(*MEASURES, "per", "campaign", "from", "until", "document", "office"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``number`` of ``measure`` in each span; ``where`` is the place of the number."""

    measure: Measure
    number: int
    where: Where = field(default_factory=Where, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Empty ``topic``, ``kind``, ``language`` and ``audience`` mean "any"; ``validity`` are the
    days for which it holds; ``document`` asks for it, ``office`` answers for it."""

    wanted: tuple[Wanted, ...]
    per: Per
    title: str = ""
    topic: str = ""
    kind: str = ""
    language: str = ""
    audience: str = ""
    unit: str = ""
    campaign: str = ""
    validity: Validity = field(default_factory=Validity)
    document: str = ""
    office: str = ""
    where: Where = field(default_factory=Where, compare=False)
    places: dict[str, Where] = field(default_factory=dict, compare=False)

    @property
    def selection(self) -> tuple[str, ...]:
        """What is counted for it, for comparing with another one."""
        return (self.topic, plain(self.kind), plain(self.language), plain(self.audience), self.unit)

    def place_of(self, key: str) -> Where:
        return self.places.get(key, self.where)


def read_targets(mark: Mark, *, document: str, office: str) -> Iterator[Target]:
    """The targets of a list, for which ``document`` and ``office`` hold unless they name others;
    what cannot be read is left out."""
    for item in mark.items():
        values = item.mapping(TARGET_KEYS)
        if target := _target(item, values, {"document": document, "office": office}):
            yield target


def _target(item: Mark, values: dict[str, Mark], usual: dict[str, str]) -> Target | None:
    before = len(item.problems)
    wanted = tuple(found for m in Measure if (found := _wanted(m, values)))
    per = _per(item, values)
    days = read_days(values)
    words = ("title", "topic", "kind", "language", "audience", "unit", "campaign")
    texts = {key: values[key].text() or "" for key in (*words, *usual) if key in values}
    if not wanted and len(item.problems) == before:
        message = _("this target has no number")
        item.complain("target-without-number", message, _("write “items:”, “airings:”, “minutes:”"))
    if not wanted or per is None or days is None:
        return None
    return Target(
        wanted=wanted,
        per=per,
        validity=Validity(*days),
        where=item.where,
        places={key: value.where for key, value in values.items()},
        **{**usual, **texts},
    )


def _wanted(measure: Measure, values: dict[str, Mark]) -> Wanted | None:
    if measure not in values:
        return None
    number = values[measure].integer(low=1, high=_MOST)
    return Wanted(measure, number, values[measure].where) if number else None


def _per(item: Mark, values: dict[str, Mark]) -> Per | None:
    if "campaign" in values:
        if "per" in values:
            message = _("“per” and “campaign” stand in one target")
            values["per"].complain("two-spans", message, _("keep one of them"))
        return Per.CAMPAIGN
    if "per" not in values:
        if item.is_mapping():
            message = _("this target does not say for how long its number is")
            hint = _("write “per: month”, or tuần, tháng, quý, năm, giai đoạn")
            item.complain("target-without-span", message, hint)
        return None
    return values["per"].choice(_PER)
