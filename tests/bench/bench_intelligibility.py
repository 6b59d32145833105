"""How well speech is understood in street noise: profiles at one peak, as an amplifier limits it.

STOI and ESTOI (pystoi) compare what is heard with what was said.  The speech is espeak's, since
no recording of a Vietnamese announcer lies in this repository; the noise is made here, with the
spectrum of traffic and coming and going.  Each profile is heard plainly and through a horn, which
carries 300 to 6,000 Hz.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soxr
from pystoi import stoi

from broadcaster.model import Cue, CueSheet, Sentence
from broadcaster.programme import mix
from broadcaster.sound.loudness import true_peak_db
from broadcaster.sound.profile import PROFILES
from broadcaster.sound.wav import HOUSE_RATE, read_wav
from broadcaster.speech import Speaker, SpeechCache

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadcaster.sound.wav import Pcm

NOISE_DB = -12.0
"""Under the peak of the speech: flat speech is then understood in part."""
STOI_RATE = 10_000
TEXTS = (
    "Ủy ban nhân dân xã thông báo lịch tiêm phòng cho trẻ em dưới năm tuổi.",
    "Mời bà con thôn Đông đến nhà văn hóa lúc bảy giờ sáng mai.",
    "Khi đi, nhớ mang theo sổ tiêm chủng và thẻ bảo hiểm y tế.",
    "Trời nắng nóng kéo dài, đề nghị mọi người không đốt rẫy.",
    "Ai cần giúp đỡ xin gọi cho trạm y tế xã.",
    "Nước sẽ được đưa về kênh chính từ chiều thứ năm tuần này.",
)


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal)."""
    with tempfile.TemporaryDirectory() as folder:
        heard = _programmes(Path(folder))
    noise = _street(len(heard["flat"]))
    table = []
    for place, through in (("street", _plainly), ("street, by a horn", _by_a_horn)):
        scores = {name: _scores(through(s), heard["flat"], noise) for name, s in heard.items()}
        for name, (plain, extended) in scores.items():
            told = f"{plain:.2f} / {extended:.2f}"
            goal = "—" if name == "flat" else "> {:.2f} / {:.2f} (flat)".format(*scores["flat"])
            table.append((f"STOI / ESTOI at equal peak, {place}, {name}", told, goal))
    return table


def _programmes(folder: Path) -> dict[str, Pcm]:
    """The same speech in each profile, its true peak at full scale."""
    sentences = [Sentence(text, text, 300) for text in TEXTS]
    with Speaker(SpeechCache(folder), ["espeak:vi"]) as speaker:
        clips = speaker.speak(sentences).clips
    starts = np.cumsum([0, *(clip.length_ms for clip in clips)]).tolist()
    cues = tuple(Cue(start, clip, 0) for start, clip in zip(starts, clips, strict=False))
    sheet = CueSheet("…", cues, starts[-1], ())
    made = {}
    for name, profile in PROFILES.items():
        samples = read_wav(mix(sheet, folder / f"{name}.wav", profile=profile).path)
        made[name] = samples * np.float32(10 ** (-true_peak_db(samples) / 20))
    return made


def _street(count: int) -> Pcm:
    """Traffic: pink, falling faster above 1,500 Hz, swelling every five seconds."""
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(count))
    places = np.maximum(np.fft.rfftfreq(count, 1 / HOUSE_RATE), 40.0)
    spectrum /= np.sqrt(places * (1 + (places / 1_500) ** 2))
    noise = np.fft.irfft(spectrum, count)
    noise *= 1 + 0.5 * np.sin(2 * np.pi * np.arange(count) / (5.3 * HOUSE_RATE))
    return (noise * 10 ** (NOISE_DB / 20) / noise.std()).astype(np.float32)


def _plainly(samples: Pcm) -> Pcm:
    return samples


def _by_a_horn(samples: Pcm) -> Pcm:
    places = np.maximum(np.fft.rfftfreq(len(samples), 1 / HOUSE_RATE), 1.0)
    carried = 1 / np.sqrt((1 + (300 / places) ** 8) * (1 + (places / 6_000) ** 8))
    return np.fft.irfft(np.fft.rfft(samples) * carried, len(samples)).astype(np.float32)


def _scores(heard: Pcm, said: Pcm, noise: Pcm) -> tuple[float, float]:
    clean, noisy = _at_stoi_rate(said), _at_stoi_rate(heard + noise)
    return (
        float(stoi(clean, noisy, STOI_RATE)),
        float(stoi(clean, noisy, STOI_RATE, extended=True)),
    )


def _at_stoi_rate(samples: Pcm) -> NDArray[np.float64]:
    return np.asarray(soxr.resample(samples.astype(np.float64), HOUSE_RATE, STOI_RATE))


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
