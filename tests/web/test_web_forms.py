"""Forms: of this page, of this visitor, and once."""

from __future__ import annotations

from broadcaster.asrun import CommandQueue


def _orders(site) -> int:
    return site.store.read("SELECT count(*) FROM command")[0][0]


def test_another_site_orders_nothing(operator, site):
    """A form that another site makes the browser send is refused, and nothing is ordered."""
    answer = operator.client.post("/dung", headers={"origin": "http://evil.example"})
    assert answer.status_code == 400
    assert _orders(site) == 0


def test_the_form_of_one_visitor_is_not_the_form_of_another(operator, site, visitor):
    """A secret that an attacker got for himself does not work in the browser of an operator."""
    token = site_token(visitor)
    assert visitor.post("/dung", data={"form": token}).status_code == 303
    operator.client.cookies.delete("phien")
    assert visitor.post("/dung", data={"form": token}).status_code == 401


def site_token(visitor) -> str:
    text = visitor.get("/").text
    return text.split('name="form" value="')[1].split('"')[0]


def test_a_form_that_is_sent_again_does_nothing(operator, site, visitor):
    """A double click, or a recorded request, orders once."""
    token = site_token(visitor)
    assert visitor.post("/dung", data={"form": token}).status_code == 303
    assert visitor.post("/dung", data={"form": token}).status_code == 409
    assert _orders(site) == 1


def test_an_order_has_a_name(operator, site):
    """The order of the page stands in the queue with the name of who gave it."""
    operator.send("/dung", seen="/")
    command = CommandQueue(site.store).get(1)
    assert (command.kind, command.ordered_by) == ("stop", "Hoa")


def test_without_a_daemon_nobody_took_the_order(operator):
    """The operator learns that nothing was done, not that all is well."""
    answer = operator.send("/dung", seen="/")
    assert answer.headers["location"] == "/"
    assert "nobody took the order" in operator.look("/")
    assert "nobody took the order" not in operator.look("/")  # said once


def test_a_long_body_is_refused(operator):
    """Two megabytes in a form without a file are refused before they are kept."""
    answer = operator.client.post(
        "/dung",
        content=b"form=" + b"x" * 2_000_000,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


def test_a_note_cannot_be_forged(operator):
    """Nobody puts words into the mouth of the station by a cookie."""
    operator.client.cookies.set("loi-nhan", "WyJ4IiwgdHJ1ZV0=.0000")
    assert 'class="note good" role="status"' not in operator.look("/")
