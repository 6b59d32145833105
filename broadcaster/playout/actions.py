"""What the decision may ask of the station: arm, miss, pause, stop.

Plain values, so that a test can compare them and the daemon only has to carry them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.model import Occurrence

__all__ = ["Action", "Arm", "Decision", "Interrupted", "Miss", "Pause", "Reason", "Stop"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something did not sound: a stable kebab-case code, and a sentence for people."""

    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.text} [{self.code}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """Make ``occurrence`` sound at ``at``, from ``from_ms`` of its audio.

    ``at`` lies at most :data:`~broadcaster.playout.decide.LEAD` ahead.  ``late_ms`` counts from
    the planned start.  ``resumes`` says that it had started before: in an earlier life of the
    daemon, or until something interrupted it.
    A programme that is not longer than ``from_ms`` (a join that came too late) is the station's
    to close as missed, because only the station knows its length.
    """

    occurrence: Occurrence
    at: datetime
    from_ms: int = 0
    late_ms: int = 0
    resumes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """What something more important has silenced, and what is to go on from ``from_ms`` of its
    audio.

    ``started_at`` is when the audio's beginning sounded, or would have.
    """

    started_at: datetime
    from_ms: int
    duration_ms: int
    marks_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Miss:
    """Log ``occurrence`` as missed; it never starts."""

    occurrence: Occurrence
    reason: Reason


@dataclass(frozen=True, slots=True)
class Stop:
    """Silence the occurrence of this id where it sounds, and log it as cut.

    An id rather than an occurrence: what was on air before a crash may have left the week.
    """

    occurrence_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence it, and keep what is ``left`` for later: something more important has begun."""

    occurrence_id: str
    reason: Reason
    left: Interrupted


Action = Arm | Miss | Pause | Stop


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do now, and when to ask again (None: when the rundown changes)."""

    actions: tuple[Action, ...]
    next_at: datetime | None
