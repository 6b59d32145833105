"""Slots that were due and not heard, and slots that are near with nothing ready."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from air import Air as Bench
from occurrences import at, occurrence

from broadcaster.model import Priority
from broadcaster.playout import Gates, QuietHours
from broadcaster.station.watch.starts import StartWatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    bench.planned = [occurrence("sang", "05:30")]
    yield bench
    bench.close()


def watch(bench: Bench, **values) -> StartWatch:
    """A watch that sees the log of the bench, and its week."""
    values = {"gate": Gates(()), "prepared": bench.shelf, **values}
    return StartWatch(lambda _now: bench.planned, bench.log.ledger, **values)


def codes(watch: StartWatch, now: str, *, is_busy: bool = False) -> list[str]:
    return [cause.code for cause in watch.look(at(now), is_busy=is_busy)]


def test_a_slot_that_was_heard_is_no_alarm(bench: Bench) -> None:
    """On air, and after it: nothing to tell."""
    eye = watch(bench)
    bench.run("05:30:20")
    assert codes(eye, "05:30:20") == []
    bench.run("06:00")
    assert codes(eye, "06:00") == []


def test_a_slot_of_which_nothing_is_known(bench: Bench) -> None:
    """The playout has not even written that it missed it: told a quarter of a minute later."""
    eye = watch(bench)
    assert codes(eye, "05:30:10") == []
    assert codes(eye, "05:30:20") == ["slot-not-heard"]
    (cause,) = eye.look(at("05:30:20"), is_busy=False)
    assert "“Sang”" in cause.text
    assert cause.is_event


def test_a_missed_slot_is_told_with_its_reason(bench: Bench) -> None:
    """The log says why: the same words reach the operator, for a day."""
    bench.shelf.own["sang"] = None
    bench.run("05:45")
    (cause,) = watch(bench).look(at("05:45"), is_busy=False)
    assert (cause.code, "nothing was ready" in cause.text) == ("slot-not-heard", True)
    tomorrow = at("07:00") + timedelta(days=1)
    assert watch(bench).look(tomorrow, is_busy=False) == []


def test_what_an_operator_wanted_is_no_alarm(bench: Bench) -> None:
    """A start that somebody left out on purpose is not reported to him."""
    from broadcaster.station import reasons  # noqa: PLC0415

    bench.run("05:20")
    bench.desk.skip_next(reasons.skipped(), operator="trực máy")
    bench.run("05:45")
    assert bench.entry("sang").outcome == "missed"
    assert codes(watch(bench), "05:45") == []


def test_what_the_rules_refuse_was_not_due(bench: Bench) -> None:
    """A slot in the quiet hours is for the check to tell, not for an alarm each night."""
    quiet = QuietHours(at("05:00").time(), at("06:00").time())
    assert codes(watch(bench, gate=quiet), "05:31") == []
    bench.planned = [occurrence("bao", "05:30", priority=Priority.EMERGENCY)]
    assert codes(watch(bench, gate=quiet), "05:31") == ["slot-not-heard"]


def test_a_slot_may_wait_for_another(bench: Bench) -> None:
    """While something else is on air, a slot has until its last minute."""
    eye = watch(bench)
    assert codes(eye, "05:35", is_busy=True) == []
    assert codes(eye, "05:35") == ["slot-not-heard"]
    assert codes(eye, "05:41", is_busy=True) == ["slot-not-heard"]


def test_nothing_ready_shortly_before(bench: Bench) -> None:
    """A quarter of an hour before its time there is still somebody who can mend it; a slot that
    was written down a minute ago is given a moment; it is over when it is ready."""
    bench.shelf.own["sang"] = None
    eye = watch(bench)
    assert codes(eye, "05:00") == []
    assert codes(eye, "05:16") == []
    assert codes(eye, "05:18") == ["slot-not-ready"]
    del bench.shelf.own["sang"]
    assert codes(eye, "05:19") == []
