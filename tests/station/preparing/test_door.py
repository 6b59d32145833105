"""The last door before the air: nothing passes that nobody stands for, whatever somebody tries."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from approvers import approve, approving_of, people_of
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

from broadcaster.asrun import Register, Store
from broadcaster.clock import SimulatedClock
from broadcaster.model import Priority, RegisterEvent
from broadcaster.playout import Reason
from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.prepared import PreparedFiles
from broadcaster.station.preparing.sealing import seal_of

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import PreparedProgramme
    from broadcaster.station.folder import StationFolder

ALL = ("01-mot", "02-hai", "03-ba")
CHIMED = WEEK.replace("[{bulletin: 02-hai}]", "[{ident: chuong}, {bulletin: 02-hai}]")
MANIFEST = "programmes/2026-11-23/1100-trua.json"


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    """A station that asks for approval, where everything is approved and prepared."""
    folder = small_station(tmp_path / "dai", settings=APPROVED, week=CHIMED)
    people_of(folder, DAY)
    approve(folder, DAY, *ALL)
    prepare(folder)
    return folder


def prepare(folder: StationFolder, slot: str = "trua") -> PreparedProgramme:
    maker = worker(folder)
    return maker.prepare(occurrence_of(maker, slot))


def taken(folder: StationFolder, slot: str = "trua", **when) -> PreparedProgramme | None:
    """What the player is given at the door."""
    occurrence = occurrence_of(worker(folder), slot)
    if when:
        occurrence = replace(occurrence, starts_at=occurrence.starts_at + timedelta(**when))
    return PreparedFiles(folder).get(occurrence)


def against(folder: StationFolder, slot: str = "trua") -> str:
    """Why the door keeps what lies ready; "" when it does not."""
    occurrence = occurrence_of(worker(folder), slot)
    found = manifest.load(manifest.files_for(folder, occurrence).manifest)
    assert found is not None
    passed = PreparedFiles(folder).examine(found[0], occurrence)
    return passed.code if isinstance(passed, Reason) else ""


def by_hand(folder: StationFolder, *statements: str) -> None:
    """Somebody who has the file changes rows in it."""
    with sqlite3.connect(folder.database, isolation_level=None) as db:
        db.execute("DROP TRIGGER register_no_update")
        db.execute("DROP TRIGGER register_no_delete")
        for statement in statements:
            db.execute(statement)
    db.close()


def test_what_was_approved_passes_and_names_its_approval(folder: StationFolder) -> None:
    """Each part knows the row under which it is heard; sounds and templates pass as a class."""
    prepare(folder, "sang")
    found = taken(folder, "sang")
    assert found is not None
    with approving_of(folder, DAY) as desk:
        rows = {i: str(desk.decisions.last_approval_of(i).id) for i in ALL}
    assert [s.approval for s in found.segments] == [
        "class", rows["01-mot"], "class", rows["02-hai"], "class", rows["03-ba"], "class"
    ]  # fmt: skip


def test_a_script_edited_one_byte_after_approval(folder: StationFolder) -> None:
    """What lay ready before the edit still is what was approved; the edited text is left out."""
    path = folder.scripts / "02-hai.txt"
    path.write_bytes(path.read_bytes().replace("hôm nay".encode(), "hôm naz".encode()))
    assert taken(folder) is not None
    assert prepare(folder).left_out[0].endswith("[changed-since-approval]")
    assert [s.approval for s in taken(folder).segments] == ["class"]


def test_a_lexicon_change_between_approval_and_air(folder: StationFolder) -> None:
    """The word list changes the reading, and with it the approval, of the texts that it touches."""
    folder.lexicon.write_text("hai\thải\n", encoding="utf-8")
    assert prepare(folder).left_out[0].endswith("[changed-since-approval]")
    prepare(folder, "sang")
    ids = [s.bulletin_id for s in taken(folder, "sang").segments if s.bulletin_id]
    assert ids == ["01-mot", "03-ba"]


def test_given_back_after_it_was_prepared(folder: StationFolder) -> None:
    """What lies ready is kept in as soon as the approver takes it back."""
    with approving_of(folder, DAY) as desk:
        desk.reject("02-hai", by="hoa", why="sai")
    assert against(folder) == "given-back"
    assert taken(folder) is None


def test_a_sound_file_replaced_by_another(folder: StationFolder) -> None:
    """Same name, same size, same time: the door knows that it is another sound."""
    audio = folder.programmes / "2026-11-23" / "1100-trua.wav"
    before = audio.stat()
    audio.write_bytes(bytes(byte ^ 1 for byte in audio.read_bytes()))
    os.utime(audio, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert against(folder) == "sound-replaced"
    assert taken(folder) is None


def test_a_manifest_that_claims_another_content(folder: StationFolder) -> None:
    """A part that names no content, or another bulletin, or is called a jingle, does not pass."""
    path = folder.audio_out / MANIFEST
    truth = json.loads(path.read_text(encoding="utf-8"))
    (number,) = [n for n, s in enumerate(truth["segments"]) if s["bulletin_id"]]
    for claim in (
        {"content_sha256": ""},
        {"content_sha256": "0" * 64},
        {"bulletin_id": "01-mot"},
        {"kind": "jingle", "content_sha256": ""},
        {"voice": "gtts:vi"},
    ):
        forged = json.loads(json.dumps(truth))
        forged["segments"][number] |= claim
        path.write_text(json.dumps(forged), encoding="utf-8")
        assert against(folder), claim


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register SET by = 'nam' WHERE event = 'approved'",
        "UPDATE register SET at = '2020-01-01T00:00:00.000000+00:00' WHERE event = 'approved'",
        "UPDATE register SET hash = 'x' WHERE event = 'approved'",
        "DELETE FROM register WHERE id = (SELECT max(id) - 1 FROM register)",
    ],
)
def test_the_database_edited_by_hand(folder: StationFolder, statement: str) -> None:
    """The chain shows it, and the door believes nothing that was approved before."""
    by_hand(folder, statement)
    assert against(folder) == "not-approved"
    with Store.open(folder.database, clock=SimulatedClock(DAY)) as store:
        assert Register(store).verify()


def test_a_rejection_taken_out_of_the_database(folder: StationFolder) -> None:
    """Whoever deletes the row of a rejection brings no approval back, once a row follows it."""
    with approving_of(folder, DAY) as desk:
        desk.reject("02-hai", by="hoa", why="sai")
    with approving_of(folder, DAY) as desk:
        desk.submit("01-mot", by="lan")
    by_hand(folder, "DELETE FROM register WHERE event = 'rejected'")
    assert against(folder) == "not-approved"


def test_an_approval_replayed_for_other_content(folder: StationFolder) -> None:
    """The row of one text, written again under another's name or hash, approves neither."""
    bulletin(folder, "02-hai", "Bản tin hai.\n\nMột bài khác hẳn.\n")
    with approving_of(folder, DAY) as desk:
        subject = desk.subject("02-hai")
        old = next(e for e in desk.register.entries() if e.subject == "02-hai")
        desk.register.append(
            RegisterEvent.APPROVED,
            "02-hai",
            by="hoa",
            content_sha256=subject.sha256,
            details=old.details,
        )
        assert desk.decisions.approval_of("02-hai", subject.sha256) is None
    assert prepare(folder).left_out[0].endswith("[changed-since-approval]")


