"""``bed:`` of a programme, a feature or a line: the music under what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import BedPlan

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["BED_KEYS", "read_bed"]

BED_KEYS = ("music", "level")
_NONE = {"none", "không", "no", "false", "off", "tắt"}
_LOUDEST_DB, _SOFTEST_DB = -6, -40


def read_bed(mark: Mark) -> BedPlan | None:
    """``NAME``, ``{music: NAME, level: -20}``, or ``không`` for none."""
    if not mark.is_mapping():
        name = mark.text()
        return _bed(mark, name) if name and name.casefold() not in _NONE else None
    values = mark.mapping(BED_KEYS, required=("music",))
    name = values["music"].text() if "music" in values else None
    level_db = None
    if "level" in values:
        level_db = values["level"].number(low=_SOFTEST_DB, high=_LOUDEST_DB)
    return _bed(values["music"], name, level_db) if name else None


def _bed(mark: Mark, name: str, level_db: float | None = None) -> BedPlan:
    level = BedPlan(name).level_db if level_db is None else level_db
    return BedPlan(name, level, mark.where)
