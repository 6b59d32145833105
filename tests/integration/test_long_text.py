"""Ten megabytes in one endless line: far more than any bulletin."""

from __future__ import annotations

import re

import pytest

from broadcaster.script import read_text

pytestmark = pytest.mark.integration

CLAUSE = "ngày 5/7/2024, UBND xã tiếp nhận 1.234 hồ sơ, đạt 98,5%, "
BYTES = 10_000_000


def test_ten_megabytes_are_read() -> None:
    """It is read to its end, as its first clause is."""
    count = BYTES // len(CLAUSE.encode())
    reading = read_text(CLAUSE * count)
    assert sum(len(re.findall("tiếp nhận", s.spoken)) for s in reading.sentences) == count
    assert not any(re.search(r"[\d%/]", s.spoken) for s in reading.sentences)
