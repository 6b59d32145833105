"""The estimate of a reading against what espeak really takes."""

from __future__ import annotations

import pytest

from broadcaster.script import estimate_ms, read_text
from broadcaster.sound.pcm import HOUSE_RATE, to_house
from broadcaster.speech.engines.espeak import EspeakSynthesizer
from broadcaster.speech.finish import trim

BULLETIN = """Lịch tiêm phòng tháng 9

Từ 7h30 ngày 12/9/2026, Trạm Y tế xã tiêm vắc-xin cho 245 cháu dưới 5 tuổi tại nhà văn hóa thôn.

Đợt này có 3.150 liều, đạt 95,6% kế hoạch; bà con mang theo sổ tiêm chủng và thẻ BHYT của cháu.
Mọi thắc mắc xin gọi 0912 345 678.
"""


@pytest.mark.integration
@pytest.mark.parametrize("name", ["vi", "vi-vn-x-central", "vi-vn-x-south"])
def test_estimate_is_near(name: str) -> None:
    """A bulletin takes as long as its editor was told, within a tenth."""
    sentences = read_text(BULLETIN).sentences
    engine = EspeakSynthesizer()
    try:
        clips = [trim(to_house(*engine.speak(s.spoken, name))) for s in sentences]
    finally:
        engine.close()
    real_ms = sum(len(clip) for clip in clips) * 1000 / HOUSE_RATE
    real_ms += sum(sentence.pause_after_ms for sentence in sentences)
    assert estimate_ms(sentences, voice=f"espeak:{name}") == pytest.approx(real_ms, rel=0.1)
