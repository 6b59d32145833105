"""Báo cáo: a month counted from the log, on the page and as a document."""

from __future__ import annotations

import io
import zipfile

import pytest


def test_a_month_is_counted(operator, morning_heard, vietnamese):
    """The page says what was broadcast in this month, and what was not and why."""
    page = operator.look("/bao-cao")
    assert "Báo cáo tháng 11 năm 2026" in page
    assert "mất điện" in page
    assert '<option value="2026-Q4">Quý IV năm 2026' in page


@pytest.mark.parametrize(
    "period, name",
    [("2026-Q3", "quý III năm 2026"), ("2025", "năm 2025"), ("x", "tháng 11 năm 2026")],
)
def test_another_period(operator, period: str, name: str):
    """A quarter or a year, empty ones too; a slip in the address shows this month."""
    assert name in operator.look(f"/bao-cao?ky={period}")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_document_opens(operator, morning_heard, kind: str):
    """The office gets a file that its program opens."""
    answer = operator.client.get(f"/bao-cao/tep/{kind}?ky=2026-11")
    assert answer.status_code == 200, answer.headers
    assert f"bao-cao-2026-11.{kind}" in answer.headers["content-disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


PLAN = """
title: Kế hoạch xã Mẫu
targets:
  - {title: Cải cách hành chính, topic: cchc, items: 70, per: quý}
  - {title: Tin hằng tuần, airings: 1, per: tuần}
"""


def test_the_plan_stands_beside_what_was_heard(operator, folder, morning_heard, vietnamese):
    """Each target: what was done, what was due by now, and how it stands; what is late is said in
    a sentence; a plan that is written now is on the page now, a period that is over is judged at
    its end."""
    assert "Không có chỉ tiêu nào" in operator.look("/bao-cao")
    (folder.schedules / "ke-hoach").mkdir()
    (folder.schedules / "ke-hoach/2026.yaml").write_text(PLAN, encoding="utf-8")
    page = operator.look("/bao-cao")
    assert "Quý IV/2026 chưa phát Cải cách hành chính; còn thiếu 70 bản tin." in page
    assert '0/70</td><td class="number">40</td>' in page
    assert "chậm 40" in page
    assert "<caption>Chỉ tiêu, tính đến 23/11/2026</caption>" in page
    assert "đúng tiến độ</span>" in page
    assert "không đạt, thiếu 70" in operator.look("/bao-cao?ky=2026-Q3")
