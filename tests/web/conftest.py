"""The real page over a small station in a temporary folder."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from needs import needs_module
from small_station import occurrence_of, small_station, worker
from web_people import PASSWORDS, ROLES, VERIFIERS, Browser

from broadcaster.asrun import Register
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import Outcome

needs_module("starlette", "pip install -e '.[dev]'")

from starlette.testclient import TestClient  # noqa: E402

from broadcaster.web import make_app  # noqa: E402
from broadcaster.web.site import Site  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

NOW = datetime(2026, 11, 23, 4, 50, tzinfo=LOCAL)


@pytest.fixture
def clock() -> SimulatedClock:
    """Monday, ten minutes before five."""
    return SimulatedClock(NOW)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


@pytest.fixture
def site(folder: StationFolder, clock: SimulatedClock) -> Site:
    return Site(folder, clock=clock)


@pytest.fixture
def visitor(site: Site) -> Iterator[TestClient]:
    """A browser before the door; it keeps cookies, and follows no redirect by itself."""
    with TestClient(
        make_app(site), base_url="http://127.0.0.1:8080", follow_redirects=False
    ) as client:
        yield client


@pytest.fixture
def people(site: Site) -> dict[str, str]:
    """Four people of the station; their passwords by the names they sign with."""
    for name, roles in ROLES.items():
        site.door.people.add(name, name.title(), roles, by="console")
        Register(site.store).set_password(name, VERIFIERS[name], by="console")
    return PASSWORDS


@pytest.fixture
def browser(visitor: TestClient) -> Browser:
    return Browser(visitor)


@pytest.fixture
def operator(browser: Browser, people) -> Browser:
    """A browser in which the operator has signed in."""
    return browser.sign_in("hoa")


@pytest.fixture
def morning_heard(site: Site, folder: StationFolder, clock: SimulatedClock) -> None:
    """The morning's programme aired; the one at eleven was missed."""
    maker = worker(folder)
    morning = occurrence_of(maker, "sang")
    programme = maker.prepare(morning)
    clock.step(morning.starts_at - clock.now())
    site.log.started(morning, programme, at=clock.now(), output="loa")
    clock.step(timedelta(minutes=5))
    site.log.ended(morning.id, at=clock.now(), outcome=Outcome.AIRED)
    site.log.missed(occurrence_of(maker, "trua"), reason="mất điện")
