"""A voice as it is written: ``espeak:nam rate=90 pitch=-2``.

It stands apart because the estimate of a text, the speech stage and the check of a station all
read it, and stages never import each other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from gettext import gettext as _

from broadcaster.errors import SpeechError

__all__ = ["DEFAULT_NAME", "PITCHES", "RATES", "REGIONS", "USUAL_RATE", "VoiceName", "bare_name"]

DEFAULT_NAME = "vi"
"""Every engine understands this name: its usual Vietnamese voice."""

USUAL_RATE = 100
RATES = range(50, 201)
"""Per cent of the voice's usual pace; slower or faster nobody can follow."""

PITCHES = range(-8, 9)
"""Semitones above the voice's usual pitch: as far as espeak-ng goes, and as any voice stands."""

REGIONS = {"espeak": {"bac": "vi", "trung": "vi-vn-x-central", "nam": "vi-vn-x-south"}}
"""What an operator may write instead of an engine's name of a Vietnamese region."""

_ENGINE_AND_NAME = re.compile(r"([a-z0-9_-]+)(?::([a-z0-9_.@-]+))?")
_SETTING = re.compile(r"(\w+)=([+-]?\d{1,3})%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class VoiceName:
    """One voice of one engine, its rate (% of its usual pace) and its pitch (semitones)."""

    engine: str
    name: str = DEFAULT_NAME
    rate: int = USUAL_RATE
    pitch: int = 0

    def __str__(self) -> str:
        manner = [f"{key}={value}" for key, value in self.manner().items()]
        return " ".join([f"{self.engine}:{self.name}", *manner])

    def manner(self) -> dict[str, int]:
        """``rate`` and ``pitch``, where they are not the voice's usual ones."""
        usual = {"rate": USUAL_RATE, "pitch": 0}
        written = {"rate": self.rate, "pitch": self.pitch}
        return {key: value for key, value in written.items() if value != usual[key]}

    @classmethod
    def parse(cls, text: str) -> VoiceName:
        """Read ``espeak:vi-vn-x-south rate=90``, or ``gtts`` alone; raises `SpeechError`."""
        first, *settings = text.split() or [""]
        match = _ENGINE_AND_NAME.fullmatch(_without_marks(first.casefold()))
        if match is None:
            raise SpeechError(
                _("“{text}” is not the name of a voice").format(text=text),
                hint=_("write engine:name, like espeak:nam, gtts:vi or espeak:bac rate=90"),
            )
        engine, name = match[1], match[2] or DEFAULT_NAME
        name = REGIONS.get(engine, {}).get(name, name)
        return cls(engine, name, **_manner(settings))


def bare_name(text: str) -> str:
    """``text`` without rate and pitch, which make another rendition and no other voice; what is
    no voice stays as it is."""
    try:
        return str(replace(VoiceName.parse(text), rate=USUAL_RATE, pitch=0))
    except SpeechError:
        return text


def _manner(settings: list[str]) -> dict[str, int]:
    known = {"rate": RATES, "pitch": PITCHES}
    found: dict[str, int] = {}
    for setting in settings:
        match = _SETTING.fullmatch(setting.casefold())
        if match is None or match[1] not in known:
            raise SpeechError(
                _("“{setting}” is no setting of a voice").format(setting=setting),
                hint=_("after the name of the voice write rate=90 or pitch=-2, without spaces"),
            )
        key, value = match[1], int(match[2])
        if key in found or value not in known[key]:
            raise SpeechError(
                _("“{setting}” cannot be used here").format(setting=setting),
                hint=_("write {key}= once, with a whole number from {low} to {high}").format(
                    key=key, low=known[key][0], high=known[key][-1]
                ),
            )
        found[key] = value
    return found


def _without_marks(text: str) -> str:
    """So that ``espeak:bắc`` is understood as well."""
    parted = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))
