"""What gTTS refuses before a single byte is sent."""

from __future__ import annotations

import pytest

from broadcaster.errors import SpeechError
from broadcaster.speech.breaker import CircuitBreaker
from broadcaster.speech.engines.gtts import GttsSynthesizer


class _ReachedError(AssertionError):
    """Something was about to be sent."""


def _no_time() -> float:
    """The clock is read just before a request: then it is too late."""
    raise _ReachedError


def _engine() -> GttsSynthesizer:
    return GttsSynthesizer(breaker=CircuitBreaker(monotonic=lambda: 0.0), monotonic=_no_time)


@pytest.mark.parametrize(
    "name",
    ["vi@evil.com", "vi@com.vn/x", "vi@x.y.z", "vi@com@vn", "vi@a:80", "vi@..", "vi@.vn", "vi@c"],
)
def test_a_voice_cannot_send_the_text_elsewhere(name: str):
    """The country's ending in a voice's name leads to Google or nowhere."""
    with pytest.raises(SpeechError, match="not an address of Google"):
        _engine().speak("Một.", name)


@pytest.mark.parametrize("name", ["vi", "vi@com", "vi@vn", "vi@com.vn", "vi@co.uk", "en", "zh-cn"])
def test_languages_and_countries_of_google_are_taken(name: str):
    """Google's languages, by any of its national addresses, are asked."""
    with pytest.raises(_ReachedError):
        _engine().speak("Một.", name)


def test_an_unknown_language_has_the_nearest_name():
    """A slip in the language is answered with languages that exist."""
    with pytest.raises(SpeechError, match="no language “xx”"):
        _engine().speak("Một.", "xx")


@pytest.mark.parametrize("text", ["", "…", "?!", " - "])
def test_punctuation_alone_is_not_sent(text: str):
    """For a text without a word nothing is sent, and no failure is counted."""
    with pytest.raises(SpeechError, match="nothing to say"):
        _engine().speak(text, "vi")


def test_its_status_says_that_texts_go_to_google():
    """Whoever looks at the voices reads that this one sends its texts away; nothing is sent."""
    status = _engine().status()
    assert (status.available, status.needs_network) == (True, True)
    assert "Google" in status.hint


def test_its_status_says_when_it_is_left_alone():
    """While the breaker is open the status gives the reason."""
    breaker = CircuitBreaker(monotonic=lambda: 0.0)
    for _ in range(3):
        breaker.failed()
    status = GttsSynthesizer(breaker=breaker).status()
    assert not status.available
    assert "60 s" in status.reason
    assert "internet" in status.hint
