"""The tables of a report, each made once: paper, workbook and CSV show the same cells.

They stand apart from the formats so that no two of them can disagree.  A cell is text, or a real
number that the format writes in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.report.words import OUTCOMES, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.model import Broadcast
    from broadcaster.report.figures import Figures
    from broadcaster.report.report import Report

__all__ = ["FIGURES", "Cell", "Table", "tables_of"]

Cell = str | int | float

FIGURES = (
    *("Theo lịch", "Phát đủ", "Phát dở", "Không phát", "Hỏng"),
    "Thời lượng (phút)",
)
"""The headings of :class:`~broadcaster.report.figures.Figures`, in the order of its fields."""
_WIDE, _NARROW = 54, 20
_BY = {
    "chủ đề": ("topic", "Chủ đề"),
    "thể loại": ("kind", "Thể loại"),
    "ngôn ngữ": ("language", "Ngôn ngữ"),
    "mức độ": ("priority", "Mức độ ưu tiên"),
    "đối tượng": ("audience", "Đối tượng"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``widths`` are in millimetres on paper, in proportion; ``has_sum`` says that the last row
    adds up the others."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    has_sum: bool = False


def tables_of(report: Report) -> dict[str, Table]:
    """By the names under which a template asks for them; all but “nhật ký” fit on paper."""
    tables = [
        _figures("chung", "Kết quả chung", "Nội dung", _overall(report)),
        *(
            _summed(name, heading, _titled(report, fact), report.items, fact)
            for name, (fact, heading) in _BY.items()
        ),
        _summed("tháng", "Tháng", report.by_month, report.totals, "month"),
        _not_broadcast(report),
        _counted("nguyên nhân", "Nguyên nhân không phát", report.reasons, "Số buổi"),
        _counted("nguồn tin", "Nguồn tin", report.sources, "Lượt phát"),
        _counted("người duyệt", "Người duyệt", report.approvers, "Lượt phát"),
        _logbook(report),
    ]
    return {table.name: table for table in tables}


def _titled(report: Report, fact: str) -> Mapping[str, Figures]:
    groups: Mapping[str, Figures] = getattr(report, f"by_{fact}")
    titles = report.topic_titles if fact == "topic" else {}
    return {titles.get(key, key): figures for key, figures in groups.items()}


def _overall(report: Report) -> tuple[tuple[Cell, ...], ...]:
    return (
        ("Buổi phát", *_cells(report.totals)),
        ("Lượt phát tin, bài", *_cells(report.items)),
    )


def _cells(figures: Figures) -> tuple[Cell, ...]:
    one = figures
    return (one.planned, one.aired, one.cut, one.missed, one.failed, one.minutes)


def _summed(
    name: str, heading: str, groups: Mapping[str, Figures], whole: Figures, fact: str
) -> Table:
    rows = [(_label(fact, key), *_cells(figures)) for key, figures in groups.items()]
    rows.append(("Cộng", *_cells(whole)))
    return _figures(name, f"Theo {name}", heading, tuple(rows), has_sum=True)


def _label(fact: str, key: str) -> str:
    return f"{key[5:]}/{key[:4]}" if fact == "month" else label(fact, key)


def _figures(
    name: str,
    title: str,
    heading: str,
    rows: tuple[tuple[Cell, ...], ...],
    *,
    has_sum: bool = False,
) -> Table:
    widths = (_WIDE, *(_NARROW for _ in FIGURES))
    headings = (heading, *FIGURES)
    return Table(
        name=name, title=title, headings=headings, rows=rows, widths=widths, has_sum=has_sum
    )


def _counted(name: str, heading: str, counts: Mapping[str, int], unit: str) -> Table:
    rows = tuple((label("", key or "Không ghi"), count) for key, count in counts.items())
    return Table(name=name, title=heading, headings=(heading, unit), rows=rows, widths=(134, 31))


def _not_broadcast(report: Report) -> Table:
    rows = tuple(
        (
            f"{one.scheduled_at:%d/%m/%Y %H:%M}",
            one.title,
            OUTCOMES[one.outcome],
            label("", one.reason),
        )
        for one in report.not_broadcast
    )
    return Table(
        name="không phát",
        title="Buổi không phát, phát dở",
        headings=("Giờ theo lịch", "Chương trình", "Kết quả", "Nguyên nhân"),
        rows=rows,
        widths=(29, 45, 24, 67),
    )


def _logbook(report: Report) -> Table:
    rows = tuple(_logged(n, broadcast) for n, broadcast in enumerate(report.logbook, 1))
    headings = ("STT", "Ngày", "Giờ theo lịch", "Bắt đầu", "Kết thúc", "Chương trình")
    more = ("Tin, bài đã phát", "Kết quả", "Thời lượng (phút)", "Ghi chú")
    return Table(
        name="nhật ký",
        title="Nhật ký phát sóng",
        headings=headings + more,
        rows=rows,
        widths=(12, 24, 15, 20, 20, 32, 66, 17, 18, 28),
    )


def _logged(row: int, broadcast: Broadcast) -> tuple[Cell, ...]:
    one = broadcast
    heard = [airing.title for airing in one.airings if airing.heard_ms]
    notes = [one.reason.partition(" [")[0]]
    notes += [f"theo lệnh của {one.operator}"] if one.operator else []
    notes += ["phát lại"] if one.is_replay else []
    notes += ["đồng hồ không tin được"] if one.clock_doubted else []
    return (
        row,
        f"{one.scheduled_at:%d/%m/%Y}",
        f"{one.scheduled_at:%H:%M}",
        f"{one.started_at:%H:%M:%S}" if one.started_at else "",
        f"{one.ended_at:%H:%M:%S}" if one.ended_at else "",
        one.title,
        "; ".join(heard),
        OUTCOMES[one.outcome],
        round(one.heard_ms / 60_000, 1),
        "; ".join(filter(None, notes)),
    )
