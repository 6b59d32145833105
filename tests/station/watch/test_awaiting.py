"""The evening before: the approver is told what tomorrow would lack."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import pytest
from approvers import approve, people_of
from small_station import APPROVED, DAY, small_station

from broadcaster.clock import LOCAL
from broadcaster.schedule import occurrences_between
from broadcaster.station.approving.wanting import wanting
from broadcaster.station.content.content import load_content
from broadcaster.station.preparing.awaiting import awaited, note_awaited
from broadcaster.station.settings.approval import ApprovalSettings
from broadcaster.station.settings.load import load_config
from broadcaster.station.watch.approvals import awaiting_approval

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

ON = ApprovalSettings(required=True, remind=time(19, 30))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=LOCAL)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = small_station(tmp_path / "dai", settings=APPROVED)
    people_of(folder, DAY)
    return folder


def look_ahead(folder: StationFolder) -> None:
    """As the preparer does at each of its passes."""
    config, _problems = load_config(folder)
    assert config is not None
    content = load_content(folder, config)
    coming = occurrences_between(content.plans, at("23T00:00"), at("25T00:00"))
    note_awaited(folder, wanting(folder, config, content, coming))


def told(folder: StationFolder, now: datetime, settings: ApprovalSettings = ON) -> list[str]:
    return [cause.text for cause in awaiting_approval(folder, settings, now)]


def test_only_in_the_evening_and_only_until_tomorrow_night(folder: StationFolder) -> None:
    """Each start of tomorrow that would lack something, from the set time on."""
    look_ahead(folder)
    assert told(folder, at("23T19:29")) == []
    texts = told(folder, at("23T19:30"))
    assert [text[:40] for text in texts] == [
        "“Tin trong ngày” at 05:30 24/11 waits fo",
        "“Một bài” at 11:00 24/11 waits for an ap",
    ]
    assert "02-hai" in texts[1]
    assert told(folder, at("23T19:30"), ApprovalSettings()) == []


def test_it_is_over_when_somebody_has_approved(folder: StationFolder) -> None:
    """The alarm ends with the last approval that was missing."""
    approve(folder, DAY, "02-hai")
    look_ahead(folder)
    assert [text[:7] for text in told(folder, at("23T20:00"))] == ["“Tin tr"]
    approve(folder, DAY)
    look_ahead(folder)
    assert told(folder, at("23T20:00")) == []


def test_what_cannot_be_read_is_no_alarm(folder: StationFolder) -> None:
    """A broken file is no news of bulletins."""
    (folder.state / "awaiting.json").write_text("[[1]]", encoding="utf-8")
    assert awaited(folder) == []
