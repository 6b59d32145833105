"""Which bulletins a programme takes by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import Where
from broadcaster.model import Bulletin, BulletinChoice, ChoiceOrder, Priority, Share
from broadcaster.programme import choose

DAY = date(2026, 11, 23)


def _bulletin(name, **more):
    return Bulletin(id=name, title=name, text="…", where=Where(), sha256="0", **more)


def _ids(choice, bulletins, **more):
    return [bulletin.id for bulletin in choose(choice, bulletins, day=DAY, **more)]


def test_the_important_comes_first_and_then_the_fresh():
    """An urgent bulletin is read before newer ones, and newer ones before older ones."""
    bulletins = [
        _bulletin("cũ", valid_from=date(2026, 11, 1)),
        _bulletin("không-ngày"),
        _bulletin("mới", valid_from=date(2026, 11, 20)),
        _bulletin("gấp", priority=Priority.PRIORITY, valid_from=date(2026, 1, 1)),
    ]
    assert _ids(BulletinChoice(), bulletins) == ["gấp", "mới", "cũ", "không-ngày"]


def test_what_is_for_an_emergency_waits_for_a_person():
    """A bulletin that is khẩn cấp is heard when somebody orders it, never by itself."""
    assert _ids(BulletinChoice(), [_bulletin("bão", priority=Priority.EMERGENCY)]) == []


def test_on_a_tie_the_operator_decides_the_order():
    """Among bulletins of one priority those with `order` come first, in it, every day."""
    bulletins = [
        _bulletin("a", priority=Priority.PRIORITY),
        _bulletin("b", priority=Priority.PRIORITY, order=2),
        _bulletin("c", priority=Priority.PRIORITY, order=1),
        _bulletin("d", order=1),
    ]
    assert _ids(BulletinChoice(), bulletins, aired={"c": DAY}) == ["c", "b", "a", "d"]


def test_what_is_not_valid_on_the_day_stays_out():
    """A bulletin is chosen on its first and last day, not before and not after."""
    bulletins = [
        _bulletin("hết-hôm-qua", valid_until=date(2026, 11, 22)),
        _bulletin("đến-hôm-nay", valid_until=DAY),
        _bulletin("từ-hôm-nay", valid_from=DAY),
        _bulletin("từ-mai", valid_from=date(2026, 11, 24)),
    ]
    assert _ids(BulletinChoice(), bulletins) == ["từ-hôm-nay", "đến-hôm-nay"]


@pytest.mark.parametrize(
    "choice, expected",
    [
        (BulletinChoice(topics=("cchc",)), ["a"]),
        (BulletinChoice(topics=("CCHC", "y-te")), ["a", "b"]),
        (BulletinChoice(kinds=("thông báo",)), ["b"]),
        (BulletinChoice(languages=("cham",)), ["c"]),
        (BulletinChoice(languages=()), ["a", "b", "c"]),
        (BulletinChoice(languages=(), at_most=2), ["a", "b"]),
        (BulletinChoice(topics=("cchc",), kinds=("thông báo",)), []),
    ],
)
def test_topic_kind_and_language_are_respected(choice, expected):
    """A programme takes only what it asks for; capital letters do not matter."""
    bulletins = [
        _bulletin("a", topic="CCHC"),
        _bulletin("b", topic="y-te", kind="Thông báo"),
        _bulletin("c", language="cham"),
    ]
    assert _ids(choice, bulletins) == expected


def test_the_same_word_in_another_unicode_form_is_the_same():
    """A topic typed on another computer (decomposed letters) is the same topic."""
    assert _ids(BulletinChoice(topics=("y te\u0301",)), [_bulletin("a", topic="y t\u00e9")]) == [
        "a"
    ]


def test_what_is_already_in_the_programme_is_not_taken_again():
    """A bulletin that stands in the programme by its name is not chosen a second time."""
    assert _ids(BulletinChoice(), [_bulletin("a"), _bulletin("b")], exclude={"a"}) == ["b"]


_BULLETINS = st.lists(
    st.builds(
        _bulletin,
        st.text("abcdef", min_size=1, max_size=4),
        priority=st.sampled_from([Priority.ROUTINE, Priority.PRIORITY]),
        valid_from=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    unique_by=lambda bulletin: bulletin.id,
    max_size=12,
)


@given(_BULLETINS, st.integers(0, 6), st.randoms())
def test_the_order_of_the_files_does_not_matter(bulletins, at_most, random):
    """Whatever order the files are found in, the programme is the same."""
    choice = BulletinChoice(at_most=at_most)
    shuffled = random.sample(bulletins, len(bulletins))
    assert _ids(choice, shuffled) == _ids(choice, bulletins)
    assert len(_ids(choice, bulletins)) <= at_most


def test_what_aired_longest_ago_has_its_turn():
    """What was never heard comes first, then what was heard longest ago, then the newest."""
    bulletins = [_bulletin(name) for name in ("hôm-qua", "chưa-phát", "tuần-trước")]
    aired = {"hôm-qua": date(2026, 11, 22), "tuần-trước": date(2026, 11, 16)}
    assert _ids(BulletinChoice(), bulletins, aired=aired) == ["chưa-phát", "tuần-trước", "hôm-qua"]


def test_importance_goes_before_turns():
    """An urgent bulletin is read every day, whatever else has not been heard for long."""
    bulletins = [_bulletin("gấp", priority=Priority.PRIORITY), _bulletin("thường")]
    assert _ids(BulletinChoice(at_most=1), bulletins, aired={"gấp": DAY}) == ["gấp"]


def test_news_may_be_asked_for_fresh():
    """With `order: fresh` the newest is read though it was heard yesterday."""
    bulletins = [_bulletin("mới", valid_from=date(2026, 11, 20)), _bulletin("cũ")]
    aired = {"mới": date(2026, 11, 22)}
    assert _ids(BulletinChoice(at_most=1), bulletins, aired=aired) == ["cũ"]
    fresh = BulletinChoice(at_most=1, order=ChoiceOrder.FRESH)
    assert _ids(fresh, bulletins, aired=aired) == ["mới"]


def _shared(least: int, at_most: int = 4, **more) -> BulletinChoice:
    share = Share(topics=("cchc",), least=least, **more)
    return BulletinChoice(kinds=("tin",), at_most=at_most, share=share)


def test_a_share_is_woven_in():
    """One item on CCHC stands among the others, not at their end, and none is added for it."""
    bulletins = [_bulletin(name) for name in "abcd"] + [_bulletin("x", topic="cchc")]
    assert _ids(_shared(1), bulletins) == ["a", "x", "b", "c"]
    assert _ids(_shared(1, at_most=1), bulletins) == ["x"]


def test_a_share_that_is_there_already_changes_nothing():
    """What the choice takes anyway counts for the share."""
    bulletins = [_bulletin("a", topic="cchc"), *(_bulletin(name) for name in "bcd")]
    assert _ids(_shared(1), bulletins) == ["a", "b", "c", "d"]


def test_a_share_takes_what_there_is():
    """Three are wanted and one is there: one is read, and the others stay."""
    bulletins = [_bulletin(name) for name in "abcd"] + [_bulletin("x", topic="cchc")]
    assert _ids(_shared(3), bulletins) == ["a", "x", "b", "c"]


def test_a_share_is_of_the_kinds_of_its_line_unless_it_names_others():
    """News take no slogan for their share unless it says so."""
    bulletins = [_bulletin("a"), _bulletin("x", topic="cchc", kind="khẩu hiệu")]
    assert _ids(_shared(1), bulletins) == ["a"]
    assert _ids(_shared(1, kinds=("khẩu hiệu",)), bulletins) == ["x", "a"]


@given(_BULLETINS, st.integers(1, 6), st.integers(1, 6), st.sets(st.text("abcdef", max_size=4)))
def test_a_share_is_fulfilled_whenever_it_can_be(bulletins, at_most, least, of_topic):
    """As many of the topic are read as are wanted, as there are, and as there is room for."""
    bulletins = [
        replace(b, valid_from=None, topic="cchc" if b.id in of_topic else "") for b in bulletins
    ]
    chosen = choose(_shared(least, at_most), bulletins, day=DAY)
    shared = sum(bulletin.topic == "cchc" for bulletin in chosen)
    there = sum(bulletin.topic == "cchc" for bulletin in bulletins)
    assert shared >= min(least, there, at_most)
    assert len(chosen) == min(at_most, len(bulletins))
    assert len({bulletin.id for bulletin in chosen}) == len(chosen)
