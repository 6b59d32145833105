"""Every address of the page in one table: method, path, who may, and what answers.

It stands apart so that a person, and the test of roles, can see at a glance what can be done from
a browser, and by whom.  A route that is not here does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.approval import Action
from broadcaster.web.access import Access
from broadcaster.web.pages import (
    api,
    approval,
    bulletin_edits,
    bulletins,
    devices,
    door,
    emergency,
    listen,
    log,
    people,
    report,
    today,
    week,
    week_days,
    week_edits,
    week_import,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from broadcaster.web.visit import Visit

__all__ = ["NAVIGATION", "ROUTES", "Route"]

_FORM_BYTES = 1_000_000
_RECORDING_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Route:
    """``most_bytes`` is the longest body that is taken; a ``harmless`` POST changes nothing, so
    that its form may be sent more than once."""

    method: str
    path: str
    access: Access | Action
    handler: Callable[[Visit], Response]
    most_bytes: int = _FORM_BYTES
    harmless: bool = False


ROUTES: tuple[Route, ...] = (
    # the door
    Route("GET", "/vao", Access.ANYONE, door.ask),
    Route("POST", "/vao", Access.ANYONE, door.come_in),
    Route("POST", "/ra", Access.READER, door.go_out),
    Route("GET", "/lan-dau", Access.ANYONE, door.ask_setup),
    Route("POST", "/lan-dau", Access.ANYONE, door.set_up),
    Route("GET", "/toi", Access.READER, door.account),
    Route("POST", "/toi", Access.READER, door.change_password),
    Route("GET", "/nguoi-dung", Action.MANAGE_PEOPLE, people.show),
    Route("POST", "/nguoi-dung", Action.MANAGE_PEOPLE, people.add),
    Route("POST", "/nguoi-dung/sua", Action.MANAGE_PEOPLE, people.change),
    # Hôm nay
    Route("GET", "/", Access.READER, today.show),
    Route("GET", "/cac-buoi", Access.READER, today.rows),
    Route("GET", "/su-kien", Access.READER, today.events),
    Route("POST", "/dung", Action.OPERATE, today.stop),
    Route("POST", "/bo-qua", Action.OPERATE, today.skip),
    Route("GET", "/phat-lai", Action.OPERATE, today.ask_again),
    Route("POST", "/phat-lai", Action.OPERATE, today.again),
    Route("GET", "/nghe-thu", Access.READER, listen.show),
    Route("GET", "/am-thanh", Access.READER, listen.sound),
    # Lịch tuần
    Route("GET", "/lich-tuan", Access.READER, week.show),
    Route("GET", "/lich-tuan/kiem-tra", Access.READER, week.check),
    Route("GET", "/lich-tuan/them", Action.OPERATE, week.ask_for_slot),
    Route("GET", "/lich-tuan/khung-gio", Action.OPERATE, week.show_slot),
    Route("POST", "/lich-tuan/khung-gio", Action.OPERATE, week_edits.change_slot),
    Route("POST", "/lich-tuan/bo", Action.OPERATE, week_edits.remove_slot),
    Route("POST", "/lich-tuan/chep", Action.OPERATE, week_edits.copy),
    Route("POST", "/lich-tuan/hoan-tac", Action.OPERATE, week_edits.undo),
    Route("GET", "/lich-tuan/ngay/{day}", Access.READER, week.show_day),
    Route("POST", "/lich-tuan/ngay/{day}", Action.OPERATE, week_days.make_special),
    Route("POST", "/lich-tuan/ngay/{day}/bo", Action.OPERATE, week_days.drop_special),
    Route("GET", "/lich-tuan/nhap", Action.OPERATE, week_import.ask),
    Route(
        *("POST", "/lich-tuan/nhap", Action.OPERATE, week_import.look),
        most_bytes=week_import.MOST_BYTES,
        harmless=True,
    ),
    Route("POST", "/lich-tuan/nhap/giu", Action.OPERATE, week_import.keep),
    # Bản tin
    Route("GET", "/ban-tin", Access.READER, bulletins.show_all),
    Route("GET", "/ban-tin/moi", Action.SUBMIT, bulletin_edits.begin),
    Route("POST", "/ban-tin/moi", Action.SUBMIT, bulletin_edits.write_new),
    Route(
        *("POST", "/ban-tin/nop", Action.SUBMIT, bulletin_edits.hand_in),
        most_bytes=bulletin_edits.MOST_BYTES,
    ),
    Route("POST", "/ban-tin/doc-thu", Action.SUBMIT, bulletin_edits.try_reading, harmless=True),
    Route("POST", "/ban-tin/hoan-tac", Action.SUBMIT, bulletin_edits.undo),
    Route("GET", "/ban-tin/{id}", Access.READER, bulletins.show),
    Route("POST", "/ban-tin/{id}", Action.SUBMIT, bulletin_edits.save),
    Route("POST", "/ban-tin/{id}/gui", Action.SUBMIT, bulletin_edits.submit),
    Route("POST", "/ban-tin/{id}/nghe", Access.READER, bulletins.listen),
    Route("GET", "/ban-tin/{id}/tieng", Access.READER, bulletins.sound),
    Route("GET", "/ban-tin/{id}/tu", Action.SUBMIT, words.ask),
    Route("POST", "/ban-tin/{id}/tu", Action.SUBMIT, words.correct),
    # Duyệt
    Route("GET", "/duyet", Access.READER, approval.show_all),
    Route("GET", "/duyet/{id}", Access.READER, approval.show),
    Route("POST", "/duyet/{id}", Action.DECIDE, approval.decide),
    # Nhật ký
    Route("GET", "/nhat-ky", Access.READER, log.show),
    Route("GET", "/nhat-ky/bang.csv", Access.READER, log.table),
    # Báo cáo
    Route("GET", "/bao-cao", Access.READER, report.show),
    Route("GET", "/bao-cao/tep/{kind}", Access.READER, report.document),
    # Thiết bị
    Route("GET", "/thiet-bi", Access.READER, devices.show),
    Route("POST", "/thiet-bi/thu-loa", Action.OPERATE, devices.test_tone),
    Route("POST", "/thiet-bi/am-luong", Action.OPERATE, devices.volume),
    # Khẩn cấp
    Route("GET", "/khan-cap", Access.READER, emergency.show),
    Route("POST", "/khan-cap/tao", Action.ORDER_EMERGENCY, emergency.prepare),
    Route("POST", "/khan-cap/soan", Action.ORDER_EMERGENCY, emergency.write),
    Route("POST", "/khan-cap/thu", Action.ORDER_EMERGENCY, emergency.record, _RECORDING_BYTES),
    Route("GET", "/khan-cap/phat", Action.ORDER_EMERGENCY, emergency.ask),
    Route("GET", "/khan-cap/nghe", Action.ORDER_EMERGENCY, emergency.sound),
    Route("POST", "/khan-cap/phat", Action.ORDER_EMERGENCY, emergency.order),
    Route("POST", "/khan-cap/dung", Action.ORDER_EMERGENCY, emergency.stop),
    # for programs of other offices
    Route("GET", "/api/v1/rundown", Access.TOKEN, api.rundown),
    Route("GET", "/api/v1/log", Access.TOKEN, api.log),
    Route("GET", "/api/v1/status", Access.TOKEN, api.status),
    Route("POST", "/api/v1/bulletins", Access.TOKEN, api.hand_in),
)

NAVIGATION = (
    "/",
    "/lich-tuan",
    "/ban-tin",
    "/duyet",
    "/nhat-ky",
    "/bao-cao",
    "/thiet-bi",
    "/khan-cap",
)
"""The pages that stand in the navigation, in its order."""
