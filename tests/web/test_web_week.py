"""Lịch tuần: the grid, slots that move and meet, special days, copies, imported timetables."""

from __future__ import annotations

import re
from datetime import date

import pytest
from web_forms import agree, post

from broadcaster.model import ExceptionKind

WEEK = """\
# Lịch của xã Mẫu
programmes:
  tin: {title: Tin trong ngày, segments: [{bulletins: {most: 3}}]}
  mot: {title: Một bài, segments: [{bulletin: 02-hai}]}
  du-phong: {title: Dự phòng, segments: [{jingle: chuong}]}

slots:
  # buổi sáng
  - id: sang
    days: hằng ngày
    at: 05:30          # sau kẻng
    programme: tin
    max: 15m

  - {id: trua, days: T2-T6, at: 11:00, programme: mot, max: 10m}
"""
MOVE = {"ten": "sang", "tuan": "2026-W48", "programme": "tin", "minutes": "15"}
EVERY_DAY = [("day", str(n)) for n in range(7)]


@pytest.fixture
def path(folder):
    """The only file of the week."""
    path = folder.schedules / "tuan.yaml"
    path.write_text(WEEK, encoding="utf-8")
    return path


def send_slot(operator, **fields):
    """Send the form of a slot with its days."""
    days = fields.pop("days", range(7))
    page = operator.look("/lich-tuan/them?tuan=2026-W48")
    token = re.search(r'name="form" value="([^"]+)"', page)[1]
    data = {"form": token, **fields, "day": [str(day) for day in days]}
    return operator.client.post("/lich-tuan/khung-gio", data=data)


def test_the_week_is_a_grid(operator, path, vietnamese):
    """Slots by their time, T2 to CN, with what airs on each day in words."""
    page = operator.look("/lich-tuan")
    assert "Tuần 48" in page
    assert page.index("05:30") < page.index("11:00")
    row = page[page.index("11:00") :].partition("</tr>")[0]
    assert row.count("phát</span>") == 5


def test_a_slot_moves_and_its_comment_stays(operator, path):
    """The difference is shown first; then only the time is another, and it can be taken back."""
    answer = send_slot(operator, **MOVE, at="06:00")
    assert path.read_text("utf-8") == WEEK
    assert "sau kẻng" in answer.text
    agree(operator, answer)
    assert path.read_text("utf-8") == WEEK.replace("05:30", "06:00")
    edit = re.search(r'name="edit" value="(\d+)"', operator.look("/lich-tuan"))[1]
    post(operator, "/lich-tuan/hoan-tac", "/lich-tuan", edit=edit, back="/lich-tuan")
    assert path.read_text("utf-8") == WEEK


def test_a_slot_is_added(operator, path, site):
    """It airs on the chosen days at the chosen time."""
    answer = send_slot(
        operator, tuan="2026-W48", programme="mot", at="17:00", minutes="20", days=[0, 2]
    )
    agree(operator, answer)
    slot = site.on_disk().content.plans[0].slots[-1]
    assert (slot.id, slot.days, slot.max_ms) == ("mot-1700", {0, 2}, 1_200_000)


@pytest.mark.parametrize(
    "choice, line",
    [
        ("over", "{id: trua, days: T4-T6, at: 11:00"),
        ("behind", "    after: trua\n"),
        ("both", "    at: 11:05\n"),
    ],
)
def test_slots_that_meet_are_settled_by_a_person(operator, path, choice, line):
    """Ghi đè, xếp sau, or both as they are: the operator says which."""
    fields = {"tuan": "2026-W48", "programme": "mot", "at": "11:05", "minutes": "5"}
    asked = send_slot(operator, **fields, days=[0, 1])
    assert 'value="over"' in asked.text
    assert path.read_text("utf-8") == WEEK
    agree(operator, send_slot(operator, **fields, days=[0, 1], clash=choice))
    assert line in path.read_text("utf-8")


def test_what_would_break_the_week_is_refused_with_its_reason(operator, path, folder):
    """A slot in the quiet hours never reaches the file; what was typed is still there."""
    text = folder.config.read_text("utf-8")
    folder.config.write_text(f'{text}quiet_hours: {{from: "21:00", until: "05:00"}}\n', "utf-8")
    answer = send_slot(operator, **MOVE, at="23:15")
    assert answer.status_code == 422
    assert 'value="23:15"' in answer.text
    assert path.read_text("utf-8") == WEEK


@pytest.mark.parametrize("bad", [{"at": "x"}, {"minutes": "0"}, {"days": []}, {"ten": "../x"}])
def test_a_form_that_makes_no_sense_changes_nothing(operator, path, bad):
    """Whatever a browser sends, the file stays as it was."""
    send_slot(operator, **{**MOVE, "at": "06:00", **bad})
    assert path.read_text("utf-8") == WEEK


def test_a_slot_is_taken_out(operator, path):
    """Its lines go, and no others."""
    page = "/lich-tuan/khung-gio?tuan=2026-W48&ten=trua"
    agree(operator, post(operator, "/lich-tuan/bo", page, tuan="2026-W48", ten="trua"))
    assert path.read_text("utf-8").split() == WEEK[: WEEK.index("  - {id: trua")].split()


