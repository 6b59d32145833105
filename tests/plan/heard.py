"""Broadcasts for the tests of the plan, as the log counts them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import Airing, Broadcast, BulletinFacts, Outcome
from broadcaster.plan import Plan, load_plan

if TYPE_CHECKING:
    from pathlib import Path


def broadcast(
    day: date,
    *bulletins: str,
    outcome: Outcome = Outcome.AIRED,
    heard_ms: int = 90_000,
    facts: BulletinFacts | None = None,
    at: time = time(5, 30),
) -> Broadcast:
    """A broadcast of ``bulletins``, each heard for ``heard_ms`` and called what ``facts`` say."""
    begun = datetime.combine(day, at, LOCAL)
    airings = tuple(
        Airing(bulletin_id=b, title=b, outcome=outcome, heard_ms=heard_ms, facts=facts)
        for b in bulletins
    )
    return Broadcast(
        occurrence=f"sang@{begun.isoformat(timespec='minutes')}",
        slot="sang",
        title="Chương trình sáng",
        scheduled_at=begun,
        started_at=begun,
        ended_at=begun + timedelta(minutes=5),
        outcome=outcome,
        airings=airings,
    )


def about(topic: str, **more: str) -> BulletinFacts:
    return BulletinFacts(**{"topic": topic, "kind": "tin", "language": "vi"} | more)


def plan_of(tmp_path: Path, text: str) -> Plan:
    """The plan in ``text``, which has to be without a problem."""
    path = tmp_path / "ke-hoach.yaml"
    path.write_text(text, encoding="utf-8")
    plan, problems = load_plan([path])
    assert problems == []
    return plan
