"""Music under speech: where it lies, and how loud it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model import Bed, Clip, Programme, Segment, SegmentKind
from broadcaster.programme import cue_sheet, silent_clip
from broadcaster.programme.bed import LEAD_MS, TAIL_MS
from broadcaster.programme.cuesheet import GAP_MS

BED = Bed(Clip(Path("nen.wav"), 24_000), -18.0)
OTHER = Bed(Clip(Path("khac.wav"), 9_000), -20.0)
A = Clip(Path("a.wav"), 4_000, 300)


def _speech(*clips, bed=BED):
    return Segment(kind=SegmentKind.SPEECH, title="…", clips=clips, bed=bed)


def _silence(length_ms, bed=BED):
    clips = (silent_clip(length_ms),)
    return Segment(kind=SegmentKind.SILENCE, title="", clips=clips, bed=bed)


JINGLE = Segment(kind=SegmentKind.JINGLE, title="cat", clips=(Clip(Path("cat.wav"), 2_000),))


def _sheet(*segments):
    return cue_sheet(Programme("p", "P", segments))


def _beds(sheet):
    return [cue for cue in sheet.cues if cue.clip in {BED.clip, OTHER.clip}]


def test_speech_waits_for_its_bed_and_the_end_waits_too():
    """The music is heard alone before the first word and after the last one."""
    sheet = _sheet(_speech(A))
    (bed,) = _beds(sheet)
    assert (bed.start_ms, bed.end_ms) == (0, LEAD_MS + 4_000 + TAIL_MS)
    assert sheet.spans_ms == ((LEAD_MS, LEAD_MS + 4_000),)
    assert sheet.duration_ms == bed.end_ms
    assert bed.fade_in_ms > 0
    assert bed.fade_out_ms > 0


def test_it_makes_way_and_comes_back():
    """It falls for 100 ms before the first word, and rises for 500 ms after the last."""
    (bed,) = _beds(_sheet(_speech(A)))
    end = LEAD_MS + 4_000
    assert bed.envelope == (
        (LEAD_MS - 100, -8.0),
        (LEAD_MS, -18.0),
        (end, -18.0),
        (end + 500, -8.0),
    )


def test_it_does_not_swell_in_each_breath():
    """Between sentences it stays down; in a pause of a second or more it comes back."""
    short = _sheet(_speech(A, A))
    assert len(_beds(short)[0].envelope) == 4
    long = _sheet(_speech(replace(A, pause_after_ms=1_500), A))
    assert len(_beds(long)[0].envelope) == 8


def test_neighbours_share_a_bed():
    """From item to item the music goes on; a pause between two does not stop it."""
    assert len(_beds(_sheet(_speech(A), _speech(A), _silence(2_000), _speech(A)))) == 1


def test_a_jingle_has_no_music_under_it():
    """The bed has faded out when the jingle begins, and another one begins after it."""
    sheet = _sheet(_speech(A), JINGLE, _speech(A))
    first, second = _beds(sheet)
    start, end = sheet.spans_ms[1]
    assert start >= first.end_ms
    assert second.start_ms >= end + GAP_MS


def test_another_bed_waits_for_the_end_of_the_first():
    """A feature with music of its own does not sound over the programme's."""
    first, second = _beds(_sheet(_speech(A), _speech(A, bed=OTHER)))
    assert second.start_ms >= first.end_ms


def test_silence_alone_brings_no_bed():
    """Music begins with words: a pause at the beginning stays silent."""
    assert _beds(_sheet(_silence(2_000), JINGLE)) == []


_CLIPS = st.lists(
    st.builds(Clip, st.just(Path("a.wav")), st.integers(1, 9_000), st.integers(0, 3_000)),
    min_size=1,
    max_size=4,
)
_SEGMENTS = st.lists(
    st.builds(
        lambda clips, bed: _speech(*clips, bed=bed),
        _CLIPS,
        st.sampled_from([None, BED, OTHER]),
    ),
    min_size=1,
    max_size=6,
)


@given(_SEGMENTS)
def test_under_every_word_the_bed_is_low(segments):
    """Whatever the programme, a bed is never louder than its level while somebody speaks, its
    points are in order, no two sound together, and it ends within the programme."""
    sheet = _sheet(*segments)
    beds = _beds(sheet)
    words = [cue for cue in sheet.cues if cue not in beds]
    for one, other in pairwise(beds):
        assert one.end_ms <= other.start_ms
    for bed in beds:
        places = [place for place, _level in bed.envelope]
        assert places == sorted(places)
        assert bed.end_ms <= sheet.duration_ms
        for word in words:
            for place, level in bed.envelope:
                if word.start_ms <= bed.start_ms + place <= word.end_ms:
                    assert level == min(level for _place, level in bed.envelope)
