"""The relays of station.yaml, of a week's file, and what becomes of them in a programme."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from small_station import DAY, schedule, small_station

from broadcaster.clock import SystemClock
from broadcaster.model import SegmentKind
from broadcaster.schedule import rundown
from broadcaster.station.air.relays import Relays
from broadcaster.station.assembly.estimate import estimate_programme, estimating_assembler
from broadcaster.station.assembly.glance import glance
from broadcaster.station.check.check import check_station
from broadcaster.station.check.relays import relay_findings
from broadcaster.station.content.content import load_content
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.load import load_config
from broadcaster.station.settings.relays import RelaySettings, relays_text

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.station.assembly.assemble import Assembler
    from broadcaster.station.settings.config import StationConfig

SETTINGS = """
name: Đài xã Mẫu
commune: xã Mẫu
voices: [espeak]
output: "null"
fallback: du-phong
relays:
  vov1: {url: "http://127.0.0.1:9/vov1.mp3", title: VOV1}
"""
WEEK = """
programmes:
  tin:
    title: Tin trong ngày
    segments:
      - ident: nhac-hieu
LINE
      - closing: "Xin chào {commune}."
  du-phong: {title: Dự phòng, segments: [{jingle: chuong}]}
slots:
  - {id: sang, days: hằng ngày, at: 05:30, programme: tin, max: MOST}
