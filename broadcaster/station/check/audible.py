"""The audible test: five seconds of a tone on an output, and whether a sound server heard it.

It stands apart from the examination because it makes noise in the street.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, OutputError, nearest
from broadcaster.playout import PlaybackState, mixer_of
from broadcaster.station.air.zoning import open_configured
from broadcaster.station.check.finding import Finding
from broadcaster.station.watch.levels import listen_db, monitor_of
from broadcaster.station.watch.status import read_status

if TYPE_CHECKING:
    from broadcaster.clock import Clock
    from broadcaster.playout import Playback
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.settings.outputs import OutputSettings

__all__ = ["sound_findings"]

_TONE_MS = 5_000
_LEAD = timedelta(seconds=1)
_LISTEN_AFTER = timedelta(seconds=1)
_PATIENCE = timedelta(seconds=5)
_GLANCE = timedelta(milliseconds=100)
_HERTZ, _LEVEL, _FADE_MS = 440, 0.1, 50
_UNHEARD_DB = -60.0


def sound_findings(
    folder: StationFolder, config: StationConfig, name: str | None, *, clock: Clock
) -> list[Finding]:
    """Play on the output ``name``, or on one after another.

    Raises ContentError for a name that the station does not have, and while it is on air.
    """
    outputs = [o for o in config.all_outputs if name is None or name in {o.name, o.to}]
    if not outputs:
        known = [output.name or output.to for output in config.all_outputs]
        message = _("the station has no output named “{name}”").format(name=name)
        raise ContentError([], message=f"{message} — {nearest(str(name), known)}")
    status = read_status(folder.status, now=clock.now())
    if status.in_contact and status.values.get("on_air"):
        message = _("the station is on air: test the sound when it is over")
        raise ContentError([], message=message)
    with tempfile.TemporaryDirectory() as scratch:
        tone = Path(scratch) / "tone.wav"
        _write_tone(tone)
        return [_tested(folder, config, output, tone, clock) for output in outputs]


def _write_tone(path: Path) -> None:
    import numpy as np  # noqa: PLC0415 - only for the test

    from broadcaster.sound.wav import HOUSE_RATE, write_wav  # noqa: PLC0415

    count = HOUSE_RATE * _TONE_MS // 1000
    tone = _LEVEL * np.sin(2 * np.pi * _HERTZ / HOUSE_RATE * np.arange(count))
    fade = np.linspace(0, 1, HOUSE_RATE * _FADE_MS // 1000)
    tone[: fade.size] *= fade
    tone[-fade.size :] *= fade[::-1]
    write_wav(path, tone.astype(np.float32))


def _tested(
    folder: StationFolder,
    config: StationConfig,
    settings: OutputSettings,
    tone: Path,
    clock: Clock,
) -> Finding:
    label = settings.name or settings.to
    try:
        output = open_configured(settings, config.name, folder.root, clock=clock)
        mixer = mixer_of(settings.to)
        if mixer and settings.volume is not None:
            mixer.set(settings.volume)
        playback = output.play(tone, at=clock.now() + _LEAD, duration_ms=_TONE_MS)
    except OutputError as error:
        return Finding("sound", ok=False, message=f"{label}: {error.message}", cure=error.hint)
    try:
        heard = _heard(playback, settings.to, clock)
    finally:
        playback.stop()
    if playback.state() is not PlaybackState.ENDED:
        reason = playback.reason() or _("it did not end in time")
        return Finding("sound", ok=False, message=f"{label}: {reason}")
    if heard is not None and heard < _UNHEARD_DB:
        message = _("{output}: the tone was played, and the sound server plays nothing")
        cure = _("look at its volume and its mute: pactl list sinks")
        return Finding("sound", ok=False, message=message.format(output=label), cure=cure)
    message = _("{output}: a tone of five seconds was played")
    cure = _("not heard? look at cables, amplifier and volume: docs/trieu-chung.md")
    return Finding("sound", ok=True, message=message.format(output=label), cure=cure)


def _heard(playback: Playback, spec: str, clock: Clock) -> float | None:
    """Wait for the end; what the sound server played in the midst of it, where it can be heard."""
    begins_at = clock.now() + _LEAD
    ends_at = begins_at + timedelta(milliseconds=_TONE_MS) + _PATIENCE
    heard, source = None, monitor_of(spec)
    while clock.now() < ends_at and playback.state() in {
        PlaybackState.STARTING,
        PlaybackState.PLAYING,
    }:
        if source and clock.now() > begins_at + _LISTEN_AFTER:
            heard, source = listen_db(source), None
        clock.wait_until(clock.now() + _GLANCE)
    return heard
