"""Which bulletins a programme takes by itself: the important, then the fresh.

Pure, and apart from loading, so that ``week`` can show a month ahead what would be chosen.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from broadcaster.model import Bulletin, BulletinChoice

__all__ = ["choose"]


def choose(
    choice: BulletinChoice,
    bulletins: Iterable[Bulletin],
    *,
    day: date,
    exclude: Container[str] = (),
) -> list[Bulletin]:
    """At most ``choice.at_most`` bulletins that fit it and are valid on ``day``.

    Higher priority first, then the newest ``valid_from`` (none counts as oldest), then by id;
    the same input always gives the same order.  ``exclude`` holds ids already in the programme.
    """
    fitting = [
        bulletin
        for bulletin in bulletins
        if bulletin.id not in exclude and bulletin.is_valid_on(day) and _fits(bulletin, choice)
    ]
    return sorted(fitting, key=_rank)[: choice.at_most]


def _fits(bulletin: Bulletin, choice: BulletinChoice) -> bool:
    return (
        _among(bulletin.topic, choice.topics)
        and _among(bulletin.kind, choice.kinds)
        and _among(bulletin.language, choice.languages)
    )


def _among(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or _plain(value) in {_plain(word) for word in wanted}


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip()


def _rank(bulletin: Bulletin) -> tuple[int, int, str]:
    newest = (bulletin.valid_from or date.min).toordinal()
    return (-bulletin.priority, -newest, bulletin.id)