@pytest.mark.parametrize(
    "fields, kind",
    [
        ({"kind": "cancel", "slot": "sang"}, ExceptionKind.CANCEL),
        ({"kind": "all"}, ExceptionKind.CANCEL),
        ({"kind": "replace", "slot": "sang", "programme": "mot"}, ExceptionKind.REPLACE),
        ({"kind": "add", "programme": "mot", "at": "18:00", "minutes": "5"}, ExceptionKind.ADD),
        ({"kind": "music"}, ExceptionKind.NO_MUSIC),
    ],
)
def test_a_day_is_made_special_and_usual_again(operator, path, site, fields, kind):
    """Off, another programme, one more, or no music: with its reason, until it is taken back."""
    day = "/lich-tuan/ngay/2026-11-25"
    agree(operator, post(operator, day, day, reason="Mất điện", **fields))
    exception = site.on_disk().content.plans[0].exceptions[0]
    assert (exception.kind, exception.reason) == (kind, "Mất điện")
    assert "Mất điện" in operator.look(day)
    line = str(exception.where.line)
    agree(operator, post(operator, f"{day}/bo", day, line=line))
    assert not site.on_disk().content.plans[0].exceptions


def test_tet_is_one_entry_from_its_first_day_to_its_last(operator, path, site):
    """Nghỉ Tết stands in the file once, with both its ends and nothing else changed; it is shown on
    each of its days, and pressing «hoàn tác» gives the same bytes back."""
    before = path.read_bytes()
    day = "/lich-tuan/ngay/2026-11-25"
    shown = post(operator, day, day, kind="all", reason="Nghỉ Tết", until="2026-12-03")
    assert "from: 2026-11-25" in shown.text
    agree(operator, shown)
    [exception] = site.on_disk().content.plans[0].exceptions
    assert (exception.first, exception.last) == (date(2026, 11, 25), date(2026, 12, 3))
    assert path.read_bytes().startswith(before.rstrip())
    for shown_on in ("2026-11-25", "2026-12-01", "2026-12-03"):
        assert "Nghỉ Tết" in operator.look(f"/lich-tuan/ngay/{shown_on}")
    assert "Nghỉ Tết" not in operator.look("/lich-tuan/ngay/2026-12-04")
    edit = re.search(r'name="edit" value="([^"]+)"', operator.look(day))[1]
    post(operator, "/lich-tuan/hoan-tac", day, edit=edit, back=day)
    assert path.read_bytes() == before


@pytest.mark.parametrize("until", ["2026-11-24", "2027-11-25", "x", "2026-02-30"])
def test_days_that_make_no_sense_change_nothing(operator, path, until):
    """A last day before the first, a year too late, or none at all is told in a sentence."""
    before = path.read_bytes()
    day = "/lich-tuan/ngay/2026-11-25"
    assert post(operator, day, day, kind="all", until=until).status_code == 303
    assert 'class="note bad"' in operator.look(day)
    assert path.read_bytes() == before


def test_days_of_another_file_are_named(operator, path, folder):
    """Where a week of its own begins within the days, nothing is written that would not hold."""
    page = "/lich-tuan?tuan=2026-W50"
    agree(operator, post(operator, "/lich-tuan/chep", page, tuan="2026-W50"))
    before = path.read_bytes()
    day = "/lich-tuan/ngay/2026-12-05"
    post(operator, day, day, kind="music", until="2026-12-08")
    assert "07/12/2026" in operator.look(day)
    assert path.read_bytes() == before


def test_last_week_is_copied_for_one_week_alone(operator, path, folder, site):
    """The copy holds for that week, and the old file stays as it was."""
    page = "/lich-tuan?tuan=2026-W50"
    agree(operator, post(operator, "/lich-tuan/chep", page, tuan="2026-W50"))
    assert path.read_text("utf-8") == WEEK
    assert "week: 2026-W50" in (folder.schedules / "tuan-2026-w50.yaml").read_text("utf-8")
    assert len(site.on_disk().content.plans) == 2


def test_a_timetable_is_looked_at_and_kept(operator, path, folder):
    """Nothing is kept before it was seen; then it is the week of its own that was chosen."""
    table = "05:00 - 05:30 | Tin trong xã\n17:00 - 17:15 | Chuyên mục\n".encode()
    files = {"file": ("../../lich.txt", table)}
    answer = post(operator, "/lich-tuan/nhap", "/lich-tuan/nhap", files=files)
    assert "05:00" in answer.text
    assert not (folder.schedules / "tuan-2026-w49.yaml").exists()
    import html  # noqa: PLC0415

    text = html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)[1])
    kept = post(operator, "/lich-tuan/nhap/giu", "/lich-tuan/nhap", text=text, tuan="2026-W49")
    assert agree(operator, kept).status_code == 303
    assert "week: 2026-W49" in (folder.schedules / "tuan-2026-w49.yaml").read_text("utf-8")


def test_a_file_that_is_no_timetable_is_refused(operator, path):
    """A picture, a bomb and nothing at all are told in words."""
    for data in (b"\x89PNG\r\n\x1a\n" + bytes(99), b"", b"PK\x03\x04" + bytes(99)):
        files = {"file": ("x.xlsx", data)}
        assert post(operator, "/lich-tuan/nhap", "/lich-tuan/nhap", files=files).status_code == 303


def test_a_week_that_somebody_changed_meanwhile_is_shown_again(operator, path):
    """Whoever agrees to an old difference sees the new one first, and nothing is overwritten."""
    answer = send_slot(operator, **MOVE, at="06:00")
    path.write_text(WEEK.replace("11:00", "12:00"), encoding="utf-8")
    again = agree(operator, answer)
    assert again.status_code == 200
    assert "somebody else" in again.text
    agree(operator, again)
    assert path.read_text("utf-8") == WEEK.replace("11:00", "12:00").replace("05:30", "06:00")


def test_a_week_is_checked_with_its_lengths(operator, path, vietnamese):
    """What does not fit its time is told with its line; the grid itself stays quick without it."""
    path.write_text(WEEK.replace("max: 15m", "max: 1s"), encoding="utf-8")
    page = operator.look("/lich-tuan/kiem-tra?tuan=2026-W48")
    assert 'class="problems"' in page
    assert "tuan.yaml" in page
