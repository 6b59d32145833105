"""Lịch tuần: what the page of a week costs the server."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from small_station import WEEK, small_station
from starlette.testclient import TestClient

from broadcaster.asrun import Register
from broadcaster.clock import SystemClock
from broadcaster.station.editing.slots import changed_slot
from broadcaster.web import make_app
from broadcaster.web.site import Site
from tests.web.web_people import ROLES, VERIFIERS, Browser

_SLOTS = 100


def _week() -> str:
    starts = (5 * 60 + 9 * n for n in range(_SLOTS))
    slots = "".join(
        f'  - {{id: s{n}, days: hằng ngày, at: "{at // 60:02d}:{at % 60:02d}", '
        "programme: tin, max: 8m}\n"
        for n, at in enumerate(starts)
    )
    return f"{WEEK.partition('slots:')[0]}slots:\n{slots}"


def _best_ms(work, times: int = 7) -> float:
    spent = []
    for _n in range(times):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return 1000 * min(spent)


def rows() -> list[tuple[str, str, str]]:
    """The grid of a week with a hundred slots a day, and one slot moved in its file."""
    with tempfile.TemporaryDirectory() as root:
        folder = small_station(Path(root) / "dai", week=_week())
        site = Site(folder, clock=SystemClock())
        site.door.people.add("hoa", "Hoa", ROLES["hoa"], by="console")
        Register(site.store).set_password("hoa", VERIFIERS["hoa"], by="console")
        with TestClient(
            make_app(site), base_url="http://127.0.0.1:8080", follow_redirects=False
        ) as http:
            browser = Browser(http).sign_in("hoa")
            page = _best_ms(lambda: browser.look("/lich-tuan?tuan=2026-W48"))
        text = (folder.schedules / "tuan.yaml").read_text("utf-8")
        moved = _best_ms(lambda: changed_slot(text, "s50", {"at": "13:00"}))
    return [
        (f"a week of {_SLOTS} slots a day, the whole answer", f"{page:.0f} ms", "< 100 ms"),
        (f"a slot moved in a file of {_SLOTS}", f"{moved:.0f} ms", "< 100 ms"),
    ]
