"""Prepared programmes as a playlist, and the papers that go along on a USB stick."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange.airings import day_name, length_text, short_day
from broadcaster.schedule.exchange.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from broadcaster.schedule.exchange.airings import Airing, Timetable

__all__ = ["as_playlist", "read_me", "relative", "usb_names"]


def as_playlist(entries: Iterable[tuple[Airing, str]]) -> bytes:
    """An .m3u in UTF-8 of (airing, path), in this order."""
    lines = ["#EXTM3U"]
    for airing, path in entries:
        seconds = round(airing.audio_ms / 1000)
        title = " ".join(airing.title.split())
        lines += [f"#EXTINF:{seconds},{airing.starts_at:%d/%m %H:%M} {title}", path]
    return ("\r\n".join(lines) + "\r\n").encode()


def relative(path: Path, folder: Path) -> str:
    """``path`` as a list in ``folder`` names it."""
    return os.path.relpath(path, folder).replace(os.sep, "/")


def usb_names(timetable: Timetable, airings: Sequence[Airing]) -> list[str]:
    """``01-0530-sang.mp3``, or ``01-T2-0530-sang.mp3`` in a week: plain letters, for any player."""
    one_day = timetable.first == timetable.last
    digits = max(2, len(str(len(airings))))
    return [
        f"{number:0{digits}d}-{'' if one_day else short_day(a.starts_at.date()) + '-'}"
        f"{a.starts_at:%H%M}-{slug(a.slot)}.mp3"
        for number, a in enumerate(airings, 1)
    ]


def read_me(timetable: Timetable, files: Sequence[tuple[Airing, str]]) -> bytes:
    """DOC-TOI.txt: what is on the stick, when to play it, and what is missing (Vietnamese)."""
    lines = [timetable.station, timetable.title, ""]
    lines += [
        "Các tệp được đánh số theo thứ tự phát. Máy phát chạy lần lượt theo số,",
        "hoặc mở playlist.m3u để phát cả danh sách.",
        "",
    ]
    for airing, name in files:
        day = airing.starts_at.date()
        length = length_text(airing.audio_ms)
        lines.append(f"{name}: {day_name(day)} {day:%d/%m}, {airing.starts_at:%H giờ %M}, {length}")
        lines.append(f"    {airing.title}")
    there = {airing.occurrence for airing, _name in files}
    missing = [airing for airing in timetable.airings if airing.occurrence not in there]
    if missing:
        lines += ["", "CHƯA CÓ TIẾNG, phải chuẩn bị rồi chép lại:"]
        lines += [f"    {a.starts_at:%d/%m %H giờ %M} {a.title}" for a in missing]
    return b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode()
