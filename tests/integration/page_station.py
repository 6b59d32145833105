"""A station on the air with something on each of its pages, to be looked at in a browser.

It stands apart because the tests of the page and ``make screens`` look at the same one.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from station_process import StationProcess, wait_for

from broadcaster.web.routes import NAVIGATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = (
    *(*NAVIGATION, "/khan-cap/phat?ten=90-bao", "/toi", "/nguoi-dung", "/phat-lai?bai=ban-tin"),
    *("/lich-tuan/them", "/lich-tuan/ngay/2026-12-01", "/lich-tuan/nhap"),
    *("/lich-tuan/kiem-tra", "/lich-tuan/khung-gio?ten=thu", "/duyet/01-hop"),
    *("/ban-tin/moi", "/ban-tin/01-hop", "/ban-tin/01-hop/tu?chu=Họp"),
)
"""Every page behind the door that can be opened in :func:`page_station`."""
_WARNING = (
    "---\ntitle: Báo bão\npriority: khẩn cấp\n---\nBão đang vào gần bờ, bà con về nhà ngay.\n"
)
_BULLETIN = "Họp thôn.\n\n" + "Tối nay thôn họp bàn việc làm đường, mời bà con tới dự đông đủ. " * 6
_PLAN = """
title: Kế hoạch tuyên truyền xã Mẫu
targets:
  - {title: Cải cách hành chính, topic: cchc, items: 70, per: năm}
  - {title: Tin vắn, airings: 1, per: tuần}
"""


@contextmanager
def page_station(root: Path) -> Iterator[StationProcess]:
    """Silent for the street, with a programme that lasts, and a plan of which one target is late
    and one is met."""
    station = StationProcess(root)
    station.make(output='"null"')
    scripts, plans = station.root / "scripts_vi", station.root / "schedules/ke-hoach"
    (scripts / "01-hop.txt").write_text(_BULLETIN, encoding="utf-8")
    (scripts / "02-tin.txt").write_text("Sáng mai quét đường.\n", encoding="utf-8")
    (scripts / "90-bao.txt").write_text(_WARNING, encoding="utf-8")
    plans.mkdir()
    (plans / "xa.yaml").write_text(_PLAN, encoding="utf-8")
    station.schedule(seconds_ahead=24 * 3600 - 600, programme="ban-tin")
    station.command("render")
    station.start()
    try:
        station.wait_until_ready()
        emergencies = station.root / "audio_out/khan-cap"
        wait_for(lambda: list(emergencies.glob("90-bao.json")), seconds=120)
        station.command("play", "02-tin", "--now")
        wait_for(lambda: any(e["outcome"] == "aired" for e in station.log()), seconds=60)
        yield station
    finally:
        station.close()
