"""Where an announcer breathes in a sentence that is longer than a breath."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.script import read_text
from broadcaster.script.breaths import GLUE, LONGEST, split_breaths

PLAIN = "cán bộ xã hướng dẫn bà con làm hồ sơ tại nhà văn hóa thôn"


def parts(text: str) -> list[str]:
    return [breath.text for breath in split_breaths(text)]


def test_a_short_sentence_stays_whole() -> None:
    """A sentence that fits into a breath is said in one."""
    assert parts("Xã họp dân; mời bà con đến dự.") == ["Xã họp dân; mời bà con đến dự."]


def test_a_semicolon_is_the_best_border() -> None:
    """Where a semicolon stands, the breath is taken there and not at a comma near it."""
    text = f"{PLAIN}, {PLAIN}; {PLAIN}, {PLAIN}."
    assert parts(text) == [f"{PLAIN}, {PLAIN},", f"{PLAIN}, {PLAIN}."]


@pytest.mark.parametrize("opener", ["đồng thời", "vừa qua", "theo đó", "bên cạnh đó"])
def test_the_breath_comes_before_an_opener(opener: str) -> None:
    """A breath stands before “đồng thời”, never between it and what it opens."""
    text = f"{PLAIN} {PLAIN} {PLAIN}; {opener}, {PLAIN} {PLAIN}."
    assert parts(text) == [f"{PLAIN} {PLAIN} {PLAIN},", f"{opener}, {PLAIN} {PLAIN}."]


def test_a_connective_counts_where_no_comma_stands() -> None:
    """Without a mark in reach, the breath is taken before “để”, “nhằm”, “nhưng”."""
    text = f"{PLAIN} {PLAIN} nhằm {PLAIN} {PLAIN}."
    assert parts(text) == [f"{PLAIN} {PLAIN},", f"nhằm {PLAIN} {PLAIN}."]


@pytest.mark.parametrize("verb", ["ban hành", f"về{GLUE}việc"])
def test_no_breath_inside_ban_hanh_or_ve_viec(verb: str) -> None:
    """After a long number of a decision the breath comes before “ban hành” and “v/v”."""
    dated = f"Kế hoạch số bảy mươi sáu {PLAIN} {PLAIN} năm{GLUE}hai{GLUE}nghìn{GLUE}hai{GLUE}mốt"
    text = f"{dated} {verb} {PLAIN} {PLAIN}."
    assert parts(text)[1].startswith(verb.replace(GLUE, " "))


def test_the_best_of_poor_borders_is_before_a_preposition() -> None:
    """Where a plan cites a long decision, the breath comes before “của”, not inside a name."""
    text = (
        f"Căn cứ {PLAIN} {PLAIN} ngày mười hai tháng bảy năm hai nghìn không trăm hai mươi ba "
        f"của Ủy ban Thường vụ Quốc hội quy định {PLAIN} {PLAIN}."
    )
    assert [part.split()[0] for part in parts(text)][1:] == ["của"]


@pytest.mark.parametrize(
    "together",
    [
        "0912 345 678",
        "số 57-NQ/TW",
        "số 44/KH-UBND",
        "12.345.678.910 đồng",
        "ông Nguyễn Văn Thành Nam",
        "các xã, phường",
    ],
)
def test_what_belongs_together_is_said_in_one_breath(together: str) -> None:
    """No breath parts a number, a telephone, a document's number, a name or a fixed pair."""
    whole = read_text(f"{together}.").spoken.rstrip(".")
    for before in range(20, 60):
        text = "làm " * before + together + " làm" * 60 + "."
        assert any(whole.lower() in s.spoken.lower() for s in read_text(text).sentences), before


def test_pauses_tell_a_semicolon_from_a_comma() -> None:
    """The pause after a semicolon is longer than after a comma, that of the sentence longest."""
    text = f"{PLAIN} {PLAIN}; {PLAIN} {PLAIN}, {PLAIN} {PLAIN}."
    first, second, last = read_text(text).sentences
    assert second.pause_after_ms < first.pause_after_ms < last.pause_after_ms


WORDS = st.sampled_from(
    [
        "xã",
        "nghiêng",
        "hai",
        "mươi",
        "phẩy",
        "Nam",
        "và",
        "để",
        "xã,",
        "đồng",
        "thời,",
        "ba;",
        "bà_con",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=150).map(" ".join))
def test_no_word_is_lost(text: str) -> None:
    """Every part fits into a breath, and together they are the sentence."""
    breaths = split_breaths(text)
    assert [w for b in breaths for w in re.findall(r"\w+", b.text)] == re.findall(
        r"\w+", text.replace(GLUE, " ")
    )
    assert len(breaths) == 1 or all(len(b.text) <= LONGEST for b in breaths)


@given(st.lists(st.sampled_from(PLAIN.split()), min_size=60, max_size=200).map(" ".join))
def test_parts_are_never_stubs(text: str) -> None:
    """No part of a long sentence is only a few words long."""
    assert all(len(part.split()) > 4 for part in parts(text))


@pytest.mark.parametrize("word", ["a" * 1_000, GLUE.join(["một"] * 300), "nghiêng " * 200])
def test_nothing_is_too_long_for_a_breath(word: str) -> None:
    """Words without an end are cut too, and nothing of them is lost."""
    found = parts(word)
    assert max(map(len, found)) <= LONGEST
    assert re.sub(r"[ ,_]", "", "".join(found)) == re.sub(r"[ _]", "", word)
