"""Báo cáo: what was broadcast in a month, a quarter or a year, counted from the log, and how the
plan stands."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from broadcaster.errors import BroadcasterError
from broadcaster.plan import measure_word, span_title, state_words, subject
from broadcaster.report import PERIODS, Period
from broadcaster.report.words import label
from broadcaster.shown import shown_number
from broadcaster.station.planning.carried_out import carried_out
from broadcaster.station.reporting.reporting import letterhead, report_of, write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from broadcaster.plan import Plan
    from broadcaster.report import Report
    from broadcaster.station.planning.carried_out import CarriedOut
    from broadcaster.web.visit import Visit

__all__ = ["document", "show"]

_MONTHS = 12
_KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


def show(visit: Visit) -> Response:
    """The figures, and the documents of them."""
    period, text = _period(visit)
    report, _plan = _report(visit, period)
    return visit.page(
        "report.html",
        report=report,
        plan=_carried_out(visit, period),
        number=shown_number,
        measure=measure_word,
        span=span_title,
        state=state_words,
        subject=subject,
        chosen=text,
        periods=list(_offered(visit.site.today())),
        label=label,
        kinds=[kind.removeprefix(".") for kind in _KINDS],
    )


def document(visit: Visit) -> Response:
    """The report as a file: the letter of the office, or a table."""
    kind = f".{visit.parts['kind']}"
    if kind not in _KINDS:
        return visit.page("sentence.html", status=404, text=_("There is no such page."))
    period, text = _period(visit)
    report, plan = _report(visit, period)
    name = f"bao-cao-{text}{kind}"
    folder, config = visit.site.folder, visit.site.on_disk().config
    try:
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / name
            write_report(folder, letterhead(config, plan, period), report, path)
            data = path.read_bytes()
    except BroadcasterError as error:
        return visit.go(f"/bao-cao?ky={text}", str(error), went_well=False)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=_KINDS[kind], headers=headers)


def _carried_out(visit: Visit, period: Period) -> CarriedOut:
    """The plan in the spans of today, or of the last day of a period that is over."""
    site, on_disk = visit.site, visit.site.on_disk()
    last = min(period.last, site.today())
    day = last if last == site.today() else last + timedelta(days=1)
    folder, config, content = site.folder, on_disk.config, on_disk.content
    return carried_out(folder, config, content, site.log, day=day, days=(last, last))


def _report(visit: Visit, period: Period) -> tuple[Report, Plan]:
    plan = visit.site.on_disk().content.plan
    return report_of(visit.site.folder, plan, period, clock=visit.site.clock), plan


def _period(visit: Visit) -> tuple[Period, str]:
    """What the address asks for, and its own words for it; this month for anything else."""
    wanted = visit.asked("ky")
    for reader in PERIODS.values():
        with suppress(ValueError):
            return reader(wanted), wanted
    month = f"{visit.site.today():%Y-%m}"
    return PERIODS["month"](month), month


def _offered(today: date) -> Iterator[tuple[str, str]]:
    """(for the address, for people): the last months, then quarters and years."""
    months = [divmod(today.year * 12 + today.month - 1 - n, 12) for n in range(_MONTHS)]
    texts = [f"{year}-{month + 1:02d}" for year, month in months]
    quarters = [f"{year}-Q{month // 3 + 1}" for year, month in months]
    years = [str(year) for year, _month in months]
    readers = (("month", texts), ("quarter", quarters), ("year", years))
    for reader, offered in readers:
        for text in dict.fromkeys(offered):
            name = PERIODS[reader](text).name
            yield text, name[:1].upper() + name[1:]
