"""The border between what was read and what an engine is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model import Sentence
from broadcaster.script import read_text
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.engines.tone import ToneSynthesizer
from broadcaster.speech.handoff import hand_over, respellings

if TYPE_CHECKING:
    from pathlib import Path

RAW = re.compile(r"[\d_%&@+=/\\#*<>|$€²½]")


@pytest.mark.parametrize(
    ("spoken", "sent"),
    [
        ("Tin đăng trên Facebook và Zalo.", "Tin đăng trên phây búc và da lô."),
        ("mở Google, YOUTUBE.", "mở gu gồ, diu túp."),
        ("Nộp online qua website!", "Nộp on lai qua oép sai!"),
        ("Dùng Internet Banking.", "Dùng in tơ nét banh kinh."),
        ("Bà con và trang trại.", "Bà con và trang trại."),
    ],
)
def test_espeak_is_sent_syllables(spoken: str, sent: str) -> None:
    """Brands and foreign words reach espeak as Vietnamese syllables, all other words as read."""
    assert hand_over("espeak", spoken) == sent


def test_each_engine_has_its_own_spelling() -> None:
    """Google's voice is sent the words that it knows; an engine without a table everything."""
    assert hand_over("gtts", "Xem Facebook và fanpage.") == "Xem Facebook và phan pây."
    assert hand_over("another", "Xem Facebook.") == "Xem Facebook."
    assert hand_over("espeak", "Xem Facebook.", vietnamese=False) == "Xem Facebook."


@pytest.mark.parametrize("engine", ["espeak", "gtts"])
def test_tables_are_well_formed(engine: str) -> None:
    """A row is a word in small letters and what can be sent; none is written twice."""
    table = respellings(engine)
    assert table
    for written, sent in table.items():
        assert written == written.lower() == " ".join(written.split())
        assert re.fullmatch(r"[a-zà-ỹđ]+( [a-zà-ỹđ]+)*", sent), written
        assert hand_over(engine, written) == sent


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("Họp ngày 5/9.", "Họp ngày năm chín ."),
        ("Gọi UBND xã.", "Gọi u b n d xã."),
        ("Đạt 3% & hơn.", "Đạt ba hơn."),
        ("m²", "m"),
    ],
)
def test_nothing_raw_is_sent(raw: str, sent: str, caplog: pytest.LogCaptureFixture) -> None:
    """What nobody read is spelled or left out, and the log says so."""
    assert hand_over("espeak", raw) == sent
    assert "unread text" in caplog.text


@given(st.text(max_size=60))
def test_no_sign_passes(text: str) -> None:
    """Whatever comes, no digit, sign or abbreviation passes the border."""
    sent = hand_over("espeak", text)
    assert not RAW.search(sent)
    assert not any(word.isupper() and len(word) > 1 for word in re.findall(r"[^\W\d_]+", sent))


def test_readings_pass_untouched(caplog: pytest.LogCaptureFixture) -> None:
    """A reading is never mended at the border: there is nothing left to mend."""
    text = "UBND xã họp 7h30 ngày 5/9/2026, đạt 95,6% KH 44/KH-UBND; gọi 0912 345 678 (HTXQ)."
    for sentence in read_text(text).sentences:
        assert hand_over("tone", sentence.spoken) == sentence.spoken
    assert caplog.text == ""


class Espeak(ToneSynthesizer):
    engine = "espeak"


def test_the_log_keeps_the_reading(tmp_path: Path) -> None:
    """The engine hears its spelling; the clip keeps what was read, and lies by what was sent."""
    engine = Espeak()
    speaker = Speaker(SpeechCache(tmp_path), ["espeak"], engines={"espeak": engine})
    speech = speaker.speak([Sentence("Zalo.", "Zalo.", 300), Sentence("Da lô.", "da lô.", 300)])
    assert engine.spoken == ["da lô."]
    assert [clip.text for clip in speech.clips] == ["Zalo.", "da lô."]
    assert speech.clips[0].path == speech.clips[1].path


def test_piper_reads_foreign_words_like_espeak():
    """Piper's voices ask espeak-ng for the phonemes: they get the same spelling."""
    assert hand_over("piper", "Xem Zalo.") == hand_over("espeak", "Xem Zalo.") != "Xem Zalo."
