"""Bad sound from a voice: asked for again once, then another voice speaks, and the log says why."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model import Sentence
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.engines.tone import ToneSynthesizer
from broadcaster.speech.gate import fault_of, syllables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "Chiều nay, ủy ban xã họp với các trưởng thôn về đường mới."
RATE = 24_000

_Sound = tuple[np.ndarray, int]


def spoken(text: str = TEXT) -> _Sound:
    """What a voice without a fault delivers."""
    return ToneSynthesizer().speak(text, "vi")


def _cut(sound: _Sound) -> _Sound:
    return sound[0][: len(sound[0]) // 2], sound[1]


def _broken_off(sound: _Sound) -> _Sound:
    return sound[0][: len(sound[0]) * 9 // 10], sound[1]


def _too_loud(sound: _Sound) -> _Sound:
    return np.clip(sound[0] * 8, -1, 1), sound[1]


def _too_quiet(sound: _Sound) -> _Sound:
    return sound[0] * np.float32(0.004), sound[1]


def _silent(sound: _Sound) -> _Sound:
    return np.zeros_like(sound[0]), sound[1]


def _nothing(sound: _Sound) -> _Sound:
    return sound[0][:0], sound[1]


def _no_numbers(sound: _Sound) -> _Sound:
    return np.full_like(sound[0], np.nan), sound[1]


def _fast(sound: _Sound) -> _Sound:
    return sound[0], 2 * sound[1]


def _slow(sound: _Sound) -> _Sound:
    return sound[0], sound[1] // 4


def _senseless(sound: _Sound) -> _Sound:
    return sound[0], 0


DEFECTS = [
    (_cut, "too short for 13 syllables"),
    (_broken_off, "breaks off in the middle of a sound"),
    (_too_loud, "distorted"),
    (_too_quiet, "too quiet"),
    (_silent, "only silence"),
    (_nothing, "only silence"),
    (_no_numbers, "only silence"),
    (_fast, "too short"),
    (_slow, "too long"),
    (_senseless, "0 samples a second"),
]


class Faulty(ToneSynthesizer):
    """A voice whose sound is spoilt for the first ``times`` that it is asked."""

    engine = "faulty"

    def __init__(self, spoil: Callable[[_Sound], _Sound], *, times: int = 1_000) -> None:
        super().__init__()
        self._spoil = spoil
        self._times = times

    def speak(self, text: str, name: str, **manner: int) -> _Sound:
        sound = super().speak(text, name, **manner)
        return self._spoil(sound) if len(self.spoken) <= self._times else sound


def _speaker(tmp_path: Path, faulty: Faulty) -> Speaker:
    engines = {"faulty": faulty, "tone": ToneSynthesizer()}
    return Speaker(SpeechCache(tmp_path), ["faulty", "tone"], engines=engines)


@pytest.mark.parametrize(("spoil", "reason"), DEFECTS)
def test_bad_sound_is_asked_for_twice_and_then_another_voice_speaks(
    tmp_path: Path, spoil: Callable[[_Sound], _Sound], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is wrong with a sentence, the next voice reads all, and it is said why."""
    faulty = Faulty(spoil)
    with caplog.at_level(logging.WARNING):
        speech = _speaker(tmp_path, faulty).speak([Sentence(TEXT, TEXT, 300)])
    assert speech.voice == "tone:vi"
    assert faulty.spoken == [TEXT, TEXT]
    assert reason in speech.fallbacks[0]
    assert "Chiều nay" in speech.fallbacks[0]
    assert reason in caplog.text
    assert len([*tmp_path.rglob("*.wav")]) == 1


@pytest.mark.parametrize(("spoil", "_reason"), DEFECTS)
def test_what_was_bad_only_once_is_no_reason_to_change_the_voice(
    tmp_path: Path, spoil: Callable[[_Sound], _Sound], _reason: str
) -> None:
    """A sentence that comes out well the second time is aired in the voice that was wanted."""
    speech = _speaker(tmp_path, Faulty(spoil, times=1)).speak([Sentence(TEXT, TEXT, 300)])
    assert (speech.voice, speech.fallbacks) == ("faulty:vi", ())


def test_one_bad_sentence_moves_the_whole_item(tmp_path: Path) -> None:
    """An item in which the third sentence is cut short is read by another voice from its start."""
    texts = ["Kính thưa bà con.", "Hôm nay trời nắng.", TEXT]
    faulty = Faulty(lambda sound: _cut(sound) if len(sound[0]) > 2 * RATE else sound)
    speech = _speaker(tmp_path, faulty).speak([Sentence(t, t, 300) for t in texts])
    assert speech.voice == "tone:vi"
    assert [clip.text for clip in speech.clips] == texts


def test_the_reason_is_said_in_vietnamese(tmp_path: Path, vietnamese: None) -> None:
    """The operator reads in his own language what was wrong with the sound."""
    speech = _speaker(tmp_path, Faulty(_cut)).speak([Sentence(TEXT, TEXT, 300)])
    assert "quá ngắn" in speech.fallbacks[0]


@pytest.mark.parametrize("pace", [0.5, 0.75, 1.0, 1.5, 2.0])
def test_a_slow_or_a_fast_voice_is_measured_by_its_own_pace(pace: float) -> None:
    """A voice that was asked to speak at half or double pace is not called wrong for it."""
    samples, rate = spoken()
    assert fault_of(samples, round(rate * pace), TEXT, pace=pace) == ""


def test_a_foreign_voice_is_judged_with_more_room() -> None:
    """The silent letters of an English sentence do not make it too short."""
    samples, rate = spoken("a b c d e f g")
    text = "Those people there have made more than five homes here."
    assert fault_of(samples, rate, text, foreign=True) == ""
    assert "too short" in fault_of(samples[: len(samples) // 2], rate, text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("Khuya rồi, về thôi!", 4), ("quý I", 2), ("b, c", 2), ("internet", 3), ("…", 0), ("GIỮA", 1)],
)
def test_syllables_are_counted_as_they_are_said(text: str, count: int) -> None:
    """A Vietnamese word is one syllable, a foreign one has one for each vowel, a letter one."""
    assert syllables(text) == count


@given(
    st.lists(st.sampled_from(["xã", "họp", "thôn,", "mới.", "b", "nước"]), min_size=1, max_size=60)
)
def test_no_sentence_of_a_good_voice_is_refused(words: list[str]) -> None:
    """However long or short a sentence is, good sound passes."""
    text = " ".join(words)
    assert fault_of(*spoken(text), text) == ""
