"""Example documents for the docs: a simulated year of the sample station, and what goes wrong.

Two languages, replays, days without power, programmes that are broken off, an emergency, a clock
that nobody trusts; then the reports of a month, a quarter and the year, and a logbook, in every
format.  Run it as ``make report-samples``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import (
    AsRunSegment,
    BulletinFacts,
    Outcome,
    PreparedProgramme,
    PreparedSegment,
    Priority,
    SegmentKind,
)
from broadcaster.station.orders.emergency import Emergency, Wish

ROOT = Path(__file__).parents[1]
YEAR = 2026
OUTAGES = ((3, 12, 2), (7, 21, 1), (11, 6, 1))
"""Month, first day, days without power."""
STORMS = ((10, 18), (11, 6))
SLOTS = """
  - {id: phat-lai, days: "T3,T5", at: "09:15", replay: chieu, max: 15m, late: 10m}
  - {id: tin-gap, days: ngày 20 hằng tháng, at: "17:05", programme: cchc, max: 10m, late: 10m,
     priority: ưu tiên}
"""
"""A replay, and once a month what may not wait: it breaks off the programme of the afternoon."""
RAGLAI = """---
title: Bản tin cải cách hành chính tiếng Raglai
kind: tin
topic: cchc
language: raglai
audience: đồng bào dân tộc thiểu số
recording: {recording}
source: Bản tin mẫu
approved_by: Phó Chủ tịch UBND xã
---
Bản thu mẫu.
"""
DOCUMENTS = (
    ("--month", "2026-11", "thang-11"),
    ("--quarter", "2026-Q4", "quy-4"),
    ("--year", "2026", "nam-2026"),
)
ENDINGS = ("docx", "pdf", "xlsx", "html", "csv")


def main(target: Path) -> None:
    """Make the station, let its year pass, write its documents into ``target``."""
    station = target / "dai-mau"
    shutil.rmtree(target, ignore_errors=True)
    _make(station)
    _let_the_year_pass(station)
    for option, period, name in DOCUMENTS:
        for ending in ENDINGS:
            _run(
                station, "report", option, period, "--simulated", "-o", target / f"{name}.{ending}"
            )
    for ending in ("docx", "pdf"):
        file = target / f"so-nhat-ky-11.{ending}"
        _run(station, "report", "--month", "2026-11", "--logbook", "--simulated", "-o", file)


def _make(station: Path) -> None:
    for name in ("scripts_vi", "schedules"):
        shutil.copytree(ROOT / name, station / name)
    settings = (ROOT / "station.yaml").read_text(encoding="utf-8")
    signed = "\nreport: {signer_title: Trưởng đài, recipients: [UBND xã, Phòng Văn hóa - Xã hội]}\n"
    (station / "station.yaml").write_text(settings + signed, encoding="utf-8")
    week = station / "schedules" / "tuan-mau.yaml"
    text = week.read_text(encoding="utf-8")
    text = text.replace("\nexceptions:", SLOTS + "\nexceptions:", 1)
    text = text.replace("    programme: chieu\n", "    programme: chieu\n    after_interrupt: bỏ\n")
    line = "      - bulletin: 04-chi-so-par-index\n"
    text = text.replace(line, line + "      - bulletin: 17-tieng-raglai\n", 1)
    week.write_text(text, encoding="utf-8")
    raglai = RAGLAI.format(recording="thong-bao-tieng-anh.ogg")  # a stand-in for a reader
    (station / "scripts_vi" / "17-tieng-raglai.txt").write_text(raglai, encoding="utf-8")


def _let_the_year_pass(station: Path) -> None:
    """From one day without power to the next; what the station did not air then it misses."""
    start = f"{YEAR}-01-01"
    begins: tuple[str, ...] = ()
    for month, day, days in OUTAGES:
        dark = datetime(YEAR, month, day, 4, tzinfo=LOCAL)
        until = f"{dark - timedelta(hours=5):%Y-%m-%dT%H:%M}"
        _run(station, "run", "--simulate", "--from", start, "--until", until, *begins)
        start, begins = f"{dark + timedelta(days=days, hours=2):%Y-%m-%dT%H:%M}", ("--continue",)
    _run(station, "run", "--simulate", "--from", start, "--until", f"{YEAR}-12-31", *begins)
    for month, day in STORMS:
        _emergency(station, datetime(YEAR, month, day, 13, 20, tzinfo=LOCAL))


def _emergency(station: Path, at: datetime) -> None:
    """What an operator orders, whom no simulation has: a warning that is read three times.

    The second one is ordered while the clock is in doubt, after the power came back.
    """
    facts = BulletinFacts(
        topic="thien-tai", kind="thông báo", language="vi", priority=Priority.EMERGENCY
    )
    part = PreparedSegment(
        kind=SegmentKind.SPEECH,
        title="Khẩn cấp: bão gần bờ",
        start_ms=0,
        end_ms=45_000,
        bulletin_id="16-khan-cap-bao",
        facts=facts,
    )
    sound = PreparedProgramme(
        programme_id="16-khan-cap-bao", title=part.title, duration_ms=45_000, segments=(part,)
    )
    wish = Wish(name=sound.programme_id, until=at + timedelta(hours=1), repeat=3)
    order = Emergency(wish=wish, title=sound.title, length_ms=45_000, ordered_at=at, by="Trực máy")
    with Store.open(station / ".broadcaster" / "simulated.db", clock=SimulatedClock(at)) as store:
        log = AsRunLog(store, is_clock_doubted=lambda: at.month == OUTAGES[-1][0])
        for reading in order.around(at + timedelta(milliseconds=order.period_ms)):
            begins = reading.starts_at
            ends = begins + timedelta(milliseconds=sound.duration_ms)
            log.started(reading, sound, at=begins, output="null", operator=order.by)
            heard = AsRunSegment(
                kind=part.kind,
                title=part.title,
                started_at=begins,
                ended_at=ends,
                bulletin_id=part.bulletin_id,
            )
            log.ended(reading.id, at=ends, outcome=Outcome.AIRED, segments=[heard])


def _run(station: Path, *words: object) -> None:
    command = [sys.executable, "-m", "broadcaster", "-C", station, *words]
    environment = {**os.environ, "BROADCASTER_VOICES": "espeak"}
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT, env=environment)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
