"""The page of promises names tests; a promise whose test is gone is a promise no more."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/loi-hua.md"
GUARD = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
GUARDS = sorted(set(GUARD.findall(PAGE.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(("file", "test"), GUARDS, ids=lambda part: part or "file")
def test_each_promise_has_its_guard(file: str, test: str) -> None:
    """The test that guards a promise exists under the name that the page gives."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert not test or test in names


def test_each_line_of_promises_has_a_guard() -> None:
    """No row of a table promises anything that nothing guards."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    heads = [line for line in rows if "Phép thử |" in line or set(line) <= set("| -")]
    assert [row for row in rows if row not in heads and not GUARD.search(row)] == []
