"""A report → a file, as its ending says.

It stands apart from the formats because notices and seal are the same in all of them, whatever a
station's own template says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.report.paper import Paper
from broadcaster.report.tables import tables_of
from broadcaster.report.text import TEMPLATES, blocks_of
from broadcaster.report.words import tidy, written

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.errors import Problem
    from broadcaster.report.paper import Letterhead
    from broadcaster.report.report import Report
    from broadcaster.report.tables import Table

__all__ = ["ENDINGS", "publish"]

ENDINGS = (".docx", ".xlsx", ".pdf", ".html", ".htm", ".csv")
_SHOWN_DAYS = 10
_IN_A_CSV = ("chung", "chủ đề", "thể loại", "ngôn ngữ", "mức độ", "đối tượng", "tháng")


def publish(
    report: Report,
    head: Letterhead,
    ending: str,
    *,
    templates: Path | None = None,
    is_logbook: bool = False,
) -> tuple[bytes, list[Problem]]:
    """The bytes of a file with ``ending``, one of :data:`ENDINGS`, and what is wrong with the
    station's own templates in the folder ``templates``.

    ``is_logbook`` makes the logbook instead of the report.  Raises MissingLibraryError.
    """
    tables = tables_of(report)
    if ending == ".csv":
        return _csv(tables, is_logbook=is_logbook), []
    paper, problems = _paper(report, head, tables, templates, is_logbook=is_logbook)
    return _drawn(paper, ending), problems


def _csv(tables: dict[str, Table], *, is_logbook: bool) -> bytes:
    from broadcaster.report.formats.sheet import as_csv  # noqa: PLC0415 - as the others

    return as_csv([tables[name] for name in (["nhật ký"] if is_logbook else _IN_A_CSV)])


def _drawn(paper: Paper, ending: str) -> bytes:
    """Each format loads its library here, for most stations want one of them."""
    if ending == ".docx":
        from broadcaster.report.formats.word import as_word as draw  # noqa: PLC0415 - late
    elif ending == ".xlsx":
        from broadcaster.report.formats.sheet import as_workbook as draw  # noqa: PLC0415 - late
    elif ending == ".pdf":
        from broadcaster.report.formats.page import as_pdf as draw  # noqa: PLC0415 - late
    else:
        from broadcaster.report.formats.page import as_page as draw  # noqa: PLC0415 - late
    return draw(paper)


def _paper(
    report: Report,
    head: Letterhead,
    tables: dict[str, Table],
    templates: Path | None,
    *,
    is_logbook: bool,
) -> tuple[Paper, list[Problem]]:
    name = TEMPLATES[is_logbook]
    values = {
        "r": report,
        "ky": report.period.name,
        "tu_ngay": report.period.first,
        "den_ngay": report.period.last,
        "so_thang": report.period.months,
        "don_vi": head.issuer,
    }
    own = templates / name if templates else None
    blocks, problems = blocks_of(name, values, tables, own=own)
    paper = Paper(
        head=head,
        made_on=report.made_on,
        blocks=blocks,
        notices=tuple(map(tidy, _notices(report))),
        seal=tuple(map(tidy, _seal(report))),
        is_landscape=is_logbook,
        tables=tables,
    )
    return paper, problems


def _notices(report: Report) -> list[str]:
    """What a reader must know before the first number."""
    notices = []
    if report.is_simulated:
        notices.append("SỐ LIỆU CHẠY THỬ (MÔ PHỎNG), KHÔNG PHẢI SỐ LIỆU PHÁT SÓNG THẬT.")
    if report.seal.broken:
        notices.append(
            "CẢNH BÁO: nhật ký phát đã bị thay đổi hoặc hỏng, số liệu dưới đây không tin cậy được. "
            f"{report.seal.broken}"
        )
    if len(report.units) > 1:
        notices.append(f"Trong kỳ báo cáo có thay đổi đơn vị: {'; '.join(report.units)}.")
    if report.doubted:
        notices.append(
            f"Có {report.doubted} buổi được ghi khi đồng hồ của máy không tin cậy được; trong sổ "
            "nhật ký, các buổi ấy được ghi chú."
        )
    if report.open:
        notices.append(f"Có {report.open} buổi đang phát, chưa kết thúc, nên chưa được tính.")
    if report.silent_days:
        notices.append(_silent(report))
    return notices


def _silent(report: Report) -> str:
    days = report.silent_days
    shown = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_SHOWN_DAYS])
    more = ", …" if len(days) > _SHOWN_DAYS else ""
    return f"Có {len(days)} ngày nhật ký không ghi gì: {shown}{more}."


def _seal(report: Report) -> list[str]:
    seal = report.seal
    if not seal.last_row:
        return [f"Lập {written(report.made_on)}; nhật ký phát chưa có dòng nào."]
    at = seal.written_at
    when = f", ghi lúc {at:%H:%M:%S} ngày {at:%d/%m/%Y}" if at else ""
    made = f"Lập {written(report.made_on)} từ nhật ký phát của máy đến dòng {seal.last_row}{when}."
    return [made, f"Mã kiểm tra (SHA-256) của dòng cuối: {seal.head_hash}"]
