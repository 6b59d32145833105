"""JSON for programs of other offices."""

from __future__ import annotations

import pytest

from broadcaster.web.acts import last_acts
from broadcaster.web.tokens import drop_token, new_token, token_names

_PATHS = ["/api/v1/rundown", "/api/v1/log", "/api/v1/status"]


@pytest.fixture
def program(visitor, folder, clock):
    """Asks with a token of its own."""
    token = new_token(folder, "cổng thông tin", now=clock.now())
    return lambda path: visitor.get(path, headers={"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("path", _PATHS)
@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5"])
def test_without_its_token_a_program_learns_nothing(visitor, path: str, sent: str):
    """A wrong token, or none, is refused in a word that a program understands."""
    answer = visitor.get(path, headers={"authorization": sent} if sent else {})
    assert answer.status_code == 401
    assert answer.json() == {"error": "no-such-token"}


def test_a_person_who_has_come_in_is_no_program(operator):
    """The cookie of a browser opens none of these addresses, so no other site can use it there."""
    assert operator.client.get("/api/v1/log").status_code == 401


def test_guessing_tokens_gets_slow(visitor):
    """Tokens cannot be tried out."""
    answers = [visitor.get("/api/v1/log").status_code for _try in range(6)]
    assert answers == [401] * 5 + [429]


def test_the_rundown_is_that_of_the_command_line(program):
    """A portal reads what is to be heard today, with instants of this place."""
    rows = program("/api/v1/rundown").json()
    assert [(row["slot"], row["starts_at"]) for row in rows] == [
        ("sang", "2026-11-23T05:30:00+07:00"),
        ("trua", "2026-11-23T11:00:00+07:00"),
    ]
    week = program("/api/v1/rundown?from=2026-11-23&to=2026-11-29").json()
    assert len(week) == 14


@pytest.mark.parametrize(
    "question", ["from=x", "from=2026-11-24&to=2026-11-23", "to=2099-01-01", "from=9999-12-31"]
)
def test_dates_that_are_none_are_refused(program, question: str):
    """A slip in the dates is said, and does not keep the machine busy."""
    answer = program(f"/api/v1/rundown?{question}")
    assert (answer.status_code, answer.json()) == (400, {"error": "bad-dates"})


def test_the_status_is_honest(program):
    """Where no daemon runs, the status says that nothing is in contact."""
    assert program("/api/v1/status").json()["in_contact"] is False


def test_the_log_tells_what_was_heard_and_what_was_not(program, morning_heard):
    """A portal reads each start with its instants, its outcome, its reason and its parts; days
    without any are an empty list."""
    aired, missed = program("/api/v1/log").json()
    assert (aired["slot"], aired["outcome"]) == ("sang", "aired")
    assert aired["scheduled_at"] == "2026-11-23T05:30:00+07:00"
    assert (missed["slot"], missed["outcome"], missed["reason"]) == ("trua", "missed", "mất điện")
    assert program("/api/v1/log?from=2026-11-24&to=2026-11-30").json() == []


def test_a_token_is_kept_as_its_hash_and_can_be_removed(folder, clock, program):
    """Whoever reads the station's folder cannot ask in the name of a program."""
    assert program("/api/v1/log").json() == []
    assert token_names(folder) == ["cổng thông tin"]
    token = new_token(folder, "khác", now=clock.now())
    stored = "".join(path.read_text(errors="replace") for path in folder.state.glob("*.json"))
    assert token not in stored
    assert drop_token(folder, "cổng thông tin")
    assert not drop_token(folder, "cổng thông tin")
    assert program("/api/v1/log").status_code == 401


_MESSAGE = {
    "format": "broadcaster-bulletins",
    "version": 1,
    "from": {"level": "tỉnh", "office": "Sở Nội vụ tỉnh Mẫu"},
    "bulletins": [{"id": "so-1", "title": "Một cửa", "text": "Từ nay hồ sơ nộp qua mạng."}],
}


def test_another_office_hands_in_a_bulletin(visitor, folder, clock, site):
    """What a portal hands in lies among the bulletins, and its coming is written down."""
    token = new_token(folder, "cổng", now=clock.now())
    headers = {"authorization": f"Bearer {token}"}
    answer = visitor.post("/api/v1/bulletins", json=_MESSAGE, headers=headers)
    assert answer.status_code == 200, answer.text
    assert [(b["id"], b["state"]) for b in answer.json()["bulletins"]] == [("so-1", "new")]
    assert "so-1" in site.on_disk().content.bulletins
    again = visitor.post("/api/v1/bulletins", json=_MESSAGE, headers=headers).json()
    assert again["bulletins"][0]["state"] == "known"
    assert last_acts(site.store, most=1)[0].person == "cổng"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"[" * 100_000, "{}".encode("utf-16"), b"x" * 1_000_001]
)
def test_what_cannot_be_read_is_refused(visitor, folder, clock, body: bytes):
    """Broken, nested or endless input costs its sender an answer, and the station nothing."""
    token = new_token(folder, "cổng", now=clock.now())
    answer = visitor.post(
        "/api/v1/bulletins", content=body, headers={"authorization": f"Bearer {token}"}
    )
    assert answer.status_code in {413, 422}
    assert not list(folder.scripts.rglob("cap-tren/*"))
