"""What counts as an approval, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from register_rows import OTHER, TEXT, Rows

from broadcaster.approval import decisions_of, is_own_text, people_of, spoken_in
from broadcaster.model import RegisterEvent, Role


@pytest.fixture
def rows() -> Rows:
    """A station with an editor and an approver."""
    rows = Rows()
    rows.person("lan", Role.EDITOR)
    rows.person("hoa", Role.APPROVER)
    return rows


def approval(rows: Rows, spoken=TEXT, bulletin="01-tin"):
    return decisions_of(rows.rows).approval_of(bulletin, spoken.sha256)


def test_an_approver_lets_a_text_be_heard(rows: Rows) -> None:
    """What an approver approves is approved, in that name, and nothing else is."""
    rows.approved("hoa")
    found = approval(rows)
    assert found is not None
    assert (found.by, spoken_in(rows.rows[-1])) == ("hoa", TEXT)
    assert approval(rows, OTHER) is None
    assert approval(rows, bulletin="02-tin") is None


@pytest.mark.parametrize("by", ["lan", "nobody", ""])
def test_who_is_no_approver_approves_nothing(rows: Rows, by: str) -> None:
    """An editor's word, or a stranger's, is no approval, even where a row of it stands."""
    rows.approved(by)
    assert approval(rows) is None


def test_what_was_approved_before_its_approver_left_goes_on_counting(rows: Rows) -> None:
    """An approval counts by the role that its approver had on that day."""
    rows.approved("hoa")
    rows.person("hoa", Role.APPROVER, disabled=True)
    assert approval(rows) is not None


def test_the_approver_removed_yesterday_approves_nothing_today(rows: Rows) -> None:
    """Whoever was disabled, or lost the role, decides nothing any more."""
    rows.person("hoa", Role.APPROVER, disabled=True)
    rows.approved("hoa")
    assert approval(rows) is None
    rows.person("hoa", Role.EDITOR)
    rows.approved("hoa")
    assert approval(rows) is None


def test_what_is_given_back_is_not_approved_any_more(rows: Rows) -> None:
    """A rejection takes an approval back; a later approval takes the rejection back."""
    rows.approved("hoa")
    rows.rejected("hoa")
    decisions = decisions_of(rows.rows)
    assert decisions.approval_of("01-tin", TEXT.sha256) is None
    rejection = decisions.rejection_of("01-tin", TEXT.sha256)
    assert rejection is not None
    assert rejection.why == "sai giờ"
    rows.approved("hoa")
    assert approval(rows) is not None
    assert decisions_of(rows.rows).rejection_of("01-tin", TEXT.sha256) is None


def test_an_approval_replayed_for_other_content_counts_for_neither(rows: Rows) -> None:
    """A row whose text is not what its hash names approves nothing."""
    rows.approved("hoa", TEXT, content_sha256=OTHER.sha256)
    assert spoken_in(rows.rows[-1]) is None
    assert approval(rows, OTHER) is None
    assert approval(rows, TEXT) is None


@pytest.mark.parametrize(
    "details", [{"spoken": None}, {"spoken": {}}, {"voices": 3}, {"valid": ["x", ""]}, {"valid": 1}]
)
def test_a_row_that_nobody_understands_approves_nothing(rows: Rows, details) -> None:
    """Whatever somebody writes into a row by hand, it is no approval, and no crash."""
    rows.approved("hoa", details=details)
    assert approval(rows) is None


def test_where_the_chain_breaks_nothing_before_counts(rows: Rows) -> None:
    """A row that was edited may have been a withdrawal: everything is asked for anew."""
    rows.approved("hoa")
    rows.approved("hoa", OTHER)
    rows.rows[-1] = replace(rows.rows[-1], is_whole=False)
    decisions = decisions_of(rows.rows)
    assert decisions.is_broken
    assert not decisions.approvals
    rows.approved("hoa")
    assert approval(rows) is not None


def test_a_person_who_was_put_in_by_hand_is_nobody(rows: Rows) -> None:
    """A row that the chain does not hold makes nobody an approver."""
    rows.person("mai", Role.APPROVER)
    rows.rows[-1] = replace(rows.rows[-1], is_whole=False)
    rows.approved("mai")
    assert approval(rows) is None
    assert "mai" not in people_of(rows.rows)


def test_an_own_text_is_known_by_its_author_and_by_who_handed_it_in(rows: Rows) -> None:
    """Four eyes: the names in the file count, and the hands through which it came."""
    rows.add(RegisterEvent.SUBMITTED, "01-tin", by="hoa", content_sha256=TEXT.sha256)
    decisions = decisions_of(rows.rows)
    hoa = replace(decisions.people["hoa"], name="Trần Thị Hoa")
    assert is_own_text(hoa, "", decisions.submitters["01-tin"])
    assert is_own_text(hoa, "trần thị hoa", ())
    assert is_own_text(hoa, "HOA", ())
    assert not is_own_text(hoa, "Lan", ())
    assert not is_own_text(hoa, "", ())
