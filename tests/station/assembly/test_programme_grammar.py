"""What a listener hears of a programme's lines: headlines, features, notices, names, voices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from known_sounds import known_sound
from small_station import bulletin, occurrence_of, schedule, small_station, worker

from broadcaster.model import SegmentKind
from broadcaster.station.assembly.estimate import EstimatingSpeaker
from broadcaster.station.assembly.wording import fill, in_a_row
from broadcaster.station.settings.config import StationConfig

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.assembly.describe import Assembled
    from broadcaster.station.folder import StationFolder

WEEK = """
programmes:
  p:
    title: Tin
{keys}
    segments:
{lines}
slots:
  - {{id: sang, days: hằng ngày, at: 05:30, programme: p, max: 1h}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = small_station(tmp_path / "dai")
    for name in ("mot", "hai", "ba"):
        number = ("mot", "hai", "ba").index(name) + 1
        bulletin(folder, f"0{number}-{name}", f"---\ntitle: Tin {name}\n---\nNội dung {name}.\n")
    return folder


class Asked(EstimatingSpeaker):
    """Remembers what it was asked to say, and with whose voice."""

    def speak(self, sentences, *, voice="", **more):
        said.append((" ".join(s.spoken for s in sentences), voice))
        return super().speak(sentences, voice=voice, **more)


said: list[tuple[str, str]] = []


def assembled(folder: StationFolder, lines: str, *, keys: str = "", **values) -> Assembled:
    """The programme of these lines with estimated lengths; ``said`` has what was spoken."""
    body = "\n".join(f"      {line}" for line in lines.splitlines())
    more = "\n".join(f"    {line}" for line in keys.splitlines())
    schedule(folder, WEEK.format(lines=body, keys=more))
    maker = worker(folder, **values)
    assert maker.assembler.content.problems == ()
    assembler = replace(maker.assembler, speaker=Asked(), find_asset=known_sound)
    said.clear()
    return assembler.assemble(occurrence_of(maker, "sang"))


def kinds(found: Assembled) -> list[str]:
    return [s.bulletin_id or s.kind.value for s in found.programme.segments]


def words(found: Assembled, kind: SegmentKind) -> str:
    clips = (s.clips for s in found.programme.segments if s.kind is kind)
    return " ".join(clip.text for part in clips for clip in part)


# -- headlines ----------------------------------------------------------------------------

NEWS = "- headlines: Sau đây là những tin chính.\n- bulletins: {most: 3}"


def test_headlines_are_the_titles_of_what_follows(folder: StationFolder) -> None:
    """The introduction, then each title with a pause after it, in one voice and one row."""
    found = assembled(folder, NEWS)
    assert kinds(found) == ["headlines", "01-mot", "02-hai", "03-ba"]
    (headlines, *_items) = found.programme.segments
    texts = [clip.text for clip in headlines.clips]
    assert texts[0] == "Sau đây là những tin chính."
    assert [text.rstrip(".") for text in texts[1:]] == ["Tin mot", "Tin hai", "Tin ba"]
    assert min(clip.pause_after_ms for clip in headlines.clips[1:]) >= 800


def test_what_is_not_in_is_not_in_the_headlines(folder: StationFolder) -> None:
    """A bulletin that cannot be heard today is not promised."""
    bulletin(folder, "02-hai", "---\nlanguage: raglai\n---\nHai.\n\nKhông có bản thu.\n")
    found = assembled(folder, "- headlines: Tin chính.\n- bulletin: 01-mot\n- bulletin: 02-hai")
    assert "hai" not in words(found, SegmentKind.HEADLINES)


def test_without_titles_there_is_no_introduction(folder: StationFolder) -> None:
    """Nobody announces news when there are none; a slogan is none."""
    text = "---\nkind: khẩu hiệu\n---\nKhẩu hiệu.\n\nLàm ngay.\n"
    bulletin(folder, "01-mot", text)
    found = assembled(folder, "- headlines: Tin chính.\n- bulletin: 01-mot")
    assert kinds(found) == ["01-mot"]


def test_a_file_s_name_is_no_headline(folder: StationFolder) -> None:
    """A bulletin without a title airs, and nobody reads the name of its file aloud."""
    bulletin(folder, "02-hai", "Xã họp dân.\n\nHọp xong thì về.\n")
    found = assembled(folder, NEWS)
    assert kinds(found) == ["headlines", "01-mot", "02-hai", "03-ba"]
    assert "hai" not in words(found, SegmentKind.HEADLINES)


def test_headlines_may_be_of_some_kinds_only(folder: StationFolder) -> None:
    """Which titles are read can be chosen, and how many."""
    lines = "- headlines: {text: Tin chính., most: 1}\n- bulletins: {most: 3}"
    assert "hai" not in words(assembled(folder, lines), SegmentKind.HEADLINES)


# -- features -----------------------------------------------------------------------------

FEATURE = """- greeting: Xin chào.
- feature:
    title: Cải cách hành chính
    signature: nhac-chuyen-muc
    segments:
      - greeting: Mời nghe chuyên mục.
      - bulletin: 02-hai"""


def test_a_feature_has_its_signature_before_and_after(folder: StationFolder) -> None:
    """The signature opens and closes the feature, and the log calls it by the feature's title."""
    found = assembled(folder, FEATURE)
    order = ["greeting", "signature", "greeting", "02-hai", "signature"]
    assert kinds(found) == order
    titles = {s.title for s in found.programme.segments if s.kind is SegmentKind.SIGNATURE}
    assert titles == {"Cải cách hành chính"}


def test_a_feature_without_its_bulletin_is_not_announced(folder: StationFolder) -> None:
    """Where its bulletin is missing today, the signature and the words of the feature go too."""
    bulletin(folder, "02-hai", "---\nvalid_until: 2026-11-22\n---\nHai.\n\nĐã cũ.\n")
    found = assembled(folder, FEATURE)
    assert kinds(found) == ["greeting"]
    assert [reason.endswith("[bulletin-not-valid]") for reason in found.left_out] == [True]


def test_a_chime_that_announces_nothing_is_silent(folder: StationFolder) -> None:
    """A jingle before a bulletin is not heard when the bulletin is not."""
    lines = "- bulletin: 01-mot\n- jingle: chuong\n- bulletins: {topic: [khong-co]}"
    assert kinds(assembled(folder, lines)) == ["01-mot"]


# -- times --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matter", "line", "times"),
    [
        ("kind: thông báo", "- bulletin: 01-mot", 2),
        ("kind: Thông Báo\nrepeat: 1", "- bulletin: 01-mot", 1),
        ("kind: thông báo", "- bulletin: 01-mot\n  times: 1", 1),
        ("repeat: 2", "- bulletins: {most: 1, times: 3}", 3),
        ("kind: tin", "- bulletin: 01-mot", 1),
    ],
)
def test_how_often_it_is_read(folder: StationFolder, matter: str, line: str, times: int) -> None:
    """The line decides, then the bulletin, and a notice is read twice unless they say otherwise."""
    bulletin(folder, "01-mot", f"---\n{matter}\n---\nBản tin mot.\n\nNội dung.\n")
    (segment,) = assembled(folder, line).programme.segments
    assert [clip.text for clip in segment.clips].count("Nội dung.") == times


