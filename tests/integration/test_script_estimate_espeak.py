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
@pytest.mark.parametrize("name", ["vi", "vi-vn-x-central", "vi-vn-x-south"])
def test_estimate_is_near(name: str, engine: EspeakSynthesizer) -> None:
    """Each bulletin takes as long as its editor was told, within a tenth, by each voice."""
    for text in _texts():
        sentences = read_text(text).sentences
        sent = [hand_over("espeak", sentence.spoken) for sentence in sentences]
        clips = [trim(to_house(*engine.speak(words, name))) for words in sent]
        real_ms = sum(len(clip) for clip in clips) * 1000 / HOUSE_RATE
        real_ms += sum(sentence.pause_after_ms for sentence in sentences)
        told_ms = estimate_ms(sentences, voice=f"espeak:{name}")
        assert told_ms == pytest.approx(real_ms, rel=0.1), text[:60]
