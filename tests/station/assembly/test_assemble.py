"""Recipe and day → segments: what is in a programme, and what was left out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from approvers import approve, people_of
from small_station import (
    APPROVED,
    DAY,
    WEEK,
    bulletin,
    occurrence_of,
    schedule,
    small_station,
    worker,
)

from broadcaster.errors import SpeechError
from broadcaster.model import SegmentKind
from broadcaster.programme import cue_sheet
from broadcaster.schedule.placeholders import PLACEHOLDERS
from broadcaster.station.assembly.describe import describe
from broadcaster.station.assembly.estimate import EstimatingSpeaker
from broadcaster.station.assembly.wording import fill
from broadcaster.station.preparing import manifest
from broadcaster.station.settings.config import StationConfig

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.assembly.assemble import Assembler
    from broadcaster.station.assembly.describe import Assembled
    from broadcaster.station.folder import StationFolder

CHOICE = "      - bulletins: {most: 3, between: chuong}\n"


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def assembled(folder: StationFolder, slot: str = "sang", **values) -> Assembled:
    maker = worker(folder, **values)
    return maker.assembler.assemble(occurrence_of(maker, slot))


def titles(found: Assembled) -> list[str]:
    return [
        segment.bulletin_id or segment.title or segment.kind for segment in found.programme.segments
    ]


def test_a_programme_in_its_order(folder: StationFolder) -> None:
    """Greeting, three bulletins with a chime between two, closing; nothing is left out."""
    found = assembled(folder)
    order = ["greeting", "01-mot", "chuong", "02-hai", "chuong", "03-ba", "closing"]
    assert titles(found) == order
    assert found.left_out == ()
    assert {s.voice.partition(":")[0] for s in found.programme.segments} == {"tone", ""}


def test_a_greeting_says_the_day(folder: StationFolder) -> None:
    """The placeholders of a greeting are filled in for that start, and read as words."""
    found = assembled(folder)
    said = " ".join(clip.text for clip in found.programme.segments[0].clips)
    assert "thứ Hai" in said
    assert "hai mươi ba" in said


def test_every_placeholder_of_the_schedule_can_be_filled(folder: StationFolder) -> None:
    """Whatever the check lets pass in braces, the greeting can say."""
    config = StationConfig(name="Đài")
    for name in PLACEHOLDERS:
        assert "{" not in fill("{" + name + "}", config, occurrence_of(worker(folder), "sang"))


def test_a_bulletin_that_a_line_names_is_not_chosen_again(folder: StationFolder) -> None:
    """What was aired by name in a programme is not read a second time by choice."""
    schedule(folder, WEEK.replace(CHOICE, "      - bulletin: 02-hai\n" + CHOICE))
    assert titles(assembled(folder)).count("02-hai") == 1


def test_what_was_set_aside_is_told_and_its_place_taken(folder: StationFolder) -> None:
    """A bulletin in quarantine costs itself only: the others are read, the log says which."""
    sha256 = worker(folder).assembler.content.bulletins["02-hai"].sha256
    found = assembled(folder, set_aside={sha256: "it crashed"})
    assert titles(found) == ["greeting", "01-mot", "chuong", "03-ba", "closing"]
    assert [reason.endswith("it crashed [set-aside]") for reason in found.left_out] == [True]


def test_an_edited_text_is_a_new_chance(folder: StationFolder) -> None:
    """The quarantine knows the text, not the file: the mended bulletin is read again."""
    sha256 = worker(folder).assembler.content.bulletins["02-hai"].sha256
    bulletin(folder, "02-hai", "Bản tin hai.\n\nNội dung đã sửa.\n")
    assert "02-hai" in titles(assembled(folder, set_aside={sha256: "it crashed"}))


class Choosy(EstimatingSpeaker):
    """A voice that cannot say one word."""

    def speak(self, sentences, **values):
        if any("của bản tin hai" in s.text for s in sentences):
            raise SpeechError("this one cannot be said", hint="try another voice")
        return super().speak(sentences, **values)


def test_a_bulletin_that_no_voice_can_say(folder: StationFolder) -> None:
    """It is left out with the reason, and no chime sounds twice in its place."""
    maker = worker(folder)
    found = choosy(maker.assembler).assemble(occurrence_of(maker, "sang"))
    assert titles(found) == ["greeting", "01-mot", "chuong", "03-ba", "closing"]
    (reason,) = found.left_out
    assert "cannot be said" in reason
    assert reason.endswith("[not-rendered]")


def choosy(assembler: Assembler) -> Assembler:
    return replace(assembler, speaker=Choosy())


class Mute(EstimatingSpeaker):
    """Every voice is gone."""

    def speak(self, _sentences, **_values):
        raise SpeechError("no voice could speak")


def test_music_alone_is_no_programme(folder: StationFolder) -> None:
    """When no voice can say any of the words, nothing new is made: the last good one airs."""
    maker = worker(folder)
    good = maker.prepare(occurrence_of(maker, "sang"))
    mute = replace(maker, assembler=replace(maker.assembler, speaker=Mute()))
    with pytest.raises(SpeechError):
        mute.prepare(occurrence_of(maker, "sang"))
    kept = manifest.load(manifest.files_for(folder, occurrence_of(maker, "sang")).manifest)
    assert kept is not None
    assert kept[0] == good


def test_what_is_at_hand_is_known(folder: StationFolder) -> None:
    """Before each bulletin its text is noted, and after it nothing is at hand, come what may."""
    noted: list[str] = []
    maker = worker(folder, take_up=noted.append)
    choosy(maker.assembler).assemble(occurrence_of(maker, "sang"))
    known = [b.sha256 for b in maker.assembler.content.bulletins.values()]
    assert noted == [known[0], "", known[1], "", known[2], ""]


def test_a_crash_leaves_the_bulletin_at_hand(folder: StationFolder) -> None:
    """An error that nobody foresaw is the bulletin's that was at hand."""

    class Crash(EstimatingSpeaker):
        def speak(self, sentences, **values):
            raise IndexError("a bug in foreign code")

    noted: list[str] = []
    maker = worker(folder, take_up=noted.append)
    with pytest.raises(IndexError):
        replace(maker.assembler, speaker=Crash()).assemble(occurrence_of(maker, "trua"))
    assert noted == [maker.assembler.content.bulletins["02-hai"].sha256]


