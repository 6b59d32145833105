"""The live part of Hôm nay: alive only while the station is."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from small_station import occurrence_of, worker

from broadcaster.station.air.pulse import Pulse
from broadcaster.web.live import Live
from broadcaster.web.onair import on_air


@pytest.fixture
def pulse(folder) -> Pulse:
    with Pulse(folder.pulse) as beating:
        yield beating


def _status(folder, clock, **values) -> None:
    alive = {"alive_at": clock.now().isoformat(), "stopped": False, "alarms": [], **values}
    folder.status.write_text(json.dumps(alive), encoding="utf-8")


@pytest.fixture
def sounding(site, folder, clock, pulse) -> str:
    """The morning's programme is on air since three seconds."""
    maker = worker(folder)
    occurrence = occurrence_of(maker, "sang")
    programme = maker.prepare(occurrence)
    clock.step(occurrence.starts_at - clock.now())
    site.log.started(occurrence, programme, at=clock.now(), output="loa", operator="Chị Hoa")
    clock.step(timedelta(seconds=3))
    pulse.beat(clock.now(), occurrence=occurrence.id, position_ms=programme.said[0][0] + 1)
    _status(folder, clock)
    return occurrence.id


def test_the_sentence_on_air_is_shown(operator, sounding):
    """Who looks at the page reads the sentence that the village hears."""
    page = operator.look("/")
    assert "ON AIR" in page
    assert "Tin trong ngày" in page
    assert "“Đây là Đài xã Mẫu, " in page
    assert "Ordered by Chị Hoa" in page


@pytest.mark.parametrize(
    "at, said",
    [
        ("2026-11-23T11:00:00+07:00", "Tiếp theo lúc 11:00: Một bài"),
        ("2026-11-23T23:30:00+00:00", "Tiếp theo lúc 06:30 Thứ Ba 24/11/2026: Một bài"),
    ],
)
def test_what_comes_next_has_its_day_where_it_is_not_today(
    operator, folder, clock, vietnamese, at: str, said: str
):
    """Nobody waits until eleven for what begins at eleven tomorrow."""
    _status(folder, clock, next={"at": at, "title": "Một bài"})
    assert said in operator.look("/")


def test_a_heart_that_stands_still_is_no_life(site, sounding, clock):
    """Five seconds without a heartbeat, and nothing is said to be on air any more; after
    fifteen the station is out of contact."""
    assert on_air(site).state == "dang-phat"
    clock.step(timedelta(seconds=6))
    assert on_air(site).sounding is None
    clock.step(timedelta(seconds=15))
    found = on_air(site)
    assert found.state == "mat"
    assert f"{found.alive_at:%H:%M:%S}" == "05:30:03"


def test_a_dead_daemon_is_told_with_the_time_of_its_last_sign(
    operator, sounding, clock, vietnamese
):
    """The page never looks alive when the station is not."""
    clock.step(timedelta(minutes=10))
    page = operator.look("/")
    assert "MẤT LIÊN LẠC" in page
    assert "Mất liên lạc với máy phát – số liệu lúc 05:30" in page
    assert 'class="board dang-phat"' not in page


def test_a_station_that_never_ran_says_so(operator):
    """Before the first start the page says what to do."""
    assert "broadcaster run" in operator.look("/")


def test_what_comes_next_and_what_is_wrong(operator, folder, clock):
    """While all is silent the page names the next start, and every open alarm."""
    following = {"occurrence": "x", "title": "Tin trưa", "at": "2026-11-23T11:00:00+07:00"}
    _status(folder, clock, next=following, alarms=[{"text": "loa im tiếng"}])
    page = operator.look("/")
    assert "WAITING" in page
    assert "Next at 11:00: Tin trưa" in page
    assert "loa im tiếng" in page


def test_skip_skips_what_the_operator_saw(operator, folder, clock, site):
    """Where another programme comes next by now, nothing is skipped."""
    rows = operator.look("/cac-buoi")
    name = "sang@2026-11-23T05:30+07:00"
    assert name not in rows
    _status(
        folder, clock, next={"occurrence": name, "title": "Tin", "at": "2026-11-23T05:30:00+07:00"}
    )
    assert name in operator.look("/cac-buoi")
    operator.send("/bo-qua", seen="/cac-buoi", phat="khac@2026-11-23T05:30+07:00")
    assert site.store.read("SELECT count(*) FROM command")[0][0] == 0
    operator.send("/bo-qua", seen="/cac-buoi", phat=name)
    assert site.store.read("SELECT kind FROM command") == [("skip",)]


def _first_events(live: Live, count: int) -> list[str]:
    async def collect() -> list[str]:
        found = []
        stream = live.events(lambda air: f"<p>{air.word}</p>", is_welcome=lambda: True)
        async for event in stream:
            found.append(event)
            if len(found) == count:
                break
        await stream.aclose()
        return found

    return asyncio.run(collect())


def test_the_stream_tells_state_rows_and_beat(site, sounding):
    """A viewer gets what is on air, a sign that the rows may be new, and the beat."""
    events = _first_events(Live(site), 3)
    assert events == [
        "event: dang-phat\ndata: <p>ON AIR</p>\n\n",
        "event: hang\ndata: 1\n\n",
        "event: nhip\ndata: 05:30:03\n\n",
    ]


def test_a_dead_station_has_no_beat(site, sounding, clock):
    """Out of contact the beat is empty, so that no page takes it for life."""
    clock.step(timedelta(minutes=1))
    assert _first_events(Live(site), 3)[2] == "event: nhip\ndata: \n\n"


def test_fifty_viewers_share_one_look(site, folder, sounding):
    """However many look, the station's files are looked at once a second, by the page alone."""
    live = Live(site)
    looks = []
    take = live._take
    live._take = lambda: looks.append(1) or take()

    async def crowd() -> None:
        async def one() -> None:
            stream = live.events(lambda air: air.word, is_welcome=lambda: True)
            async for event in stream:
                if event.startswith("event: nhip"):
                    break
            await stream.aclose()

        await asyncio.gather(*(one() for _viewer in range(50)))

    asyncio.run(crowd())
    assert len(looks) == 1


def test_the_stream_ends_for_who_is_no_longer_welcome(site):
    """A page that stands open learns nothing more after the sign-out."""

    async def collect() -> list[str]:
        return [e async for e in Live(site).events(lambda _air: "", is_welcome=lambda: False)]

    assert asyncio.run(collect()) == []
