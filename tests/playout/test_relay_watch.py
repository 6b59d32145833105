"""When a relay is heard and when local sound is: the pure decisions."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.playout.relay.backlog import Backlog, Waiting
from broadcaster.playout.relay.ring import BLOCK_BYTES, BLOCKS_A_SECOND
from broadcaster.playout.relay.watch import FADE, HEALTHY, SILENCE, Facts, Trouble, Watch

LEG = 3_000


def waiting(sounds: str) -> Backlog:
    """A backlog in which “#” sounds and “.” is silent, a second for each letter."""
    backlog = Backlog(HEALTHY)
    for letter in sounds:
        for _block in range(BLOCKS_A_SECOND):
            backlog.add(Waiting(bytes(BLOCK_BYTES), is_silent=letter == "."))
    return backlog


def facts(backlog: Backlog, left: int = LEG) -> Facts:
    return Facts(len(backlog), backlog.silence_ahead, backlog.longest_silence, left)


def test_a_relay_begins_with_five_good_seconds() -> None:
    """Four seconds of waiting sound are not enough to begin with; five are."""
    watch = Watch()
    watch.step(facts(waiting("####")))
    assert not watch.is_on
    watch.step(facts(waiting("#####")))
    assert watch.is_on


def test_silence_does_not_begin() -> None:
    """A stream that sends silence, or sound with two seconds of silence, is not begun with."""
    for sounds in (".....", "##..#", ".####"):
        watch = Watch()
        watch.step(facts(waiting(sounds)))
        assert not watch.is_on, sounds


def test_a_pause_of_a_speaker_is_no_trouble() -> None:
    """Three silent seconds are heard as they are; four are not."""
    watch = Watch(is_on=True)
    assert watch.step(facts(waiting("...##"))) is None
    assert watch.step(facts(waiting("....#"))) is Trouble.SILENT
    assert not watch.is_on


def test_silence_that_was_heard_counts() -> None:
    """Where little waits, the silence that was heard already counts too."""
    watch = Watch(is_on=True)
    troubles = [watch.step(facts(waiting("..#"))) for _block in range(SILENCE)]
    assert troubles.index(Trouble.SILENT) == SILENCE - 2 * BLOCKS_A_SECOND


def test_a_stall_is_left_before_its_end() -> None:
    """When what waits runs out, the relay fades out with the last of it."""
    watch = Watch(is_on=True)
    assert watch.step(Facts(FADE + 1, 0, 0, LEG)) is None
    assert watch.step(Facts(FADE, 0, 0, LEG)) is Trouble.STALLED


def test_the_end_of_the_span_fades() -> None:
    """At the end of its time nothing of the relay is left over the sound after it."""
    watch = Watch()
    shares = []
    for left in range(500, 0, -1):
        now = Facts(400, 0, 0, left)
        watch.step(now)
        shares.append(watch.fade(now))
    assert max(share for _before, share in shares) == 1
    assert shares[-1][1] == 0
    assert all(one[1] == two[0] for one, two in pairwise(shares))


@given(st.lists(st.tuples(st.sampled_from("#._"), st.integers(1, 300)), max_size=40))
def test_never_dead_air_and_never_a_jump(arrivals: list[tuple[str, int]]) -> None:
    """Whatever comes (sound, silence, nothing), no more than four silent seconds of the relay are
    heard in a row, nothing is faded that is not there, and the share moves by small steps."""
    stream = [letter for letter, count in arrivals for _n in range(count)]
    backlog, watch = Backlog(HEALTHY), Watch()
    silent, level = 0, 0.0
    for number, letter in enumerate(stream):
        if letter != "_":
            backlog.add(Waiting(b"", is_silent=letter == "."))
        if not watch.is_on:
            backlog.trim()
        now = facts(backlog, len(stream) - number)
        watch.step(now)
        fades_from, fades_to = watch.fade(now)
        assert fades_from == level or len(backlog) == 0
        assert abs(fades_to - fades_from) <= 1 / FADE + 1e-9
        level = fades_to
        if fades_from or fades_to:
            block = backlog.take()
            assert block is not None
            silent = silent + 1 if block.is_silent else 0
            assert silent <= SILENCE + FADE
        else:
            silent = 0


@given(st.lists(st.booleans(), min_size=1, max_size=3_000))
def test_no_flapping(arrivals: list[bool]) -> None:
    """Between two beginnings of the relay lie at least five seconds of sound that came."""
    backlog, watch, came, begun_at = Backlog(HEALTHY), Watch(), 0, -HEALTHY
    for arrived in arrivals:
        if arrived:
            backlog.add(Waiting(b"", is_silent=False))
            came += 1
        was_on = watch.is_on
        now = facts(backlog)
        watch.step(now)
        if watch.is_on and not was_on:
            assert came - begun_at >= HEALTHY - FADE
            begun_at = came
        if any(watch.fade(now)):
            backlog.take()


def test_another_clock() -> None:
    """Where the other station's clock is faster the pile that grows is worked off, where it is
    slower a pile that shrinks is spared; bursts of pieces are neither."""
    fast, slow, bursts = waiting("#" * 9), waiting("#" * 2), waiting("#" * 6)
    for tick in range(30 * BLOCKS_A_SECOND):
        for backlog in (fast, slow):
            backlog.take()
            backlog.add(Waiting(b"", is_silent=False))
        bursts.take()
        if tick % 100 == 99:
            for _block in range(100):
                bursts.add(Waiting(b"", is_silent=False))
    assert (fast.drift, slow.drift, bursts.drift) == (1, -1, 0)
