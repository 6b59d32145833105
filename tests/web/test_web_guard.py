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
