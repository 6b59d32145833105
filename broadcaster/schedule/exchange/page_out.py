"""The week on paper: one HTML page, complete in itself, that prints on A4.

Vietnamese whatever the operator reads, for it hangs on the commune's notice board.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange.airings import day_name, length_text

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.schedule.exchange.airings import Airing, Timetable

__all__ = ["as_page"]

_PARTS = (("Sáng", 0, 10), ("Trưa", 10, 14), ("Chiều", 14, 18), ("Tối", 18, 24))
_STYLE = """
@page { size: A4 landscape; margin: 12mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.35 "Be Vietnam Pro", "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #111;
  margin: 0 auto; max-width: 277mm; padding: 8mm 0; }
h1 { font-size: 17pt; margin: 0 0 1mm; text-transform: uppercase; text-align: center; }
h2 { font-size: 12.5pt; font-weight: 500; margin: 0 0 5mm; text-align: center; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 0.3mm solid #555; padding: 1.5mm; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: #e6eef6; font-size: 10.5pt; }
thead small { display: block; font-weight: 400; }
tbody th { width: 14mm; background: #f4f4f4; font-size: 10pt; }
col.part { width: 15mm; }
p.airing { margin: 0 0 2mm; break-inside: avoid; font-size: 9.5pt; }
p.airing b { display: block; font-size: 10.5pt; }
p.airing small { white-space: nowrap; }
p.airing i { display: block; font-size: 8.5pt; color: #444; }
.none { color: #777; text-align: center; }
footer { display: flex; justify-content: space-around; margin-top: 8mm; text-align: center;
  break-inside: avoid; font-size: 10.5pt; }
footer div::after { content: "(ký, ghi rõ họ tên)"; display: block; font-style: italic;
  height: 20mm; }
@media print { body { padding: 0; max-width: none; } thead { display: table-header-group; } }
"""


def as_page(timetable: Timetable) -> bytes:
    """An .html with its style inside; it loads nothing from anywhere."""
    days = timetable.days()
    heads = "".join(f"<th>{day_name(day)}<small>{day:%d/%m/%Y}</small></th>" for day in days)
    body = "".join(_part(timetable, days, part) for part in _PARTS)
    page = (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(timetable.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(timetable.station)}</h1>\n<h2>{escape(timetable.title)}</h2>\n"
        f'<table>\n<colgroup><col class="part">{"<col>" * len(days)}</colgroup>\n'
        f"<thead><tr><th>Buổi</th>{heads}</tr></thead>\n<tbody>\n{body or _nothing(days)}</tbody>\n"
        "</table>\n<footer><div>Người lập lịch</div><div>Người duyệt</div></footer>\n"
        "</body>\n</html>\n"
    )
    return page.encode()


def _part(timetable: Timetable, days: list[date], part: tuple[str, int, int]) -> str:
    """The row of one part of the day; none where nothing airs in it all the week."""
    name, first, last = part
    airings = [a for a in timetable.airings if first <= a.starts_at.hour < last]
    if not airings:
        return ""
    cells = "".join(
        f"<td>{''.join(_airing(a) for a in airings if a.starts_at.date() == day)}</td>"
        for day in days
    )
    return f"<tr><th>{name}</th>{cells}</tr>\n"


def _airing(airing: Airing) -> str:
    reason = f"<i>{escape(airing.reason)}</i>" if airing.reason else ""
    return (
        f'<p class="airing"><b>{airing.starts_at:%H:%M}–{airing.ends_at:%H:%M}</b>'
        f"{escape(airing.title)} <small>({length_text(airing.max_ms)})</small>{reason}</p>"
    )


def _nothing(days: list[date]) -> str:
    return f'<tr><td class="none" colspan="{len(days) + 1}">Không có chương trình nào</td></tr>\n'
