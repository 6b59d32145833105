"""The short form of the fault tests, for every run, and the long one: ``make soak``."""

from __future__ import annotations

import os

IS_SOAK = bool(os.environ.get("BROADCASTER_SOAK"))


def rounds(short: int, soak: int) -> int:
    """How often a fault is injected."""
    return soak if IS_SOAK else short
