"""Broadcasts and reports for the tests, and a reader of what each format says."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from broadcaster.clock import LOCAL
from broadcaster.model import Airing, Broadcast, BulletinFacts, Outcome, Priority
from broadcaster.report import Letterhead, Period, Report, Seal, make_report
from broadcaster.report.period import month

NOVEMBER: Period = month("2026-11")
FIVE = datetime(2026, 11, 1, 5, 0, tzinfo=LOCAL)
MADE = date(2026, 12, 5)
SEAL = Seal("ab" * 32, 1234, FIVE)
HEAD = Letterhead(
    issuer="Đài truyền thanh xã Mẫu",
    authority="Ủy ban nhân dân xã Mẫu",
    number="/BC-TTCS",
    place="Mẫu",
    recipients=("UBND xã",),
    signer_title="Trưởng đài",
)
CCHC = BulletinFacts(topic="cchc", kind="tin", language="vi", source="Cổng", approved_by="Chủ tịch")
CHAM = replace(CCHC, topic="y-te", language="cham", priority=Priority.PRIORITY)


def airing(
    name: str = "a",
    *,
    outcome: Outcome = Outcome.AIRED,
    heard_ms: int = 90_000,
    facts: BulletinFacts | None = CCHC,
) -> Airing:
    title = f"Bản tin {name}"
    return Airing(bulletin_id=name, title=title, outcome=outcome, heard_ms=heard_ms, facts=facts)


def broadcast(
    day: int = 0, *airings: Airing, outcome: Outcome = Outcome.AIRED, **more
) -> Broadcast:
    """At five o'clock, so many days after 1 November 2026; ten minutes unless missed."""
    at = FIVE + timedelta(days=day)
    heard = outcome in {Outcome.AIRED, Outcome.CUT}
    values = {
        "occurrence": f"sang@{at.isoformat(timespec='minutes')}",
        "slot": "sang",
        "title": "Chương trình sáng",
        "scheduled_at": at,
        "started_at": at if heard else None,
        "ended_at": at + timedelta(minutes=10) if heard else None,
        "heard_ms": 600_000 if heard else 0,
        "outcome": outcome,
        "airings": airings,
    }
    return Broadcast(**values | more)


def a_month() -> list[Broadcast]:
    """Four weeks of everything that can become of a broadcast."""
    outcomes = [Outcome.AIRED, Outcome.AIRED, Outcome.CUT, Outcome.MISSED, Outcome.FAILED]
    found = []
    for day in range(28):
        outcome = outcomes[day % 5]
        parts = [airing(heard_ms=61_000 + day), airing("b", facts=CHAM, heard_ms=33_333)]
        if outcome is Outcome.CUT:
            parts[1] = airing("b", facts=CHAM, outcome=Outcome.CUT, heard_ms=7_001)
        if outcome in {Outcome.MISSED, Outcome.FAILED}:
            parts = [part._replace(outcome=outcome, heard_ms=0) for part in parts]
        reason = "" if outcome is Outcome.AIRED else "mất điện [not-running]"
        found.append(broadcast(day, *parts, outcome=outcome, reason=reason))
    return found


def a_report(broadcasts: list[Broadcast] | None = None, **more) -> Report:
    values = {"made_on": MADE, "seal": SEAL} | more
    return make_report(a_month() if broadcasts is None else broadcasts, NOVEMBER, **values)


Figures = dict[str, tuple[float, ...]]
"""The six figures of a row by its label."""


def in_json(report: Report) -> Figures:
    def six(one) -> tuple[float, ...]:
        return (one.planned, one.aired, one.cut, one.missed, one.failed, one.minutes)

    return {"Buổi phát": six(report.totals), "Lượt phát tin, bài": six(report.items)}


def in_rows(rows: list[list[str]]) -> Figures:
    """Of rows of text in the Vietnamese way of writing numbers."""
    found = {}
    for row in rows:
        if len(row) == 7 and re.fullmatch(r"[\d.,]+", row[1]):
            numbers = tuple(float(t.replace(".", "").replace(",", ".")) for t in row[1:])
            found.setdefault(row[0], numbers)
    return found


def in_word(data: bytes) -> Figures:
    import docx  # noqa: PLC0415 - only where it is asked for

    tables = docx.Document(io.BytesIO(data)).tables
    return in_rows([[cell.text for cell in row.cells] for table in tables for row in table.rows])


def in_page(data: bytes) -> Figures:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", data.decode(), re.DOTALL)
    return in_rows([re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows])


def in_workbook(data: bytes) -> Figures:
    """Real numbers only: a text that looks like one does not count."""
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    book = load_workbook(io.BytesIO(data), data_only=True)
    rows = [row[:7] for sheet in book for row in sheet.iter_rows(values_only=True)]
    found: Figures = {}
    for row in rows:
        if len(row) == 7 and all(isinstance(cell, int | float) for cell in row[1:]):
            found.setdefault(str(row[0]), tuple(map(float, row[1:])))
    return found


def in_csv(data: bytes) -> Figures:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
    return {row[1]: tuple(map(float, row[2:])) for row in reversed(rows)}
