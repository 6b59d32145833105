"""Hôm nay."""

from __future__ import annotations

from small_station import bulletin


def test_the_day_and_its_starts_are_shown(operator, vietnamese):
    """The page shows the day as people write it, and each start with its state in words."""
    text = operator.look("/")
    assert "Thứ Hai 23/11/2026" in text
    assert text.index("05:30") < text.index("Tin trong ngày") < text.index("11:00")
    assert "Đang tạo tiếng" in text


def test_a_script_in_a_title_stays_text(operator, folder, site):
    """Whoever writes a script into a title sees it as text."""
    week = folder.schedules / "tuan.yaml"
    text = week.read_text(encoding="utf-8")
    week.write_text(text.replace("Tin trong ngày", "'<script>alert(1)</script>'"), encoding="utf-8")
    answer = operator.look("/")
    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert" in answer


def test_a_change_on_the_disk_shows(site, folder):
    """What was written into the folder is known at the next look, and only then read again."""
    first = site.on_disk()
    assert site.on_disk() is first
    bulletin(folder, "04-bon", "Bản tin bốn.\n\nNội dung của bản tin bốn.\n")
    assert "04-bon" in site.on_disk().content.bulletins
