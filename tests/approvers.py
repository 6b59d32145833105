"""People of a small station, and its approving desk, for tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from broadcaster.clock import SimulatedClock
from broadcaster.model import Role
from broadcaster.station.approving import open_approving
from broadcaster.station.content.content import load_content
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from broadcaster.station.approving import Approving
    from broadcaster.station.folder import StationFolder

PASSWORD = "mật-khẩu-thử"


@contextmanager
def approving_of(folder: StationFolder, now: datetime) -> Iterator[Approving]:
    """The desk of ``folder`` as its files are now."""
    config, _problems = load_config(folder)
    assert config is not None
    content = load_content(folder, config)
    with open_approving(folder, config, content, clock=SimulatedClock(now)) as approving:
        yield approving


def people_of(folder: StationFolder, now: datetime) -> None:
    """Lan writes, hoa approves, nam is on duty, quan.tri manages."""
    with approving_of(folder, now) as approving:
        people = approving.people
        people.add("quan.tri", "Quản trị", [Role.ADMINISTRATOR], by="")
        people.add("lan", "Lan", [Role.EDITOR], by="quan.tri")
        people.add("hoa", "Hoa", [Role.APPROVER], by="quan.tri")
        people.add("nam", "Nam", [Role.OPERATOR], by="quan.tri")


def approve(folder: StationFolder, now: datetime, *ids: str, by: str = "hoa") -> None:
    """As an approver does who has read all of them; without ids, all that wait."""
    with approving_of(folder, now) as approving:
        for id_ in ids or [standing.bulletin_id for standing in approving.pending()]:
            approving.approve(id_, by=by)
