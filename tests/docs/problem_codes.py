"""Finds every problem code in the package's source, through the functions that pass one on.

``Problem(where, "bad-time", …)`` names its code itself; ``self._bad_value("bad-time", …)`` hands
it to a function that hands it on.  A function that does so counts as a maker of problems too, and
so does every class with a field ``code``.  A variable stands for what its module assigns to it.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Makers = dict[str, tuple[str, int]]
"""By function name: the name and the place of the argument that is a code."""


def problem_codes(sources: Iterable[Path]) -> dict[str, Path]:
    """Every code with a file that uses it."""
    codes: dict[str, Path] = {}
    for path, expression in _codes(tuple(sources)):
        codes |= dict.fromkeys(_texts(expression), path)
    return codes


def hidden_codes(sources: Iterable[Path]) -> list[str]:
    """The places where a code is put together instead of written out."""
    return [
        f"{path}:{expression.lineno}"
        for path, expression in _codes(tuple(sources))
        if not _texts(expression) and not _is_handed_on(expression)
    ]


def _is_handed_on(expression: ast.expr) -> bool:
    """Whether it is a function's own argument, or the field ``code`` of something."""
    is_field = isinstance(expression, ast.Attribute) and expression.attr == "code"
    return is_field or isinstance(expression, ast.Name)


@cache
def _codes(sources: tuple[Path, ...]) -> list[tuple[Path, ast.expr]]:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sources}
    makers = _makers(list(trees.values()))
    return [
        (path, expression)
        for path, tree in trees.items()
        for argument in _code_arguments(tree, makers)
        for expression in [argument, *_assigned(tree, argument)]
    ]


def _assigned(tree: ast.Module, variable: ast.expr) -> Iterator[ast.expr]:
    """What this module assigns to ``variable``, beside others too: ``code, hint = "x", y``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(variable, ast.Name):
            for target, value in _pairs(node):
                if isinstance(target, ast.Name) and target.id == variable.id:
                    yield value


def _pairs(node: ast.Assign) -> list[tuple[ast.expr, ast.expr]]:
    (target, *_others), value = node.targets, node.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=False))
    return [(target, value)]


def _makers(trees: list[ast.Module]) -> _Makers:
    nodes = [node for tree in trees for node in ast.walk(tree)]
    functions = [node for node in nodes if isinstance(node, _Function)]
    makers: _Makers = {"Problem": ("code", 1)}
    for kind in (node for node in nodes if isinstance(node, ast.ClassDef)):
        names = [*filter(None, map(_field_name, kind.body))]
        if "code" in names:
            makers[kind.name] = ("code", names.index("code"))
    before = 0
    while before != len(makers):
        before = len(makers)
        for function in functions:
            names = [argument.arg for argument in _arguments(function) if argument.arg != "self"]
            for expression in _code_arguments(function, makers):
                if isinstance(expression, ast.Name) and expression.id in names:
                    makers[function.name] = (expression.id, names.index(expression.id))
    return makers


def _field_name(statement: ast.stmt) -> str:
    """The name in ``name: type``."""
    return getattr(statement.target, "id", "") if isinstance(statement, ast.AnnAssign) else ""


def _arguments(function: _Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _code_arguments(tree: ast.AST, makers: _Makers) -> Iterator[ast.expr]:
    """What stands where a maker expects its code."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name, place = makers.get(_called(call), ("", -1))
        yield from (keyword.value for keyword in call.keywords if name and keyword.arg == name)
        if any(isinstance(argument, ast.Starred) for argument in call.args[: place + 1]):
            yield from (a for a in call.args if isinstance(a, ast.Name) and a.id == name)
        elif 0 <= place < len(call.args):
            yield call.args[place]


def _called(call: ast.Call) -> str:
    """The name of the function; a logger's methods have names of their own."""
    function = call.func
    if isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "_log":
        return ""
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _texts(expression: ast.expr) -> list[str]:
    """The codes in a constant, or in “this if so else that”; a log's sentence is none."""
    parts = [expression]
    if isinstance(expression, ast.IfExp):
        parts = [expression.body, expression.orelse]
    return [
        part.value
        for part in parts
        if isinstance(part, ast.Constant) and _CODE.fullmatch(str(part.value))
    ]
