"""A programme of the week's file: the recipe, before any sound."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from broadcaster.errors import Where

if TYPE_CHECKING:
    from datetime import time

__all__ = [
    "SHORTEST_RELAY_MS",
    "BedPlan",
    "BulletinChoice",
    "ChoiceOrder",
    "Feature",
    "ProgrammePlan",
    "SegmentKind",
    "SegmentPlan",
    "Share",
]


class SegmentKind(StrEnum):
    """What a part of a programme is to a listener."""

    IDENT = "ident"
    GREETING = "greeting"
    HEADLINES = "headlines"
    SIGNATURE = "signature"
    SPEECH = "speech"
    JINGLE = "jingle"
    BED = "bed"
    RECORDING = "recording"
    MUSIC = "music"
    RELAY = "relay"
    SILENCE = "silence"
    CLOSING = "closing"


class ChoiceOrder(StrEnum):
    """Whose turn it is among bulletins of one priority.

    ROTATE: what has never aired, then what aired longest ago; FRESH: the newest ``valid_from``;
    PLAN: what closes the widest gap of the station's plan, then as ROTATE.
    """

    ROTATE = "rotate"
    FRESH = "fresh"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Share:
    """Of the bulletins that a programme chooses, at least so many are of these topics and kinds
    (lồng ghép); empty tuples mean "any"."""

    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    least: int = 1


@dataclass(frozen=True, slots=True)
class BulletinChoice:
    """Which bulletins a programme takes by itself, the important ones first.

    Empty tuples mean "any".  ``between`` is the asset heard between two of them; ``voices`` read
    them in turn.
    """

    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("vi",)
    at_most: int = 5
    between: str = ""
    order: ChoiceOrder = ChoiceOrder.ROTATE
    share: Share | None = None
    voices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BedPlan:
    """Music under what is said: an asset, and its level under speech."""

    asset: str
    level_db: float = -18.0
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True)
class Feature:
    """A part of a programme with a title and a signature of its own (chuyên mục)."""

    title: str
    where: Where = field(default_factory=Where)


SHORTEST_RELAY_MS = 10_000
"""A shorter relay is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentPlan:
    """One line of a programme in the week's file, those within a feature too.

    ``asset`` names a sound in ``scripts_vi/am-thanh`` or a built-in one; ``text`` is spoken,
    after its ``{placeholders}`` are filled in; ``bulletin_id`` names a bulletin; ``choice``
    lets the programme choose; ``length_ms`` is silence.  A line has one of them, but for
    HEADLINES (``text``, then the titles of those in the programme that fit ``choice``) and a
    line that ``fills`` (``choice``, then ``asset`` for as long as there is time left).
    ``times`` is how often a bulletin is read in a row, 0 as it says itself; ``bed`` lies under
    what is said; ``feature`` is what the line belongs to.  A named bulletin is heard in
    ``language``, where that is another than its own.  ``relay`` names an address of the station
    that is heard for ``length_ms`` or ``until`` a time of day, with ``asset`` instead wherever
    it is not good.
    """

    kind: SegmentKind
    where: Where = field(default_factory=Where)
    asset: str = ""
    text: str = ""
    bulletin_id: str = ""
    choice: BulletinChoice | None = None
    length_ms: int = 0
    gain_db: float = 0.0
    times: int = 0
    fills: bool = False
    bed: BedPlan | None = None
    feature: Feature | None = None
    language: str = ""
    relay: str = ""
    until: time | None = None


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """A programme of the week's file: the recipe, before any sound.

    ``length_ms`` is how long it is to be (0: as long as it gets); ``editors`` and ``announcers``
    are named in its closing.
    """

    id: str
    title: str
    segments: tuple[SegmentPlan, ...]
    where: Where = field(default_factory=Where)
    length_ms: int = 0
    editors: tuple[str, ...] = ()
    announcers: tuple[str, ...] = ()