def test_the_approver_removed_yesterday(folder: StationFolder) -> None:
    """A row in the name of somebody who may not decide any more opens nothing."""
    with approving_of(folder, DAY) as desk:
        desk.reject("02-hai", by="hoa", why="sai")
        desk.people.disable("hoa", by="quan.tri")
        old = next(
            e
            for e in desk.register.entries()
            if e.event == RegisterEvent.APPROVED and e.subject == "02-hai"
        )
        desk.register.append(
            RegisterEvent.APPROVED,
            "02-hai",
            by="hoa",
            content_sha256=old.content_sha256,
            details=old.details,
        )
    assert against(folder) == "given-back"
    prepare(folder, "sang")
    assert taken(folder, "sang") is not None  # what she approved while she might is heard


def test_two_bulletins_with_one_id(folder: StationFolder) -> None:
    """A file that takes the name of an approved bulletin does not take its approval."""
    bulletin(folder, "00-truoc", "---\nid: 02-hai\n---\nBản tin giả.\n\nNội dung giả.\n")
    assert prepare(folder).left_out[0].endswith("[changed-since-approval]")


def test_an_editor_cannot_lengthen_what_was_approved(folder: StationFolder) -> None:
    """The days that were approved are those on which it is heard, whatever its file says later."""
    text = "---\nvalid_until: {day}\n---\nBản tin hai.\n\nChỉ trong hai ngày.\n"
    bulletin(folder, "02-hai", text.format(day="2026-11-23"))
    approve(folder, DAY, "02-hai")
    bulletin(folder, "02-hai", text.format(day="2026-12-31"))
    assert prepare(folder).left_out == ()
    assert taken(folder) is not None
    maker = worker(folder)
    later = occurrence_of(maker, "trua")
    later = replace(later, starts_at=later.starts_at + timedelta(days=1))
    assert maker.prepare(later).left_out[0].endswith("[approval-over]")


def test_a_programme_from_before_the_approval_was_asked_for(folder: StationFolder) -> None:
    """Switched on, approval also holds for what lay ready before."""
    bulletin(folder, "02-hai", "Bản tin hai.\n\nChưa ai duyệt.\n")
    folder.config.write_text(APPROVED.replace("approval: true", ""), encoding="utf-8")
    prepare(folder)
    assert taken(folder) is not None
    folder.config.write_text(APPROVED, encoding="utf-8")
    assert against(folder) == "changed-since-approval"


