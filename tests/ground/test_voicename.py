"""Voices as operators write them: engine, name or region, rate and pitch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import SpeechError
from broadcaster.voicename import PITCHES, RATES, VoiceName


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("espeak:vi", VoiceName("espeak", "vi")),
        ("gtts", VoiceName("gtts", "vi")),
        (" eSpeak:VI-vn-x-South ", VoiceName("espeak", "vi-vn-x-south")),
        ("gtts:vi@com.vn", VoiceName("gtts", "vi@com.vn")),
        ("espeak:vi rate=90 pitch=-2", VoiceName("espeak", "vi", 90, -2)),
        ("piper:vais1000  pitch=+3", VoiceName("piper", "vais1000", pitch=3)),
        ("gtts Rate=110%", VoiceName("gtts", "vi", 110)),
    ],
)
def test_a_voice_is_an_engine_a_name_and_a_manner(text: str, voice: VoiceName):
    """An engine alone means its usual Vietnamese voice; case and spaces do not matter."""
    assert VoiceName.parse(text) == voice


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("espeak:bac", "vi"),
        ("espeak:bắc", "vi"),
        ("espeak:trung", "vi-vn-x-central"),
        ("espeak:Nam rate=95", "vi-vn-x-south"),
        ("gtts:nam", "nam"),
    ],
)
def test_a_region_stands_for_espeaks_own_name(text: str, name: str):
    """Bắc, Trung and Nam are understood for espeak, with their marks and without."""
    assert VoiceName.parse(text).name == name


@given(
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True),
    st.sampled_from(RATES),
    st.sampled_from(PITCHES),
)
def test_a_voice_is_written_as_it_is_read(engine: str, name: str, rate: int, pitch: int):
    """What the log shows can be written into station.yaml."""
    voice = VoiceName.parse(str(VoiceName(engine, name, rate, pitch)))
    assert VoiceName.parse(str(voice)) == voice
    assert (voice.rate, voice.pitch) == (rate, pitch)


@pytest.mark.parametrize("text", ["", ":", "espeak:", ":vi", "../x:vi", "espeak:vi/x", "đọc:vi"])
def test_what_is_no_voice_is_refused(text: str):
    """A slip in a voice's name is said with an example of a right one."""
    with pytest.raises(SpeechError, match="engine:name"):
        VoiceName.parse(text)


@pytest.mark.parametrize(
    "text",
    ["a b:vi", "espeak:vi\nen", "espeak rat=90", "espeak rate", "espeak rate=", "espeak rate=fast"],
)
def test_what_is_no_setting_is_refused(text: str):
    """A word after the voice that is neither a rate nor a pitch is said."""
    with pytest.raises(SpeechError, match="no setting of a voice"):
        VoiceName.parse(text)


@pytest.mark.parametrize(
    "setting",
    ["rate=49", "rate=201", "rate=-90", "pitch=9", "pitch=-9", "rate=90 rate=90"],
)
def test_too_much_is_refused_with_the_limits(setting: str):
    """A rate or a pitch at which nobody is understood is refused, with what is allowed."""
    with pytest.raises(SpeechError, match=r"from .* to "):
        VoiceName.parse(f"espeak {setting}")
