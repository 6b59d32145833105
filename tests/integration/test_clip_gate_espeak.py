"""The gate on clips with the real offline voice: it lets every sentence of the sample pass."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from broadcaster.script import load_bulletin, load_lexicon, read_text
from broadcaster.speech.engines.espeak import VIETNAMESE, EspeakSynthesizer
from broadcaster.speech.gate import fault_of
from broadcaster.speech.handoff import hand_over

pytestmark = pytest.mark.integration

SCRIPTS = Path(__file__).parents[2] / "scripts_vi"


def _sentences() -> list[str]:
    lexicon, _problems = load_lexicon(SCRIPTS / "tu-dien.tsv")
    loaded = [load_bulletin(path)[0] for path in sorted(SCRIPTS.glob("*.txt"))]
    bulletins = [bulletin for bulletin in loaded if bulletin and bulletin.language == "vi"]
    readings = [read_text(bulletin.text, lexicon=lexicon) for bulletin in bulletins]
    return [hand_over("espeak", s.spoken) for reading in readings for s in reading.sentences]


@pytest.mark.parametrize("voice", VIETNAMESE)
def test_no_sentence_of_the_sample_is_refused(voice: str) -> None:
    """Every sentence of every sample bulletin passes, in each of the three regions' voices."""
    engine = EspeakSynthesizer()
    try:
        with ThreadPoolExecutor(engine.at_once) as pool:
            faults = pool.map(lambda text: fault_of(*engine.speak(text, voice), text), _sentences())
            assert {*faults} == {""}
    finally:
        engine.close()


def test_a_clip_of_which_a_third_is_left_is_refused() -> None:
    """Of the longer sample sentences, not one passes when two thirds of its sound are missing."""
    engine = EspeakSynthesizer()
    try:
        for text in [text for text in _sentences() if len(text.split()) >= 10]:
            samples, rate = engine.speak(text, "vi")
            assert fault_of(samples[: len(samples) // 3], rate, text)
    finally:
        engine.close()
