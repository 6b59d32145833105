"""How numbers are said in Vietnamese; pure functions on digits.

Apart from the rules because every family of them says numbers.  The wording follows what
announcers say: ``linh``, ``mốt``, ``tư``, ``lăm``, a skipped group is not said.
"""

from __future__ import annotations

from functools import lru_cache

from broadcaster.script.regex import regex

__all__ = ["DIGIT_NAMES", "roman_value", "say_decimal", "say_digits", "say_integer", "say_written"]

DIGIT_NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LONGEST = 19
"""Longer rows of digits are names (accounts, ids), said digit by digit."""
_SCALES = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000
_ROMAN = regex(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def say_digits(digits: str) -> str:
    """Digit by digit: ``0912`` → ``không chín một hai``; other characters are passed over."""
    return " ".join(DIGIT_NAMES[int(char)] for char in digits if char in "0123456789")


def _below_hundred(number: int, *, padded: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return (["linh"] if padded else []) + [_one_alone(ones)]
    if tens == 1:
        return ["mười"] + ([("lăm" if ones == 5 else DIGIT_NAMES[ones])] if ones else [])
    words = [DIGIT_NAMES[tens], "mươi"]
    return [*words, {1: "mốt", 4: "tư", 5: "lăm"}.get(ones, DIGIT_NAMES[ones])] if ones else words


def _one_alone(ones: int) -> str:
    return DIGIT_NAMES[ones]


def _below_thousand(number: int, *, padded: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [DIGIT_NAMES[hundreds], "trăm"] if hundreds or padded else []
    if rest:
        words += _below_hundred(rest, padded=bool(words))
    return words


def _below_billion(number: int, *, padded: bool) -> list[str]:
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words += _below_thousand(group, padded=padded or bool(words))
            words += [_SCALES[power]] if power else []
    return words


@lru_cache(maxsize=4096)
def say_integer(number: int) -> str:
    """A cardinal: 1028 → ``một nghìn không trăm hai mươi tám``; negatives begin with ``âm``."""
    if number < 0:
        return "âm " + say_integer(-number)
    if number == 0:
        return DIGIT_NAMES[0]
    billions, rest = divmod(number, _BILLION)
    words = [say_integer(billions), "tỷ"] if billions else []
    return " ".join(words + _below_billion(rest, padded=bool(billions)))


def say_written(digits: str) -> str:
    """A row of digits as a cardinal; leading zeros are not said, very long rows are spelled."""
    return say_integer(int(digits)) if len(digits) <= _LONGEST else say_digits(digits)


def say_decimal(whole: str, fraction: str) -> str:
    """``87`` and ``65`` → ``tám mươi bảy phẩy sáu mươi lăm``.

    Two digits without a leading zero are said as a number, all others digit by digit: nobody
    hears "sáu nghìn chín trăm" after a decimal comma.
    """
    pair = len(fraction) == 2 and fraction[0] != "0"
    after = say_written(fraction) if pair or len(fraction) == 1 else say_digits(fraction)
    return f"{say_written(whole)} phẩy {after}"


def roman_value(text: str) -> int:
    """The value of a well-formed Roman numeral up to 3999, else 0."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    values = [_ROMAN_VALUES[char] for char in text]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
