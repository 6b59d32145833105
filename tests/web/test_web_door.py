"""Coming in and going out, and whoever tries the lock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from web_people import PASSWORDS

from broadcaster.web import make_app
from broadcaster.web.acts import last_acts


def _cookie(client) -> str:
    return client.cookies.get("phien", domain="127.0.0.1")


def test_the_first_visitor_is_not_the_owner(browser, site):
    """Nobody becomes the owner of a new station without the code that its console shows."""
    assert browser.client.get("/").headers["location"].startswith("/vao")
    assert browser.client.get("/vao").headers["location"] == "/lan-dau"
    wrong = browser.send("/lan-dau", ma="00000000", ten="ke-la", mat_khau="mat-khau-dai")
    assert wrong.status_code == 403
    assert not site.door.has_owner()
    right = {"ho_ten": "Trần Thị Lan", "ten": "lan.tran", "mat_khau": "mat-khau-dai"}
    assert browser.send("/lan-dau", ma=site.setup_code, **right).headers["location"] == "/"
    assert "Trần Thị Lan" in browser.look("/toi")
    again = TestClient(browser.client.app, base_url="http://127.0.0.1:8080")
    assert again.get("/lan-dau", follow_redirects=False).headers["location"] == "/vao"


def test_the_setup_takes_no_weak_password(browser, site):
    """A short password is refused with a reason, and nobody is added."""
    answer = browser.send("/lan-dau", ma=site.setup_code, ten="lan", ho_ten="Lan", mat_khau="1234")
    assert answer.status_code == 400
    assert site.door.people.all() == {}
    assert 'value="Lan"' in answer.text


def test_a_session_cookie_is_the_browsers_alone(browser, people):
    """No script reads the cookie, and no other site sends it along."""
    answer = browser.send("/vao", ten="hoa", mat_khau=PASSWORDS["hoa"])
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_behind_a_certificate_the_cookie_is_secure(site):
    """Where browsers come by HTTPS the cookie never leaves without it."""
    with TestClient(make_app(site, secure=True), base_url="http://127.0.0.1") as client:
        assert "secure" in client.get("/vao").headers["set-cookie"].lower()


def test_a_planted_secret_opens_nothing(browser, people, site):
    """Whoever plants a cookie before the sign-in does not know the one after it."""
    browser.client.cookies.set("phien", "planted")
    browser.sign_in("hoa")
    assert site.door.who("planted") is None
    assert _cookie(browser.client) != "planted"


def test_guessing_gets_slow(browser, people, clock):
    """After five wrong passwords even the right one has to wait; later it opens the door."""
    for _try in range(5):
        assert browser.send("/vao", ten="hoa", mat_khau="sai").status_code == 403
    assert browser.send("/vao", ten="hoa", mat_khau=PASSWORDS["hoa"]).status_code == 429
    assert browser.send("/vao", ten="son", mat_khau=PASSWORDS["son"]).status_code == 429
    clock.step(timedelta(seconds=16))
    browser.sign_in("hoa")


def test_guessing_the_setup_code_gets_slow(browser, site):
    """The code of the first start cannot be tried out."""
    for _try in range(5):
        assert browser.send("/lan-dau", ma="1").status_code == 403
    assert browser.send("/lan-dau", ma=site.setup_code).status_code == 429


def test_an_unknown_name_is_refused_in_the_same_words(browser, people):
    """From the answer nobody learns which names there are."""
    unknown = browser.send("/vao", ten="khong-ai", mat_khau="sai").text
    known = browser.send("/vao", ten="hoa", mat_khau="sai").text
    assert "The name or the password is wrong." in unknown
    assert "The name or the password is wrong." in known


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_door_leads_to_this_page_only(browser, people, back: str):
    """A link with a foreign address in it does not lead away after the sign-in."""
    answer = browser.send("/vao", ten="hoa", mat_khau=PASSWORDS["hoa"], ve=back)
    assert answer.headers["location"] == "/"


def test_signing_out_ends_it_here(operator, site):
    """After the sign-out the old secret opens nothing, even if somebody kept it."""
    before = _cookie(operator.client)
    operator.send("/ra", seen="/toi")
    assert site.door.who(before) is None
    assert operator.client.get("/").headers["location"].startswith("/vao")


def test_signing_out_everywhere(operator, visitor, site, people):
    """One press ends the sessions of all phones and computers of that person."""
    other = TestClient(visitor.app, base_url="http://127.0.0.1:8080", follow_redirects=False)
    type(operator)(other).sign_in("hoa")
    operator.send("/ra", seen="/toi", khap_noi="1")
    assert other.get("/").headers["location"].startswith("/vao")


def test_a_session_ends_by_itself(operator, clock):
    """Half a day untouched, or a week in all: then the door asks again."""
    clock.step(timedelta(hours=11))
    operator.look("/")
    clock.step(timedelta(hours=13))
    assert operator.client.get("/").status_code == 303


def test_who_is_disabled_is_out_at_once(operator, site, people):
    """A person who may do nothing any more does nothing from that moment on."""
    site.door.people.disable("hoa", by="son")
    assert operator.client.get("/").headers["location"].startswith("/vao")


def test_another_password_ends_old_sessions(operator, site, people, clock):
    """When somebody gives a new password, whoever came in with the old one is out."""
    clock.step(timedelta(seconds=1))
    site.door.people.set_password("hoa", "mat-khau-moi-2", by="son")
    assert operator.client.get("/").headers["location"].startswith("/vao")


def test_changing_my_password_keeps_me_in(operator, people):
    """I change my password, stay signed in here, and the old one opens nothing."""
    new = "mot-mat-khau-khac"
    wrong = operator.send("/toi", mat_khau_cu="sai", mat_khau_moi=new)
    assert wrong.status_code == 403
    answer = operator.send("/toi", mat_khau_cu=PASSWORDS["hoa"], mat_khau_moi=new)
    assert answer.status_code == 303
    operator.look("/toi")


def test_the_owner_adds_and_disables_people(browser, people, site):
    """The administrator adds a person with roles and a first password, and takes both away."""
    browser.sign_in("son")
    fields = {"ten": "tuan", "ho_ten": "Anh Tuấn", "mat_khau": "mot-hai-ba-bon", "vai": "editor"}
    browser.send("/nguoi-dung", **fields)
    assert site.door.people.is_right("tuan", "mot-hai-ba-bon")
    browser.send("/nguoi-dung/sua", seen="/nguoi-dung", ten="tuan", vai="operator", nghi="1")
    tuan = site.door.people.get("tuan")
    assert tuan.is_disabled
    assert {str(role) for role in tuan.roles} == {"operator"}


def test_the_owner_cannot_shut_himself_out(browser, people, site):
    """Nobody takes the last key away from himself by a slip."""
    browser.sign_in("son")
    browser.send("/nguoi-dung/sua", seen="/nguoi-dung", ten="son", nghi="1")
    browser.send("/nguoi-dung/sua", seen="/nguoi-dung", ten="son", vai="editor")
    son = site.door.people.get("son")
    assert not son.is_disabled
    assert site.door.has_owner()


def test_every_act_is_written_down_without_secrets(operator, site):
    """Who did what, when and from where stands in rows; passwords do not."""
    operator.send("/dung", seen="/")
    operator.client.post("/nguoi-dung")
    acts = last_acts(site.store, most=10)
    assert [(act.person, act.act, act.answer) for act in acts] == [
        ("hoa", "POST /nguoi-dung", 403),
        ("hoa", "POST /dung", 303),
        ("hoa", "POST /vao", 303),
    ]
    assert not any(PASSWORDS["hoa"] in act.detail for act in acts)