def test_a_missing_bulletin_is_told(folder: StationFolder) -> None:
    """A line that names nothing costs that line."""
    schedule(folder, WEEK.replace(CHOICE, "      - bulletin: khong-co\n"))
    found = assembled(folder)
    assert titles(found) == ["greeting", "closing"]
    assert found.left_out[0].endswith("[missing-bulletin]")


def test_an_expired_bulletin_is_told(folder: StationFolder) -> None:
    """What is not valid on the day is not heard on the day, though a line names it."""
    bulletin(folder, "02-hai", "---\nvalid_until: 2026-11-22\n---\nBản tin hai.\n\nĐã cũ.\n")
    found = assembled(folder, "trua")
    assert titles(found) == []
    assert found.left_out[0].endswith("[bulletin-not-valid]")


def test_a_missing_sound_is_told(folder: StationFolder) -> None:
    """A sound that is not there costs its line, and the reason names no folder of the machine."""
    schedule(folder, WEEK.replace(CHOICE, "      - music: khong-co\n"))
    found = assembled(folder)
    assert titles(found) == ["greeting", "closing"]
    assert found.left_out[0].endswith("[missing-asset]")
    assert str(folder.root) not in found.left_out[0]


def test_a_missing_chime_costs_no_bulletin(folder: StationFolder) -> None:
    """Bulletins are read though the sound between them is missing."""
    schedule(folder, WEEK.replace("between: chuong", "between: khong-co"))
    assert titles(assembled(folder)) == ["greeting", "01-mot", "02-hai", "03-ba", "closing"]


