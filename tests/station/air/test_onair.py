"""Which parts of a programme were heard."""

from __future__ import annotations

import itertools
from datetime import timedelta

from air import programme
from hypothesis import given
from hypothesis import strategies as st
from occurrences import at

from broadcaster.station.air.onair import Heard

ZERO = at("05:30")


def after(ms: int):
    return ZERO + timedelta(milliseconds=ms)


def heard(*spans: tuple[int, int], parts: int = 3) -> Heard:
    sound = programme("sang", minutes=0.1, parts=parts)
    return Heard(sound, ZERO, [(after(a), after(b)) for a, b in spans])


def test_all_of_it() -> None:
    """Heard from beginning to end: every part, whole."""
    segments = heard((0, 6000)).segments()
    assert [(s.started_at, s.ended_at) for s in segments] == [
        (after(0), after(2000)),
        (after(2000), after(4000)),
        (after(4000), after(6000)),
    ]


def test_a_gap_leaves_out_what_lies_in_it() -> None:
    """Silent while the second part went by: it is not in the log, its neighbours are cut."""
    segments = heard((0, 1500), (4500, 6000)).segments()
    assert [(s.title, s.started_at, s.ended_at) for s in segments] == [
        ("sang 0", after(0), after(1500)),
        ("sang 2", after(4500), after(6000)),
    ]


def test_nothing_was_heard() -> None:
    """No sound, no part, no last instant."""
    assert heard().segments() == ()
    assert heard().until is None


@given(st.lists(st.integers(0, 6000), unique=True).map(sorted), st.integers(1, 7))
def test_parts_lie_within_what_was_heard(edges: list[int], parts: int) -> None:
    """Whatever was heard: parts are in order, none outlasts the sound, and no sound is in none."""
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    sound = heard(*spans, parts=parts)
    found = sound.segments()
    assert all(a.ended_at <= b.started_at for a, b in itertools.pairwise(found))
    for a, b in spans:
        assert any(s.started_at <= after(a) < s.ended_at for s in found)
        assert any(s.started_at < after(b) <= s.ended_at for s in found)
    if found:
        assert (found[0].started_at, found[-1].ended_at) == (after(spans[0][0]), sound.until)
