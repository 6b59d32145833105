"""A prepared sound as a picture: its parts over its wave, its loudness, and what is wrong with it.

Only here is matplotlib imported, late, for it is an extra; one drawing serves PNG and SVG.
It needs no display.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from gettext import gettext as _
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from broadcaster.errors import BroadcasterError
from broadcaster.model import SegmentKind
from broadcaster.programme.gate import PEAK_DB
from broadcaster.sound.survey import STEP_MS
from broadcaster.station.picture.part_list import clock, draw_list, list_height, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from broadcaster.model import PreparedSegment
    from broadcaster.station.picture.show import Shown

__all__ = ["ENDINGS", "MissingPictureLibraryError", "draw", "kind_name"]

ENDINGS = (".png", ".svg")

_WIDTH, _DPI = 14.0, 110
_COLUMNS = 1400
"""So many points of a wave can be told apart in this width."""

_LETTERS = 190
"""So many letters have room in the row of parts."""

_COLOURS = {
    SegmentKind.IDENT: "#7b61c9",
    SegmentKind.SIGNATURE: "#7b61c9",
    SegmentKind.GREETING: "#2b8a9e",
    SegmentKind.HEADLINES: "#2b8a9e",
    SegmentKind.CLOSING: "#2b8a9e",
    SegmentKind.SPEECH: "#2f6fb7",
    SegmentKind.RECORDING: "#b5651d",
    SegmentKind.JINGLE: "#9a9a9a",
    SegmentKind.MUSIC: "#4b9b4b",
    SegmentKind.BED: "#4b9b4b",
    SegmentKind.RELAY: "#a63d6f",
}
_OTHER = "#888888"
_WRONG = "#c62828"
_SETTINGS: dict[Any, object] = {
    "svg.fonttype": "none",  # words stay words: they can be searched, and read aloud
    "svg.hashsalt": "broadcaster",
    "text.parse_math": False,  # two “$” in a title are money, not a formula
    "font.family": "DejaVu Sans",  # has every Vietnamese letter, and comes with the library
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


class MissingPictureLibraryError(BroadcasterError):
    """The extra ``picture`` is not installed (exit code 3)."""

    exit_code = 3

    def __init__(self) -> None:
        message = _("a picture needs the library {name}, which is not installed")
        hint = _("install it: pip install “broadcaster[picture]”; “show --json” works without")
        super().__init__(message.format(name="matplotlib"), hint=hint)


def kind_name(kind: SegmentKind) -> str:
    """What an operator calls a part."""
    names = {
        SegmentKind.IDENT: _("ident"),
        SegmentKind.SIGNATURE: _("signature"),
        SegmentKind.GREETING: _("greeting"),
        SegmentKind.HEADLINES: _("headlines"),
        SegmentKind.CLOSING: _("closing"),
        SegmentKind.SPEECH: _("spoken bulletin"),
        SegmentKind.RECORDING: _("recording"),
        SegmentKind.JINGLE: _("jingle"),
        SegmentKind.MUSIC: _("music"),
        SegmentKind.BED: _("bed"),
        SegmentKind.RELAY: _("relay"),
    }
    return names.get(kind, str(kind))


def draw(shown: Shown, ending: str) -> bytes:
    """The picture of ``shown`` as a file that ends in ``ending``, ".png" or ".svg".

    Raises MissingPictureLibraryError where there is no matplotlib.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        import matplotlib as mpl  # noqa: PLC0415 - half a second, and an extra
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise MissingPictureLibraryError from error
    with mpl.rc_context(_SETTINGS):
        figure = _Sheet(shown, Figure()).draw()
        metadata = {"Date": None} if ending == ".svg" else {"Software": "broadcaster"}
        file = BytesIO()
        figure.savefig(file, format=ending.removeprefix("."), dpi=_DPI, metadata=metadata)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One picture: parts and wave above, loudness below them, the list of parts at the foot."""

    shown: Shown
    figure: Figure

    def draw(self) -> Figure:
        parts, flaws = self.shown.prepared.programme.segments, self.shown.flaws
        heights = [0.55, 2.2, 1.7, list_height(len(parts), len(flaws))]
        margin = 1.3
        height = sum(heights) + margin
        self.figure.set_size_inches(_WIDTH, height)
        bands, wave, loudness, foot = self.figure.subplots(
            4, 1, height_ratios=heights, gridspec_kw={"hspace": 0.12}
        )
        self.figure.subplots_adjust(
            left=0.065, right=0.97, top=1 - 0.85 / height, bottom=0.15 / height
        )
        self._title(height)
        for axes in (bands, wave, loudness):
            axes.set_xlim(0, self._seconds)
        self._bands(bands)
        self._wave(wave)
        self._loudness(loudness)
        self._mark(wave, loudness)
        draw_list(foot, self.shown, [(_colour(part), kind_name(part.kind)) for part in parts])
        return self.figure

    @property
    def _seconds(self) -> float:
        """Where the picture ends: with the sound, or with the slot where that is near."""
        prepared, sound_s = self.shown.prepared, self.shown.survey.duration_ms / 1000
        slot_s = prepared.slot_ms / 1000
        return slot_s if sound_s < slot_s < 1.1 * sound_s else max(sound_s, 0.1)

    def _title(self, height: float) -> None:
        programme = self.shown.prepared.programme
        when = self.shown.prepared.starts_at
        title = f"{programme.title} — {when:%H:%M %d/%m/%Y}" if when else programme.title
        self.figure.text(
            0.065, 1 - 0.3 / height, shortened(title, 100), fontsize=14, fontweight="bold"
        )
        self.figure.text(0.065, 1 - 0.56 / height, self._facts(), fontsize=9.5, color="#333333")

    def _facts(self) -> str:
        prepared = self.shown.prepared
        programme = prepared.programme
        facts = [_("length {length}").format(length=clock(programme.duration_ms))]
        if prepared.length_ms:
            facts.append(_("wanted {length}").format(length=clock(prepared.length_ms)))
        if prepared.slot_ms:
            facts.append(_("slot {length}").format(length=clock(prepared.slot_ms)))
        level = _("loudness {lufs:.1f} LUFS (target {target:.1f})")
        facts.append(level.format(lufs=programme.lufs, target=self.shown.target_lufs))
        facts.append(_("highest peak {peak:.1f} dBTP").format(peak=programme.peak_db))
        if programme.voice:
            facts.append(_("voice {voice}").format(voice=shortened(programme.voice, 40)))
        return "   ·   ".join(facts)

    def _bands(self, axes: Axes) -> None:
        """A coloured band for each part, with its title or number, or that above it."""
        axes.set_ylim(0, 1)
        axes.set_axis_off()
        per_letter_s = self._seconds / _LETTERS
        free_s = 0.0
        for number, part in enumerate(self.shown.prepared.programme.segments, start=1):
            start_s, length_s = part.start_ms / 1000, (part.end_ms - part.start_ms) / 1000
            axes.broken_barh(
                [(start_s, length_s)], (0, 1), color=_colour(part), edgecolor="white", linewidth=0.6
            )
            letters = int(length_s / per_letter_s)
            middle_s = start_s + length_s / 2
            if label := _label(number, part, letters):
                axes.text(middle_s, 0.5, label, color="white", ha="center", va="center", fontsize=8)
            elif middle_s - 1.5 * per_letter_s > free_s:
                axes.text(middle_s, 1.08, str(number), ha="center", va="bottom", fontsize=7)
                free_s = middle_s + 1.5 * per_letter_s

    def _wave(self, axes: Axes) -> None:
        seen = self.shown.survey
        peaks, width = _columns(seen.peaks, np.max)
        rms, _width = _columns(seen.rms, _root_mean_square)
        at = (np.arange(len(peaks)) + 0.5) * width * STEP_MS / 1000
        axes.fill_between(at, -peaks, peaks, color="#b9c7d8", linewidth=0)
        axes.fill_between(at, -rms, rms, color="#33516f", linewidth=0)
        axes.set_ylim(-1.05, 1.05)
        limit = 10 ** (PEAK_DB / 20)
        for level in (-limit, limit):
            axes.axhline(level, color=_WRONG, linewidth=0.7, linestyle=(0, (4, 3)))
        axes.set_yticks([-limit, 0, limit], [f"{PEAK_DB:g} dB", "0", f"{PEAK_DB:g} dB"])
        self._time(axes)
        axes.tick_params(labelbottom=False)
        axes.set_ylabel(_("wave"))
        for part in self.shown.prepared.programme.segments:
            axes.axvspan(
                part.start_ms / 1000, part.end_ms / 1000, color=_colour(part), alpha=0.09, lw=0
            )

    def _loudness(self, axes: Axes) -> None:
        target = self.shown.target_lufs
        lufs, width = _columns(self.shown.survey.short_term, np.mean)
        at = (np.arange(len(lufs)) + 0.5) * width * STEP_MS / 1000
        low, high = target - 24, target + 8
        axes.axhspan(target - 3, target + 3, color="#4b9b4b", alpha=0.13, lw=0)
        axes.axhline(target, color="#2e7d32", linewidth=1)
        axes.plot(at, np.clip(lufs, low, high), color="#33516f", linewidth=1)
        axes.set_ylim(low, high)
        axes.set_yticks([target - 20, target - 10, target, target + 5])
        axes.yaxis.set_major_formatter(lambda value, _place: f"{value:.0f}")
        axes.set_ylabel(_("loudness (LUFS)"))
        axes.text(
            0.998,
            target + 0.4,
            _("target {target:.1f}").format(target=target),
            ha="right",
            va="bottom",
            color="#2e7d32",
            fontsize=8,
            transform=axes.get_yaxis_transform(),
        )
        self._time(axes)

    def _time(self, axes: Axes) -> None:
        axes.set_xticks(np.arange(0, self._seconds + 0.01, _tick_s(self._seconds)))
        axes.xaxis.set_major_formatter(lambda value, _place: clock(round(value * 1000)))

    def _mark(self, wave: Axes, loudness: Axes) -> None:
        """Red where something is wrong, its number in the list at the foot, and high peaks."""
        wanted = [(n, flaw) for n, flaw in enumerate(self.shown.flaws, start=1) if flaw.end_ms]
        last_s = -self._seconds
        for number, flaw in wanted:
            start_s, end_s = flaw.start_ms / 1000, flaw.end_ms / 1000
            for axes in (wave, loudness):
                axes.axvspan(start_s, end_s, color=_WRONG, alpha=0.25, linewidth=0.8)
            if start_s > last_s + self._seconds / 60:
                wave.text(
                    start_s, -1.02, f"!{number}", color=_WRONG, fontweight="bold", va="bottom"
                )
                last_s = start_s
        if self.shown.prepared.slot_ms and self.shown.prepared.slot_ms / 1000 <= self._seconds:
            for axes in (wave, loudness):
                axes.axvline(self.shown.prepared.slot_ms / 1000, color=_WRONG, linewidth=1.5)
        peaks = self.shown.survey.peaks
        high = np.flatnonzero(peaks > 10 ** (PEAK_DB / 20))
        wave.plot((high + 0.5) * STEP_MS / 1000, np.full(len(high), 0.97), "v", color=_WRONG, ms=4)


def _label(number: int, part: PreparedSegment, letters: int) -> str:
    """As much of number and title as fits; nothing where not even the number does."""
    if letters < len(str(number)) + 1:
        return ""
    title = f"{number}. {part.title or kind_name(part.kind)}"
    return shortened(title, letters - 1) if letters > 12 else str(number)


def _colour(part: PreparedSegment) -> str:
    return _COLOURS.get(part.kind, _OTHER)


def _columns(values: NDArray[np.floating], summary: object) -> tuple[NDArray[np.float64], int]:
    """``values`` in at most `_COLUMNS` columns, and how many are in each."""
    width = max(1, -(-len(values) // _COLUMNS))
    edges = range(0, len(values), width)
    assert callable(summary)
    return np.array([summary(values[at : at + width]) for at in edges]), width


def _root_mean_square(values: NDArray[np.floating]) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def _tick_s(seconds: float) -> int:
    """A distance of about ten ticks that people count in."""
    steps = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
    return next((step for step in steps if seconds / step <= 14), 7200)