def test_only_approved_bulletins_where_the_station_asks_for_it(folder: StationFolder) -> None:
    """With approval on, what nobody approved is silent; that its file claims it helps nothing."""
    folder.config.write_text(APPROVED, encoding="utf-8")
    people_of(folder, DAY)
    bulletin(folder, "02-hai", "---\napproved_by: Chủ tịch\n---\nBản tin hai.\n\nTự xưng.\n")
    approve(folder, DAY, "03-ba")
    assert titles(assembled(folder)) == ["greeting", "03-ba", "closing"]
    assert assembled(folder, "trua").left_out[0].endswith("[not-approved]")


def test_a_draft_is_silent_everywhere(folder: StationFolder) -> None:
    """What its file calls a draft airs nowhere, whether the station asks for approval or not."""
    bulletin(folder, "02-hai", "---\ndraft: true\n---\nBản tin hai.\n\nChưa viết xong.\n")
    assert titles(assembled(folder)) == ["greeting", "01-mot", "chuong", "03-ba", "closing"]
    assert assembled(folder, "trua").left_out[0].endswith("[draft]")


def test_an_approver_hears_a_bulletin_before_it_is_approved(folder: StationFolder) -> None:
    """What may not air yet can be rendered alone, to be listened to."""
    folder.config.write_text(APPROVED, encoding="utf-8")
    maker = worker(folder)
    waiting = maker.assembler.content.bulletins["01-mot"]
    assert maker.prepare_bulletin(waiting).segments[0].bulletin_id == "01-mot"


def test_another_language_needs_a_recording(folder: StationFolder) -> None:
    """No Vietnamese voice reads another language."""
    bulletin(folder, "02-hai", "---\nlanguage: en\n---\nA notice.\n\nOf today.\n")
    assert assembled(folder, "trua").left_out[0].endswith("[needs-recording]")


def test_a_notice_is_read_twice(folder: StationFolder) -> None:
    """`repeat: 2` reads it twice in a row, in one segment."""
    once = assembled(folder, "trua").programme.segments[0]
    bulletin(
        folder,
        "02-hai",
        "---\nrepeat: 2\n---\nBản tin hai.\n\nNội dung của bản tin hai hôm nay.\n",
    )
    (twice,) = assembled(folder, "trua").programme.segments
    assert [clip.path for clip in twice.clips] == [clip.path for clip in once.clips] * 2


def test_the_facts_of_a_notice_are_said_again(folder: StationFolder) -> None:
    """`repeat_facts: true` says at its end once more what a listener writes down."""
    text = "Xã họp dân.\n\nHọp lúc 7h ngày 5/9.\n\nMời bà con.\n"
    bulletin(folder, "02-hai", f"---\nrepeat_facts: true\n---\n{text}")
    (segment,) = assembled(folder, "trua").programme.segments
    fact = "Họp lúc bảy giờ ngày năm tháng chín."
    said = ["Xã họp dân.", fact, "Mời bà con.", "Xin nhắc lại.", fact]
    assert [clip.text for clip in segment.clips] == said


def test_a_text_without_words_is_left_out(folder: StationFolder) -> None:
    """Only punctuation: nothing to say, and nothing breaks."""
    schedule(folder, WEEK.replace("Xin chào {commune}.", "… !"))
    found = assembled(folder)
    assert titles(found)[-1] == "03-ba"
    assert len(found.left_out) == 1


def test_silence_is_not_in_the_log(folder: StationFolder) -> None:
    """A pause between two parts is heard as silence, and the log does not list it."""
    schedule(folder, WEEK.replace(CHOICE, "      - silence: 2s\n" + CHOICE))
    found = assembled(folder)
    sheet = cue_sheet(found.programme)
    assert SegmentKind.SILENCE in {s.kind for s in found.programme.segments}
    described = describe(found, sheet)
    assert SegmentKind.SILENCE not in {s.kind for s in described.segments}
    assert described.duration_ms == sheet.duration_ms
