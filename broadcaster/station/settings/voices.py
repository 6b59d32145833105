"""``voices:`` and ``voice_by_topic:`` of station.yaml: who speaks, and who for a topic.

It stands apart from the other settings because a wrong voice is told at its own place, not only at
that of its key.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadcaster.errors import Where
    from broadcaster.yamlmark import Mark

__all__ = ["read_voice_by_topic", "read_voices", "voice_places"]


def read_voices(mark: Mark) -> tuple[str, ...] | None:
    """``[piper:vi, espeak]``; None, after a problem, where nobody is named."""
    voices = mark.texts()
    if not voices:
        mark.bad_value("no-voices", _("name at least one voice, like espeak"))
    return voices or None


def read_voice_by_topic(mark: Mark) -> dict[str, str] | None:
    """``{cchc: espeak:nam}``: by topic; a topic without a voice is left out."""
    voices = {topic: value.text() for _key, topic, value in mark.pairs() if not value.is_empty()}
    return {topic: voice for topic, voice in voices.items() if voice}


def voice_places(voices: Mark | None, by_topic: Mark | None) -> dict[str, Where]:
    """Where each voice stands: ``voices.0`` by its number, ``voice_by_topic.cchc`` by its topic."""
    places: dict[str, Where] = {}
    if voices:
        named = [item for item in _again(voices).items() if item.text()]
        places |= {f"voices.{number}": voice.where for number, voice in enumerate(named)}
    if by_topic:
        topics = _again(by_topic).pairs()
        places |= {f"voice_by_topic.{topic}": voice.where for _key, topic, voice in topics}
    return places


def _again(mark: Mark) -> Mark:
    """To be read a second time, without its problems being told twice."""
    return replace(mark, problems=[])
