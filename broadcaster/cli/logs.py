"""The log of a service: one JSON object a line, as the journal and what reads it want it.

It stands apart from the session because only ``run`` writes for machines.  In the journal each
line begins with its priority, ``<3>`` for an error, as in sd-daemon(3).
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import datetime

from broadcaster.clock import LOCAL

__all__ = ["LOG_FORMATS", "JsonLines", "is_in_journal", "use_log_format"]

LOG_FORMATS = ("json", "text")
_PRIORITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))
_DEBUG = 7


class JsonLines(logging.Formatter):
    """Keys are English; ``at`` is ISO 8601 with its offset."""

    def __init__(self, *, with_priority: bool) -> None:
        super().__init__()
        self._with_priority = with_priority

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, LOCAL)
        line = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        text = json.dumps(line, ensure_ascii=False)
        return f"<{_priority(record.levelno)}>{text}" if self._with_priority else text


def _priority(level: int) -> int:
    return next((number for least, number in _PRIORITIES if level >= least), _DEBUG)


def is_in_journal() -> bool:
    """Whether standard error is the journal's own socket (systemd.exec(5), JOURNAL_STREAM)."""
    try:
        status = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


def use_log_format(name: str | None) -> None:
    """Write the log as ``json`` or ``text``; None is JSON in the journal and text elsewhere."""
    journal = is_in_journal()
    if name == "json" or (name is None and journal):
        for handler in logging.getLogger("broadcaster").handlers:
            handler.setFormatter(JsonLines(with_priority=journal))