"""


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai", settings=SETTINGS)


def week(folder: StationFolder, line: str, *, most: str = "1h") -> None:
    text = "\n".join(f"      {row}" for row in line.splitlines())
    schedule(folder, WEEK.replace("LINE", text).replace("MOST", most))


def codes(folder: StationFolder) -> list[str]:
    return [problem.code for problem in check_station(folder)]


def estimated(folder: StationFolder) -> PreparedProgramme:
    assembler = quick(folder)
    return estimate_programme(assembler, occurrence(assembler))


def quick(folder: StationFolder) -> Assembler:
    """Nothing is spoken or composed: lengths are enough."""
    config, _problems = load_config(folder)
    assert config is not None
    content = load_content(folder, config)
    return estimating_assembler(folder, config, content, find_asset=glance(folder))


def occurrence(assembler: Assembler) -> Occurrence:
    plans = assembler.content.plans
    return next(o for o in rundown(plans, DAY.date()).occurrences() if o.slot.id == "sang")


def relay_of(programme: PreparedProgramme) -> tuple[int, int]:
    (part,) = [part for part in programme.segments if part.kind is SegmentKind.RELAY]
    return part.start_ms, part.end_ms


def read(root: Path, text: str) -> tuple[StationConfig, list[str]]:
    (root / "station.yaml").write_text(f"name: Đài\n{text}\n", encoding="utf-8")
    config, problems = load_config(StationFolder(root))
    assert config is not None
    return config, [problem.code for problem in problems]


def test_an_address_has_a_name(tmp_path: Path) -> None:
    """An address alone, or one with a title and a second address; `config` writes them back."""
    config, problems = read(
        tmp_path,
        'relays:\n  vov1: "http://a.vn/1"\n'
        '  tinh: {url: "https://b.vn/x.m3u8", title: Đài tỉnh, backup: "http://c.vn:8000/x"}',
    )
    assert problems == []
    vov1, tinh = config.relays
    assert vov1 == RelaySettings(name="vov1", url="http://a.vn/1", title="vov1")
    assert tinh.urls == ("https://b.vn/x.m3u8", "http://c.vn:8000/x")
    again, problems = read(tmp_path, f"relays: {relays_text(config.relays)}")
    assert (again.relays, problems) == (config.relays, [])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("file:///etc/passwd", "bad-relay-address"),
        ("rtmp://a.vn/1", "bad-relay-address"),
        ("a.vn/1", "bad-relay-address"),
        ("http://", "bad-relay-address"),
        ("http://[x/1", "bad-relay-address"),
        ("http://a.vn:99999/", "bad-relay-address"),
        ("http://a.vn/1 -f null", "bad-relay-address"),
        ("http://ten:mat-khau@a.vn/1", "password-in-settings"),
    ],
)
def test_what_is_no_address(tmp_path: Path, address: str, code: str) -> None:
    """Only open http and https addresses are taken, and no sentence repeats a password."""
    for text in (f'relays: {{x: "{address}"}}', f'relays: {{x: {{url: "{address}"}}}}'):
        config, problems = read(tmp_path, text)
        assert (config.relays, problems) == ((), [code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("relays: http://a.vn", "bad-relays"),
        ("relays: {x: {title: A}}", "missing-key"),
        ("relays: {x: {url: 'http://a.vn', adress: b}}", "unknown-key"),
        ("relays: {'a b': 'http://a.vn'}", "bad-id"),
    ],
)
def test_what_is_no_relay(tmp_path: Path, text: str, code: str) -> None:
    """A slip costs that relay, and says where it is."""
    config, problems = read(tmp_path, text)
    assert code in problems
    assert len(config.relays) <= 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("- relay: vov1", "relay-end"),
        ("- {relay: vov1, for: 5m, until: 06:00}", "relay-end"),
        ("- {relay: vov1, for: 2s}", "bad-duration"),
        ("- {relay: vov1, until: 25h}", "bad-time"),
        ("- {relay: vov2, for: 5m}", "unknown-relay"),
        ("- {relay: vov1, for: 5m, fallback: khong-co}", "missing-asset"),
        ("- {relay: vov1, for: 90m}", "relay-over-max"),
        ("- {relay: vov1, until: 07:00}", "relay-over-max"),
        ("- {music: nhac-nen, until: 06:00}", "misplaced-key"),
        ("- feature:\n    segments:\n      - {relay: vov1, for: 5m}", "misplaced-line"),
    ],
)
def test_what_the_check_tells(folder: StationFolder, line: str, code: str) -> None:
    """A relay without an end, of an unknown name, longer than its slot, in the wrong place."""
    week(folder, line)
    assert code in codes(folder)


@pytest.mark.parametrize("line", ["- {relay: vov1, for: 20m}", "- {relay: vov1, until: 06:00}"])
def test_a_good_relay_is_told_nothing_of(folder: StationFolder, line: str) -> None:
    """A relay that fits is no problem."""
    week(folder, line)
    assert codes(folder) == []


def test_so_long(folder: StationFolder) -> None:
    """`for` is the length of the relay to the millisecond; its sound has that length too."""
    week(folder, "- {relay: vov1, for: 20m}")
    begins, ends = relay_of(estimated(folder))
    assert ends - begins == 20 * 60_000


def test_until_a_time_of_day(folder: StationFolder) -> None:
    """`until` ends at that time of day, whatever comes before it."""
    week(folder, "- {relay: vov1, until: 06:00}")
    assert relay_of(estimated(folder))[1] == 30 * 60_000
    week(folder, '- greeting: "Xin chào bà con xã nhà."\n- {relay: vov1, until: 06:00}')
    assert relay_of(estimated(folder))[1] == 30 * 60_000


def test_after_midnight(folder: StationFolder) -> None:
    """`until` may lie on the next day."""
    week(folder, "- {relay: vov1, until: 00:10}", most="30m")
    text = (folder.schedules / "tuan.yaml").read_text().replace("05:30", "23:50")
    schedule(folder, text)
    assert relay_of(estimated(folder))[1] == 20 * 60_000


def test_a_relay_gives_way(folder: StationFolder) -> None:
    """Thirty minutes of relay in a slot of thirty minutes leave room for ident and closing."""
    week(folder, "- {relay: vov1, for: 30m}", most="30m")
    programme = estimated(folder)
    begins, ends = relay_of(programme)
    assert programme.duration_ms <= 30 * 60_000
    assert ends - begins > 29 * 60_000
    assert programme.segments[-1].kind is SegmentKind.CLOSING


def test_over_before_it_begins(folder: StationFolder) -> None:
    """A relay whose end lies before its beginning is left out, and the programme says so."""
    week(folder, "- silence: 10m\n- {relay: vov1, until: 05:35}")
    programme = estimated(folder)
    assert any("[relay-over]" in reason for reason in programme.left_out)
    assert not [part for part in programme.segments if part.kind is SegmentKind.RELAY]


def test_an_unknown_relay_is_music(folder: StationFolder) -> None:
    """Where the station has no such address, its music is heard and the log calls it music."""
    week(folder, "- {relay: vov9, for: 5m}")
    programme = estimated(folder)
    assert any("[unknown-relay]" in reason for reason in programme.left_out)
    assert [part.kind for part in programme.segments][1] is SegmentKind.MUSIC


def test_music_that_is_missing(folder: StationFolder) -> None:
    """A fallback that is not there costs nobody the relay: built-in music stands in."""
    week(folder, "- {relay: vov1, for: 5m, fallback: khong-co}")
    begins, ends = relay_of(estimated(folder))
    assert ends - begins == 5 * 60_000


FALLBACK = "fallback: {music: nhac-nen, bulletins: {most: 2, between: chuong}}"


def test_bulletins_that_stand_in(folder: StationFolder) -> None:
    """Whole bulletins, then music, stand in for a relay; together they last as long as it."""
    week(folder, f"- {{relay: vov1, for: 20m, {FALLBACK}}}\n- bulletins: {{most: 1}}")
    assert codes(folder) == []
    parts = [part for part in estimated(folder).segments if part.relay]
    assert [str(part.kind) for part in parts] == ["speech", "jingle", "speech", "relay"]
    assert parts[-1].end_ms - parts[0].start_ms == 20 * 60_000
    heard = [part.bulletin_id for part in estimated(folder).segments if not part.relay]
    chosen = {part.bulletin_id for part in parts if part.bulletin_id}
    assert len([name for name in heard if name]) == 1  # what the station's own line left
    assert not chosen & set(heard)


def test_the_stations_own_bulletins_come_first(folder: StationFolder) -> None:
    """What stands in for a relay is chosen from what no other line airs, as it is seldom heard."""
    week(folder, f"- {{relay: vov1, for: 20m, {FALLBACK}}}\n- bulletins: {{most: 3}}")
    parts = [part for part in estimated(folder).segments if part.relay]
    assert [str(part.kind) for part in parts] == ["relay"]


def test_no_room_for_bulletins(folder: StationFolder) -> None:
    """A short relay has only music; half a bulletin would be worse."""
    week(folder, f"- {{relay: vov1, for: 12s, {FALLBACK}}}")
    parts = [part for part in estimated(folder).segments if part.relay]
    assert [str(part.kind) for part in parts] == ["relay"]
    assert parts[0].end_ms - parts[0].start_ms == 12_000


def test_what_the_process_is_told(folder: StationFolder, tmp_path: Path) -> None:
    """The relay's process learns where bulletins begin and where the music does."""
    week(folder, f"- {{relay: vov1, until: 06:00, {FALLBACK}}}")
    maker = quick(folder)
    airing = occurrence(maker)
    programme = replace(estimated(folder), audio=tmp_path / "a.wav")
    relays = Relays(maker.config, SystemClock())
    feed = relays.live_for(airing, programme)
    assert relays.live_for(airing, programme) is feed
    (leg,) = feed.legs
    assert leg.first == leg.entries[0] < leg.entries[1] < leg.music < leg.last == 30 * 60 * 50
    assert relays.live_for(airing, replace(programme, audio=None)) is None


