"""Whatever people, crashes and intruders do in whatever order: no unapproved word is ever handed to
the player, and everything that is approved airs."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from approvers import approving_of, people_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from small_station import APPROVED, DAY, bulletin, occurrence_of, small_station, worker
from soak import rounds

from broadcaster.errors import BroadcasterError
from broadcaster.model import Clip, Speech
from broadcaster.programme import MixResult
from broadcaster.script import load_lexicon, read_text
from broadcaster.station.approving import NotAllowedError
from broadcaster.station.preparing.prepared import PreparedFiles

if TYPE_CHECKING:
    from broadcaster.model import CueSheet

pytestmark = pytest.mark.integration

IDS = ("01-mot", "02-hai", "03-ba")
WORDS = ("UBND xã họp", "mời bà con", "tiêm phòng", "KH số 4")
LEXICONS = ("", "UBND\tuỷ ban\n", "KH\tkế hoạch mới\ntiêm\tchích\n")
FRAME = ("Đây là", "Xin chào")
"""How the templates of the week begin, which are approved as a class."""


class Paper:
    """A voice that writes: the clip of a sentence is named by its words."""

    def speak(self, sentences, *, voice="", online=True, force=False, only=()):
        del voice, online, force, only
        clips = tuple(
            Clip(Path(f"{hashlib.sha256(s.spoken.encode()).hexdigest()}.wav"), 900, 100, s.spoken)
            for s in sentences
        )
        return Speech("tone:vi", clips)


class Killed(BaseException):
    """kill -9: nothing that comes after it is done."""


def paper_mix(kill_after: str = ""):
    """Mixing that writes down what would be heard, a sentence a line; it may die on the way."""

    def mix(sheet: CueSheet, target: Path, **_values) -> MixResult:
        text = "".join(f"{cue.clip.text}\n" for cue in sheet.cues).encode()
        if kill_after == "nothing":
            raise Killed
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(text)
        part.replace(target)
        if kill_after == "sound":
            raise Killed
        sha256 = hashlib.sha256(text).hexdigest()
        return MixResult(target, sheet.duration_ms, sha256, -16.0, -2.0)

    return mix


class Station(RuleBasedStateMachine):
    """A real store, a real preparer and the real door; what is approved is also kept here, as the
    very sentences, by somebody who knows nothing of hashes and rows."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.folder = small_station(self.root / "dai", settings=APPROVED)
        people_of(self.folder, DAY)
        self.approved: dict[str, set[tuple[str, ...]]] = {id_: set() for id_ in IDS}
        self.may_decide = {"hoa"}
        self.is_fresh = False

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    # -- what people and intruders do ------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        """Everything is approved and lies ready, so that the next thing that is done counts."""
        for id_ in IDS:
            self.edit(id_, WORDS[1], 1)
            self.approve(id_, "hoa")
        for slot in ("trua", "sang"):
            self.render(slot)

    @rule(id_=st.sampled_from(IDS), words=st.sampled_from(WORDS), number=st.integers(1, 3))
    def edit(self, id_: str, words: str, number: int) -> None:
        """An editor saves another text."""
        bulletin(self.folder, id_, f"Tin {id_[3:]}.\n\nSố {number}: {words} ở {id_[3:]}.\n")
        self.is_fresh = False

    @rule(text=st.sampled_from(LEXICONS))
    def change_lexicon(self, text: str) -> None:
        self.folder.lexicon.write_text(text, encoding="utf-8")
        self.is_fresh = False

    @rule(id_=st.sampled_from(IDS), by=st.sampled_from(("hoa", "lan", "nam", "ai-do")))
    def approve(self, id_: str, by: str) -> None:
        """Somebody tries to approve; only an approver of today succeeds."""
        try:
            with approving_of(self.folder, DAY) as desk:
                desk.approve(id_, by=by)
        except NotAllowedError:
            assert by not in self.may_decide
            return
        assert by in self.may_decide
        self.approved[id_].add(self.read(id_))
        self.is_fresh = False

    @rule(id_=st.sampled_from(IDS))
    def give_back(self, id_: str) -> None:
        with suppress(NotAllowedError), approving_of(self.folder, DAY) as desk:
            desk.reject(id_, by="hoa", why="sai")
            self.approved[id_].discard(self.read(id_))
            self.is_fresh = False

    @rule()
    def come_or_go(self) -> None:
        """The approver leaves, or comes back."""
        with approving_of(self.folder, DAY) as desk:
            if "hoa" in self.may_decide:
                desk.people.disable("hoa", by="quan.tri")
            else:
                desk.people.enable("hoa", by="quan.tri")
        self.may_decide ^= {"hoa"}

    @rule(slot=st.sampled_from(("sang", "trua")))
    def render(self, slot: str) -> None:
        """The preparer makes ready, whole or not at all."""
        maker = replace(self.maker(), mix=paper_mix())
        with suppress(BroadcasterError):
            maker.prepare(occurrence_of(maker, slot))
        self.is_fresh = slot == "sang"

    @rule(slot=st.sampled_from(("sang", "trua")), after=st.sampled_from(("nothing", "sound")))
    def render_and_die(self, slot: str, after: str) -> None:
        """Kill -9 before the sound is whole, or between the sound and its manifest."""
        maker = replace(self.maker(), mix=paper_mix(after))
        try:
            maker.prepare(occurrence_of(maker, slot), force=True)
        except (BroadcasterError, Killed):
            self.is_fresh = False

    @rule(slot=st.sampled_from(("0530-sang", "1100-trua")))
    def swap_sound(self, slot: str) -> None:
        """An intruder puts another sound of the same size and time in its place."""
        path = self.folder.programmes / f"{DAY:%F}" / f"{slot}.wav"
        if path.exists():
            before = path.stat()
            path.write_bytes(b"x" * before.st_size)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            self.is_fresh = False

    @rule(which=st.sampled_from(("first", "last")))
    def edit_database(self, which: str) -> None:
        """An intruder edits the row of an approval: nothing before it counts any more."""
        order = "ASC" if which == "first" else "DESC"
        db = sqlite3.connect(self.folder.database, isolation_level=None)
        rows = db.execute(
            f"SELECT id FROM register WHERE event = 'approved' ORDER BY id {order} LIMIT 1"
        ).fetchall()
        if rows:
            later = db.execute(
                "SELECT subject, details FROM register WHERE id > ? AND event = 'approved'",
                rows[0],
            ).fetchall()
            trigger = db.execute(
                "SELECT sql FROM sqlite_schema WHERE name = 'register_no_update'"
            ).fetchone()[0]
            db.execute("DROP TRIGGER register_no_update")
            db.execute("UPDATE register SET at = '2020' WHERE id = ?", rows[0])
            db.execute(trigger)
            self.forget_all_but(later)
            self.is_fresh = False
        db.close()

    def forget_all_but(self, later: list[tuple[str, str]]) -> None:
        """What was approved after the edited row, and still is, goes on counting."""
        texts = {id_: [details for subject, details in later if subject == id_] for id_ in IDS}
        for id_ in IDS:
            kept = {w for w in self.approved[id_] if any(_holds(t, w) for t in texts[id_])}
            self.approved[id_] = kept

    # -- what must hold at every moment ------------------------------------------------------

    @invariant()
    def no_unapproved_word_reaches_the_player(self) -> None:
        """Every sentence in every file that the door hands out is approved, or a template."""
        for slot in ("sang", "trua"):
            found = self.taken(slot)
            if found is None:
                continue
            heard = found.read_text(encoding="utf-8").splitlines()
            allowed = {line for texts in self.approved.values() for t in texts for line in t}
            strange = [h for h in heard if h and h not in allowed and not h.startswith(FRAME)]
            assert strange == []

    @invariant()
    def everything_approved_airs(self) -> None:
        """What was rendered since the last change holds each bulletin whose text of now is
        approved."""
        if not self.is_fresh:
            return
        wanted = [self.read(id_) for id_ in IDS if self.read(id_) in self.approved[id_]]
        found = self.taken("sang")
        heard = found.read_text(encoding="utf-8") if found else ""
        assert all(line in heard for text in wanted for line in text)

    # -- how ---------------------------------------------------------------------------------

    def maker(self):
        maker = worker(self.folder)
        return replace(maker, assembler=replace(maker.assembler, speaker=Paper()))

    def taken(self, slot: str) -> Path | None:
        """The file that the player would open now."""
        found = PreparedFiles(self.folder).get(occurrence_of(worker(self.folder), slot))
        return found.audio if found else None

    def read(self, id_: str) -> tuple[str, ...]:
        """The text of now as it is read, by the reader alone."""
        text = (self.folder.scripts / f"{id_}.txt").read_text(encoding="utf-8")
        lexicon, _problems = load_lexicon(self.folder.lexicon)
        return tuple(s.spoken for s in read_text(text, lexicon=lexicon).sentences)


def _holds(details: str, words: tuple[str, ...]) -> bool:
    return all(line in details for line in words)


Station.TestCase.settings = settings(
    max_examples=rounds(5, 100),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class TestApproved(Station.TestCase):
    """Random edits, approvals, lexicon changes, renders, kills, swaps and edits of the database."""
