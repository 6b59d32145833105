"""How fast bulletins become clips: by espeak with a cold cache, and a second time."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from broadcaster.model import Sentence, Speech
from broadcaster.speech import Speaker, SpeechCache

__all__ = ["rows"]

_PLACES = ("thôn Đông", "thôn Đoài", "thôn Thượng", "xóm Chợ", "xóm Đình", "khu tái định cư")
_TOPICS = (
    "lịch tiêm phòng cho trẻ em dưới năm tuổi tại trạm y tế xã",
    "lịch cấp nước cho vụ lúa xuân và việc nạo vét kênh mương nội đồng",
    "việc nộp hồ sơ đăng ký khai sinh qua cổng dịch vụ công, không phải đi lại nhiều lần",
    "buổi họp dân bàn về việc làm đường, mời mỗi hộ cử một người đến dự",
    "công tác phòng cháy chữa cháy rừng trong những ngày nắng nóng kéo dài",
)
_GOAL = 100


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal)."""
    sentences = _day_of_sentences()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        first = _spoken(Path(folder), sentences)
        cold_s = time.perf_counter() - began
        began = time.perf_counter()
        second = _spoken(Path(folder), sentences)
        warm_s = time.perf_counter() - began
    sound_s = sum(clip.duration_ms for clip in first.clips) / 1000
    cores = os.cpu_count()
    return [
        (
            f"espeak, text to levelled clips, cold cache, {cores} cores, {sound_s:.0f} s of speech",
            f"{sound_s / cold_s:.0f} × real time",
            f"≥ {_GOAL} ×",
        ),
        (
            f"the same again, {len(sentences)} sentences",
            f"{second.calls} engine calls, {1000 * warm_s:.0f} ms",
            "0 engine calls",
        ),
    ]


def _spoken(folder: Path, sentences: list[Sentence]) -> Speech:
    """By a new speaker, as after a start of the program: its helpers start too."""
    with Speaker(SpeechCache(folder), ["espeak:vi"]) as speaker:
        return speaker.speak(sentences)


def _day_of_sentences() -> list[Sentence]:
    texts = [
        f"Ủy ban nhân dân xã thông báo đến bà con {place} {topic}, bắt đầu từ {hour} giờ sáng mai."
        for place in _PLACES
        for topic in _TOPICS
        for hour in ("sáu", "bảy", "tám", "chín")
    ]
    return [Sentence(text, text, 400) for text in texts]


if __name__ == "__main__":
    for row in rows():
        print(*row, sep=" | ")
