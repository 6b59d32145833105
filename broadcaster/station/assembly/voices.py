"""Whose voice: the chain of a station, the voice of a bulletin, and how fast each one speaks.

It stands apart from preparation because the estimate and the check need the same answers.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from broadcaster.speech.chain import VoiceChain
from broadcaster.voicename import bare_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.model import Bulletin
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["allowed_voices", "chain_of", "topic_voice", "voice_chain"]

_BETWEEN_VOICES = re.compile(r"[\s,]+(?!\w+=)")
"""Commas or spaces, but not the one before ``rate=`` or ``pitch=``."""


def chain_of(config: StationConfig) -> Sequence[str]:
    """The station's voices in their order; ``BROADCASTER_VOICES`` overrides them for one run."""
    override = os.environ.get("BROADCASTER_VOICES", "").strip(" ,")
    return _BETWEEN_VOICES.split(override) if override else config.voices


def voice_chain(folder: StationFolder, config: StationConfig) -> VoiceChain:
    """The chain of :func:`chain_of` with this machine's engines, loaded when first needed."""
    return VoiceChain(chain_of(config), voices=folder.voices)


def topic_voice(config: StationConfig, bulletin: Bulletin) -> str:
    """The voice that the station keeps for this bulletin's topic; "" for none."""
    wanted = {_plain(topic): voice for topic, voice in config.voice_by_topic.items()}
    return wanted.get(_plain(bulletin.topic), "")


def allowed_voices(config: StationConfig, content: Content, bulletin: Bulletin) -> tuple[str, ...]:
    """Who may speak ``bulletin``: its own voice, its topic's, those that read in turn in a week,
    and the station's; each as :func:`bare_name` calls it."""
    lines = (line for p in content.plans for q in p.programmes.values() for line in q.segments)
    in_turn = [voice for line in lines if line.choice for voice in line.choice.voices]
    named = [bulletin.voice, topic_voice(config, bulletin), *in_turn, *chain_of(config)]
    return tuple(sorted({bare_name(voice) for voice in named if voice}))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip()
