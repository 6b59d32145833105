"""What the log says of a relay: what was relayed, what was not, and why."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model import PreparedSegment, SegmentKind
from broadcaster.playout.relay.leg import Leg, Switch
from broadcaster.playout.relay.told import Story
from broadcaster.playout.relay.watch import Trouble

LEG = Leg(name="vov1", title="VOV1", urls=("http://a",), first=500, last=2_000)
IDENT = PreparedSegment(kind=SegmentKind.IDENT, title="nhac-hieu", start_ms=0, end_ms=9_600)
RELAY = PreparedSegment(
    kind=SegmentKind.RELAY, title="VOV1", relay="vov1", start_ms=9_985, end_ms=40_005
)


def story(*switches: Switch, until: int = 2_000) -> Story:
    told = Story((LEG,), until)
    for switch in switches:
        told.add(switch)
    return told


def pieces(told: Story) -> list[tuple[str, int, int]]:
    parts = told.heard((IDENT, RELAY))
    return [(str(part.kind), part.start_ms, part.end_ms) for part in parts[1:]]


def test_all_of_it() -> None:
    """A relay that was good from before its beginning is one part, and nothing is remarked."""
    told = story(Switch(500, is_on=True))
    assert told.heard((IDENT, RELAY)) == (IDENT, RELAY)
    assert told.remark() == ""


def test_nothing_of_it() -> None:
    """Where nothing was relayed, the log claims no relay, and says why there was none."""
    told = story(Switch(500, is_on=False, trouble=Trouble.REFUSED, detail="404"))
    assert pieces(told) == [("music", 9_985, 40_005)]
    assert "[relay-refused]" in told.remark()
    assert "404" in told.remark()
    assert "0s of 30s" in told.remark()


def test_left_and_taken_up() -> None:
    """A relay that was left for a while is told as what it was."""
    told = story(
        Switch(500, is_on=True),
        Switch(1_000, is_on=False, trouble=Trouble.STALLED),
        Switch(1_050, is_on=False, trouble=Trouble.UNREACHABLE, detail="x"),
        Switch(1_500, is_on=True),
    )
    assert pieces(told) == [
        ("relay", 9_985, 20_000),
        ("music", 20_000, 30_000),
        ("relay", 30_000, 40_005),
    ]
    assert "20s of 30s" in told.remark()
    assert "[relay-unreachable]" in told.remark()


def test_bulletins_stand_in() -> None:
    """A bulletin that was heard from its beginning is told as heard; one over which the relay
    lay, or whose beginning it covered, is not."""
    spoken = [
        PreparedSegment(
            kind=SegmentKind.SPEECH,
            title=name,
            bulletin_id=name,
            relay="vov1",
            start_ms=start_ms,
            end_ms=start_ms + 9_000,
        )
        for name, start_ms in (("a", 10_000), ("b", 20_000))
    ]
    music = replace(RELAY, start_ms=30_000)
    told = story(Switch(500, is_on=False, trouble=Trouble.REFUSED), Switch(1_000, is_on=True))
    parts = told.heard((IDENT, *spoken, music))
    assert [(part.kind, part.title) for part in parts[1:]] == [
        (SegmentKind.SPEECH, "a"),
        (SegmentKind.RELAY, "VOV1"),
    ]
    told = story(
        Switch(500, is_on=True),
        Switch(700, is_on=False, trouble=Trouble.ENDED),
        Switch(710, is_on=False, trouble=Trouble.UNREACHABLE),
    )
    parts = told.heard((IDENT, *spoken, music))
    assert [part.kind for part in parts[1:]] == ["relay", "music", "speech", "music"]
    assert parts[3].bulletin_id == "b"


def test_a_server_that_died_and_refused_on_its_return() -> None:
    """Each cause that cost a second is told in its order, however long the last one was."""
    told = story(
        Switch(500, is_on=True),
        Switch(1_000, is_on=False, trouble=Trouble.UNREACHABLE, detail="x"),
        Switch(1_060, is_on=False, trouble=Trouble.REFUSED, detail="404"),
        Switch(1_400, is_on=False, trouble=Trouble.STALLED),
        Switch(1_410, is_on=True),
    )
    remark = told.remark()
    assert remark.index("[relay-unreachable]") < remark.index("[relay-refused]")
    assert "relay-stalled" not in remark


def test_a_moment_is_not_remarked() -> None:
    """Less than a second of local sound at the beginning is no trouble."""
    assert story(Switch(540, is_on=True)).remark() == ""


def test_cut_short() -> None:
    """Of a programme that was stopped in the middle, only what was there counts."""
    told = story(Switch(500, is_on=False, trouble=Trouble.LATE), until=750)
    assert "0s of 5s" in told.remark()
    assert story(until=400).remark() == ""


def test_an_address_that_is_gone() -> None:
    """A part whose address the station no longer has stays as it was prepared."""
    assert Story(()).heard((IDENT, RELAY)) == (IDENT, RELAY)


@given(st.lists(st.tuples(st.integers(0, 2_500), st.booleans()), max_size=30))
def test_the_parts_have_no_hole_and_no_overlap(given: list[tuple[int, bool]]) -> None:
    """However often it switched, the parts lie one after another within the relay's time."""
    switches = [Switch(number, is_on=is_on) for number, is_on in given]
    found = pieces(story(*switches))
    assert all(start < end for _kind, start, end in found)
    assert all(one[2] <= two[1] for one, two in itertools.pairwise(found))
    assert all(start >= 9_985 and end <= 40_005 for _kind, start, end in found)
    lost = 30_020 - sum(end - start for _kind, start, end in found)
    assert lost < 1_000 * (len(given) + 1)
