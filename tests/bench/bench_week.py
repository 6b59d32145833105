"""Lịch tuần: what a week of many slots costs the server of the page."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from small_station import WEEK, small_station
from starlette.testclient import TestClient

from broadcaster.clock import SystemClock
from broadcaster.model import Role
from broadcaster.station.editing.slots import changed_slot
from broadcaster.web import make_app
from broadcaster.web.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

_SLOTS = 100


def _week() -> str:
    starts = (5 * 60 + 9 * n for n in range(_SLOTS))
    slots = "".join(
        f'  - {{id: s{n}, days: hằng ngày, at: "{at // 60:02d}:{at % 60:02d}", '
        "programme: tin, max: 8m}\n"
        for n, at in enumerate(starts)
    )
    return f"{WEEK.partition('slots:')[0]}slots:\n{slots}"


def _best_ms(work: Callable[[], object], times: int = 7) -> float:
    spent = []
    for _n in range(times):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return 1000 * min(spent)


def _look(client: TestClient) -> None:
    assert client.get("/lich-tuan?tuan=2026-W48").text.count("</tr>") > _SLOTS


def rows() -> list[tuple[str, str, str]]:
    """The page of a week with a hundred slots a day, and one slot moved in its file."""
    with tempfile.TemporaryDirectory() as root:
        folder = small_station(Path(root) / "dai", week=_week())
        site = Site(folder, clock=SystemClock())
        site.door.people.add("hoa", "Hoa", {Role.OPERATOR}, by="bench")
        with TestClient(make_app(site), base_url="http://127.0.0.1") as client:
            client.cookies.set("phien", site.door.let_in("hoa", address="", browser=""))
            page = _best_ms(lambda: _look(client))
        text = (folder.schedules / "tuan.yaml").read_text("utf-8")
        moved = _best_ms(lambda: changed_slot(text, "s50", {"at": "13:00"}))
    return [
        (f"a week of {_SLOTS} slots a day, the whole answer", f"{page:.0f} ms", "< 100 ms"),
        (f"a slot moved in a file of {_SLOTS}", f"{moved:.0f} ms", "< 100 ms"),
    ]
