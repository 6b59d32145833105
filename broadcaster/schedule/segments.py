"""The lines of a programme in a week's file → SegmentPlans.

Each line is a mapping with exactly one source key; a line that cannot be read costs that line.
The lines of a feature stand between its signatures, and know what they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import nearest
from broadcaster.model import BedPlan, Feature, SegmentKind, SegmentPlan
from broadcaster.schedule.beds import read_bed
from broadcaster.schedule.choices import read_times
from broadcaster.schedule.relay_lines import SPAN_KEYS, with_span
from broadcaster.schedule.sources import SOURCES, TEXTS, read_source

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["FEATURE_KEYS", "SEGMENT_KEYS", "LineReader"]

_OF_A_PROGRAMME = ("headlines", "feature", "fill", "relay")
_SOURCES = (*SOURCES, "feature")
SEGMENT_KEYS = (*_SOURCES, "gain", "times", *SPAN_KEYS)
FEATURE_KEYS = ("title", "signature", "bed", "segments")
_CARRIES_A_BED = {*TEXTS, "bulletin", "bulletins", "headlines", "silence"}


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads lines; ``bed`` lies under those that name none, ``feature`` is what they are in."""

    bed: BedPlan | None = None
    feature: Feature | None = None

    def read_all(self, mark: Mark) -> tuple[SegmentPlan, ...]:
        """The lines that could be read, in their order."""
        return tuple(line for item in mark.items() for line in self._read(item))

    def _read(self, mark: Mark) -> tuple[SegmentPlan, ...]:
        before = len(mark.problems)
        values = mark.mapping(SEGMENT_KEYS)
        sources = _sources(values)
        if len(sources) != 1:
            if sources or len(mark.problems) == before:
                _complain_of_sources(mark, sources)
            return ()
        (name,) = sources
        if self.feature and name in _OF_A_PROGRAMME:
            message = _("“{key}” cannot stand inside a feature").format(key=name)
            values[name].complain(
                "misplaced-line", message, _("write it as a line of the programme")
            )
            return ()
        if name == "feature":
            return _read_feature(values[name], self.bed)
        line = read_source(name, values[name])
        if line and _is_relay(name, values):
            line = with_span(line, mark, values)
        return (self._finished(line, name, mark, values),) if line else ()

    def _finished(
        self, line: SegmentPlan, name: str, mark: Mark, values: dict[str, Mark]
    ) -> SegmentPlan:
        """``line`` with what stands beside its source."""
        gain = values["gain"].number(low=-60, high=12) if "gain" in values else None
        times = line.times
        if "times" in values and _belongs(values["times"], "times", name.startswith("bulletin")):
            times = read_times(values["times"])
        return replace(
            line,
            where=mark.where,
            gain_db=gain or 0.0,
            times=times,
            bed=self._bed(name, values),
            feature=self.feature,
        )

    def _bed(self, name: str, values: dict[str, Mark]) -> BedPlan | None:
        if name == "bed":
            return None
        if "bed" in values:
            own = values["bed"]
            return read_bed(own) if _belongs(own, "bed", name in _CARRIES_A_BED) else None
        return self.bed if name in _CARRIES_A_BED else None


def _sources(values: dict[str, Mark]) -> list[str]:
    """What is to be heard; a bed is it only where nothing else stands."""
    names = [name for name in values if name in _SOURCES]
    return [name for name in names if name != "bed"] or names


def _is_relay(name: str, values: dict[str, Mark]) -> bool:
    """Whether the line has a span; the keys of one belong to no other line."""
    if name == "relay":
        return True
    for key in SPAN_KEYS:
        if key in values:
            _belongs(values[key], key, fits=False)
    return False


def _belongs(mark: Mark, key: str, fits: bool) -> bool:  # noqa: FBT001 - what it is asked about
    if not fits:
        message = _("“{key}” means nothing on this line").format(key=key)
        hint = _("“bed” belongs to speech, “times” to a bulletin")
        if key in SPAN_KEYS:
            hint = _("“for”, “until” and “fallback” belong to a relay")
        mark.complain("misplaced-key", message, hint)
    return fits


def _complain_of_sources(mark: Mark, sources: list[str]) -> None:
    if sources:
        message = _("this line has {keys}: only one of them can sound").format(
            keys=", ".join(f"“{name}”" for name in sources)
        )
        mark.complain("two-sources", message, _("make a line of its own for each"))
    else:
        message = _("this line does not say what is to be heard")
        mark.complain("no-source", message, nearest("", _SOURCES))


def _read_feature(mark: Mark, bed: BedPlan | None) -> tuple[SegmentPlan, ...]:
    """The opening signature, the lines of the feature, and the closing signature."""
    values = mark.mapping(FEATURE_KEYS, required=("segments",))
    title = (values["title"].text() or "") if "title" in values else ""
    feature = Feature(title, mark.where)
    own = read_bed(values["bed"]) if "bed" in values else bed
    reader = LineReader(own, feature)
    lines = reader.read_all(values["segments"]) if "segments" in values else ()
    if not lines:
        return ()
    opening, closing = (
        _signatures(values["signature"], feature) if "signature" in values else ((), ())
    )
    return (*opening, *lines, *closing)


_Lines = tuple[SegmentPlan, ...]


def _signatures(mark: Mark, feature: Feature) -> tuple[_Lines, _Lines]:
    """(opening, closing): the same for both, or ``{opening: NAME, closing: NAME}``."""
    if not mark.is_mapping():
        return _signature(mark, feature), _signature(mark, feature)
    values = mark.mapping(("opening", "closing"))
    opening, closing = (
        _signature(values[key], feature) if key in values else () for key in ("opening", "closing")
    )
    return opening, closing


def _signature(mark: Mark, feature: Feature) -> _Lines:
    name = mark.text()
    if not name:
        return ()
    line = SegmentPlan(kind=SegmentKind.SIGNATURE, asset=name, feature=feature, where=mark.where)
    return (line,)
