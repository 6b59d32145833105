"""Profiles: how a programme is shaped for where it will be heard.

They stand apart from the filters because they are facts about loudspeakers, which the settings of
a station name without loading anything that computes.  Clips stay as they are; a profile is put
on the whole programme, speech, music and beds alike.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FLAT", "PROFILES", "Band", "Compression", "Profile"]


@dataclass(frozen=True, slots=True)
class Band:
    """What is kept (Hz, −3 dB at both ends), and by how much it is lifted around ``presence``."""

    low: float
    high: float
    presence: float
    lift_db: float


@dataclass(frozen=True, slots=True)
class Compression:
    """``ratio``:1 above ``threshold_db``, of the mean power of 5 ms (dBFS)."""

    threshold_db: float
    ratio: float
    recovery_db_s: float = 80.0
    """How fast the gain comes back, in dB a second."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of sound.

    ``lufs`` is its integrated loudness; ``knee`` the part of the ceiling above which peaks are
    bent.  ``revision`` changes whenever the same programme would sound different.
    """

    name: str
    lufs: float
    knee: float
    band: Band | None = None
    compression: Compression | None = None
    revision: int = 1


_HORN = Band(low=300.0, high=6_000.0, presence=3_000.0, lift_db=5.0)
"""What a horn carries across a field; what lies below only takes the amplifier's strength."""

FLAT = Profile("flat", lufs=-16.0, knee=0.8)  # levelled clips lie almost wholly under the knee
_LOA = Profile("loa", -14.0, 0.4, _HORN, Compression(threshold_db=-22.0, ratio=2.0))
_KHAN_CAP = Profile("khan-cap", -11.0, 0.2, _HORN, Compression(threshold_db=-28.0, ratio=2.0))

PROFILES = {profile.name: profile for profile in (FLAT, _LOA, _KHAN_CAP)}
"""By the name that stands in station.yaml."""
