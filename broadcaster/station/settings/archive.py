"""``archive`` of station.yaml: whether what aired is kept, for how long, and in how much room.

It stands apart from the settings around it because it has words of its own for "without end".
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.spelling import as_duration_ms

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["ARCHIVE_KEYS", "ArchiveSettings", "archive_text", "read_archive"]

ARCHIVE_KEYS = ("keep", "max_mb")
_NONE = {"none", "không", "khong", "no", "off", "false", "0"}
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """Nothing more is kept where ``is_kept`` is False; None is a limit that there is not."""

    is_kept: bool = True
    keep_ms: int | None = 365 * _DAY_MS
    max_mb: int | None = 20_000


def read_archive(mark: Mark) -> ArchiveSettings | None:
    """``none``, or ``{keep, max_mb}``, each of which may be ``none`` or 0 for "without end"."""
    if not mark.is_mapping():
        if (mark.text() or "").casefold() in _NONE:
            return ArchiveSettings(is_kept=False)
        mark.bad_value(
            "bad-archive", _("write none, or like: archive: {keep: 365d, max_mb: 20000}")
        )
        return None
    values = mark.mapping(ARCHIVE_KEYS)
    default = ArchiveSettings()
    return ArchiveSettings(
        keep_ms=_keep(values["keep"], default) if "keep" in values else default.keep_ms,
        max_mb=_room(values["max_mb"], default) if "max_mb" in values else default.max_mb,
    )


def _keep(mark: Mark, default: ArchiveSettings) -> int | None:
    text = mark.text() or ""
    if text.casefold() in _NONE or as_duration_ms(text) == 0:
        return None
    return mark.duration_ms(low=_DAY_MS, high=36_500 * _DAY_MS) or default.keep_ms


def _room(mark: Mark, default: ArchiveSettings) -> int | None:
    if (mark.text() or "").casefold() in _NONE:
        return None
    return mark.integer(low=100, high=100_000_000) or default.max_mb


def archive_text(archive: ArchiveSettings) -> str:
    """``archive`` as it is written in station.yaml, in one line."""
    if not archive.is_kept:
        return "none"
    keep = "none" if archive.keep_ms is None else f"{archive.keep_ms // _DAY_MS}d"
    return f"{{keep: {keep}, max_mb: {archive.max_mb or 'none'}}}"