# -- names --------------------------------------------------------------------------------

CLOSING = "- bulletin: 01-mot\n- closing: Biên tập {editors}; đọc {announcers}; bài của {authors}."


def test_a_closing_names_who_made_it(folder: StationFolder) -> None:
    """Editors and announcers of the programme, and the authors of what aired in it."""
    bulletin(folder, "01-mot", "---\nauthor: bác Sáu\n---\nMột.\n\nNội dung.\n")
    bulletin(folder, "02-hai", "---\nauthor: bác Bảy\n---\nHai.\n\nNội dung.\n")
    keys = "editors: [chị Hoa, anh Bình]\nannouncers: chị Lan"
    heard = words(assembled(folder, CLOSING, keys=keys), SegmentKind.CLOSING)
    assert "chị Hoa và anh Bình" in heard
    assert "chị Lan" in heard
    assert "bác Sáu" in heard
    assert "bác Bảy" not in heard


def test_where_nobody_is_named_the_role_is(folder: StationFolder) -> None:
    """A programme without names thanks the editors and the announcer by their roles."""
    heard = words(assembled(folder, CLOSING), SegmentKind.CLOSING)
    assert "ban biên tập" in heard
    assert "phát thanh viên" in heard


def test_names_in_a_row() -> None:
    """One, two, three names, and nobody twice."""
    assert in_a_row([]) == ""
    assert in_a_row(["A"]) == "A"
    assert in_a_row(["A", "B", "A"]) == "A và B"
    assert in_a_row(["A", "B", "C"]) == "A, B và C"


def test_a_greeting_may_say_the_lunar_day(folder: StationFolder) -> None:
    """The day in both calendars, where the greeting asks for it."""
    occurrence = occurrence_of(worker(folder), "sang")
    text = fill("Ngày {day}, tức ngày {lunar}", StationConfig(name="Đài"), occurrence)
    assert text == "Ngày 23, tức ngày rằm tháng mười năm Bính Ngọ"


# -- voices -------------------------------------------------------------------------------


def test_two_voices_take_turns(folder: StationFolder) -> None:
    """News are read by two voices in turn, but a bulletin with a voice of its own keeps it."""
    bulletin(folder, "03-ba", "---\nvoice: tone:ba\n---\nBa.\n\nNội dung.\n")
    bulletin(folder, "04-bon", "Bốn.\n\nNội dung.\n")
    assembled(folder, "- bulletins: {voices: [tone:a, tone:b], most: 4}")
    assert [voice for _text, voice in said] == ["tone:a", "tone:b", "tone:ba", "tone:b"]


# -- beds ---------------------------------------------------------------------------------


def test_a_bed_lies_under_speech(folder: StationFolder) -> None:
    """Every spoken part has the programme's bed under it, and the ident has none."""
    lines = "- ident: nhac-hieu\n- greeting: Chào.\n- bulletin: 01-mot"
    ident, *speech = assembled(folder, lines, keys="bed: nhac-nen").programme.segments
    assert ident.bed is None
    assert {s.bed.level_db for s in speech if s.bed} == {-18.0}
    assert all(s.bed for s in speech)


def test_a_missing_bed_costs_the_bed(folder: StationFolder) -> None:
    """The bulletins are read without music, and the log says once what is missing."""
    lines = "- greeting: Chào.\n- bulletin: 01-mot"
    found = assembled(folder, lines, keys="bed: khong-co")
    assert kinds(found) == ["greeting", "01-mot"]
    assert [reason.endswith("[missing-asset]") for reason in found.left_out] == [True]


# -- turns --------------------------------------------------------------------------------


def test_what_aired_yesterday_waits(folder: StationFolder) -> None:
    """What the log remembers decides whose turn it is."""
    yesterday = {"01-mot": date(2026, 11, 22)}
    found = assembled(folder, "- bulletins: {most: 2}", aired=lambda _occurrence: yesterday)
    assert kinds(found) == ["02-hai", "03-ba"]


def test_what_is_named_below_is_not_chosen_above(folder: StationFolder) -> None:
    """A bulletin that a later line names is kept for that line."""
    found = assembled(folder, "- bulletins: {most: 1}\n- bulletin: 01-mot")
    assert kinds(found) == ["02-hai", "01-mot"]
