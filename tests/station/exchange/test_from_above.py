"""Bulletins of an authority above: taken in, chosen in time, and answered for."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from occurrences import at
from small_station import small_station

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import Priority
from broadcaster.station.above.acknowledge import acknowledged, as_file
from broadcaster.station.above.mailbox import Mailbox
from broadcaster.station.above.receive import receive, take_in
from broadcaster.station.air.simulate import simulate
from broadcaster.station.check.check import check_station
from broadcaster.station.content.content import load_content
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

NOW = at("04:00")


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def item(name: str = "tinh-01", **values: Any) -> dict[str, Any]:
    return {"id": name, "title": "Tin của tỉnh", "text": "Nội dung tỉnh gửi."} | values


def message(*bulletins: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {
        "format": "broadcaster-bulletins",
        "version": 1,
        "from": {"level": "tỉnh", "office": "Sở Nội vụ"},
        "bulletins": list(bulletins),
    } | values


def sent(folder: StationFolder, value: object, name: str = "tin.json") -> Path:
    folder.from_above.mkdir(exist_ok=True)
    path = folder.from_above / name
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def bulletins(folder: StationFolder):
    config, _problems = load_config(folder)
    assert config is not None
    return load_content(folder, config).bulletins


def test_a_bulletin_from_above_is_a_bulletin_like_any_other(folder: StationFolder):
    """Its priority, its days and its day to be heard by come with it, and who sent it."""
    wanted = item(
        priority="priority",
        valid_from="2026-11-20",
        valid_until="2026-12-31",
        must_air_by="2026-11-25",
        topic="cchc",
        kind="bài",
        audience="người dân",
        source="Công văn 12/SNV",
        online=False,
    )
    received = receive(folder, [sent(folder, message(wanted))], now=NOW)
    assert (received.problems, [t.taken for t in received.bulletins]) == ([], ["new"])
    found = bulletins(folder)["tinh-01"]
    assert found.text.strip() == "Nội dung tỉnh gửi."
    assert (found.priority, found.level, found.source) == (
        Priority.PRIORITY,
        "tỉnh",
        "Sở Nội vụ; Công văn 12/SNV",
    )
    assert (found.valid_from, found.must_air_by) == (date(2026, 11, 20), date(2026, 11, 25))
    assert (found.topic, found.kind, found.audience, found.online) == (
        "cchc",
        "bài",
        "người dân",
        False,
    )


@pytest.mark.parametrize(
    "odd",
    [
        "a: b # c",
        "- [x] {y}: &z *w !t %u @v `q",
        "'nháy' và \"nháy kép\" \\ gạch",
        "hai\ndòng\tvà tab",
        "---",
        "😀 và ế",
        "approved_by: ai đó",
    ],
)
def test_words_from_above_stay_words(folder: StationFolder, odd: str):
    """Nothing that a title or a text holds is taken for a setting, and no letter is lost."""
    value = message(item(title=odd, text=f"Lời đầu.\n{odd}\nLời cuối."))
    text = json.dumps(value)  # letters as \u escapes, as many programs write them
    received = receive(folder, [sent(folder, text.replace(", ", ",\n\t"))], now=NOW)
    assert received.problems == []
    found = bulletins(folder)["tinh-01"]
    assert found.title == " ".join(odd.split())
    assert found.text.strip() == f"Lời đầu.\n{odd}\nLời cuối."
    assert found.approved_by == ""


def test_what_is_wrong_is_told_with_line_and_column(folder: StationFolder):
    """A bad bulletin costs itself; the others of the message go in, and it stays to be mended."""
    text = """{
  "format": "broadcaster-bulletins", "version": 1,
  "from": {"level": "tỉnh", "office": "Sở Nội vụ"},
  "bulletins": [
    {"id": "../tron", "title": "A", "text": "B"},
    {"id": "a", "title": "A", "text": "B", "priority": "khẩn"},
    {"id": "b", "title": "A"},
    {"id": "c", "title": "A", "text": "B", "must_air_by": "31/11/2026"},
    {"id": "d", "title": "A", "text": "B", "valid_until": "1/11/2026", "must_air_by": "2/11/2026"},
    {"id": "e", "title": "A", "text": "B", "must_be_aired": "2026-11-02"},
    {"id": "tot", "title": "Bài tốt", "text": "Nội dung."},
    {"id": "tot", "title": "Bài tốt", "text": "Nội dung khác."}
  ]
}"""
    path = sent(folder, text)
    received = take_in(folder, now=NOW)
    places = [(p.where.line, p.where.column, p.code) for p in received.problems]
    assert places == [
        (5, 12, "bad-id"),
        (6, 56, "unknown-value"),
        (7, 5, "missing-key"),
        (8, 59, "bad-date"),
        (9, 87, "never-in-time"),
        (10, 44, "unknown-key"),
        (12, 12, "message-id-twice"),
    ]
    assert [t.id for t in received.bulletins] == ["tot"]
    assert bulletins(folder)["tot"].text.strip() == "Nội dung."
    assert path.exists()
    assert not (folder.root / "tron.txt").exists()
    told = [p.code for p in check_station(folder, today=NOW.date())]
    assert {"bad-id", "never-in-time", "message-id-twice"} <= set(told)


@pytest.mark.parametrize(
    "text, code",
    [
        ('{"format": "broadcaster', "message-not-json"),
        ("[" * 100_000, "message-not-json"),
        ("", "message-not-json"),
        ("[]", "not-a-mapping"),
        (json.dumps(message(format="khac")), "unknown-message"),
        (json.dumps(message(version=2)), "unknown-message"),
        (json.dumps({"format": "broadcaster-bulletins", "version": 1}), "missing-key"),
    ],
)
def test_a_file_that_is_no_message_is_told(folder: StationFolder, text: str, code: str):
    """A half-copied or foreign file takes nothing in, and stops nothing."""
    good = sent(folder, message(item()), "z.json")
    bad = sent(folder, text, "a.json")
    received = take_in(folder, now=NOW)
    assert [problem.code for problem in received.problems] == [code]
    assert [t.id for t in received.bulletins] == ["tinh-01"]
    assert bad.exists()
    assert not good.exists()


def test_a_message_that_was_read_is_put_aside(folder: StationFolder):
    """What was taken in lies in da-nhan, and is not taken in again."""
    sent(folder, message(item()))
    take_in(folder, now=NOW)
    assert [p.name for p in (folder.from_above / "da-nhan").iterdir()] == [
        "20261123T040000-tin.json"
    ]
    assert take_in(folder, now=NOW).bulletins == []


def test_a_new_version_replaces_the_old_one_but_not_what_was_edited_here(folder: StationFolder):
    """Sent again, a bulletin is changed; once somebody here has edited it, it stays as it is."""
    states = []
    for text in ("Một.", "Một.", "Hai."):
        path = sent(folder, message(item(text=text)))
        states += [t.taken for t in receive(folder, [path], now=NOW).bulletins]
    assert states == ["new", "known", "changed"]
    file = folder.scripts / "cap-tren" / "tinh-01.txt"
    file.write_text(file.read_text("utf-8").replace("Hai.", "Hai, xã thêm."), "utf-8")
    received = receive(folder, [sent(folder, message(item(text="Ba.")))], now=NOW)
    assert [t.taken for t in received.bulletins] == ["kept"]
    assert [p.code for p in received.problems] == ["edited-here"]
    assert "xã thêm" in bulletins(folder)["tinh-01"].text


def test_an_emergency_from_above_waits_for_a_person(folder: StationFolder):
    """No programme takes it by itself: somebody here orders it."""
    receive(folder, [sent(folder, message(item(priority="emergency")))], now=NOW)
    assert bulletins(folder)["tinh-01"].priority is Priority.EMERGENCY
    simulate(folder, start=at("00:00"), until=at("23:59"))
    assert "tinh-01" not in heard_ids(folder)


def heard_ids(folder: StationFolder) -> list[str]:
    with Store.open(folder.simulated_database, clock=SimulatedClock(NOW)) as store:
        entries = AsRunLog(store).entries()
    return [part.bulletin_id for entry in entries for part in entry.segments if part.bulletin_id]


def test_what_must_air_comes_before_what_may(folder: StationFolder):
    """Of equal priority, a bulletin with a day to be heard by is taken first, once."""
    late = item("tinh-09", must_air_by="2026-11-30", valid_from="2026-01-01")
    receive(folder, [sent(folder, message(late))], now=NOW)
    simulate(folder, start=at("00:00"), until=at("06:00"))
    assert heard_ids(folder)[0] == "tinh-09"


def test_the_answer_says_when_it_was_really_heard(folder: StationFolder):
    """The times are those of the log's own rows; what was not heard in time is late."""
    never = item("tinh-02", must_air_by="2026-11-22", valid_until="2026-11-22")
    late = item("tinh-03", must_air_by="2026-11-22")
    timely = item("tinh-01", must_air_by="2026-11-25")
    path = sent(folder, message(timely, never, late))
    receive(folder, [path], now=NOW - timedelta(days=2))
    simulate(folder, start=at("00:00"), until=at("23:59"))
    with Store.open(folder.simulated_database, clock=SimulatedClock(NOW)) as store:
        rows = store.read(
            "SELECT occurrence, started_at, ended_at FROM asrun"
            " WHERE event = 'segment' AND bulletin_id = 'tinh-01'"
        )
        found = acknowledged(folder, AsRunLog(store), day=NOW.date())
    states = {one.id: one.standing for one in found}
    assert states == {"tinh-01": "heard", "tinh-02": "late", "tinh-03": "heard-late"}
    value = json.loads(as_file(found, station="Đài xã Mẫu", now=NOW))
    assert (value["format"], value["station"]) == ("broadcaster-acknowledgement", "Đài xã Mẫu")
    first = value["bulletins"][0]
    assert first["from"] == {"level": "tỉnh", "office": "Sở Nội vụ"}
    assert first["must_air_by"] == "2026-11-25"
    assert len(first["airings"]) == len(rows) > 0
    for airing, (occurrence, started, ended) in zip(first["airings"], rows, strict=True):
        assert airing["occurrence"] == occurrence
        assert airing["outcome"] == "aired"
        for said, row in ((airing["started_at"], started), (airing["ended_at"], ended)):
            assert said == _local(row)


