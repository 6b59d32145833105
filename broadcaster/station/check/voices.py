"""Voices that nobody has, wherever somebody wrote one: settings, bulletins, programmes.

It stands apart from the other checks because it asks the engines, which is slower than reading.
A wrong voice costs no bulletin its place on air, the next one speaks: but it is told.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, SpeechError, Where, nearest
from broadcaster.speech.chain import VoiceChain
from broadcaster.speech.synthesizer import HasInstalledVoices
from broadcaster.voicename import DEFAULT_NAME, REGIONS, VoiceName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import Bulletin
    from broadcaster.speech.synthesizer import Synthesizer
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["check_voices"]


def check_voices(folder: StationFolder, config: StationConfig, content: Content) -> list[Problem]:
    """What is wrong with each voice that is named, at the place where it is named."""
    chain = VoiceChain(config.voices, voices=folder.voices)
    fault = cache(lambda voice: _fault(voice, chain))
    try:
        named = [
            found._replace(where=where)
            for voice, where in _named(config, content)
            if (found := fault(voice)) is not None
        ]
        forbidden = [
            _not_allowed(bulletin)
            for bulletin in content.bulletins.values()
            if bulletin.voice and not fault(bulletin.voice) and _forbids(config, bulletin, chain)
        ]
        silent = list(_all_forbidden(config, chain))
    finally:
        chain.close()
    return [*named, *forbidden, *silent, *_topics(config, content)]


def _topics(config: StationConfig, content: Content) -> Iterator[Problem]:
    """Topics that no bulletin has, where they look like a slip."""
    used = {bulletin.topic.casefold() for bulletin in content.bulletins.values() if bulletin.topic}
    for topic in config.voice_by_topic:
        if topic.casefold() not in used and get_close_matches(topic.casefold(), used, n=1):
            message = _("no bulletin has the topic “{topic}”").format(topic=topic)
            hint = nearest(topic.casefold(), used)
            place = config.place_of(f"voice_by_topic.{topic}")
            yield Problem(place, "unknown-topic", message, hint, Severity.WARNING)


def _all_forbidden(config: StationConfig, chain: VoiceChain) -> Iterator[Problem]:
    """That every voice of the station needs the network which ``online`` forbids."""
    if config.online or chain.likely(online=False) or not chain.likely(online=True):
        return
    message = _("every voice here needs a network, and “online” forbids it: nothing is read")
    hint = _("add “espeak” to the voices, or write “online: true”")
    yield Problem(config.place_of("voices"), "no-voice", message, hint)


def _named(config: StationConfig, content: Content) -> Iterator[tuple[str, Where]]:
    """Every voice that somebody wrote, with its place."""
    for number, voice in enumerate(config.voices):
        yield voice, config.place_of(f"voices.{number}")
    for topic, voice in config.voice_by_topic.items():
        yield voice, config.place_of(f"voice_by_topic.{topic}")
    for bulletin in content.bulletins.values():
        if bulletin.voice:
            yield bulletin.voice, bulletin.voice_where
    for plan in content.plans:
        for programme in plan.programmes.values():
            for segment in programme.segments:
                for voice in segment.choice.voices if segment.choice else ():
                    yield voice, segment.where


def _fault(text: str, chain: VoiceChain) -> Problem | None:
    """What is wrong with a voice, without its place."""
    try:
        voice = VoiceName.parse(text)
    except SpeechError as error:
        return Problem(Where(), "bad-voice", error.message, error.hint)
    engine = chain.engines.get(voice.engine)
    if engine is None:
        message = _("nothing here is called “{name}”").format(name=voice.engine)
        return Problem(
            Where(), "unknown-synthesizer", message, nearest(voice.engine, chain.engines)
        )
    return _missing(voice, engine) or _unshaped(voice, engine)


def _missing(voice: VoiceName, engine: Synthesizer) -> Problem | None:
    """That the engine has no voice of this name."""
    if voice.name == DEFAULT_NAME and not isinstance(engine, HasInstalledVoices):
        return None
    try:
        names = [name.casefold() for name in engine.voices()]
    except SpeechError:
        return None  # the engine does not work here: `doctor` and `voices` say so
    if voice.name.partition("@")[0] in names:
        return None
    if isinstance(engine, HasInstalledVoices):
        return _not_installed(voice, engine)
    if not names:
        return None
    message = _("the engine {engine} has no voice “{name}” here")
    message = message.format(engine=voice.engine, name=voice.name)
    return Problem(
        Where(), "unknown-voice", message, nearest(voice.name, [*names, *_regions(voice)])
    )


def _not_installed(voice: VoiceName, engine: Synthesizer) -> Problem | None:
    names = engine.voices()
    if voice.name == DEFAULT_NAME and any(engine.is_vietnamese(name) for name in names):
        return None
    message = _("the voice “{name}” of {engine} is not installed in this station")
    message = message.format(engine=voice.engine, name=voice.name)
    hint = nearest(voice.name, names) or _("install it: broadcaster voices install FILE")
    return Problem(Where(), "unknown-voice", message, hint)


def _regions(voice: VoiceName) -> tuple[str, ...]:
    return tuple(REGIONS.get(voice.engine, ()))


def _unshaped(voice: VoiceName, engine: Synthesizer) -> Problem | None:
    """That neither the engine nor this machine can make its rate or its pitch."""
    missing = voice.manner().keys() - engine.shapes
    if not missing:
        return None
    from broadcaster.sound.reshape import trouble_with  # noqa: PLC0415 - numpy, rarely needed

    trouble = trouble_with(pitch="pitch" in missing)
    if trouble is None:
        return None
    return Problem(Where(), "voice-unshaped", trouble.message, trouble.hint, Severity.WARNING)


def _forbids(config: StationConfig, bulletin: Bulletin, chain: VoiceChain) -> bool:
    try:
        voice = VoiceName.parse(bulletin.voice)
        chain.engine_of(voice, online=config.online and bulletin.online)
    except SpeechError:
        return True
    return False


def _not_allowed(bulletin: Bulletin) -> Problem:
    message = _("“{voice}” would send this text to the internet, which is forbidden: another reads")
    hint = _("choose a voice without a network, or see “online” and “voices” in station.yaml")
    message = message.format(voice=bulletin.voice)
    return Problem(bulletin.voice_where, "voice-forbidden", message, hint, Severity.WARNING)