def test_a_day_without_music(folder: StationFolder) -> None:
    """On a day of mourning the relay stays, and no music stands in for it."""
    week(folder, "- {relay: vov1, for: 5m}")
    text = (folder.schedules / "tuan.yaml").read_text()
    schedule(folder, text + "exceptions:\n  - {date: 2026-11-23, music: false}\n")
    maker = quick(folder)
    assembled = maker.assemble(occurrence(maker))
    ident, relay, _closing = assembled.programme.segments
    assert relay.length_ms == 5 * 60_000
    assert relay.clips == ident.clips


def test_the_self_check_tries_each_address() -> None:
    """Each address has a line; one that never answers does not hold up the others."""
    relays = (
        RelaySettings(name="a", url="http://a/1", title="VOV1", backup="http://a/2"),
        RelaySettings(name="b", url="http://b/1", title="Tỉnh"),
    )
    asked: list[str] = []
    never = threading.Event()

    def listen(url: str) -> str:
        asked.append(url)
        if url.startswith("http://b"):
            never.wait(5)
        return "404" if url.endswith("2") else ""

    found = list(relay_findings(relays, listen=listen, patience_s=0.3))
    never.set()
    assert [finding.ok for finding in found] == [True, False, False]
    assert sorted(asked) == ["http://a/1", "http://a/2", "http://b/1"]
