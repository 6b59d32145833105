"""The length of a reading, known before anything is spoken."""

from __future__ import annotations

import pytest

from broadcaster.model import Sentence
from broadcaster.script import estimate_ms, read_text
from broadcaster.voicename import VoiceName


def test_longer_texts_take_longer() -> None:
    """Twice the text takes twice the time."""
    once = read_text("Xã họp dân bàn việc làm đường.").sentences
    assert estimate_ms([*once, *once]) == 2 * estimate_ms(once)


def test_pauses_count() -> None:
    """The pauses after the sentences are part of the length."""
    (sentence,) = read_text("Xã họp dân.").sentences
    assert estimate_ms([sentence]) > sentence.pause_after_ms + 3 * 150


def test_every_voice_has_an_estimate() -> None:
    """A voice that nobody has measured is estimated like its engine's first one."""
    sentences = read_text("Xã họp dân.").sentences
    assert estimate_ms(sentences, voice=VoiceName("piper", "vais")) == estimate_ms(sentences)
    google = estimate_ms(sentences, voice=VoiceName("gtts"))
    assert estimate_ms(sentences, voice=VoiceName("gtts", "vi@com.vn")) == google


def test_rate_and_pace_shorten_what_is_said_but_not_the_pauses() -> None:
    """At 80 % of its pace a voice takes a quarter longer; the pauses between sentences stay."""
    sentence = Sentence("", "Xã họp dân tối nay.", 1000)
    usual = estimate_ms([sentence]) - 1000
    slow = estimate_ms([sentence], voice=VoiceName("espeak", rate=80)) - 1000
    assert slow == pytest.approx(usual * 1.25, abs=1)
    brisk = estimate_ms([sentence], voice=VoiceName("piper", "x"), pace=125.0) - 1000
    assert brisk == pytest.approx(usual * 0.8, abs=1)


def test_nothing_takes_no_time() -> None:
    """Nothing to read takes no time."""
    assert estimate_ms([]) == 0
