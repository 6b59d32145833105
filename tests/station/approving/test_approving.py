"""Deciding what may be heard: who may, on what, and what undoes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from approvers import PASSWORD, approving_of, people_of
from small_station import APPROVED, DAY, SETTINGS, bulletin, small_station, worker

from broadcaster.approval import Action
from broadcaster.model import ApprovalState, Role
from broadcaster.script import load_lexicon
from broadcaster.station.approving import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.station.approving import Approving
    from broadcaster.station.folder import StationFolder

RATE = 48_000
MINE = "---\nauthor: Hoa\n---\nBản tin của tôi.\n\nNội dung của tôi.\n"


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    """Three bulletins, and four people with a role each."""
    folder = small_station(tmp_path / "dai")
    people_of(folder, DAY)
    return folder


@pytest.fixture
def desk(folder: StationFolder) -> Iterator[Approving]:
    with approving_of(folder, DAY) as approving:
        yield approving


def record(path: Path, *, loudness: float = 0.3) -> None:
    """A second of a hum."""
    hum = loudness * np.sin(np.arange(RATE) / 40)
    soundfile.write(path, hum, RATE, subtype="PCM_16")


def ids(standings) -> list[str]:
    return [standing.bulletin_id for standing in standings]


def test_what_waits_is_listed_until_it_is_decided(desk: Approving) -> None:
    """Approved and given back, a bulletin waits no more."""
    assert ids(desk.pending()) == ["01-mot", "02-hai", "03-ba"]
    assert desk.approve("01-mot", by="hoa").state is ApprovalState.APPROVED
    rejected = desk.reject("02-hai", by="hoa", why="sai ngày")
    assert rejected.state is ApprovalState.REJECTED
    assert ids(desk.pending()) == ["03-ba"]


@pytest.mark.parametrize("who", ["lan", "nam", "quan.tri", "ai-do"])
def test_only_an_approver_decides(desk: Approving, who: str) -> None:
    """Editor, operator, administrator and strangers neither approve nor give back."""
    with pytest.raises(NotAllowedError):
        desk.approve("01-mot", by=who)
    with pytest.raises(NotAllowedError):
        desk.reject("01-mot", by=who, why="không")
    assert ids(desk.pending()) == ["01-mot", "02-hai", "03-ba"]


def test_the_approver_removed_yesterday_decides_nothing(desk: Approving) -> None:
    """What she approved before stands; what she approves now does not."""
    desk.approve("01-mot", by="hoa")
    desk.people.disable("hoa", by="quan.tri")
    with pytest.raises(NotAllowedError):
        desk.approve("02-hai", by="hoa")
    assert desk.state_of("01-mot").state is ApprovalState.APPROVED
    assert [p.is_disabled for p in desk.people.history_of("hoa")] == [False, True]


def test_nobody_approves_their_own_text(folder: StationFolder) -> None:
    """Four eyes, by the author in the file and by who handed it in."""
    bulletin(folder, "04-bon", MINE)
    with approving_of(folder, DAY) as desk:
        desk.submit("01-mot", by="hoa")
        for own in ("04-bon", "01-mot"):
            with pytest.raises(NotAllowedError, match="own text"):
                desk.approve(own, by="hoa")


def test_an_own_text_where_the_station_allows_it_is_marked(folder: StationFolder) -> None:
    """One officer writes, reads and operates: the register then says “tự duyệt”."""
    bulletin(folder, "04-bon", MINE)
    folder.config.write_text(SETTINGS + "approval: {own: true}\n", encoding="utf-8")
    with approving_of(folder, DAY) as desk:
        found = desk.approve("04-bon", by="hoa").approval
        other = desk.approve("01-mot", by="hoa").approval
    assert found is not None
    assert other is not None
    assert (found.is_own, other.is_own) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Bản tin một.\n\nNội dung của bản tin một hôm naỳ.\n",
        "Bản tin một.\n\nNội dung của bản tin một hôm nay!\n\nThêm.\n",
        "Bản tin 1.\n\nNội dung của bản tin một hôm qua.\n",
        "---\ntitle: Tên khác\n---\nBản tin một.\n\nNội dung của bản tin một hôm nay.\n",
        "---\nauthor: Kẻ lạ\n---\nBản tin một.\n\nNội dung của bản tin một hôm nay.\n",
    ],
)
def test_a_change_of_what_is_heard_voids_the_approval(folder: StationFolder, text: str) -> None:
    """A word, a pause, a title, an author: it waits again, and the old approval is told."""
    with approving_of(folder, DAY) as desk:
        desk.approve("01-mot", by="hoa")
    bulletin(folder, "01-mot", text)
    with approving_of(folder, DAY) as desk:
        standing = desk.state_of("01-mot")
    assert standing.state is ApprovalState.PENDING
    assert standing.before is not None


def test_what_nobody_hears_voids_nothing(folder: StationFolder) -> None:
    """A blank line, a topic: the spoken text is the same, and stays approved."""
    with approving_of(folder, DAY) as desk:
        desk.approve("01-mot", by="hoa")
    text = "---\ntopic: cchc\n---\n\nBản tin mot.\n\nNội dung của bản tin mot hôm nay.\n\n\n"
    bulletin(folder, "01-mot", text)
    with approving_of(folder, DAY) as desk:
        assert desk.state_of("01-mot").state is ApprovalState.APPROVED


def test_a_lexicon_change_tells_beforehand_what_it_voids(folder: StationFolder) -> None:
    """Before the word list is saved the editor knows which approvals it costs."""
    with approving_of(folder, DAY) as desk:
        desk.approve("01-mot", by="hoa")
        wanted = folder.root / "moi.tsv"
        wanted.write_text("mot\tmột\nba\tbà\n", encoding="utf-8")
        assert desk.would_void(load_lexicon(wanted)[0]) == ["01-mot"]
        assert desk.would_void(load_lexicon(None)[0]) == []
    folder.lexicon.write_text("mot\tmột\n", encoding="utf-8")
    with approving_of(folder, DAY) as desk:
        assert desk.state_of("01-mot").state is ApprovalState.PENDING


def test_a_recording_is_bound_by_its_sound_and_by_its_text(folder: StationFolder) -> None:
    """Another sound under the same name, or another text beside it, waits anew."""
    sound = folder.sounds / "01-mot.vi.wav"
    record(sound)

    def state() -> ApprovalState:
        with approving_of(folder, DAY) as desk:
            return desk.state_of("01-mot").state

    with approving_of(folder, DAY) as desk:
        desk.approve("01-mot", by="hoa")
    assert state() is ApprovalState.APPROVED
    record(sound, loudness=0.2)
    assert state() is ApprovalState.PENDING
    with approving_of(folder, DAY) as desk:
        desk.approve("01-mot", by="hoa")
    bulletin(folder, "01-mot", "Bản tin khác.\n\nNội dung khác.\n")
    assert state() is ApprovalState.PENDING


def test_a_recording_that_cannot_be_read_is_not_approved(folder: StationFolder) -> None:
    """Nobody stands for a sound that nobody can hear."""
    text = "---\nrecording: khong-co.wav\n---\nBản tin.\n\nNội dung.\n"
    bulletin(folder, "04-bon", text)
    with approving_of(folder, DAY) as desk, pytest.raises(NotAllowedError, match="khong-co"):
        desk.approve("04-bon", by="hoa")


@pytest.mark.parametrize(
    "matter, state",
    [
        ("draft: true", ApprovalState.DRAFT),
        ("valid_until: 2026-11-22", ApprovalState.EXPIRED),
        ("draft: maybe", ApprovalState.DRAFT),
    ],
)
def test_drafts_and_what_has_expired_are_not_approved(folder, matter: str, state) -> None:
    """It says so, and writes nothing."""
    bulletin(folder, "04-bon", f"---\n{matter}\n---\nBản tin.\n\nNội dung.\n")
    with approving_of(folder, DAY) as desk:
        assert desk.state_of("04-bon").state is state
        before = desk.register.head_hash()
        with pytest.raises(NotAllowedError):
            desk.approve("04-bon", by="hoa")
        assert desk.register.head_hash() == before


def test_two_bulletins_with_one_id(folder: StationFolder) -> None:
    """The twin that pushes in front of an approved bulletin is not approved with it."""
    with approving_of(folder, DAY) as desk:
        desk.approve("01-mot", by="hoa")
    bulletin(folder, "00-truoc", "---\nid: 01-mot\n---\nBản tin giả.\n\nNội dung giả.\n")
    with approving_of(folder, DAY) as desk:
        assert desk.state_of("01-mot").state is ApprovalState.PENDING


def test_the_rendition_that_was_heard_is_remembered(folder: StationFolder) -> None:
    """The approval names the sound that lay ready to be listened to, where one did."""
    folder.config.write_text(APPROVED, encoding="utf-8")
    maker = worker(folder)
    prepared = maker.prepare_bulletin(maker.assembler.content.bulletins["01-mot"])
    with approving_of(folder, DAY) as desk:
        first, second = (desk.approve(i, by="hoa").approval for i in ("01-mot", "02-hai"))
    assert first is not None
    assert second is not None
    heard = prepared.segments[0].rendition_sha256
    assert heard
    assert (first.heard_sha256, second.heard_sha256) == (heard, "")


def test_giving_back_needs_a_reason(desk: Approving) -> None:
    """An editor who gets a text back knows what to mend."""
    with pytest.raises(NotAllowedError):
        desk.reject("01-mot", by="hoa", why="  ")


def test_a_password_is_proven_and_never_guessed(desk: Approving) -> None:
    """Only the right one of somebody who may act opens anything."""
    people = desk.people
    assert not people.is_right("hoa", "")
    people.set_password("hoa", PASSWORD, by="hoa")
    assert people.is_right("hoa", PASSWORD)
    assert not people.is_right("hoa", PASSWORD + " ")
    assert not people.is_right("lan", PASSWORD)
    assert not people.is_right("ai-do", PASSWORD)
    people.disable("hoa", by="quan.tri")
    assert not people.is_right("hoa", PASSWORD)
    with pytest.raises(NotAllowedError):
        people.set_password("lan", "ngắn", by="lan")


def test_people_are_added_once_and_change_their_roles(desk: Approving) -> None:
    """A name is never given to somebody else; who may do what follows the roles of today."""
    people = desk.people
    for bad in ("Hoa Trần", "", "hoa"):
        with pytest.raises(NotAllowedError):
            people.add(bad, "Hoa", [Role.APPROVER], by="quan.tri")
    people.set_roles("nam", [Role.APPROVER, Role.OPERATOR], by="quan.tri")
    assert [p.id for p in desk.who_may(Action.DECIDE)] == ["hoa", "nam"]
    people.disable("hoa", by="quan.tri")
    assert [p.id for p in desk.who_may(Action.DECIDE)] == ["nam"]
    people.enable("hoa", by="quan.tri")
    assert [p.id for p in desk.who_may(Action.DECIDE)] == ["hoa", "nam"]


def test_a_copied_folder_keeps_scripts_and_asks_for_approvals_anew(
    folder: StationFolder, tmp_path: Path
) -> None:
    """Files stay the truth, and no approval ever edits one."""
    before = {p: p.read_bytes() for p in folder.script_files()}
    with approving_of(folder, DAY) as desk:
        desk.approve("01-mot", by="hoa")
    assert {p: p.read_bytes() for p in folder.script_files()} == before
    copy = small_station(tmp_path / "ban-sao")
    people_of(copy, DAY)
    with approving_of(copy, DAY) as desk:
        assert ids(desk.pending()) == ["01-mot", "02-hai", "03-ba"]
