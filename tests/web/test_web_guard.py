"""What holds for every answer of the page."""

from __future__ import annotations

import pytest

from broadcaster.web.forms import FormState, FormTokens
from broadcaster.web.guard import host_name


def test_nothing_comes_from_elsewhere(visitor):
    """A browser is told to load, and to send to, this host alone."""
    policy = visitor.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/khong-co", "/tinh/trang.css"])
def test_every_answer_is_guarded(visitor, path: str):
    """Pages, errors and files all carry the headers that protect the person who looks at them."""
    headers = visitor.get(path).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "", "127.0.0.1.evil.example"]
)
def test_a_foreign_name_is_not_answered(visitor, host: str):
    """A page of somebody else that points its own name at this machine learns nothing."""
    answer = visitor.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "host, name",
    [
        ("127.0.0.1:8080", "127.0.0.1"),
        ("LOCALHOST", "localhost"),
        ("[::1]:8080", "[::1]"),
        ("[::1]", "[::1]"),
    ],
)
def test_a_host_has_a_name_without_its_port(host: str, name: str):
    """The port of an address does not matter to whether it is ours."""
    assert host_name(host) == name


def test_what_is_not_there_is_said_in_words(visitor, vietnamese):
    """A wrong address shows a page with a way back, in Vietnamese."""
    answer = visitor.get("/khong-co")
    assert answer.status_code == 404
    assert "Không có trang này." in answer.text
    assert 'href="/"' in answer.text


NOWHERE = (
    *("/lich-tuan/ngay/9999-12-31", "/lich-tuan/ngay/0001-01-01", "/lich-tuan/ngay/mai"),
    *("/lich-tuan/khung-gio?tuan=9999-W52&ten=x", "/ban-tin/%00", "/ban-tin/x/tu?chu=x"),
    *("/duyet/..%2f..%2fstation.yaml", "/ban-tin/x/tieng", "/am-thanh?phat=a&so=²"),
    *("/nghe-thu?phat=x@9999-12-31T23:59", "/am-thanh?phat=x@0001-01-01T00:00%2B07:00"),
    *("/khan-cap/phat?ten=%00", "/khan-cap/nghe?ten=../x", "/bao-cao/tep/exe"),
)


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_that_leads_nowhere_is_told_so(operator, people, path: str):
    """A slip, or a trick, in an address is answered with a sentence, and is no fault of ours."""
    operator.sign_in("lan" if "/tu?" in path else "hoa")
    assert operator.client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/lich-tuan?tuan=0001-W01", "/lich-tuan?tuan=9999-W52", "/lich-tuan/kiem-tra?tuan=x"),
        *("/nhat-ky?den=9999-12-31", "/nhat-ky/bang.csv?tu=0001-01-01", "/bao-cao?ky=9999-12"),
        *("/bao-cao?ky=0000", "/lich-tuan/them?tuan=9999-W53"),
    ],
)
def test_a_time_beyond_all_weeks_is_the_usual_one(operator, path: str):
    """Where an address names no day that a station knows, the page shows what it usually does."""
    operator.look(path)


def test_a_form_is_valid_once_and_for_one_visitor():
    """The secret in a form works once, for the browser that got it, and not in another."""
    tokens = FormTokens()
    token = tokens.new("mine")
    assert tokens.take("theirs", token) is FormState.FOREIGN
    assert tokens.take("mine", token) is FormState.FRESH
    assert tokens.take("mine", token) is FormState.USED
    assert tokens.take("mine", token + "0") is FormState.FOREIGN
    assert tokens.take("", tokens.new("")) is FormState.FOREIGN


def test_a_form_of_an_earlier_process_is_foreign():
    """After the page was started again an old form does nothing."""
    token = FormTokens().new("mine")
    assert FormTokens().take("mine", token) is FormState.FOREIGN
