"""Which bulletins a programme takes by itself: the important, then those whose turn it is.

Pure, and apart from loading, so that ``week`` can show a month ahead what would be chosen.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from broadcaster.model import ChoiceOrder, Priority
from broadcaster.spelling import without_marks

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from broadcaster.model import Bulletin, BulletinChoice

__all__ = ["choose", "fits", "is_of_share", "speaks"]

_NEVER = date.min


def choose(
    choice: BulletinChoice,
    bulletins: Iterable[Bulletin],
    *,
    day: date,
    exclude: Container[str] = (),
    aired: Mapping[str, date] | None = None,
    behind: Mapping[str, float] | None = None,
) -> list[Bulletin]:
    """At most ``choice.at_most`` bulletins that fit it and are valid on ``day``.

    Higher priority first.  Within one, those that have an ``order`` come first, in it: on a tie
    the operator decides (Thông tư 39/2020/TT-BTTTT).  Then comes what an authority above wants
    heard by a day and has not been heard yet, the earliest first.  Among the rest ROTATE takes
    what aired longest ago (never counts as first), then the newest ``valid_from`` (none counts as
    oldest); FRESH looks at ``valid_from`` first, PLAN at ``behind``.  Last by id, so that the same
    input always gives the same order.  What is khẩn cấp waits for the order of a person, and is
    never chosen.  A share of the choice is woven in evenly.  ``exclude`` holds ids already in the
    programme; ``aired`` when a bulletin was last heard, ``behind`` how far behind is what it would
    help in the plan, from 0 to 1.
    """
    last, gaps = aired or {}, behind or {}
    able = sorted(
        (b for b in bulletins if b.id not in exclude and _may_be_chosen(b, day)),
        key=lambda bulletin: _turn(
            bulletin, choice.order, last.get(bulletin.id, _NEVER), gaps.get(bulletin.id, 0.0)
        ),
    )
    fitting = [bulletin for bulletin in able if fits(bulletin, choice)]
    if choice.share is None:
        return fitting[: choice.at_most]
    shared = [bulletin for bulletin in able if is_of_share(bulletin, choice)]
    return _with_share(fitting, shared, choice.share.least, choice.at_most)


def _may_be_chosen(bulletin: Bulletin, day: date) -> bool:
    return bulletin.is_valid_on(day) and bulletin.priority < Priority.EMERGENCY


def fits(bulletin: Bulletin, choice: BulletinChoice) -> bool:
    """Whether topic, kind and language are those that ``choice`` wants."""
    return (
        _among(bulletin.topic, choice.topics)
        and _among(bulletin.kind, choice.kinds)
        and speaks(bulletin, choice.languages)
    )


def is_of_share(bulletin: Bulletin, choice: BulletinChoice) -> bool:
    """Whether it counts for the share of ``choice``, whose kinds are the choice's unless it
    names some."""
    share = choice.share
    return (
        share is not None
        and _among(bulletin.topic, share.topics)
        and _among(bulletin.kind, share.kinds or choice.kinds)
        and speaks(bulletin, choice.languages)
    )


def _with_share(
    fitting: Sequence[Bulletin], shared: Sequence[Bulletin], least: int, at_most: int
) -> list[Bulletin]:
    """``fitting``, of which the last make room for as many of ``shared`` as are missing."""
    chosen = list(fitting[:at_most])
    missing = min(least, at_most) - sum(bulletin in shared for bulletin in chosen)
    extra = [bulletin for bulletin in shared if bulletin not in chosen][: max(0, missing)]
    surplus = len(chosen) + len(extra) - at_most
    for bulletin in [b for b in reversed(chosen) if b not in shared][: max(0, surplus)]:
        chosen.remove(bulletin)
    return _woven(chosen, extra)


def _woven(chosen: Sequence[Bulletin], extra: Sequence[Bulletin]) -> list[Bulletin]:
    """``extra`` spread evenly between ``chosen``, which keep their order."""
    woven = list(chosen)
    for number, bulletin in enumerate(extra, 1):
        woven.insert(number - 1 + len(chosen) * number // (len(extra) + 1), bulletin)
    return woven


def _among(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or _plain(value) in {_plain(word) for word in wanted}


def speaks(bulletin: Bulletin, languages: Iterable[str]) -> bool:
    """Whether ``bulletin`` is in one of ``languages``, or none is asked for.

    Languages are named by whoever names a file, too: “Chăm” is cham, “Ra-glai” is raglai.
    """
    wanted = {_letters(word) for word in languages}
    return not wanted or _letters(bulletin.language) in wanted


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, without_marks(word)))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip()


def _turn(
    bulletin: Bulletin, order: ChoiceOrder, aired: date, behind: float
) -> tuple[float | str, ...]:
    newest = -(bulletin.valid_from or date.min).toordinal()
    waited = aired.toordinal()
    wished = bulletin.must_air_by if aired == _NEVER else None
    turn = {
        ChoiceOrder.ROTATE: (0.0, waited, newest),
        ChoiceOrder.FRESH: (0.0, newest, waited),
        ChoiceOrder.PLAN: (-behind, waited, newest),
    }[order]
    wish = (wished or date.max).toordinal()
    return (-bulletin.priority, bulletin.order or math.inf, wish, *turn, bulletin.id)
