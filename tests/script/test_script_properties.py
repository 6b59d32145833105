"""What holds for every text, however strange."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.script import read_text
from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.numerals import say_integer

SPEAKABLE = re.compile(rf"[{LOWER}{UPPER} ,.?!;:\n]*")
ACRONYM = re.compile(rf"[{UPPER}]{{2,}}")

# Text that looks like a bulletin: words, numbers, signs and abbreviations in any order.
TOKENS = st.sampled_from(
    [
        *("xã", "ngày", "huyện", "Nguyễn", "từ", "đến", "đồng", "điểm", "tháng", "quý", "năm"),
        *("UBND", "CCHC", "TT", "TP.", "P.", "KH-UBND", "NĐ-CP", "XYZT", "IV", "T2", "QL1A"),
        *("5", "05/07", "1.234", "3,5", "12,08%", "2021-2030", "15/8/2024", "44/KH-UBND", "7h30"),
        *("-", "/", "(", ")", "–", "+", "%", "&", ":", ";", ",", ".", "...", "°C", "m2", "km/h"),
        *("a@b.vn", "https://x.gov.vn/abc", "đ/c", "v.v.", "\n", "\n\n", "• ", "“", "”", "1)"),
    ]
)
BULLETINS = st.lists(TOKENS, max_size=25).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)


def _check(text: str) -> None:
    reading = read_text(text)
    for sentence in reading.sentences:
        assert SPEAKABLE.fullmatch(sentence.spoken), sentence.spoken
        assert not ACRONYM.search(sentence.spoken)
        assert unicodedata.is_normalized("NFC", sentence.spoken)
        assert sentence.pause_after_ms > 0
    for change in reading.changes:
        assert text[change.start : change.end] == change.written


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80))
def test_any_unicode(text: str) -> None:
    """Any Unicode at all is read without an error, and only letters and pauses come out."""
    _check(text)


@settings(max_examples=400, deadline=None)
@given(BULLETINS)
def test_any_bulletin(text: str) -> None:
    """No digit, sign or abbreviation is left in what a voice receives."""
    _check(text)


@settings(max_examples=150, deadline=None)
@given(BULLETINS)
def test_decomposed_letters(text: str) -> None:
    """Letters typed in two parts are read as letters typed in one."""
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert read_text(composed).spoken == read_text(decomposed).spoken


TWO_PLACES = st.sampled_from(
    [("hoà bình", "hòa bình"), ("thuỷ lợi", "thủy lợi"), ("khoẻ", "khỏe"), ("XÃ HOÀ", "XÃ HÒA")]
)


@settings(max_examples=150, deadline=None)
@given(BULLETINS, TWO_PLACES, BULLETINS)
def test_places_of_the_tone_mark(before: str, pair: tuple[str, str], after: str) -> None:
    """A word is read the same, and so is all around it, wherever its tone mark was typed."""
    late, early = (read_text(f"{before} {word} {after}").spoken for word in pair)
    assert late == early


@settings(max_examples=150, deadline=None)
@given(BULLETINS)
def test_spoken_text_is_stable(text: str) -> None:
    """What is spoken already is read as it stands."""
    for sentence in read_text(text).sentences:
        again = " ".join(s.spoken for s in read_text(sentence.spoken).sentences)
        assert _words(again) == _words(sentence.spoken)


@settings(max_examples=150, deadline=None)
@given(st.lists(TOKENS.filter(str.strip), min_size=3, max_size=25).map(" ".join))
def test_paragraphs_are_read_alone(text: str) -> None:
    """Two paragraphs are read as each of them alone, one after the other."""
    first = "Sáng nay, xã họp dân bàn việc làm đường."
    second = f"Bà con {text} xin chú ý."
    both = read_text(f"{first}\n\n{second}")
    alone = [*read_text(first).sentences, *read_text(second).sentences]
    assert [s.spoken for s in both.sentences] == [s.spoken for s in alone]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_integers_can_be_understood(number: int) -> None:
    """A number that was said can be understood again."""
    assert _understood(say_integer(number)) == number


def _understood(said: str) -> int:
    names = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    digits = {name: value for value, name in enumerate(names)}
    digits |= {"mốt": 1, "tư": 4, "lăm": 5}
    scales = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}
    done, total, group = 0, 0, 0
    for word in said.split():
        if word == "tỷ":
            done, total, group = (done + total + group) * 10**9, 0, 0
        elif word in scales:
            total, group = total + group * scales[word], 0
        elif word in {"trăm", "mươi", "mười"}:
            group = _shift(group, word)
        elif word != "linh":
            group += digits[word]
    return done + total + group


def _shift(group: int, word: str) -> int:
    if word == "mười":
        return group + 10
    ones = group % 10
    return group - ones + ones * (100 if word == "trăm" else 10)


@pytest.mark.parametrize(
    "unit",
    [
        "A",
        "aA",
        "1 ",
        "1.",
        "(AB) ",
        "A-",
        "a/",
        "- ",
        "#",
        "1/2 ",
        "a\n",
        " ",
        "\u0301",
        "x@",
        "…",
    ],
)
def test_long_texts_are_bounded(unit: str) -> None:
    """Hostile repetition takes no rule further than its reach: the work grows with the length."""
    steps = [_steps(unit * count) for count in (2_000, 4_000)]
    assert steps[1] <= 2.5 * steps[0] + 200


def _steps(text: str) -> int:
    reading = read_text(text)
    return len(reading.changes) + len(reading.sentences) + len(reading.problems)
