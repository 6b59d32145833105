"""Who may interrupt whom, and what becomes of what was late or interrupted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

__all__ = ["AfterInterrupt", "LateAction", "LatePolicy", "Priority", "StartType"]


class Priority(IntEnum):
    """Who may interrupt whom: thông thường, ưu tiên and khẩn cấp are those of Thông tư
    39/2020/TT-BTTTT; OVERRIDE is played by hand, LIVE is the microphone."""

    SILENCE = 1
    FALLBACK = 25
    ROUTINE = 50
    PRIORITY = 75
    OVERRIDE = 90
    LIVE = 95
    EMERGENCY = 100


class StartType(StrEnum):
    """HARD starts at its time and cuts what is on air; SOFT waits for it to end."""

    HARD = "hard"
    SOFT = "soft"


class LateAction(StrEnum):
    """What to do with an occurrence that could not start on time."""

    START = "start"
    JOIN = "join"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """``action`` applies until ``within_ms`` after the planned start; later it is missed."""

    action: LateAction = LateAction.START
    within_ms: int = 600_000


class AfterInterrupt(StrEnum):
    """What becomes of a programme once something more important has interrupted it.

    RESUME goes on with the sentence that was broken off, RESTART begins again, DROP is over, and
    JOIN goes on where it would be by now.
    """

    RESUME = "resume"
    RESTART = "restart"
    DROP = "drop"
    JOIN = "join"
