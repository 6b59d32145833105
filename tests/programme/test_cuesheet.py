"""The cue sheet: what sounds when."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model import Clip, Programme, Segment, SegmentKind
from broadcaster.programme import cue_sheet, silent_clip
from broadcaster.programme.cuesheet import GAP_MS

A = Clip(Path("a.wav"), 1_000, 300)
B = Clip(Path("b.wav"), 2_000, 700)


def _segment(*clips, kind=SegmentKind.SPEECH, **more):
    return Segment(kind=kind, title="…", clips=clips, **more)


def _sheet(*segments):
    return cue_sheet(Programme("sang", "Chương trình sáng", segments))


def test_clips_follow_each_other_with_their_pauses():
    """Within a bulletin each sentence waits for the one before and for its pause."""
    sheet = _sheet(_segment(A, B, A))
    assert [cue.start_ms for cue in sheet.cues] == [0, 1_300, 4_000]
    assert sheet.duration_ms == 5_000
    assert sheet.title == "Chương trình sáng"


def test_segments_are_apart_by_the_longer_of_pause_and_gap():
    """Between two parts there is the gap, or the last sentence's pause if it is longer."""
    assert _sheet(_segment(A), _segment(A)).spans_ms == ((0, 1_000), (1_400, 2_400))
    assert _sheet(_segment(B), _segment(A)).spans_ms == ((0, 2_000), (2_700, 3_700))


def test_a_tune_may_begin_under_the_end_of_the_speech():
    """An overlap starts a part that much before the end of the one before."""
    assert _sheet(_segment(B), _segment(A, overlap_ms=500)).spans_ms == ((0, 2_000), (1_500, 2_500))


def test_an_overlap_never_passes_the_start_of_the_part_before():
    """A part that is longer than the one before does not begin before it."""
    assert _sheet(_segment(A), _segment(B, overlap_ms=9_000)).spans_ms == ((0, 1_000), (0, 2_000))


def test_silence_lasts_as_long_as_it_was_asked_for():
    """A silence of two seconds is heard for two seconds, with the gaps around it."""
    sheet = _sheet(_segment(A), _segment(silent_clip(2_000), kind=SegmentKind.SILENCE), _segment(A))
    assert sheet.spans_ms == ((0, 1_000), (1_400, 3_400), (3_800, 4_800))
    assert len(sheet.cues) == 2


def test_fades_belong_to_the_edges_of_a_segment():
    """A segment fades in at its first sound and out at its last one."""
    sheet = _sheet(_segment(A, A, A, fade_in_ms=100, fade_out_ms=900, gain_db=-3))
    assert [cue.gain_db for cue in sheet.cues] == [-3] * 3
    assert [cue.fade_in_ms for cue in sheet.cues] == [100, 0, 0]
    assert [cue.fade_out_ms for cue in sheet.cues] == [0, 0, 900]


def test_an_empty_programme_lasts_no_time():
    """A programme without parts has no length and no sound."""
    sheet = _sheet()
    assert (sheet.duration_ms, sheet.cues, sheet.spans_ms) == (0, (), ())


_CLIPS = st.lists(
    st.builds(Clip, st.just(Path("a.wav")), st.integers(0, 9_000), st.integers(0, 2_000)),
    max_size=4,
)
_SEGMENTS = st.lists(
    st.builds(
        Segment,
        kind=st.sampled_from(SegmentKind),
        title=st.just("…"),
        clips=_CLIPS.map(tuple),
        overlap_ms=st.one_of(st.just(0), st.integers(1, 5_000)),
    ),
    max_size=8,
)


@given(_SEGMENTS)
def test_spans_and_cues_agree(segments):
    """Every sound lies in the span of its part, sounds come in order, the last one is the end."""
    sheet = _sheet(*segments)
    assert len(sheet.spans_ms) == len(segments)
    assert sheet.duration_ms == max((end for _start, end in sheet.spans_ms), default=0)
    assert [cue.start_ms for cue in sheet.cues] == sorted(cue.start_ms for cue in sheet.cues)
    for cue in sheet.cues:
        start, end = sheet.spans_ms[cue.segment]
        assert start <= cue.start_ms <= cue.end_ms <= end


@given(_SEGMENTS)
def test_parts_overlap_no_more_than_they_may(segments):
    """No part begins earlier than its overlap says, and none leaves a long hole."""
    sheet = _sheet(*segments)
    for (before, after), segment, last in zip(
        zip(sheet.spans_ms, sheet.spans_ms[1:], strict=False), segments[1:], segments, strict=False
    ):
        gap = after[0] - before[1]
        longest = max([GAP_MS, *(clip.pause_after_ms for clip in last.clips)])
        assert -segment.overlap_ms <= gap <= longest
        assert before[0] <= after[0]
