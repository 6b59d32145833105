"""What is to be heard in which language, and what is not there yet in it.

No voice speaks Raglai or Chăm: somebody has to record it, so that what is missing must be known
early.  It stands apart from the targets because it looks at what is at hand, not at what was heard.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Where, nearest
from broadcaster.model import Validity
from broadcaster.plan.words import is_language, plain, read_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from broadcaster.model import Bulletin
    from broadcaster.plan.topics import TopicTree
    from broadcaster.yamlmark import Mark

__all__ = [
    "LANGUAGE_KEYS",
    "LanguageNeed",
    "Untranslated",
    "language_problems",
    "read_languages",
    "untranslated",
]

LANGUAGE_KEYS = ("language", "title", "zones", "topics", "kinds", "from", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageNeed:
    """Bulletins of ``topics`` and ``kinds`` (empty: any) are to be heard in ``language`` too,
    because people in ``zones`` (outputs of the station) speak it."""

    language: str
    title: str
    zones: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    validity: Validity = field(default_factory=Validity)
    where: Where = field(default_factory=Where, compare=False)
    topics_where: Where = field(default_factory=Where, compare=False)


@dataclass(frozen=True, slots=True)
class Untranslated:
    """``bulletin`` is needed in another language; ``outdated`` when it was recorded, but its text
    has changed since."""

    need: LanguageNeed
    bulletin: Bulletin
    outdated: bool = False


def read_languages(mark: Mark) -> Iterator[LanguageNeed]:
    """The needs of a list; what cannot be read is left out."""
    for item in mark.items():
        values = item.mapping(LANGUAGE_KEYS, required=("language",))
        days = read_days(values)
        language = values["language"].text() if "language" in values else None
        if not language or days is None:
            continue
        title = values["title"].text() if "title" in values else None
        lists = {k: values[k].texts() for k in ("zones", "topics", "kinds") if k in values}
        yield LanguageNeed(
            language=language,
            title=title or language.capitalize(),
            validity=Validity(*days),
            where=item.where,
            topics_where=values["topics"].where if "topics" in values else item.where,
            **lists,
        )


def untranslated(
    needs: Iterable[LanguageNeed],
    bulletins: Collection[Bulletin],
    *,
    topics: TopicTree,
    day: date,
    outdated: Collection[str] = (),
) -> list[Untranslated]:
    """What is needed from ``day`` on and is not there, or is there as it was before its text
    changed; ``outdated`` are the ids of such recordings.  What is over is not asked for."""
    found = []
    for need in needs:
        if (need.validity.last or day) < day:
            continue
        for bulletin in bulletins:
            if not _is_needed(need, bulletin, topics, day):
                continue
            spoken = next((b for b in bulletins if _is_translation(b, bulletin, need)), None)
            if spoken is None:
                found.append(Untranslated(need, bulletin))
            elif spoken.id in outdated:
                found.append(Untranslated(need, bulletin, outdated=True))
    return found


def _is_needed(need: LanguageNeed, bulletin: Bulletin, topics: TopicTree, day: date) -> bool:
    last = bulletin.validity.last
    return (
        bulletin.language == "vi"
        and not is_language(bulletin.language, need.language)
        and bool(bulletin.text.strip())
        and (last is None or last >= day)
        and (not need.kinds or plain(bulletin.kind) in map(plain, need.kinds))
        and (not need.topics or any(topics.is_within(bulletin.topic, t, day) for t in need.topics))
    )


def _is_translation(spoken: Bulletin, bulletin: Bulletin, need: LanguageNeed) -> bool:
    return (
        spoken.id == f"{bulletin.id}.{spoken.language}"
        and is_language(spoken.language, need.language)
        and bool(spoken.recording)
    )


def language_problems(
    needs: Iterable[LanguageNeed], *, zones: Collection[str]
) -> Iterator[Problem]:
    """Needs of zones that the station does not have; ``zones`` empty: it has not named any."""
    for need in needs:
        for zone in need.zones if zones else ():
            if plain(zone) not in map(plain, zones):
                message = _("the station has no output “{name}”").format(name=zone)
                yield Problem(need.where, "unknown-zone", message, nearest(zone, zones))
