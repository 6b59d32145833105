"""Questions of the people: what a file says of them, and who asked, who stays unnamed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcaster.script import load_bulletin, read_text
from broadcaster.script.load import parse_bulletin

HEAD = """---
title: Hỏi – đáp về giấy khai sinh
kind: hỏi–đáp
question: Làm giấy khai sinh mất mấy ngày?
answered_by: Bộ phận một cửa
due: 30/11/2026
"""
ANSWER = "Thưa bà con, nhận ngay trong ngày."


def bulletin(text: str, name: str = "hoi.txt"):
    found, problems = parse_bulletin(text, path=Path(name))
    assert found is not None
    return found, [problem.code for problem in problems]


def test_a_question_names_its_office_and_its_day():
    """A question says what is asked, who answers it and by when."""
    found, codes = bulletin(f"{HEAD}---\n{ANSWER}\n")
    assert codes == []
    assert found.question.text == "Làm giấy khai sinh mất mấy ngày?"
    assert found.question.office == "Bộ phận một cửa"
    assert found.question.due == date(2026, 11, 30)
    assert found.is_answered


def test_the_question_is_heard_before_its_answer():
    """A question that stands in the front matter is read aloud, and then its answer."""
    found, _codes = bulletin(f"{HEAD}---\n{ANSWER}\n")
    assert found.text.startswith("Hỏi: Làm giấy khai sinh mất mấy ngày?\n\nĐáp: Thưa bà con")


def test_a_problem_of_the_answer_names_its_own_line():
    """What is wrong in the answer is told with the line where it stands in the file."""
    found, _codes = bulletin(f"{HEAD}---\n\n{ANSWER}\nGọi số XQZV nhé.\n")
    problems = read_text(found.text, where=found.where).problems
    assert [p.where.line for p in problems if "XQZV" in p.message] == [10]


def test_a_question_within_the_text_is_not_said_twice():
    """An answer that begins with “Hỏi:” is heard as it is written."""
    body = "Hỏi: Bao lâu?\n\nĐáp: Một ngày.\n"
    matter = "---\nkind: hỏi-đáp\nanswered_by: UBND xã\ndue: 2026-12-01\n---\n"
    found, codes = bulletin(matter + body)
    assert codes == []
    assert found.text == body
    assert found.question.text == "Bao lâu?"


def test_a_question_may_wait_for_its_answer():
    """A file with a question alone is no empty file: it waits."""
    found, codes = bulletin(f"{HEAD}---\n")
    assert codes == []
    assert not found.is_answered


def test_what_a_question_lacks_is_told():
    """A question without office and day is heard, and it is told what is missing."""
    found, codes = bulletin("---\nkind: hỏi-đáp\n---\nHỏi: Bao lâu?\nĐáp: Một ngày.\n")
    assert codes == ["question-incomplete"]
    assert found.is_answered


@pytest.mark.parametrize(
    "said",
    [
        "Bà Trần Thị Sen hỏi",
        "bà Sen hỏi",
        "BÀ TRẦN THỊ SEN hỏi",
        "Tran Thi Sen hỏi",
        "Trần Thị\nSen hỏi",
        "bà Thị Sen hỏi",
        "gọi 0912 345 678",
        "gọi 0912.345.678",
    ],
)
def test_who_asked_is_not_named(said: str):
    """The name and the number of who asked are in nothing that is made of the file."""
    asker = 'asker: "Bà Trần Thị Sen, thôn 5, 0912345678"\n'
    found, codes = bulletin(f"{HEAD}{asker}---\n{said}. {ANSWER}\n")
    assert codes == ["asker-hidden"]
    everything = repr(found)
    assert "một người dân" in found.text
    for name in ("Sen", "SEN", "345", "asker='B"):
        assert name not in everything
    assert not found.online


def test_an_answer_that_names_nobody_is_left_as_it_is():
    """Words that only look a little like the name stay."""
    found, codes = bulletin(f"{HEAD}asker: Trần Thị Sen\n---\nBà con trồng hoa sen. {ANSWER}\n")
    assert codes == []
    assert "trồng hoa sen" in found.text


def test_the_name_in_title_question_and_file_name_is_hidden():
    """Titles are read as headlines, and file names stand in the log: neither names who asked."""
    text = (
        "---\ntitle: Trả lời bà Trần Thị Sen\nkind: hỏi-đáp\nquestion: Trần Thị Sen hỏi mấy ngày?"
        f"\nanswered_by: UBND xã\ndue: 2026-12-01\nasker: Trần Thị Sen\n---\n{ANSWER}\n"
    )
    found, codes = bulletin(text, "hoi-dap-tran-thi-sen.txt")
    assert codes == ["asker-hidden", "asker-in-id"]
    assert found.id == "hoi-dap-nguoi-dan"
    assert found.title == "Trả lời một người dân"
    assert "Trần Thị Sen" not in found.question.text + found.text


def test_who_asked_is_named_once_they_agree():
    """With “asker_allowed: true” everything stays as it was written."""
    matter = f"{HEAD}asker: Trần Thị Sen\nasker_allowed: true\n---\n"
    found, codes = bulletin(f"{matter}Bà Trần Thị Sen hỏi. {ANSWER}\n")
    assert codes == []
    assert "Bà Trần Thị Sen hỏi" in found.text
    assert found.question.asker == "Trần Thị Sen"
    assert found.online


@pytest.mark.parametrize("allowed", ["có lẽ", "", "khong"])
def test_what_is_not_clearly_allowed_is_not_allowed(allowed: str):
    """An “asker_allowed” that is empty or cannot be read does not allow anything."""
    matter = f"{HEAD}asker: Trần Thị Sen\nasker_allowed: {allowed}\n---\n"
    found, _codes = bulletin(f"{matter}Trần Thị Sen hỏi. {ANSWER}\n")
    assert "Sen" not in repr(found)


@pytest.mark.parametrize("broken", ["title: 'mở\n", "title: a: b\n", "\tkind: x\n"])
def test_broken_front_matter_names_nobody_either(broken: str):
    """A slip elsewhere in the front matter does not let the name out."""
    found, _codes = bulletin(f"---\n{broken}asker: Trần Thị Sen\n---\nTrần Thị Sen hỏi.\n")
    assert "Sen" not in repr(found)


def test_front_matter_that_is_never_closed_names_nobody_either():
    """Nor does a missing line of dashes."""
    found, _codes = bulletin("---\nasker: Trần Thị Sen\nTrần Thị Sen hỏi mấy ngày.\n")
    assert "Sen" not in repr(found)


def test_a_recording_of_an_answer_is_to_be_listened_to(tmp_path: Path):
    """Nobody can hide a name in a recording, so that it is told to listen."""
    path = tmp_path / "hoi.txt"
    path.write_text(f"{HEAD}asker: Trần Thị Sen\nrecording: hoi.ogg\n---\n{ANSWER}\n", "utf-8")
    _found, problems = load_bulletin(path)
    assert [problem.code for problem in problems] == ["asker-in-recording"]
