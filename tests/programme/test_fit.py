"""A programme that ends on time: what is left out, and what fills the rest."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model import Bed, Clip, Programme, Segment, SegmentKind
from broadcaster.programme import Level, Part, cue_sheet, filled, leave_out, length_of
from broadcaster.programme.cuesheet import GAP_MS

MUSIC = ("nhac-nen", Clip(Path("nhac.wav"), 24_000))


def _segment(length_ms: int, kind=SegmentKind.SPEECH, **more) -> Segment:
    return Segment(kind=kind, title="…", clips=(Clip(Path("a.wav"), length_ms),), **more)


def _part(item: str, length_ms: int, *rank: int, level=Level.ITEM, **more) -> Part:
    return Part(segment=_segment(length_ms, **more), item=item, level=level, rank=rank)


IDENT = _part("#0", 10_000, level=Level.FRAME)
GREETING = _part("#1", 8_000, level=Level.WORDS)


def _kept(parts, limit_ms):
    lost = leave_out(parts, limit_ms)
    return [part.item for part in parts if part.item not in lost]


def test_what_fits_stays():
    """Nothing is left out of a programme that is short enough, to the millisecond."""
    parts = [IDENT, GREETING, _part("a", 5_000)]
    assert leave_out(parts, 23_000 + 2 * GAP_MS) == frozenset()
    assert leave_out(parts, 23_000 + 2 * GAP_MS - 1) == {"a"}


def test_the_least_important_goes_first():
    """Of three items of one length the one of the lowest rank is left out, wherever it stands."""
    parts = [IDENT, _part("a", 9_000, 50, 0), _part("b", 9_000, 75, 0), _part("c", 9_000, 50, 2)]
    assert _kept(parts, 30_000) == ["#0", "b", "c"]


def test_a_short_one_may_take_the_place_of_a_long_one():
    """Where a long item has no room, a shorter one of less importance still has."""
    parts = [IDENT, _part("a", 9_000, 3), _part("lang", 60_000, 2), _part("b", 5_000, 1)]
    assert _kept(parts, 30_000) == ["#0", "a", "b"]


def test_an_item_goes_with_its_jingle_and_its_headline():
    """What belongs to an item is left out with it."""
    jingle = Part(segment=_segment(4_000, SegmentKind.JINGLE), item="b", level=Level.ITEM)
    parts = [_part("a", 9_000, 2), jingle, _part("b", 9_000, 1)]
    assert _kept(parts, 20_000) == ["a"]
    assert _kept(parts, 25_000) == ["a", "b", "b"]


def test_ident_and_greeting_stay_before_any_item():
    """A programme keeps its frame, and loses items."""
    assert _kept([IDENT, GREETING, _part("a", 60_000, 99)], 60_000) == ["#0", "#1"]


def test_a_slot_shorter_than_its_ident_keeps_what_people_listen_for():
    """Where the frame alone is too long it gives way to the items, the music before the words."""
    item = _part("a", 9_000, 1)
    assert _kept([IDENT, GREETING, item], 17_400) == ["#1", "a"]
    assert _kept([IDENT, GREETING, item], 17_399) == ["a"]
    assert _kept([IDENT, item], 9_500) == ["a"]


def test_nothing_at_all_may_fit():
    """In a slot of a second there is no room for anything, and nothing is cut to fit."""
    assert _kept([IDENT, GREETING, _part("a", 9_000)], 1_000) == []


def test_slogans_only_fill():
    """Fillers take the time that is left, whole, and never that of an item."""
    slogan = _part("s", 6_000, 99, level=Level.FILLER)
    parts = [IDENT, slogan, _part("a", 9_000, 1)]
    assert _kept(parts, 30_000) == ["#0", "s", "a"]
    assert _kept(parts, 22_000) == ["#0", "a"]


_RANKS = st.tuples(st.integers(0, 2), st.integers(0, 3))
_ITEMS = st.lists(st.tuples(st.integers(500, 60_000), _RANKS), min_size=1, max_size=8)


@given(_ITEMS, st.integers(0, 40_000), st.integers(0, 200_000))
def test_it_is_never_too_long(items, frame_ms, limit_ms):
    """Whatever is asked, what stays is no longer than the time there is."""
    parts = _parts(items, frame_ms)
    assert length_of(p.segment for p in parts if p.item in _kept(parts, limit_ms)) <= limit_ms


@given(_ITEMS, st.integers(0, 40_000), st.integers(0, 200_000))
def test_nothing_more_important_is_lost_for_something_as_long(items, frame_ms, limit_ms):
    """No item is left out while a less important one, at least as long, stays."""
    parts = _parts(items, frame_ms)
    kept = set(_kept(parts, limit_ms))
    own = [part for part in parts if part.level is Level.ITEM]
    for lost in (part for part in own if part.item not in kept):
        for stays in (part for part in own if part.item in kept):
            assert stays.rank >= lost.rank or _ms(stays) < _ms(lost)


@given(_ITEMS, st.integers(0, 40_000), st.integers(0, 200_000))
def test_the_same_is_left_out_every_time(items, frame_ms, limit_ms):
    """The same programme is fitted in the same way, today and tomorrow."""
    parts = _parts(items, frame_ms)
    assert leave_out(parts, limit_ms) == leave_out(list(parts), limit_ms)


def _parts(items, frame_ms) -> list[Part]:
    frame = [_part("#0", frame_ms, level=Level.FRAME)] if frame_ms else []
    return [*frame, *(_part(str(n), ms, *rank) for n, (ms, rank) in enumerate(items))]


def _ms(part: Part) -> int:
    return part.segment.clips[0].duration_ms


# -- what fills the rest ------------------------------------------------------------------


def _programme(*lengths: int, bed: Bed | None = None) -> Programme:
    return Programme("p", "P", tuple(_segment(ms, bed=bed) for ms in lengths))


def test_music_ends_to_the_millisecond():
    """Music that is too short is repeated, and fades out when its time is over."""
    done = filled(_programme(20_000, 5_000), place=1, length_ms=90_000, music=MUSIC)
    sheet = cue_sheet(done)
    assert sheet.duration_ms == 90_000
    music = sheet.cues[1]
    assert (music.clip, music.length_ms) == (MUSIC[1], 65_000 - 2 * GAP_MS)
    assert music.fade_out_ms > 0


def test_a_moment_is_left_silent():
    """Two seconds of music would sound like a mistake: a pause fills them."""
    done = filled(_programme(20_000, 5_000), place=1, length_ms=27_500, music=MUSIC)
    assert cue_sheet(done).duration_ms == 27_500
    assert [cue.clip.path.name for cue in cue_sheet(done).cues] == ["a.wav", "a.wav"]


def test_less_than_a_gap_is_added_at_the_end():
    """A tenth of a second too little is silence at the end."""
    done = filled(_programme(20_000, 5_000), place=1, length_ms=25_500, music=MUSIC)
    assert cue_sheet(done).duration_ms == 25_500


def test_without_music_minutes_are_not_silence():
    """Some seconds after slogans are silence; for more the programme ends early."""
    exact = filled(_programme(20_000), place=1, length_ms=24_000, music=None)
    assert cue_sheet(exact).duration_ms == 24_000
    early = filled(_programme(20_000), place=1, length_ms=60_000, music=None)
    assert cue_sheet(early).duration_ms == 20_000


@given(
    st.lists(st.integers(1, 60_000), min_size=1, max_size=6),
    st.integers(0, 6),
    st.integers(0, 300_000),
    st.booleans(),
)
def test_a_filled_programme_is_exact(lengths, place, more_ms, has_bed):
    """Wherever the music stands, and whatever lies around it, the end is to the millisecond."""
    bed = Bed(Clip(Path("nen.wav"), 24_000), -18.0) if has_bed else None
    programme = _programme(*lengths, bed=bed)
    length_ms = cue_sheet(programme).duration_ms + more_ms
    done = filled(programme, place=min(place, len(lengths)), length_ms=length_ms, music=MUSIC)
    assert cue_sheet(done).duration_ms == length_ms
