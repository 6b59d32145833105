"""Headlines: the titles of what really made it into a programme, read one by one.

They stand apart because they are made last, when it is known what is in, and sound first.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from broadcaster.model import Segment, SegmentKind
from broadcaster.programme import fits
from broadcaster.speech.synthesizer import has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadcaster.model import Bulletin, BulletinChoice, Clip, SegmentPlan, Sentence
    from broadcaster.station.assembly.announcer import Announcer

__all__ = ["headline_segments", "headlined", "joined"]

_PAUSE_AFTER_TITLE_MS = 800
_SLOGAN = "khẩu hiệu"


def headlined(choice: BulletinChoice, bulletins: Iterable[Bulletin]) -> list[Bulletin]:
    """Those whose titles are read: of the kinds that ``choice`` names, or all but slogans.

    What has no title is called by its file's name in lists; that is nothing to read on air.
    """
    found = [
        bulletin
        for bulletin in bulletins
        if fits(bulletin, choice)
        and (choice.kinds or bulletin.kind.casefold() != _SLOGAN)
        and _is_titled(bulletin)
    ]
    return found[: choice.at_most]


def _is_titled(bulletin: Bulletin) -> bool:
    path = bulletin.where.path
    return bulletin.title not in {bulletin.id, path.stem if path else ""}


def headline_segments(
    announcer: Announcer, line: SegmentPlan, intro: str, bulletins: Sequence[Bulletin]
) -> list[tuple[str, Segment]]:
    """(bulletin's id, segment) for ``intro`` (its id is "") and each title, all in one voice.

    Raises SpeechError when no voice can read them.
    """
    texts = [("", intro), *((b.id, b.title) for b in bulletins)]
    said = [(name, _spoken(announcer, text, line)) for name, text in texts]
    speech = announcer.speak([sentence for _name, sentences in said for sentence in sentences])
    clips = iter(speech.clips)
    own = [(name, tuple(islice(clips, len(sentences)))) for name, sentences in said]
    titles = {b.id: b.title for b in bulletins}
    return [
        (name, _segment(line, titles.get(name, ""), part, speech.voice))
        for name, part in own
        if part
    ]


def _spoken(announcer: Announcer, text: str, line: SegmentPlan) -> list[Sentence]:
    return [s for s in announcer.readings.of_text(text, line.where) if has_words(s.spoken)]


def _segment(line: SegmentPlan, title: str, clips: tuple[Clip, ...], voice: str) -> Segment:
    last = replace(clips[-1], pause_after_ms=_PAUSE_AFTER_TITLE_MS)
    return Segment(
        kind=SegmentKind.HEADLINES,
        title=title,
        clips=(*clips[:-1], last),
        gain_db=line.gain_db,
        voice=voice,
    )


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """``segments``, in which the headlines are one: the log has a row for them, not for each."""
    found: list[Segment] = []
    for segment in segments:
        if segment.kind is SegmentKind.HEADLINES and found and found[-1].kind is segment.kind:
            found[-1] = replace(found[-1], title="", clips=(*found[-1].clips, *segment.clips))
        else:
            found.append(segment)
    return found
