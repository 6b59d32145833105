"""Nhật ký and listening: what aired, as it aired."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from small_station import occurrence_of, worker

from broadcaster.model import Outcome
from broadcaster.station.upkeep.archive import Keeper


@pytest.fixture
def aired(site, folder, clock) -> str:
    """The morning's programme: prepared, aired two minutes late, archived."""
    maker = worker(folder)
    occurrence = occurrence_of(maker, "sang")
    programme = maker.prepare(occurrence)
    begun = occurrence.starts_at + timedelta(minutes=2)
    clock.step(begun - clock.now())
    site.log.started(occurrence, programme, at=begun, output="loa", operator="Chị Hoa")
    clock.step(timedelta(minutes=5))
    site.log.ended(occurrence.id, at=clock.now(), outcome=Outcome.AIRED, reason="phát muộn")
    Keeper(folder).keep(site.log.entries(), now=clock.now())
    return occurrence.id


def test_the_planned_time_is_struck_out_where_the_real_one_differs(operator, aired):
    """Who looks at the log sees when it was to start, and when it did."""
    page = operator.look("/nhat-ky")
    assert "<s>05:30</s> <time>05:32</time>" in page
    assert "phát muộn" in page
    assert "Chị Hoa" in page


@pytest.mark.parametrize(
    "question, found",
    [
        ("", True),
        ("?chu=TIN+TRONG", True),
        ("?chu=khong-co", False),
        ("?ket-qua=missed", False),
        ("?tu=2026-11-24&den=2026-11-25", False),
        ("?tu=nhieu&den=%00", True),
        ("?tu=9999-12-31&den=0001-01-01", False),
    ],
)
def test_the_log_is_looked_through(operator, aired, question: str, *, found: bool):
    """By day, outcome and words; a slip in the address is as if it was not there."""
    assert ("Tin trong ngày" in operator.look(f"/nhat-ky{question}")) is found


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(operator, site, folder, aired):
    """The table has a row for each broadcast; a title that looks like a formula is text."""
    maker = worker(folder)
    occurrence = occurrence_of(maker, "trua")
    site.log.missed(occurrence, reason="=HYPERLINK(0)")
    answer = operator.client.get("/nhat-ky/bang.csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row[1] for row in rows[1:]] == ["05:30", "11:00"]
    assert rows[2][6] == "'=HYPERLINK(0)"


def test_what_aired_is_heard_again(operator, aired):
    """From the log one listens to the very sound that aired, also from its middle on."""
    page = operator.client.get("/nghe-thu", params={"phat": aired}).text
    address = page.split('audio controls preload="metadata" src="')[1].split('"')[0]
    address = address.replace("&amp;", "&")
    whole = operator.client.get(address)
    assert whole.headers["content-type"] == "audio/mpeg"
    part = operator.client.get(address, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])


def test_what_is_ready_is_heard_before_it_airs(operator, folder, site):
    """Nghe thử: the prepared sound, and the words that will be said."""
    maker = worker(folder)
    occurrence = occurrence_of(maker, "sang")
    maker.prepare(occurrence)
    assert "Listen first" in operator.look("/")
    page = operator.client.get("/nghe-thu", params={"phat": occurrence.id}).text
    assert "Đây là Đài xã Mẫu" in page


@pytest.mark.parametrize("name", ["", "x", "../../etc/passwd", "sang@2026-11-23T05:30+07:00"])
def test_what_has_no_sound_says_so(operator, name: str):
    """A name that is no broadcast, or one without a sound, opens no file."""
    assert operator.client.get("/nghe-thu", params={"phat": name}).status_code == 404
    assert operator.client.get("/am-thanh", params={"phat": name}).status_code == 404
