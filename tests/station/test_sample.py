"""The sample station in the repository itself: complete, always valid, and like a real one."""

from __future__ import annotations

import unicodedata
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from station_sounds import missing_sounds

from broadcaster.model import Bulletin, ExceptionKind, WeekPlan
from broadcaster.plan import load_plan, untranslated
from broadcaster.schedule import load_week, rundown
from broadcaster.script import load_bulletin, load_lexicon, read_text
from broadcaster.station.above.message import read_message
from broadcaster.station.above.receive import dropped
from broadcaster.station.folder import StationFolder

if TYPE_CHECKING:
    from broadcaster.errors import Problem

STATION = Path(__file__).parents[2]
SCRIPTS = STATION / "scripts_vi"
MESSAGE = STATION / "tu-cap-tren/mau/lich-tiep-cong-dan.json"
MONDAY, TUESDAY, SUNDAY = (date(2026, 11, day) for day in (23, 24, 29))


def _loaded() -> list[tuple[Bulletin | None, list[Problem]]]:
    paths = sorted([*SCRIPTS.glob("*.txt"), *SCRIPTS.glob("*.md")])
    return [load_bulletin(path, root=STATION) for path in paths]


@pytest.fixture(scope="module")
def bulletins() -> list[Bulletin]:
    return [bulletin for bulletin, _problems in _loaded() if bulletin is not None]


@pytest.fixture(scope="module")
def week() -> WeekPlan:
    plan, problems = load_week(STATION / "schedules/tuan-mau.yaml")
    assert problems == []
    assert plan is not None
    return plan


def test_there_are_at_least_ten_bulletins_without_a_problem(bulletins: list[Bulletin]) -> None:
    """At least ten sample bulletins load, and none has a problem."""
    assert len(bulletins) >= 10
    assert [problem for _bulletin, problems in _loaded() for problem in problems] == []


def test_no_bulletin_expires_or_waits(bulletins: list[Bulletin]) -> None:
    """Every sample bulletin may air on any day, long ago and far ahead."""
    assert all(b.is_valid_on(date.min) and b.is_valid_on(date.max) for b in bulletins)


def test_the_kinds_of_a_real_station_are_there(bulletins: list[Bulletin]) -> None:
    """News, feature, question and answer, slogan, model, story and notice all have a sample."""
    kinds = {b.kind for b in bulletins}
    assert kinds >= {"tin", "bài", "chuyên mục", "hỏi-đáp", "khẩu hiệu", "gương tốt", "câu chuyện"}
    assert any(b.kind == "thông báo" and b.repeat == 2 for b in bulletins)
    assert sum(b.topic == "cchc" for b in bulletins) >= 5


def test_one_bulletin_is_a_recording_in_another_language(bulletins: list[Bulletin]) -> None:
    """The English notice airs a small sound file, which is there."""
    (foreign,) = [b for b in bulletins if b.language != "vi"]
    sound = SCRIPTS / "am-thanh" / foreign.recording
    assert foreign.recording
    assert 1_000 < sound.stat().st_size < 80_000


def test_one_question_waits_for_its_answer(bulletins: list[Bulletin]) -> None:
    """One sample question waits, and says which office answers it by which day; one is answered."""
    questions = {b.is_answered: b.question for b in bulletins if b.question}
    assert set(questions) == {True, False}
    assert questions[False] is not None
    assert questions[False].office
    assert questions[False].due


def test_a_bulletin_is_wanted_in_raglai(bulletins: list[Bulletin]) -> None:
    """The sample plan wants what warns of disasters in Raglai too; nobody has recorded it yet."""
    plan, problems = load_plan([STATION / "schedules/ke-hoach/2026.yaml"])
    assert problems == []
    missing = untranslated(plan.languages, bulletins, topics=plan.topics, day=MONDAY)
    assert {(one.need.title, one.bulletin.topic) for one in missing} == {("Raglai", "thien-tai")}


