"""The first page with a year of logs: how quick it is, and how much a phone has to load."""

from __future__ import annotations

import re
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from small_station import small_station
from starlette.testclient import TestClient

from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import Outcome, PreparedProgramme
from broadcaster.schedule import occurrences_between
from broadcaster.web import make_app
from broadcaster.web.site import Site

_BEGIN = datetime(2025, 11, 23, tzinfo=LOCAL)
_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
_TRIES = 40
_GOAL_MS, _GOAL_KB = 50, 250
_LOADED = re.compile(r'(?:src|href)="(/tinh/[^"]+)"')
_FONTS = re.compile(r'url\("(fonts/[^"]+)"\)')


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal)."""
    with tempfile.TemporaryDirectory() as scratch:
        clock = SimulatedClock(_BEGIN)
        site = Site(small_station(Path(scratch) / "dai"), clock=clock)
        count = _year(site, clock)
        with TestClient(make_app(site), base_url="http://127.0.0.1") as client:
            site.door.add_with_password("lan", "Lan", [], "mua-xuan-2026", by="bench")
            client.cookies.set("phien", site.door.let_in("lan", address="", browser=""))
            page = client.get("/").text
            took = [_ms(client, "/") for _try in range(_TRIES)]
            weight = len(page.encode()) + sum(
                len(client.get(a).content) for a in _parts(client, page)
            )
    return [
        (
            f"Hôm nay, {count} broadcasts in the log, at the server",
            f"{median(took):.1f} ms",
            f"< {_GOAL_MS} ms",
        ),
        (
            "Hôm nay with its style, scripts and letters",
            f"{weight / 1000:.0f} kB",
            f"< {_GOAL_KB} kB",
        ),
    ]


def _ms(client: TestClient, path: str) -> float:
    began = time.perf_counter()
    assert client.get(path).status_code == 200
    return (time.perf_counter() - began) * 1000


def _parts(client: TestClient, page: str) -> set[str]:
    addresses = set(_LOADED.findall(page))
    style = next(address for address in addresses if "trang.css" in address)
    return addresses | {f"/tinh/{name}" for name in _FONTS.findall(client.get(style).text)}


def _year(site: Site, clock: SimulatedClock) -> int:
    """Every start of a year, aired; how many."""
    programme = PreparedProgramme(programme_id="tin", title="Tin trong ngày", duration_ms=900_000)
    starts = occurrences_between(site.on_disk().content.plans, _BEGIN, _NOW)
    for occurrence in starts:
        clock.step(occurrence.starts_at - clock.now())
        site.log.started(occurrence, programme, at=clock.now(), output="loa")
        clock.step(timedelta(minutes=15))
        site.log.ended(occurrence.id, at=clock.now(), outcome=Outcome.AIRED)
    clock.step(_NOW - clock.now())
    return len(starts)
