"""Any noun of the station as JSON: one place for what each type becomes.

Keys are field names and enumerations their English values, whatever language the operator reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from broadcaster.clock import LOCAL

__all__ = ["as_json"]


def as_json(value: object) -> str:
    """``value`` as one JSON value: its named fields as an object, instants as ISO 8601, +07:00."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def _plain(value: object) -> Any:
    """``value`` in the types that JSON has; raises TypeError for what has no meaning in it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(_plain(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, str) else value.name.lower()
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Path):
        return str(value)
    message = f"{type(value).__name__} has no meaning in JSON"
    raise TypeError(message)
