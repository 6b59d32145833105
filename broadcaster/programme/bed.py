"""Music under speech: where it begins and ends, and how loud it is at each moment.

Pure, and apart from the layout of the programme, because its numbers are a matter of taste: the
timeline knows where speech is, so that nothing has to listen for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import Cue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.model import Bed

__all__ = ["LEAD_MS", "TAIL_MS", "bed_cue"]

LEAD_MS = 1_500
"""How long a bed is heard alone before the first word."""
TAIL_MS = 2_500
"""How long it is heard after the last one."""

_DOWN_MS, _UP_MS = 100, 500  # how fast it makes way, and comes back
_HOLD_MS = 1_000  # a shorter pause leaves it where it is: music that swells in each breath tires
_ALONE_DB = 10.0  # how much louder it is alone than under speech
_FADE_IN_MS, _FADE_OUT_MS = 500, 1_500


def bed_cue(bed: Bed, start_ms: int, words: Iterable[tuple[int, int]], *, segment: int) -> Cue:
    """The cue of ``bed`` from ``start_ms`` to `TAIL_MS` after the last of ``words``.

    ``words`` are the (start, end) of each sentence, in order.  Its level is ``bed.level_db``
    under them, and 10 dB more (never more than its own level) where nothing is said for a second.
    """
    spoken = list(_joined(words))
    under, alone = bed.level_db, min(0.0, bed.level_db + _ALONE_DB)
    points = [
        (place - start_ms, level)
        for begin, end in spoken
        for place, level in (
            (begin - _DOWN_MS, alone),
            (begin, under),
            (end, under),
            (end + _UP_MS, alone),
        )
    ]
    return Cue(
        start_ms=start_ms,
        clip=bed.clip,
        segment=segment,
        fade_in_ms=_FADE_IN_MS,
        fade_out_ms=_FADE_OUT_MS,
        length_ms=spoken[-1][1] + TAIL_MS - start_ms,
        envelope=tuple(points),
    )


def _joined(words: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """``words``, of which those belong together that no long pause divides."""
    begin: int | None = None
    last = 0
    for start, end in words:
        if begin is not None and start - last >= _HOLD_MS:
            yield begin, last
            begin = None
        begin = start if begin is None else begin
        last = end
    if begin is not None:
        yield begin, last
