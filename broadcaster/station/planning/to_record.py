"""What has to be recorded, because no voice speaks the language in which it is needed.

It stands apart from the recordings that are there because it asks for those that are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.plan import untranslated
from broadcaster.script import read_text
from broadcaster.script.estimate import estimate_ms
from broadcaster.station.content.pairings import outdated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from broadcaster.plan import Untranslated
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Order", "orders_of", "to_record"]


@dataclass(frozen=True, slots=True)
class Order:
    """One recording to make: what is said, sentence by sentence, about how long that takes in
    Vietnamese, and the name that the file is to have."""

    missing: Untranslated
    sentences: tuple[str, ...]
    length_ms: int
    file: str


def to_record(folder: StationFolder, content: Content, *, day: date) -> list[Untranslated]:
    """What the plan needs in other languages from ``day`` on and is not there as it should be."""
    return untranslated(
        content.plan.languages,
        tuple(content.bulletins.values()),
        topics=content.plan.topics,
        day=day,
        outdated=outdated(folder, content.bulletins),
    )


def orders_of(
    missing: Iterable[Untranslated], config: StationConfig, content: Content
) -> list[Order]:
    """The orders for ``missing``, language by language."""
    found = sorted(missing, key=lambda one: (one.need.title, one.bulletin.id))
    return [_order(one, config, content) for one in found]


def _order(missing: Untranslated, config: StationConfig, content: Content) -> Order:
    bulletin = missing.bulletin
    reading = read_text(
        bulletin.text, lexicon=content.lexicon, where=bulletin.where, style=config.reading
    )
    written = tuple(text for s in reading.sentences if (text := s.text.strip()))
    file = f"{bulletin.id}.{missing.need.language}.m4a"
    return Order(missing, written, estimate_ms(reading.sentences), file)
