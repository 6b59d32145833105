"""Who may do what on the page: every route, every role."""

from __future__ import annotations

import pytest

from broadcaster.web.routes import ROUTES

EVERYBODY = "lan minh hoa son"
EDITORS, APPROVERS = "lan minh", "minh"
OPERATORS, URGENT, OWNER = "hoa son", "minh hoa", "son"
PROGRAMS = ""  # a token, and no person
ANYONE = f"- {EVERYBODY}"

ALLOWED = {
    "GET /vao": ANYONE,
    "POST /vao": ANYONE,
    "POST /ra": EVERYBODY,
    "GET /lan-dau": ANYONE,
    "POST /lan-dau": ANYONE,
    "GET /toi": EVERYBODY,
    "POST /toi": EVERYBODY,
    "GET /nguoi-dung": OWNER,
    "POST /nguoi-dung": OWNER,
    "POST /nguoi-dung/sua": OWNER,
    "GET /": EVERYBODY,
    "GET /cac-buoi": EVERYBODY,
    "GET /su-kien": EVERYBODY,
    "POST /dung": OPERATORS,
    "POST /bo-qua": OPERATORS,
    "GET /phat-lai": OPERATORS,
    "POST /phat-lai": OPERATORS,
    "GET /nghe-thu": EVERYBODY,
    "GET /am-thanh": EVERYBODY,
    "GET /lich-tuan": EVERYBODY,
    "GET /lich-tuan/kiem-tra": EVERYBODY,
    "GET /lich-tuan/them": OPERATORS,
    "GET /lich-tuan/khung-gio": OPERATORS,
    "POST /lich-tuan/khung-gio": OPERATORS,
    "POST /lich-tuan/bo": OPERATORS,
    "POST /lich-tuan/chep": OPERATORS,
    "POST /lich-tuan/hoan-tac": OPERATORS,
    "GET /lich-tuan/ngay/{day}": EVERYBODY,
    "POST /lich-tuan/ngay/{day}": OPERATORS,
    "POST /lich-tuan/ngay/{day}/bo": OPERATORS,
    "GET /lich-tuan/nhap": OPERATORS,
    "POST /lich-tuan/nhap": OPERATORS,
    "POST /lich-tuan/nhap/giu": OPERATORS,
    "GET /ban-tin": EVERYBODY,
    "GET /ban-tin/moi": EDITORS,
    "POST /ban-tin/moi": EDITORS,
    "POST /ban-tin/nop": EDITORS,
    "POST /ban-tin/doc-thu": EDITORS,
    "POST /ban-tin/hoan-tac": EDITORS,
    "GET /ban-tin/{id}": EVERYBODY,
    "POST /ban-tin/{id}": EDITORS,
    "POST /ban-tin/{id}/gui": EDITORS,
    "POST /ban-tin/{id}/nghe": EVERYBODY,
    "GET /ban-tin/{id}/tieng": EVERYBODY,
    "GET /ban-tin/{id}/tu": EDITORS,
    "POST /ban-tin/{id}/tu": EDITORS,
    "GET /duyet": EVERYBODY,
    "GET /duyet/{id}": EVERYBODY,
    "POST /duyet/{id}": APPROVERS,
    "GET /nhat-ky": EVERYBODY,
    "GET /nhat-ky/bang.csv": EVERYBODY,
    "GET /bao-cao": EVERYBODY,
    "GET /bao-cao/tep/{kind}": EVERYBODY,
    "GET /thiet-bi": EVERYBODY,
    "POST /thiet-bi/thu-loa": OPERATORS,
    "POST /thiet-bi/am-luong": OPERATORS,
    "GET /khan-cap": EVERYBODY,
    "POST /khan-cap/tao": URGENT,
    "POST /khan-cap/soan": URGENT,
    "POST /khan-cap/thu": URGENT,
    "GET /khan-cap/phat": URGENT,
    "GET /khan-cap/nghe": URGENT,
    "POST /khan-cap/phat": URGENT,
    "POST /khan-cap/dung": URGENT,
    "GET /api/v1/rundown": PROGRAMS,
    "GET /api/v1/log": PROGRAMS,
    "GET /api/v1/status": PROGRAMS,
    "POST /api/v1/bulletins": PROGRAMS,
}
"""By hand, not from the program: lan edits, minh approves, hoa operates, son manages."""


def test_the_table_is_whole():
    """Each route of the page stands in the table of this test, and none twice."""
    routes = [f"{route.method} {route.path}" for route in ROUTES]
    assert sorted(routes) == sorted(ALLOWED)


@pytest.mark.parametrize("name", ["-", *EVERYBODY.split()])
def test_every_route_asks_for_its_role(name: str, visitor, browser, people):
    """Whoever lacks the role is turned away from each route, whatever the form says."""
    if name != "-":
        browser.sign_in(name)
    wrong = []
    for route in ROUTES:
        called = f"{route.method} {route.path}"
        if called == "GET /su-kien" and name in ALLOWED[called].split():
            continue  # a stream does not end
        send = visitor.get if route.method == "GET" else visitor.post
        answer = send(route.path)  # without its form, so that nothing is done
        to_the_door = answer.headers.get("location", "").startswith("/vao?")
        turned_away = to_the_door or answer.status_code in {401, 403, 429}
        if turned_away == (name in ALLOWED[called].split()):
            wrong.append((called, answer.status_code))
    assert wrong == []
