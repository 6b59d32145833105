"""Profiles over real lengths: speech, music and a ducked bed, judged by ffmpeg's meter."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from ebur128 import ebur128

from broadcaster.model import Cue, CueSheet, Sentence
from broadcaster.programme import Assets, mix
from broadcaster.sound.profile import PROFILES
from broadcaster.speech import Speaker, SpeechCache

if TYPE_CHECKING:
    from broadcaster.model import Clip

pytestmark = pytest.mark.integration

PLACES = ("thôn Đông", "thôn Đoài", "xóm Chợ", "xóm Đình", "khu tái định cư")
MATTERS = (
    "lịch tiêm phòng cho trẻ em dưới năm tuổi tại trạm y tế xã",
    "việc nạo vét kênh mương nội đồng",
    "buổi họp dân bàn về việc làm đường, mời mỗi hộ cử một người đến dự",
    "công tác phòng cháy chữa cháy rừng trong những ngày nắng nóng kéo dài",
)


@pytest.fixture(scope="module")
def sounds(tmp_path_factory) -> tuple[list[Clip], list[Clip], Clip]:
    """(sentences, tunes, bed) of a station, as they lie in its cache."""
    folder = tmp_path_factory.mktemp("sounds")
    texts = [f"Xã thông báo đến bà con {p} {m}." for p in PLACES for m in MATTERS]
    with Speaker(SpeechCache(folder / "speech"), ["espeak:vi"]) as speaker:
        sentences = speaker.speak([Sentence(text, text, 500) for text in texts]).clips
    assets = Assets(folder / "none", folder / "assets")
    tunes = [assets.find(name) for name in ("nhac-hieu", "nhac-cat", "nhac-ket")]
    return list(sentences), tunes, assets.find("nhac-nen")


def _programme(sounds: tuple[list[Clip], list[Clip], Clip], minutes: int) -> CueSheet:
    """A tune, ten sentences, a tune …, each third sentence four decibels softer; music under the
    sentences, up where they pause."""
    sentences, tunes, bed = sounds
    cues: list[Cue] = []
    points: list[tuple[int, float]] = []
    now = number = 0
    while now < minutes * 60_000:
        tune = tunes[len(cues) % 3]
        cues.append(Cue(now, tune, 0, fade_out_ms=400))
        now += tune.duration_ms + 400
        points += [(now, -8.0), (now + 100, -22.0)]
        for _sentence in range(10):
            clip = sentences[number % len(sentences)]
            cues.append(Cue(now, clip, 0, gain_db=-4.0 * (number % 3 == 0)))
            now += clip.length_ms
            number += 1
        points += [(now, -22.0), (now + 500, -8.0)]
    under = Cue(0, bed, 0, length_ms=now, envelope=tuple(points), fade_out_ms=1_000)
    return CueSheet("Sáng", (under, *cues), now, ())


@pytest.mark.parametrize(
    ("name", "minutes"),
    [*product(PROFILES, (1, 6)), ("loa", 12)],  # from six minutes on, the level is found on a part
)
def test_each_profile_has_its_loudness_at_any_length(sounds, tmp_path, name, minutes) -> None:
    """One, six and twelve minutes come out at the profile's loudness ±0.5 LU, their true peak at
    −1.5 dBTP at most, and as our own meters say."""
    profile = PROFILES[name]
    result = mix(_programme(sounds, minutes), tmp_path / "p.wav", profile=profile)
    lufs, peak_db = ebur128(result.path)
    result.path.unlink()
    assert lufs == pytest.approx(profile.lufs, abs=0.5)
    assert peak_db <= -1.5
    assert lufs == pytest.approx(result.lufs, abs=0.2)
    assert peak_db == pytest.approx(result.peak_db, abs=0.3)
