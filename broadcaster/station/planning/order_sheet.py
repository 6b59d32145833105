"""The sheet for whoever reads in another language (phiếu đặt thu): one HTML page, to print.

Vietnamese whatever the operator reads, for it goes to the reader.  It stands apart from the list
because it is paper: nothing in it is for a machine.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from broadcaster.station.planning.to_record import Order

__all__ = ["as_sheet"]

_STYLE = """
@page { size: A4; margin: 20mm 15mm; }
body { font: 13pt/1.5 "Be Vietnam Pro", "Noto Sans", "DejaVu Sans", Arial, sans-serif;
  color: #111; max-width: 180mm; margin: 0 auto; }
h1 { font-size: 16pt; text-align: center; text-transform: uppercase; margin: 0 0 2mm; }
p.of { text-align: center; margin: 0 0 6mm; }
article { break-after: page; }
article:last-of-type { break-after: auto; }
h2 { font-size: 14pt; margin: 0 0 2mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 4mm; margin: 0 0 4mm; }
dt { color: #444; }
dd { margin: 0; }
code { font-size: 12pt; font-weight: 700; overflow-wrap: anywhere; }
li { margin-bottom: 2.5mm; break-inside: avoid; }
footer { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 6mm; margin-top: 8mm;
  break-inside: avoid; }
footer div { border-top: 0.3mm solid #555; padding-top: 1mm; height: 22mm; font-size: 11pt; }
"""


def as_sheet(orders: Sequence[Order], *, station: str, day: date) -> bytes:
    """A page for each of ``orders``; it loads nothing from anywhere."""
    body = "".join(_order(order) for order in orders) or "<p>Không có bản nào phải thu.</p>\n"
    page = (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Phiếu đặt thu</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Phiếu đặt thu</h1>\n<p class=of>{escape(station)}, ngày {day:%d/%m/%Y}</p>\n"
        f"{body}</body>\n</html>\n"
    )
    return page.encode()


def _order(order: Order) -> str:
    bulletin, need = order.missing.bulletin, order.missing.need
    last = bulletin.validity.last
    facts = {
        "Thu bằng": f"tiếng {escape(need.title)}",
        "Phát cho": escape(", ".join(need.zones) or "cả xã"),
        "Vì sao": "bài đã sửa sau khi thu" if order.missing.outdated else "chưa có bản thu",
        "Cần trước": f"{last:%d/%m/%Y}" if last else "càng sớm càng tốt",
        "Dài khoảng": f"{_length(order.length_ms)} khi đọc bằng tiếng Việt",
        "Đặt tên tệp": f"<code>{escape(order.file)}</code>",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>\n" for name, value in facts.items())
    said = "".join(f"<li>{escape(sentence)}</li>\n" for sentence in order.sentences)
    signed = ("Người đọc, ngày thu", "Người nghe lại", "Đã chép vào đài")
    boxes = "".join(f"<div>{name}</div>" for name in signed)
    return (
        f"<article>\n<h2>{escape(bulletin.title)}</h2>\n<dl>\n{rows}</dl>\n"
        f"<ol>\n{said}</ol>\n<footer>{boxes}</footer>\n</article>\n"
    )


def _length(length_ms: int) -> str:
    minutes, seconds = divmod(round(length_ms / 1000), 60)
    return f"{minutes} phút {seconds:02d} giây" if minutes else f"{seconds} giây"