def test_settings_that_cannot_be_read_open_nothing(folder: StationFolder) -> None:
    """Whoever breaks station.yaml does not switch approval off."""
    with approving_of(folder, DAY) as desk:
        desk.reject("02-hai", by="hoa", why="sai")
    folder.config.write_text("name: [", encoding="utf-8")
    occurrence = occurrence_of_plan(folder)
    assert PreparedFiles(folder).get(occurrence) is None


def occurrence_of_plan(folder: StationFolder):
    """The slot at noon, read while station.yaml is whole."""
    broken = folder.config.read_text(encoding="utf-8")
    folder.config.write_text(APPROVED, encoding="utf-8")
    occurrence = occurrence_of(worker(folder), "trua")
    folder.config.write_text(broken, encoding="utf-8")
    return occurrence


def test_a_voice_that_was_not_approved_does_not_speak(folder: StationFolder) -> None:
    """The voices of that day are bound; another rate is another rendition, and no other voice."""
    folder.config.write_text(APPROVED.replace("[tone]", "[espeak]"), encoding="utf-8")
    approve(folder, DAY, "02-hai")
    folder.config.write_text(APPROVED, encoding="utf-8")
    assert against(folder) == "voice-not-approved"
    folder.config.write_text(APPROVED.replace("[tone]", '["tone:vi rate=90"]'), encoding="utf-8")
    approve(folder, DAY, "02-hai")
    folder.config.write_text(APPROVED, encoding="utf-8")
    assert against(folder) == ""


def test_a_recording_that_a_week_names_must_be_approved_too(folder: StationFolder) -> None:
    """Words are words, whether they stand in a bulletin or only in a sound."""
    hum = worker(folder).assembler.find_asset("chuong").path.read_bytes()
    (folder.sounds / "loi-chao.wav").write_bytes(hum)
    schedule(folder, CHIMED.replace("{bulletin: 02-hai}", "{recording: loi-chao}"))
    assert prepare(folder).left_out[0].endswith("[not-approved]")
    approve(folder, DAY, "am-thanh/loi-chao")
    assert prepare(folder).left_out == ()
    assert taken(folder) is not None
    (folder.sounds / "loi-chao.wav").write_bytes(hum[:-2] + b"\x01\x00")
    assert prepare(folder).left_out[0].endswith("[changed-since-approval]")


def test_a_new_rendition_of_the_same_words_stays_approved(folder: StationFolder) -> None:
    """Spoken again otherwise it passes, and the log says that its approver heard other clips."""
    maker = worker(folder)
    maker.prepare_bulletin(maker.assembler.content.bulletins["02-hai"])
    with approving_of(folder, DAY) as desk:
        desk.reject("02-hai", by="hoa", why="nghe lại")
        desk.approve("02-hai", by="hoa")
    assert [s.is_new_rendition for s in prepare_and_take(folder)] == [False, False]
    for clip in other_clips(folder):
        seal_of(folder).stamp(clip)
    assert [s.is_new_rendition for s in prepare_and_take(folder)] == [False, True]


def test_a_clip_exchanged_in_the_cache_is_never_heard(folder: StationFolder) -> None:
    """Somebody lays other sounds under the names of approved sentences: they are made again, and
    what airs is what was approved."""
    before = taken(folder).audio_sha256
    assert other_clips(folder)
    shutil.rmtree(folder.programmes)
    prepare(folder)
    assert taken(folder).audio_sha256 == before


def other_clips(folder: StationFolder) -> list[Path]:
    """Every spoken sentence that is kept, exchanged for another sound."""
    clips = list((folder.cache / "speech").glob("??/*.wav"))
    for clip in clips:
        data = bytearray(clip.read_bytes())
        data[2000] ^= 1
        clip.write_bytes(data)
    return clips


def prepare_and_take(folder: StationFolder):
    prepare(folder)
    return taken(folder).segments


def test_an_emergency_is_approved_by_its_order(folder: StationFolder) -> None:
    """Nobody has to approve it before, and the log says under what it was heard."""
    bulletin(folder, "bao", "---\npriority: khẩn cấp\n---\nBão.\n\nBão sắp vào bờ.\n")
    maker = worker(folder)
    from broadcaster.station.preparing.emergency_sound import templates  # noqa: PLC0415

    (warning,) = templates(maker.assembler.content, DAY)
    assert warning.slot.priority is Priority.EMERGENCY
    maker.prepare(warning)
    found = PreparedFiles(folder).get(warning)
    assert found is not None
    assert {segment.approval for segment in found.segments} == {"order"}


def test_an_emergency_text_in_a_plain_programme_is_a_bulletin(folder: StationFolder) -> None:
    """What waits for an order of a person does not slip into the week unapproved."""
    bulletin(folder, "bao", "---\npriority: khẩn cấp\n---\nBão.\n\nBão sắp vào bờ.\n")
    schedule(folder, CHIMED.replace("{bulletin: 02-hai}", "{bulletin: bao}"))
    assert prepare(folder).left_out[0].endswith("[not-approved]")
