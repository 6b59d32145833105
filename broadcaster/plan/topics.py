"""The tree of topics (nội dung tuyên truyền), which a province or a commune may edit.

It stands apart because a topic that is renamed in mid-year must still be found by what the log
calls it: the log has the word of its day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.model import Validity
from broadcaster.plan.words import plain, read_days, read_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from broadcaster.yamlmark import Mark

__all__ = ["ALIAS_KEYS", "TOPIC_KEYS", "Alias", "Topic", "TopicTree", "read_topics"]

TOPIC_KEYS = ("title", "aliases", "from", "topics")
ALIAS_KEYS = ("name", "from", "until")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a topic on the days of ``validity``."""

    name: str
    validity: Validity = field(default_factory=Validity)
    where: Where = field(default_factory=Where, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """``names`` has its own name too, since when it is called so."""

    id: str
    title: str
    parent: str = ""
    names: tuple[Alias, ...] = ()
    where: Where = field(default_factory=Where, compare=False)


@dataclass(frozen=True, slots=True)
class TopicTree:
    """Topics by id, parents before their children."""

    topics: Mapping[str, Topic] = field(default_factory=dict)
    _named: dict[str, list[tuple[Validity, Topic]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for topic in self.topics.values():
            for alias in topic.names:
                self._named.setdefault(plain(alias.name), []).append((alias.validity, topic))

    def find(self, name: str, day: date) -> Topic | None:
        """The topic that was called ``name`` on ``day``."""
        named = self._named.get(plain(name), ())
        return next((topic for validity, topic in named if validity.covers(day)), None)

    def is_within(self, name: str, topic_id: str, day: date) -> bool:
        """Whether what was called ``name`` on ``day`` is ``topic_id``, or a part of it."""
        found = self.find(name, day)
        if found is None:
            return plain(name) == plain(topic_id)
        return any(topic.id == topic_id for topic in self._upwards(found))

    def within(self, name: str, day: date) -> frozenset[str]:
        """Every name that stands on ``day`` for the topic ``name`` or a part of it."""
        top = self.find(name, day)
        if top is None:
            return frozenset({name})
        parts = [t for t in self.topics.values() if any(u is top for u in self._upwards(t))]
        return frozenset(a.name for t in parts for a in t.names if a.validity.covers(day)) | {name}

    def title(self, topic_id: str) -> str:
        topic = self.topics.get(topic_id)
        return topic.title if topic else topic_id

    def _upwards(self, topic: Topic) -> Iterator[Topic]:
        step: Topic | None = topic
        while step is not None:
            yield step
            step = self.topics.get(step.parent)


def read_topics(mark: Mark, *, parent: str = "") -> Iterator[Topic]:
    """``id: Title``, or ``id: {title, aliases, from, topics}``; what cannot be read is left out."""
    for key, name, value in mark.pairs():
        if not value.is_mapping():
            yield from _topic(key, name, {"title": value}, parent)
        else:
            values = value.mapping(TOPIC_KEYS)
            yield from _topic(key, name, values, parent)
            if "topics" in values:
                yield from read_topics(values["topics"], parent=name)


def _topic(key: Mark, name: str, values: dict[str, Mark], parent: str) -> Iterator[Topic]:
    topic_id = read_name(key, name)
    if topic_id is None:
        return
    since = values["from"].date() if "from" in values else None
    aliases = values["aliases"].items() if "aliases" in values else []
    title = None if values.get("title") is None else values["title"].text()
    yield Topic(
        id=topic_id,
        title=title or topic_id,
        parent=parent,
        names=(
            Alias(topic_id, Validity(since), key.where),
            *(alias for item in aliases if (alias := _alias(item))),
        ),
        where=key.where,
    )


def _alias(mark: Mark) -> Alias | None:
    """``name``, or ``{name, from, until}``."""
    if not mark.is_mapping():
        text = mark.text()
        return Alias(text, where=mark.where) if text else None
    values = mark.mapping(ALIAS_KEYS, required=("name",))
    days = read_days(values)
    name = values["name"].text() if "name" in values else None
    if not name or days is None:
        return None
    if days == (None, None):
        message = _("this name has neither a first nor a last day")
        mark.complain("alias-without-days", message, _("write until: and the last day of it"))
    return Alias(name, Validity(*days), mark.where)
