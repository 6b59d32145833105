"""⑦ What was broadcast, in numbers and on paper, for the offices that ask."""

from broadcaster.report.figures import (
    NOT_GIVEN,
    UNKNOWN,
    Figures,
    alike,
    by_fact,
    by_month,
    of_airings,
    of_broadcasts,
)
from broadcaster.report.paper import Letterhead
from broadcaster.report.period import PERIODS, Period, days
from broadcaster.report.publish import ENDINGS, publish
from broadcaster.report.report import Report, Seal, make_report
from broadcaster.report.text import TEMPLATES, MissingLibraryError

__all__ = [
    "ENDINGS",
    "NOT_GIVEN",
    "PERIODS",
    "TEMPLATES",
    "UNKNOWN",
    "Figures",
    "Letterhead",
    "MissingLibraryError",
    "Period",
    "Report",
    "Seal",
    "alike",
    "by_fact",
    "by_month",
    "days",
    "make_report",
    "of_airings",
    "of_broadcasts",
    "publish",
]
