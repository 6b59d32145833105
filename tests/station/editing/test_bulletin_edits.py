"""Bulletins and the word list: a field or a word changes, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import ContentError
from broadcaster.script import parse_bulletin
from broadcaster.station.editing.bulletins import (
    bulletin_id,
    new_bulletin,
    with_body,
    with_fields,
)
from broadcaster.station.editing.words import reading_of, with_word

ROOT = Path(__file__).parents[3]
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "scripts_vi").glob("*.txt"))]
TEXTS = [*SAMPLES, *(text.replace("\n", "\r\n") for text in SAMPLES[:3])]
texts = st.sampled_from(TEXTS)
lines = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60)


def _body(text):
    return parse_bulletin(text, path=Path("a.txt"))[0].text


@given(text=texts, title=lines.filter(lambda line: any(c.isalnum() for c in line)))
def test_a_title_changes_alone(text, title):
    """Whatever is typed as a title is the title, and every other line stays."""
    changed = with_fields(text, {"title": title})
    old, new = text.split("\n"), changed.split("\n")
    assert len(old) == len(new)
    assert sum(one != other for one, other in zip(old, new, strict=True)) <= 1
    bulletin, problems = parse_bulletin(changed, path=Path("a.txt"))
    assert not problems
    assert _body(changed) == _body(text)
    import yaml  # noqa: PLC0415

    matter = changed.replace("\r\n", "\n").split("---\n")[1]
    assert " ".join(yaml.load(matter, yaml.BaseLoader)["title"].split()) == " ".join(
        __import__("unicodedata").normalize("NFC", title).split()
    )
    assert bulletin is not None


def test_the_same_value_changes_nothing():
    """A form that is sent as it came leaves quotes and comments as they were."""
    text = '---\ntitle: "Tin: hay"   # tên\n---\nNội dung.\n'
    assert with_fields(text, {"title": "Tin: hay", "topic": ""}) == text


def test_a_field_comes_and_goes():
    """A new key stands last; an empty one is taken away; other lines stay."""
    text = "---\ntitle: Tin\ntopic: cchc\n---\nNội dung.\n"
    assert with_fields(text, {"topic": "", "kind": "bài"}) == (
        "---\ntitle: Tin\nkind: bài\n---\nNội dung.\n"
    )


def test_front_matter_is_begun():
    """A text without any gets it above its first line."""
    assert with_fields("Nội dung.\n", {"title": "Tin"}) == "---\ntitle: Tin\n---\nNội dung.\n"
    assert with_fields("---\n---\nA\n", {"title": "Tin"}) == "---\ntitle: Tin\n---\nA\n"


@given(text=texts, body=st.text(st.characters(codec="utf-8", exclude_categories=("C",))))
def test_a_text_is_put_in_anew(text, body):
    """The front matter stays byte for byte; what is below it is what was typed."""
    changed = with_body(text, body)
    head = text.index("---", 3) + 3
    assert changed[:head] == text[:head]
    assert changed.endswith(body)
    assert with_body(changed, _raw_body(text)) == text


def _raw_body(text):
    return text[text.index("\n", text.index("---", 3)) + 1 :]


def test_a_body_below_open_front_matter():
    """Front matter that was never closed is closed before the new text."""
    assert with_body("---\ntitle: A\nCũ.\n", "Mới.\n") == "---\ntitle: A\n---\nMới.\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Họp thôn 5", "03-hop-thon-5"),
        ("../../etc/passwd", "03-etc-passwd"),
        ("....", "03-ban-tin"),
        ("<script>alert(1)</script>", "03-script-alert-1-script"),
        ("會議", "03-ban-tin"),
    ],
)
def test_a_title_never_becomes_a_path(title, name):
    """The name of a file is made of letters and digits of its title, whatever that is."""
    assert bulletin_id(title, ["01-a", "02-b", "khac"]) == name


def test_a_new_bulletin_reads_back():
    """Fields and text are there; what would be YAML of its own is a value."""
    text = new_bulletin({"title": "A: b\nkind: khẩn cấp", "topic": ""}, "Nội dung.")
    bulletin, problems = parse_bulletin(text, path=Path("a.txt"))
    assert not problems
    assert (bulletin.title, bulletin.kind) == ("A: b kind: khẩn cấp", "tin")


# -- the word list --------------------------------------------------------------------------


def test_a_word_is_added_and_changed():
    """A new word stands last; a known one is changed where it stands, with its line end."""
    text = "# từ riêng\r\nUBMT\tỦy ban Mặt trận\r\nH\thuyện\tsau:số\r\nH\tgiờ"
    assert with_word(text, "OCOP", "ô cốp") == f"{text}\r\nOCOP\tô cốp\r\n"
    assert with_word(text, "UBMT", "Ủy ban") == text.replace("Ủy ban Mặt trận", "Ủy ban")
    assert with_word(text, "H", "hát").endswith("H\thuyện\tsau:số\r\nH\thát")
    assert reading_of(text, "H") == "giờ"


@pytest.mark.parametrize(("written", "spoken"), [("", "a"), ("a", " "), ("#a", "b")])
def test_a_word_needs_a_reading(written, spoken):
    """What a word list cannot hold is refused."""
    with pytest.raises(ContentError):
        with_word("", written, spoken)


def test_a_tab_in_a_word_makes_no_column():
    """What is typed stays one word and one reading."""
    assert with_word("", "A\tB", "a\nb") == "A B\ta b\n"
