"""What every file of ``schedules/ke-hoach`` says, put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.model import Validity
from broadcaster.plan.topics import TopicTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.plan.languages import LanguageNeed
    from broadcaster.plan.spans import Campaign
    from broadcaster.plan.targets import Target
    from broadcaster.plan.units import Unit

__all__ = ["AUDIENCES", "KINDS", "PERIOD", "Plan"]

PERIOD = Validity(date(2021, 1, 1), date(2030, 12, 31))
"""That of Quyết định 1216/QĐ-BTTTT (13/8/2021): communication of administrative reform."""
KINDS = ("tin", "bài", "phóng sự", "hỏi-đáp", "câu chuyện", "khẩu hiệu", "gương tốt")
AUDIENCES = ("cán bộ công chức", "người dân", "doanh nghiệp", "đồng bào dân tộc thiểu số")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``kinds`` and ``audiences`` are those that a target may name; ``where`` is the first file's
    place."""

    title: str = ""
    period: Validity = PERIOD
    topics: TopicTree = field(default_factory=TopicTree)
    kinds: tuple[str, ...] = KINDS
    audiences: tuple[str, ...] = AUDIENCES
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    languages: tuple[LanguageNeed, ...] = ()
    targets: tuple[Target, ...] = ()
    where: Where = field(default_factory=Where, compare=False)

    def units_between(self, first: date, last: date) -> tuple[Unit, ...]:
        """The units that existed on a day from ``first`` to ``last``, the older ones first."""
        there = [
            unit
            for unit in self.units.values()
            if (unit.validity.first or date.min) <= last
            and first <= (unit.validity.last or date.max)
        ]
        return tuple(sorted(there, key=lambda unit: unit.validity.first or date.min))

    def days_of(self, target: Target) -> Validity:
        """The days on which ``target`` holds: its own, of its unit, its campaign, the period."""
        spans = [self.period, target.validity]
        if unit := self.units.get(target.unit):
            spans.append(unit.validity)
        if campaign := self.campaigns.get(target.campaign):
            spans.append(Validity(campaign.first, campaign.last))
        return Validity(
            max((s.first for s in spans if s.first), default=None),
            min((s.last for s in spans if s.last), default=None),
        )
