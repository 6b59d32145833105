"""The built-in sounds: ident, jingle, feature signature, closing tune, chime and bed.

Short tunes of our own in the five notes of the điệu Bắc (hò xự xang xê cống), written down as
scores, so that a station sounds like a station before anybody has recorded anything for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.programme.instruments import bell, monochord, pad, room, zither
from broadcaster.sound.loudness import level
from broadcaster.sound.pcm import HOUSE_RATE, Pcm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["BUILT_IN", "REVISION", "built_in_ms", "compose"]

REVISION = "1"
"""Enters the name of a cached tune: change it when a tune changes."""

_DEGREES = {"h": 0, "x": 2, "a": 5, "e": 7, "c": 9}
"""Hò, xự, xang, xê, cống as semitones above hò."""
_HO = 293.66  # D4
_END = HOUSE_RATE // 10


@dataclass(frozen=True, slots=True)
class _Part:
    """One instrument's line: ``notes`` are ``degree octave @beat`` like ``h1@2.5``."""

    play: Callable[[float, float], Pcm]
    notes: str
    gain: float = 1.0
    ring: float = 2.0


@dataclass(frozen=True, slots=True)
class _Tune:
    """Lines played together; ``beats`` is the length, ``beat`` one beat in seconds."""

    beat: float
    beats: float
    parts: tuple[_Part, ...]
    loops: bool = False


def _sung(frequency: float, seconds: float) -> Pcm:
    return monochord(frequency, seconds, bend=-2.0)


_TUNES = {
    "nhac-hieu": _Tune(
        0.42,
        24,
        (
            _Part(
                zither,
                "h0@0 x0@.12 a0@.24 e0@.36 c0@.48 h1@.6 x1@.72 a1@.84 e1@1 "
                "c1@3 e1@4 a1@5 e1@5.5 h1@6 x1@7 a1@8 h1@9 c0@9.5 e0@10 "
                "h1@12 a1@13 e1@14 c1@14.5 h2@15 c1@16 e1@17 "
                "h1@18.0 x1@18.12 a1@18.24 e1@18.36 c1@18.48 h2@18.6",
            ),
            _Part(_sung, "e0@2 h1@6 e0@10 a1@12 h1@18.6", 0.4, 2.6),
            _Part(zither, "h-1@1 e-1@4 h-1@6 a-1@8 e-1@10 h-1@12 e-1@15 h-1@18.6", 0.7, 2.6),
            _Part(bell, "h2@1 h2@18.6", 0.28, 2.4),
            _Part(pad, "h-1@1 e-1@6 h-1@12 h-1@16", 0.22, 3.4),
        ),
    ),
    "nhac-cat": _Tune(
        0.2,
        10.5,
        (
            _Part(zither, "e0@0 c0@.4 h1@.8 x1@1.2 a1@1.6 e1@2 h2@4", ring=1.2),
            _Part(bell, "h2@4", 0.3, 1.3),
        ),
    ),
    "nhac-chuyen-muc": _Tune(
        0.36,
        16,
        (
            _Part(_sung, "e0@0 h1@2 x1@3 a1@4 e1@6 c1@7.5 h1@9", 0.8, 1.7),
            _Part(zither, "h0@0 e0@.5 h1@1 a0@4 e0@4.5 a1@5 e0@6 h1@6.5 e1@7 h0@9 e0@9.3 h1@9.6"),
            _Part(bell, "h2@9.6", 0.25, 2.0),
            _Part(pad, "h-1@0 a-1@4 h-1@9", 0.2, 2.4),
        ),
    ),
    "nhac-ket": _Tune(
        0.5,
        25,
        (
            _Part(
                zither,
                "h2@0 c1@.25 e1@.5 a1@1 e1@2 a1@3 x1@4 h1@5 c0@6 e0@7 "
                "a1@8 x1@9 h1@10 c0@11 e0@12 c0@13 h1@14 x1@15 h1@16 "
                "h0@18 e0@18.15 h1@18.3 a1@18.45 h2@18.6",
            ),
            _Part(_sung, "a1@1 x1@4 e0@7 h1@10 e0@12 h1@16", 0.4, 2.8),
            _Part(zither, "h-1@0 e-1@4 h-1@8 a-1@12 h-1@16 h-1@18", 0.7, 3.0),
            _Part(bell, "h1@0 h1@18.6", 0.25, 3.0),
            _Part(pad, "h-1@0 a-1@5 e-1@10 h-1@15", 0.22, 3.4),
        ),
    ),
    "bao-dong": _Tune(0.3, 12, (_Part(bell, "h2@0 e1@1 h2@2 e1@3 h2@4 e1@5 h2@6 e1@7", 1.0, 1.4),)),
    "chuong": _Tune(0.7, 6.2, (_Part(bell, "e1@0 a1@1 h1@2", 1.0, 2.9),)),
    "nhac-nen": _Tune(
        0.75,
        32,
        (
            _Part(pad, "h-1@0 e0@0 a-1@8 h0@8 e-1@16 x0@16 h-1@24 e0@24", 0.8, 7.4),
            _Part(
                zither,
                "h1@0 e0@1.5 a1@3 c0@5 a0@8 h1@9.5 x1@11 e0@16 c0@17.5 x1@19 h1@24 e0@25.5 h0@28",
                0.5,
                2.4,
            ),
        ),
        loops=True,
    ),
}

BUILT_IN = tuple(_TUNES)
"""Names of the built-in sounds."""


def built_in_ms(name: str) -> int:
    """How long the built-in sound ``name`` is, before it is composed; 0 for any other name."""
    tune = _TUNES.get(name)
    return round(tune.beat * tune.beats * 1000) if tune else 0


def compose(name: str) -> Pcm:
    """The built-in sound ``name``, levelled, the same on every machine.

    ``nhac-nen`` can be played again and again without a seam.
    """
    tune = _TUNES[name]
    length = round(tune.beat * tune.beats * HOUSE_RATE)
    dry = np.zeros(length, dtype=np.float32)
    for part in tune.parts:
        _play(part, tune, dry)
    heard = room(dry, loop=tune.loops)
    if not tune.loops:
        heard[-_END:] *= np.linspace(1, 0, _END, dtype=np.float32)
    return level(heard)


def _play(part: _Part, tune: _Tune, sound: Pcm) -> None:
    for beat, frequency in _notes(part.notes):
        start = round(beat * tune.beat * HOUSE_RATE)
        left = (len(sound) - start) / HOUSE_RATE
        tone = part.gain * part.play(frequency, part.ring if tune.loops else min(part.ring, left))
        place = (start + np.arange(len(tone))) % len(sound)
        sound[place] += tone


def _notes(score: str) -> Iterable[tuple[float, float]]:
    """(beat, frequency) of each note of a line."""
    for note in score.split():
        pitch, beat = note.split("@")
        semitones = _DEGREES[pitch[0]] + 12 * int(pitch[1:])
        yield float(beat), _HO * 2.0 ** (semitones / 12)
