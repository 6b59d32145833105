"""A text of ten megabytes, in lines and in one endless line: far more than any bulletin."""

from __future__ import annotations

import re

import pytest

from broadcaster.script import read_text

pytestmark = pytest.mark.integration

SENTENCE = "Ngày 5/7/2024, UBND xã tiếp nhận 1.234 hồ sơ, đạt 98,5%"
BYTES = 10_000_000


@pytest.mark.parametrize("between", [".\n", ", "], ids=["lines", "one line"])
def test_ten_megabytes_are_read(between: str) -> None:
    """It is read to its end, as its first sentence is."""
    count = BYTES // len(f"{SENTENCE}{between}".encode())
    reading = read_text(between.join([SENTENCE] * count))
    assert sum(len(re.findall("tiếp nhận", s.spoken)) for s in reading.sentences) == count
    assert not any(re.search(r"[\d%/]", s.spoken) for s in reading.sentences)
