"""Values of a YAML text are changed at their marks, and nothing else is."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import ContentError
from broadcaster.station.editing.tree import Tree, inline

WEEK = """\
# Lịch của xã

slots:
  - id: sang   # buổi sáng
    days: T2-T6
    at: 05:30  # sau kẻng

  # buổi chiều
  - id: chieu
    at:
    days:
      - T2
      - T4

exceptions:
  - {date: 2026-12-01, cancel: [sang, chieu]}
"""


def test_a_value_changes_and_its_comment_stays():
    """A new time leaves the words behind it where they were."""
    text = Tree(WEEK).put(["slots", 0, "at"], "06:00")
    assert text == WEEK.replace("05:30", "06:00")


def test_a_missing_key_stands_below_its_neighbours():
    """A key that was not there gets a line of its own, as far in as the others."""
    text = Tree(WEEK).put(["slots", 0, "max"], "15m")
    assert text == WEEK.replace("# sau kẻng\n", "# sau kẻng\n    max: 15m\n")


def test_an_empty_value_and_a_list_in_lines_are_filled():
    """A key without a value gets one; a list below its key becomes one line."""
    text = Tree(WEEK).put(["slots", 1, "at"], "17:00")
    text = Tree(text).put(["slots", 1, "days"], "hằng ngày")
    assert "at: 17:00\n    days: hằng ngày\n\nexceptions" in text


def test_an_item_leaves_and_comments_stay():
    """A slot that is taken out takes its own lines with it and no other."""
    text = Tree(WEEK).drop_item(["slots", 0])
    assert text == WEEK.replace(
        "  - id: sang   # buổi sáng\n    days: T2-T6\n    at: 05:30  # sau kẻng\n\n", ""
    )


@pytest.mark.parametrize(
    ("place", "left"), [(0, "[chieu]"), (1, "[sang]")], ids=["the first", "the last"]
)
def test_an_item_leaves_a_list_in_brackets(place, left):
    """No comma is left over."""
    text = Tree(WEEK).drop_item(["exceptions", 0, "cancel", place])
    assert f"cancel: {left}}}" in text


def test_an_item_is_added_as_the_list_is_written():
    """Below the last one with a blank line between, or behind it in brackets."""
    text = Tree(WEEK).append("slots", ["id: trua", "at: 11:00"], "{id: trua, at: 11:00}")
    assert "      - T4\n\n  - id: trua\n    at: 11:00\n\nexceptions" in text
    short = "slots: [{id: a}]\n"
    assert Tree(short).append("slots", ["id: b"], "{id: b}") == "slots: [{id: a}, {id: b}]\n"


@pytest.mark.parametrize("empty", ["slots:\n", "slots: []\n", "slots: []", "", "slots:   # chưa\n"])
def test_a_list_begins_where_there_was_none(empty):
    """An empty list, one without a value, and none at all take a first item."""
    text = Tree(empty).append("slots", ["id: a", "at: 05:00"], "{}")
    assert yaml.safe_load(text)["slots"][0]["id"] == "a"


def test_line_ends_of_windows_stay():
    """Lines that are added end as the others do."""
    text = Tree(WEEK.replace("\n", "\r\n")).put(["slots", 0, "max"], "15m")
    assert "\n" not in text.replace("\r\n", "")


def test_the_first_key_behind_a_dash_leaves():
    """The next key takes its place behind the dash."""
    assert Tree("- a: 1\n  b: 2\n").drop_key([0, "a"]) == "- b: 2\n"


@given(st.text())
def test_any_text_is_read_back_as_it_was_meant(text):
    """Whatever is typed becomes a value and never YAML of its own."""
    value = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = inline(text)
    read = yaml.load(f"k: [{line}]\nj: {{a: {line}}}\ni: {line}\n", yaml.BaseLoader)
    import unicodedata  # noqa: PLC0415

    value = " ".join(unicodedata.normalize("NFC", value).split())
    assert read == {"k": [value], "j": {"a": value}, "i": value}


@pytest.mark.parametrize("text", ["a: [", "[" * 100_000, "a: &b 1", "a: !x 1"])
def test_what_cannot_be_read_is_not_changed(text):
    """A broken file, deep brackets and aliases are refused in words."""
    with pytest.raises(ContentError):
        Tree(text)
