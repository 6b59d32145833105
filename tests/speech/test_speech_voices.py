"""Engines that are there, broken or unknown."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from broadcaster.errors import SpeechError
from broadcaster.speech import engine_statuses, load_engines
from broadcaster.speech.engines.tone import ToneSynthesizer
from broadcaster.speech.synthesizer import GROUP


def test_the_machine_offers_its_voices_but_not_the_test_tone():
    """Espeak and gtts are there; the tone is there only for those who ask for it by name."""
    assert {"espeak", "gtts"} <= load_engines().keys()
    assert "tone" not in load_engines()
    assert load_engines(["tone"]).keys() == {"tone"}
    assert "tone" not in [status.engine for status in engine_statuses()]


@pytest.mark.parametrize("value", ["no_such_package:Engine", "math:no_such_name", "math:sqrt"])
def test_an_engine_that_cannot_be_loaded_is_a_row_with_its_reason(value: str):
    """A broken engine does not stop the others, and says why it is broken."""
    found = [
        EntryPoint("bad", value, GROUP),
        EntryPoint("tone", "broadcaster.speech.engines.tone:ToneSynthesizer", GROUP),
    ]
    engines = load_engines(["bad", "tone"], found=found)
    bad, tone = engine_statuses(engines.values())
    assert (bad.engine, bad.available, tone.available) == ("bad", False, True)
    assert "cannot be loaded" in bad.reason
    assert bad.hint
    with pytest.raises(SpeechError, match="cannot be loaded"):
        engines["bad"].speak("một", "vi")
    engines["bad"].close()


def test_an_unknown_engine_has_the_nearest_name():
    """A slip in an engine's name is answered with the name that was meant."""
    (status,) = engine_statuses(load_engines(["espaek"]).values())
    assert not status.available
    assert status.hint == "did you mean “espeak”?"


def test_the_tone_lasts_as_long_as_its_words():
    """The test tone is deterministic, a quarter of a second a word."""
    tone = ToneSynthesizer()
    samples, rate = tone.speak("một hai ba bốn", "vi")
    assert len(samples) == rate
    assert (samples == tone.speak("một hai ba bốn", "vi")[0]).all()
    assert (samples != tone.speak("năm sáu bảy tám", "vi")[0]).any()
    with pytest.raises(SpeechError, match="nothing to say"):
        tone.speak("…", "vi")
