"""A programme outside the week: prepared by the command line, found by the daemon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from occurrences import at
from small_station import small_station, worker

from broadcaster.model import Priority, StartType
from broadcaster.station.preparing.playnow import _occurrence, plan_of, prepared_occurrence

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def test_programmes_and_bulletins_have_one_name_space(folder: StationFolder) -> None:
    """The name is a programme of the week, or a bulletin, or unknown."""
    content = worker(folder).assembler.content
    assert plan_of(content, "tin").title == "Tin trong ngày"
    single = plan_of(content, "01-mot")
    assert [segment.bulletin_id for segment in single.segments] == ["01-mot"]
    assert plan_of(content, "khong-co") is None


def test_only_what_was_prepared_for_it_is_found(folder: StationFolder) -> None:
    """The daemon gets a name and no path: whatever else it is handed, it finds nothing."""
    maker = worker(folder)
    plan = plan_of(maker.assembler.content, "01-mot")
    order = _occurrence("phat-01-mot", at("09:14"), plan)
    maker.prepare(order)
    found = prepared_occurrence(folder, order.id)
    assert (found.id, found.programme.title) == (order.id, plan.title)
    assert (found.slot.priority, found.slot.start_type) == (Priority.OVERRIDE, StartType.HARD)
    for name in (
        "",
        "sang",
        "sang@2026-11-23T05:30+07:00",
        "phat-01-mot@x",
        "phat-../x@2026-11-23T09:14",
    ):
        assert prepared_occurrence(folder, name) is None
    assert prepared_occurrence(folder, "phat-02-hai@2026-11-23T09:14+07:00") is None
