"""The style of the page: dark enough to be read by old eyes in the sun."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = (files("broadcaster.web") / "static" / "trang.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", STYLE))
WHITE = "#fff"
PAIRS = [
    ("ink", "paper"),
    ("ink", "shade"),
    ("ink", "green-shade"),
    ("ink", "red-shade"),
    ("quiet", "paper"),
    ("quiet", "shade"),
    ("blue", "paper"),
    ("green", "paper"),
    ("green", "green-shade"),
    ("red", "paper"),
    ("red", "red-shade"),
    ("amber", "paper"),
    ("amber", "amber-shade"),
]


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("text, ground", PAIRS)
def test_words_stand_out(text: str, ground: str):
    """Every colour of words has a contrast of seven to one on each ground that it stands on."""
    assert _contrast(COLOURS[text], COLOURS[ground]) >= 7


@pytest.mark.parametrize("ground", ["blue", "red", "green", "quiet"])
def test_white_words_stand_out_on_buttons(ground: str):
    """White words on buttons and badges, too."""
    assert _contrast(WHITE, COLOURS[ground]) >= 7


def test_nothing_is_smaller_than_eighteen_pixels():
    """The usual size is 18 pixels, and no rule makes words smaller."""
    assert "html { font-size: 112.5%" in STYLE
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", STYLE)]
    assert min(sizes) >= 1
