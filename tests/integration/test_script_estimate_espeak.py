"""The estimate of a reading against what espeak really takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from broadcaster.script import estimate_ms, load_bulletin, read_text
from broadcaster.sound.pcm import HOUSE_RATE, to_house
from broadcaster.speech.engines.espeak import EspeakSynthesizer
from broadcaster.speech.finish import trim
from broadcaster.speech.handoff import hand_over
from broadcaster.voicename import VoiceName

if TYPE_CHECKING:
    from collections.abc import Iterator

BULLETIN = """Lịch tiêm phòng tháng 9

Từ 7h30 ngày 12/9/2026, Trạm Y tế xã tiêm vắc-xin cho 245 cháu dưới 5 tuổi tại nhà văn hóa thôn.

Đợt này có 3.150 liều, đạt 95,6% kế hoạch; bà con mang theo sổ tiêm chủng và thẻ BHYT của cháu.
Mọi thắc mắc xin gọi 0912 345 678.
"""


SAMPLES = Path(__file__).parents[2] / "scripts_vi"


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakSynthesizer]:
    engine = EspeakSynthesizer()
    yield engine
    engine.close()


def _texts() -> list[str]:
    found = (load_bulletin(path)[0] for path in sorted(SAMPLES.glob("*.[tm][xd][td]")))
    return [BULLETIN, *(b.text for b in found if b is not None and b.language == "vi")]


@pytest.mark.integration
@pytest.mark.parametrize(
    "voice",
    ["espeak:bac", "espeak:trung", "espeak:nam", "espeak:nam rate=80", "espeak:bac rate=125"],
)
def test_estimate_is_near(voice: str, engine: EspeakSynthesizer) -> None:
    """Each bulletin takes as long as its editor was told, within a tenth, by each voice."""
    speaker = VoiceName.parse(voice)
    for text in _texts():
        sentences = read_text(text).sentences
        sent = [hand_over("espeak", sentence.spoken) for sentence in sentences]
        spoken = [engine.speak(words, speaker.name, **speaker.manner()) for words in sent]
        clips = [trim(to_house(*sound)) for sound in spoken]
        real_ms = sum(len(clip) for clip in clips) * 1000 / HOUSE_RATE
        real_ms += sum(sentence.pause_after_ms for sentence in sentences)
        told_ms = estimate_ms(sentences, voice=speaker)
        assert told_ms == pytest.approx(real_ms, rel=0.1), text[:60]