def _local(utc_text: str) -> str:
    return datetime.fromisoformat(utc_text).astimezone(LOCAL).isoformat(timespec="seconds")


def test_a_running_station_takes_in_and_answers_by_itself(folder: StationFolder, caplog):
    """What is dropped is taken in; what cannot be read is told once; the answer lies beside it."""
    clock = SimulatedClock(NOW)
    mailbox = Mailbox(folder, station="Đài xã Mẫu", clock=clock)
    mailbox.take_in()
    sent(folder, message(item()))
    bad = sent(folder, "{", "hong.json")
    for _again in range(3):
        mailbox.take_in()
    assert "tinh-01" in bulletins(folder)
    assert sum("hong.json" in record.getMessage() for record in caplog.records) == 1
    bad.write_text(json.dumps(message(item("tinh-05"))), encoding="utf-8")
    mailbox.take_in()
    assert "tinh-05" in bulletins(folder)
    simulate(folder, start=at("00:00"), until=at("23:59"))
    with Store.open(folder.simulated_database, clock=clock) as store:
        mailbox.answer(AsRunLog(store))
    answer = json.loads((folder.from_above / "da-phat" / "xac-nhan.json").read_text("utf-8"))
    assert [one["id"] for one in answer["bulletins"]] == ["tinh-01", "tinh-05"]


def test_a_register_that_is_damaged_stops_nothing(folder: StationFolder, caplog):
    """What came before is then not known, and what comes is taken in."""
    (folder.state / "from-above.json").write_text("[1", encoding="utf-8")
    receive(folder, [sent(folder, message(item()))], now=NOW)
    assert "tinh-01" in bulletins(folder)
    assert any("not known" in record.getMessage() for record in caplog.records)
