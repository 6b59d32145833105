"""gTTS for real, against a stand-in of its service: what it does well and all its failures."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from needs import needs
from speech_service import Answer, SpeechService, make_certificate
from speech_threads import lengths_spoken_at_once

from broadcaster.errors import SpeechError
from broadcaster.model import Sentence
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.breaker import CircuitBreaker
from broadcaster.speech.engines.gtts import GttsSynthesizer, Patience
from broadcaster.speech.engines.tone import ToneSynthesizer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration

QUICK = Patience(connect_s=2.0, read_s=1.0, gap_s=0.0, first_backoff_s=0.01)
TEXT = "Sáng mai trạm y tế tiêm phòng cho trẻ em."


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def service(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SpeechService]:
    """The stand-in, and nowhere else to go."""
    with SpeechService(certificate) as running:
        _only_by(running.proxy, monkeypatch)
        yield running


def _only_by(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, proxy)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def test_a_sentence_comes_back_as_sound(service: SpeechService):
    """What Google answers is heard: as long as its words take, and it was asked in Vietnamese."""
    samples, rate = GttsSynthesizer(patience=QUICK).speak(TEXT, "vi")
    words = len(TEXT.split())
    assert len(samples) / rate == pytest.approx(words * 0.25, abs=0.3)  # its silent end, too
    assert abs(samples).max() > 0.1
    assert service.texts == [TEXT]
    assert service.hosts == ["translate.google.com:443"]


def test_a_long_sentence_is_asked_in_phrases(service: SpeechService):
    """No request is longer than the service takes, and no word is lost between them."""
    text = ", ".join(["bà con nhớ mang theo sổ tiêm chủng của cháu"] * 6) + "."
    samples, rate = GttsSynthesizer(patience=QUICK).speak(text, "vi")
    assert " ".join(service.texts) == text
    assert len(service.texts) > 2
    assert all(len(part) < 100 and part[-1] in ",." for part in service.texts)
    pauses_s = (len(service.texts) - 1) * 0.15
    assert len(samples) / rate == pytest.approx(len(text.split()) * 0.25 + pauses_s, rel=0.05)


def test_another_countrys_address_is_used_when_the_voice_says_so(service: SpeechService):
    """gtts:vi@com.vn asks Google's Vietnamese address."""
    GttsSynthesizer(patience=QUICK).speak(TEXT, "vi@com.vn")
    assert service.hosts == ["translate.google.com.vn:443"]


@pytest.mark.parametrize(
    "passing",
    [
        Answer.TOO_MANY,
        Answer.DOWN,
        Answer.CUT_SOUND,
        Answer.CUT_ANSWER,
        Answer.HANG,
        Answer.HANG_UP,
    ],
)
def test_what_may_pass_is_tried_again(service: SpeechService, passing: Answer):
    """A busy, failing, broken or hanging service is asked once more, and then speaks."""
    service.answers.append(passing)
    samples, _rate = GttsSynthesizer(patience=QUICK).speak(TEXT, "vi")
    assert len(samples) > 0
    assert service.texts == [TEXT, TEXT]


@pytest.mark.parametrize(
    ("answer", "asked", "said"),
    [
        (Answer.TOO_MANY, 3, "429"),
        (Answer.DOWN, 3, "503"),
        (Answer.FORBIDDEN, 1, "403"),
        (Answer.NO_SOUND, 1, "without sound"),
        (Answer.NOTHING, 3, "damaged"),
        (Answer.CUT_SOUND, 3, "cut short"),
        (Answer.CUT_ANSWER, 3, "ChunkedEncodingError"),
        (Answer.HANG, 3, "ReadTimeout"),
    ],
)
def test_what_does_not_pass_ends_in_a_sentence(
    service: SpeechService, answer: Answer, asked: int, said: str
):
    """A service that goes on failing is given up after a few requests, with the reason."""
    service.answers.extend([answer] * 5)
    began = time.monotonic()
    with pytest.raises(SpeechError, match=said):
        GttsSynthesizer(patience=QUICK).speak(TEXT, "vi")
    assert len(service.texts) == asked
    assert time.monotonic() - began < 8


