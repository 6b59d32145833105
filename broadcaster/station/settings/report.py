"""``report`` of station.yaml: who issues reports, to whom, and who signs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["REPORT_KEYS", "ReportSettings", "read_report", "report_text"]

_TEXTS = ("authority", "issuer", "place", "number", "signer_title", "signer")
REPORT_KEYS = (*_TEXTS, "recipients")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """The head and the foot of reports.

    ``authority`` "" is the people's committee of the commune, ``issuer`` "" the station, and
    ``place`` "" the commune.
    """

    authority: str = ""
    issuer: str = ""
    place: str = ""
    number: str = "/BC-TTCS"
    recipients: tuple[str, ...] = ()
    signer_title: str = "Phụ trách đài"
    signer: str = ""


def read_report(mark: Mark) -> ReportSettings | None:
    """A mapping of texts; ``recipients`` is a list."""
    if not mark.is_mapping():
        mark.bad_value("bad-report", _("write like: report: {signer_title: Trưởng đài}"))
        return None
    values = mark.mapping(REPORT_KEYS)
    texts = {key: text for key in _TEXTS if key in values and (text := values[key].text())}
    recipients = values["recipients"].texts() if "recipients" in values else ()
    return ReportSettings(**texts, recipients=recipients)


def report_text(settings: ReportSettings) -> str:
    """As station.yaml has it, in one line."""
    values = {key: getattr(settings, key) for key in REPORT_KEYS}
    pairs = (f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in values.items() if v)
    return f"{{{', '.join(pairs)}}}"
