"""Pace and pitch by ffmpeg, for voices that have no rate or pitch of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from needs import needs

from broadcaster.errors import SoundError, SpeechError
from broadcaster.model import Sentence
from broadcaster.sound.reshape import reshape
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.engines.tone import ToneSynthesizer

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration

RATE = 24_000


def hum(seconds: float = 3.0, hertz: float = 220.0) -> np.ndarray:
    """A vowel of a kind: a tone with overtones."""
    times = np.arange(round(seconds * RATE)) / RATE
    tones = [np.sin(2 * np.pi * hertz * n * times) / n for n in range(1, 6)]
    return (0.2 * sum(tones)).astype(np.float32)


def pitch_of(samples: np.ndarray) -> float:
    """Hertz of the strongest tone."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax()) * RATE / len(samples)


@pytest.mark.parametrize("rate", [50, 80, 110, 200])
def test_the_pace_changes_and_the_pitch_stays(rate: int):
    """A voice at 80 % of its pace takes a quarter longer and sounds as high as before."""
    needs("ffmpeg", "ffmpeg")
    shaped = reshape(hum(), RATE, rate=rate)
    assert len(shaped) == pytest.approx(3 * RATE * 100 / rate, rel=0.03)
    assert pitch_of(shaped) == pytest.approx(220, rel=0.02)


@pytest.mark.parametrize("pitch", [-8, -2, 3, 8])
def test_the_pitch_changes_and_the_length_stays(pitch: int):
    """A voice two semitones lower sounds lower and takes as long."""
    needs("ffmpeg", "ffmpeg")
    shaped = reshape(hum(), RATE, pitch=pitch)
    assert len(shaped) == pytest.approx(3 * RATE, rel=0.03)
    assert pitch_of(shaped) == pytest.approx(220 * 2 ** (pitch / 12), rel=0.02)


def test_without_ffmpeg_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A machine without ffmpeg says what to install, and what to write instead."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SoundError, match="ffmpeg is needed") as caught:
        reshape(hum(), RATE, rate=90)
    assert "apt-get install ffmpeg" in caught.value.hint


def test_an_ffmpeg_without_rubberband_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Where ffmpeg cannot change a pitch, that is said; it is not aired at another one."""
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho ' ... atempo'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SoundError, match="without rubberband"):
        reshape(hum(), RATE, pitch=2)


def test_an_ffmpeg_that_fails_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """What ffmpeg complained about is passed on."""
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho 'no such thing' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SoundError, match="no such thing"):
        reshape(hum(), RATE, rate=90)


def test_a_voice_without_a_rate_of_its_own_gets_one(tmp_path: Path):
    """`tone rate=80` is spoken a quarter slower, under a name of its own in the cache."""
    needs("ffmpeg", "ffmpeg")
    sentences = [Sentence("", "Một hai ba bốn năm sáu bảy tám.", 0)]
    engines = {"tone": ToneSynthesizer()}
    with Speaker(SpeechCache(tmp_path), ["tone"], engines=engines) as speaker:
        usual = speaker.speak(sentences)
        slow = speaker.speak(sentences, voice="tone rate=80")
    assert slow.voice == "tone:vi rate=80"
    assert slow.duration_ms == pytest.approx(usual.duration_ms * 1.25, rel=0.05)
    assert slow.clips[0].path != usual.clips[0].path


def test_where_the_rate_cannot_be_made_the_next_voice_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """No voice is aired at another pace than the one that was asked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    sentences = [Sentence("", "Một hai ba.", 0)]
    engines = {"tone": ToneSynthesizer()}
    with Speaker(SpeechCache(tmp_path), ["tone"], engines=engines) as speaker:
        speech = speaker.speak(sentences, voice="tone rate=80")
        assert speech.voice == "tone:vi"
        assert "ffmpeg" in speech.fallbacks[0]
        with pytest.raises(SpeechError, match="no voice could speak"):
            Speaker(SpeechCache(tmp_path), ["tone rate=90"], engines=engines).speak(sentences)