def test_the_message_from_above_is_whole() -> None:
    """The sample message has one bulletin, in whose words no digit is left, and its last day; it
    lies where no station takes it in by itself."""
    message, problems = read_message(MESSAGE)
    assert problems == []
    assert message is not None
    (sent,) = message.bulletins
    assert sent.must_air_by
    reading = read_text(sent.values["text"])
    assert not [letter for letter in reading.spoken if letter.isdigit()]
    assert MESSAGE not in dropped(StationFolder(STATION))


def test_texts_are_composed_vietnamese(bulletins: list[Bulletin]) -> None:
    """The sample texts are in NFC, as an editor's keyboard writes them."""
    assert all(unicodedata.is_normalized("NFC", b.title + b.text) for b in bulletins)


def test_every_sample_is_read_without_a_doubt(bulletins: list[Bulletin]) -> None:
    """No digit is left in what a voice receives, and the reader asks the editor nothing."""
    lexicon, problems = load_lexicon(SCRIPTS / "tu-dien.tsv")
    assert problems == []
    for bulletin in bulletins:
        if bulletin.language == "vi" and bulletin.is_answered:
            reading = read_text(bulletin.text, lexicon=lexicon)
            assert not [letter for letter in reading.spoken if letter.isdigit()]
            assert list(reading.problems) == []


def test_the_week_never_ends(week: WeekPlan) -> None:
    """The sample week holds for ever."""
    assert week.validity.first is None
    assert week.validity.last is None


def test_there_are_two_sessions_on_all_seven_days(week: WeekPlan) -> None:
    """05:30 and 17:00 are on air every day, Sunday too."""
    sessions = {slot.start: slot.days for slot in week.slots if len(slot.days) == 7}
    assert sessions == {time(5, 30): frozenset(range(7)), time(17): frozenset(range(7))}


def test_some_days_have_a_bulletin_of_their_own(week: WeekPlan) -> None:
    """Monday and Sunday have a third programme, and not the same; Tuesday has none."""
    days = (MONDAY, TUESDAY, SUNDAY)
    ids = [[o.slot.id for o in rundown([week], day).occurrences()] for day in days]
    assert ids == [["sang", "cchc", "chieu"], ["sang", "chieu"], ["sang", "cuoi-tuan", "chieu"]]


@pytest.mark.parametrize("day", [date(2027, 2, 6), date(2028, 1, 26)])
def test_new_year_is_an_exception(week: WeekPlan, day: date) -> None:
    """On the first day of Tết of any year the morning is another programme, and slots are off."""
    assert {e.kind for e in week.exceptions} == {ExceptionKind.REPLACE, ExceptionKind.CANCEL}
    aired = {o.slot.id: o.programme.id for o in rundown([week], day).occurrences()}
    assert aired == {"sang": "chuc-tet", "chieu": "chieu"}


def test_every_name_in_the_week_is_known(week: WeekPlan, bulletins: list[Bulletin]) -> None:
    """Every bulletin and sound that the week names is there or built in."""
    segments = [item for programme in week.programmes.values() for item in programme.segments]
    named = {item.bulletin_id for item in segments if item.bulletin_id}
    assert named <= {b.id for b in bulletins}
    assert missing_sounds(week, STATION) == set()


def test_every_choice_finds_bulletins(week: WeekPlan, bulletins: list[Bulletin]) -> None:
    """Wherever a programme chooses by itself, there is enough to choose from."""
    segments = [item for programme in week.programmes.values() for item in programme.segments]
    choices = [item.choice for item in segments if item.choice]
    assert choices
    for choice in choices:
        fits = [
            b
            for b in bulletins
            if (not choice.kinds or b.kind in choice.kinds)
            and (not choice.topics or b.topic in choice.topics)
        ]
        assert len(fits) >= choice.at_most


def test_the_fallback_is_a_programme_of_the_week(week: WeekPlan) -> None:
    """The programme that stands in for a failed one exists, and no slot airs it by itself."""
    assert "fallback: du-phong" in (STATION / "station.yaml").read_text(encoding="utf-8")
    assert "du-phong" in week.programmes
    assert "du-phong" not in {slot.programme_id for slot in week.slots}