def test_no_network_is_noticed_at_once(certificate: Path, monkeypatch: pytest.MonkeyPatch):
    """A refused connection is not asked again and again."""
    with SpeechService(certificate) as gone:
        _only_by(gone.proxy, monkeypatch)
    waits: list[float] = []
    with pytest.raises(SpeechError, match="cannot be reached"):
        GttsSynthesizer(patience=QUICK, wait=waits.append).speak(TEXT, "vi")
    assert waits == []


def test_a_failing_service_is_left_alone_and_asked_again_later(service: SpeechService):
    """After three failures nothing is sent for a minute; then one request may try."""
    now_s = [0.0]
    breaker = CircuitBreaker(monotonic=lambda: now_s[0])
    engine = GttsSynthesizer(patience=QUICK, breaker=breaker)
    service.answers.extend([Answer.FORBIDDEN] * 3)
    for _ in range(5):
        with pytest.raises(SpeechError):
            engine.speak(TEXT, "vi")
    assert len(service.texts) == 3
    assert not engine.status().available
    now_s[0] = 61.0
    assert engine.status().available
    engine.speak(TEXT, "vi")
    assert len(service.texts) == 4


def test_three_threads_send_one_request_at_a_time(service: SpeechService):
    """However many threads ask, each hears its own sentence."""
    engine = GttsSynthesizer(patience=QUICK)
    lengths = lengths_spoken_at_once(engine, [TEXT, TEXT + " Xin mời bà con.", "Xin mời."])
    assert lengths[2] < lengths[0] < lengths[1]
    assert len(service.texts) == 3


def test_a_failure_in_the_middle_moves_the_whole_bulletin_to_the_next_voice(
    service: SpeechService, tmp_path: Path
):
    """One bulletin has one voice; when Google is back, what it spoke is not asked again."""
    sentences = [Sentence("", f"Câu số {word}.", 300) for word in ("một", "hai", "ba")]
    engines = {"gtts": GttsSynthesizer(patience=QUICK), "tone": ToneSynthesizer()}
    service.answers.extend([Answer.SOUND, Answer.FORBIDDEN])
    with Speaker(SpeechCache(tmp_path), ["gtts", "tone"], engines=engines) as speaker:
        first = speaker.speak(sentences)
        assert (first.voice, first.calls) == ("tone:vi", 3)
        assert "403" in first.fallbacks[0]
        again = speaker.speak(sentences)
    assert (again.voice, again.calls, again.fallbacks) == ("gtts:vi", 2, ())


def test_a_bulletin_that_forbids_it_sends_nothing(service: SpeechService, tmp_path: Path):
    """`online: false` means that not a byte goes to the network."""
    engines = {"gtts": GttsSynthesizer(patience=QUICK), "tone": ToneSynthesizer()}
    with Speaker(SpeechCache(tmp_path), ["gtts", "tone"], engines=engines) as speaker:
        speech = speaker.speak([Sentence("", TEXT, 0)], voice="gtts:vi", online=False)
    assert speech.voice == "tone:vi"
    assert service.hosts == []


def test_a_rate_that_google_does_not_have_is_made_by_ffmpeg(service: SpeechService, tmp_path: Path):
    """`gtts rate=80` is Google's voice, a quarter slower; Google is asked the same as ever."""
    needs("ffmpeg", "ffmpeg")
    engines = {"gtts": GttsSynthesizer(patience=QUICK)}
    with Speaker(SpeechCache(tmp_path), ["gtts"], engines=engines) as speaker:
        usual = speaker.speak([Sentence("", TEXT, 0)])
        slow = speaker.speak([Sentence("", TEXT, 0)], voice="gtts rate=80 pitch=-2")
    assert slow.voice == "gtts:vi rate=80 pitch=-2"
    assert slow.duration_ms == pytest.approx(usual.duration_ms * 1.25, rel=0.06)
    assert service.texts == [TEXT, TEXT]
