"""The length of a reading, known before anything is spoken."""

from __future__ import annotations

from broadcaster.script import estimate_ms, read_text


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
    assert estimate_ms(sentences, voice="piper:vais") == estimate_ms(sentences)
    assert estimate_ms(sentences, voice="gtts:com.vn") == estimate_ms(sentences, voice="gtts:vi")


def test_nothing_takes_no_time() -> None:
    """Nothing to read takes no time."""
    assert estimate_ms([]) == 0
