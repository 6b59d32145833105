"""Khẩn cấp: heard first, ordered by a person, ended by a person."""

from __future__ import annotations

import os

import pytest
from small_station import bulletin, worker

from broadcaster.asrun import CommandQueue, CommandState
from broadcaster.station.orders.emergency import Wish
from broadcaster.station.preparing.emergency_sound import templates

WARNING = (
    "---\ntitle: Báo bão\npriority: khẩn cấp\n---\n"
    "Bão số 9 đang vào gần bờ. Bà con khẩn trương về nhà.\n"
)


@pytest.fixture
def warning(folder, site) -> str:
    """A template whose sound lies ready."""
    bulletin(folder, "90-bao", WARNING)
    maker = worker(folder)
    for occurrence in templates(site.on_disk().content, site.now()):
        maker.prepare(occurrence)
    return "90-bao"


def _orders(site) -> list[Wish]:
    rows = site.store.read("SELECT argument FROM command WHERE kind = 'emergency'")
    return [Wish.of_text(row[0]) for row in rows]


def test_a_template_is_heard_before_it_is_ordered(operator, site, warning):
    """The operator chooses, hears it alone, and only his order puts it on air."""
    assert "Báo bão" in operator.look("/khan-cap")
    page = operator.look(f"/khan-cap/phat?ten={warning}")
    assert f"/khan-cap/nghe?ten={warning}" in page
    assert (
        operator.client.get(f"/khan-cap/nghe?ten={warning}").headers["content-type"] == "audio/mpeg"
    )
    assert _orders(site) == []
    operator.send(
        "/khan-cap/phat",
        seen=f"/khan-cap/phat?ten={warning}",
        ten=warning,
        lan="3",
        cach="5",
        han="30",
        vi_sao="bão số 9",
    )
    [wish] = _orders(site)
    assert (wish.name, wish.repeat, wish.every_ms, wish.why) == (warning, 3, 300_000, "bão số 9")
    assert f"{wish.until:%H:%M}" == "05:20"


def test_what_the_form_never_offered_is_not_ordered(operator, site, warning):
    """A forged number of repeats, or an expiry next year, becomes the usual."""
    operator.send(
        "/khan-cap/phat",
        seen=f"/khan-cap/phat?ten={warning}",
        ten=warning,
        lan="9999",
        han="525600",
    )
    [wish] = _orders(site)
    assert wish.repeat == 2
    assert f"{wish.until:%H:%M}" == "05:50"


@pytest.mark.parametrize("name", ["../station", "/etc/passwd", "khong-co", ".."])
def test_a_name_is_no_path(operator, site, name: str):
    """A name that leads elsewhere finds no sound, and orders nothing."""
    assert operator.client.get("/khan-cap/nghe", params={"ten": name}).status_code == 404
    answer = operator.send("/khan-cap/phat", seen="/khan-cap", ten=name)
    assert answer.status_code == 404
    assert _orders(site) == []


def test_a_file_that_is_no_recording_is_refused(operator, site):
    """Whatever is called a recording is looked into before it is believed."""
    for name, content in (("a.exe", b"MZ"), ("b.mp3", b"not a sound"), ("../../c.wav", b"RIFF")):
        answer = operator.send("/khan-cap/thu", seen="/khan-cap", files={"tep": (name, content)})
        assert answer.status_code == 400, name
    assert not list(site.folder.emergencies.glob("*.wav"))


def test_who_ordered_it_is_shown_and_may_be_ended(operator, site, warning):
    """While it goes on everybody sees who ordered it, and a giant button ends it."""
    queue = CommandQueue(site.store)
    until = site.now().replace(hour=6, minute=0)
    number = queue.order(
        "emergency", Wish(name=warning, until=until, why="bão").as_text(), by="Hoa"
    )
    queue.claim()
    queue.finish(number, state=CommandState.DONE)
    page = operator.look("/khan-cap")
    assert "EMERGENCY ON AIR" in page
    assert "Ordered by Hoa at 04:50, until 06:00 at the latest." in page
    operator.send("/khan-cap/dung", seen="/khan-cap")
    assert queue.get(number + 1).kind == "emergency-stop"


def test_it_is_ordered_over_the_hotline(operator, site, warning, folder):
    """Where no row can be written any more, the warning reaches the daemon all the same."""
    page = f"/khan-cap/phat?ten={warning}"
    os.mkfifo(folder.hotline)
    daemon = os.open(folder.hotline, os.O_RDWR | os.O_NONBLOCK)
    operator.look(page)
    folder.database.rename(folder.database.with_suffix(".away"))
    folder.database.mkdir()  # what cannot be opened, like a disk that takes nothing
    try:
        operator.send("/khan-cap/phat", seen=page, ten=warning)
        heard = os.read(daemon, 4096).decode()
    finally:
        os.close(daemon)
    assert '"kind": "emergency"' in heard
    assert '"by": "Hoa"' in heard
