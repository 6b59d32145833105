"""The closed set of characters that reading knows, and what a letter is called.

Everything after folding is written in this alphabet, so that every rule and every test can say
"no other sign is left".  It stands apart because folding, rules and numerals all build on it.
"""

from __future__ import annotations

__all__ = [
    "CONSONANTS",
    "DIGITS",
    "LETTER",
    "LETTER_NAMES",
    "LOWER",
    "SIGNS",
    "UPPER",
    "VOWELS",
    "letter_name",
    "say_word",
    "spell_letters",
]

LOWER = (
    "abcdefghijklmnopqrstuvwxyzđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
)
UPPER = LOWER.upper()
CONSONANTS = "bcdđfghjklmnpqrstvwxz"
VOWELS = "".join(char for char in LOWER if char not in CONSONANTS)
DIGITS = "0123456789"
LETTER = f"[{LOWER}{UPPER}]"
"""A regular expression class: one Vietnamese (or plain Latin) letter."""
SIGNS = ".,;:!?…\"“”‘’'«»()[]{}<>/\\|-–—_+=*%‰°&@#$€£¥₫₹₩฿₽₭¢~^§±×÷≥≤≠≈→•²³½¼¾µ©√Ø"
"""Signs that a rule may give words to; folding turns all others into a space."""

# The names used for spelling aloud (Bộ Giáo dục và Đào tạo, tiếng Việt lớp 1, names of letters).
LETTER_NAMES = {
    "a": "a",
    "ă": "á",
    "â": "ớ",
    "b": "bê",
    "c": "xê",
    "d": "dê",
    "đ": "đê",
    "e": "e",
    "ê": "ê",
    "f": "ép",
    "g": "giê",
    "h": "hát",
    "i": "i",
    "j": "gi",
    "k": "ca",
    "l": "lờ",
    "m": "mờ",
    "n": "nờ",
    "o": "o",
    "ô": "ô",
    "ơ": "ơ",
    "p": "pê",
    "q": "quy",
    "r": "rờ",
    "s": "ét",
    "t": "tê",
    "u": "u",
    "ư": "ư",
    "v": "vê",
    "w": "vê kép",
    "x": "ích",
    "y": "y",
    "z": "dét",
}


def letter_name(letter: str) -> str:
    """What a single letter is called; one with a tone mark is said as it stands."""
    return LETTER_NAMES.get(letter.lower(), letter.lower())


def say_word(word: str) -> str:
    """``word`` in small letters as it stands, or spelled where it has no vowel to be said."""
    small = word.lower()
    sayable = len(small) > 1 and any(char in VOWELS for char in small)
    return small if sayable else spell_letters(small)


def spell_letters(word: str) -> str:
    """``word`` letter by letter: ``HTX`` → ``hát tê ích``; what has no name is left out."""
    return " ".join(LETTER_NAMES.get(char, char) for char in word.lower() if char.isalpha())
