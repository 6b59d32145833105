"""Where a bulletin stands, from its draft to the air."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from register_rows import MONDAY, OTHER, TEXT, Rows

from broadcaster.approval import decisions_of, standing_of
from broadcaster.errors import Where
from broadcaster.model import ApprovalState, Bulletin, Role

TODAY = date(2026, 11, 24)
BULLETIN = Bulletin(
    id="01-tin", title="Tin một", text="Xã họp.", where=Where(Path("01-tin.txt")), sha256="s"
)


@pytest.fixture
def rows() -> Rows:
    rows = Rows()
    rows.person("hoa", Role.APPROVER)
    return rows


def standing(rows: Rows, bulletin=BULLETIN, **values):
    return standing_of(bulletin, TEXT.sha256, decisions_of(rows.rows), today=TODAY, **values)


def test_a_text_waits_until_somebody_decides(rows: Rows) -> None:
    """What lies in the folder waits for an approver, unless its file says that it is a draft."""
    assert standing(rows).state is ApprovalState.PENDING
    assert standing(rows, replace(BULLETIN, draft=True)).state is ApprovalState.DRAFT


def test_approved_and_then_heard(rows: Rows) -> None:
    """It is approved, and once it was heard since then, aired; what was heard before is no news."""
    rows.approved("hoa")
    assert standing(rows).state is ApprovalState.APPROVED
    assert standing(rows, aired_at=MONDAY).state is ApprovalState.APPROVED
    heard = standing(rows, aired_at=MONDAY + timedelta(hours=9))
    assert heard.state is ApprovalState.AIRED
    assert heard.state.may_sound


def test_a_changed_text_waits_again_and_the_old_approval_is_shown(rows: Rows) -> None:
    """Who looks at a changed text sees that another version of it was approved."""
    rows.approved("hoa", OTHER)
    found = standing(rows)
    assert found.state is ApprovalState.PENDING
    assert found.before is not None
    assert found.before.id == rows.rows[-1].id


def test_given_back_with_the_reason(rows: Rows) -> None:
    """The editor reads why it came back."""
    rows.rejected("hoa", why="sai ngày họp")
    found = standing(rows)
    assert found.state is ApprovalState.REJECTED
    assert found.rejection is not None
    assert found.rejection.why == "sai ngày họp"


def test_expired_by_its_file_or_by_what_was_approved(rows: Rows) -> None:
    """An editor cannot lengthen what was approved until yesterday."""
    yesterday = TODAY - timedelta(days=1)
    assert standing(rows, replace(BULLETIN, valid_until=yesterday)).state is ApprovalState.EXPIRED
    rows.approved("hoa", details={"valid": ["", yesterday.isoformat()]})
    assert standing(rows).state is ApprovalState.EXPIRED


def test_replaced_from_its_day_on(rows: Rows) -> None:
    """A newer bulletin takes its place on the day that it names."""
    rows.approved("hoa")
    newer = replace(BULLETIN, replaced_by="02-tin", replaced_from=TODAY)
    assert standing(rows, newer).state is ApprovalState.REPLACED
    later = replace(newer, replaced_from=TODAY + timedelta(days=1))
    assert standing(rows, later).state is ApprovalState.APPROVED
