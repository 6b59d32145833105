"""What one changed sentence costs in a programme of half an hour that was built before."""

from __future__ import annotations

import os
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.schedule import occurrences_between
from broadcaster.station.content.content import load_content
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing.prepare import preparer
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from broadcaster.model import PreparedProgramme

__all__ = ["rows"]

SETTINGS = 'name: Đài mẫu\nvoices: [espeak]\noutput: "null"\n'
WEEK = """
programmes: {dai: {title: Bài dài, segments: [{greeting: Xin chào bà con.}, {bulletin: bai}]}}
slots: [{id: sang, days: hằng ngày, at: 05:30, programme: dai}]
"""
DAY = datetime(2026, 11, 23, tzinfo=LOCAL)
SENTENCES = 255
TEXT = "Câu thứ {n} báo cho bà con thôn {n} biết lịch nước về đồng và việc dọn kênh mương."


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal) with the offline voice."""
    os.environ["BROADCASTER_VOICES"] = "espeak"
    sentences = [TEXT.format(n=number) for number in range(1, SENTENCES + 1)]
    with tempfile.TemporaryDirectory() as name:
        folder = StationFolder(Path(name))
        folder.ensure()
        folder.config.write_text(SETTINGS, encoding="utf-8")
        (folder.schedules / "tuan.yaml").write_text(WEEK, encoding="utf-8")
        first_s, first, spoken = _built(folder, sentences)
        sentences[150] = "Câu này vừa được sửa lại cho đúng ngày giờ."
        again_s, _again, spoken_again = _built(folder, sentences)
    minutes = first.duration_ms / 60_000
    what = f"one sentence changed in a built programme of {minutes:.0f} min"
    told = f"{again_s:.1f} s, {spoken_again} sentence spoken (first time {first_s:.1f} s, {spoken})"
    return [(what, told, "1 sentence spoken")]


def _built(folder: StationFolder, sentences: list[str]) -> tuple[float, PreparedProgramme, int]:
    """(seconds, programme, sentences that an engine spoke now)."""
    text = "Bài dài\n\n" + "\n\n".join(sentences) + "\n"
    (folder.scripts / "bai.txt").write_text(text, encoding="utf-8")
    before = _clips(folder)
    started = time.perf_counter()
    config, _problems = load_config(folder)
    assert config
    content = load_content(folder, config)
    [occurrence] = occurrences_between(content.plans, DAY, DAY + timedelta(days=1))
    with preparer(folder, config, content) as worker:
        prepared = worker.prepare(occurrence)
    seconds = time.perf_counter() - started
    return seconds, prepared, len(_clips(folder) - before)


def _clips(folder: StationFolder) -> set[Path]:
    return set((folder.cache / "speech").rglob("*.wav"))


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
