"""The rules for each kind of place, put together so that many are asked at once.

Apart from the walk, because here is only how a rule is found, never what it reads.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.regex import regex
from broadcaster.script.rules import all_rules

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from broadcaster.script.rules.rule import Rule

    Candidate = tuple[Rule, re.Pattern[str]]

__all__ = ["Stage", "stages"]

_NAMED = regex(r"\(\?P([<=])")
_MOST = 16


class Stage(NamedTuple):
    """Rules that are tried one after the other, and all their patterns as one."""

    rules: tuple[Candidate, ...]
    any: re.Pattern[str]
    """Finds the first rule whose pattern matches: its number is the name of the last group."""

    @classmethod
    def of(cls, rules: list[Rule]) -> Stage:
        sources = [
            rule.pattern if isinstance(rule.pattern, str) else rule.pattern() for rule in rules
        ]
        return cls(
            tuple(zip(rules, map(regex, sources), strict=True)),
            regex("|".join(map(_alternative, range(len(sources)), sources))),
        )

    def candidates(self, text: str, place: int) -> tuple[Candidate, ...]:
        """The first rule that could read at ``place``, and those after it."""
        found = self.any.match(text, place)
        return self.rules[int((found.lastgroup or "_")[1:]) :] if found else ()


@cache
def stages(kind: str) -> tuple[Stage, ...]:
    """The rules for digits, letters, signs or spaces, in their order, whole families together.

    Several stages, because a rule that refuses what its pattern took costs a trial of each rule
    after it in its stage; those of the next are asked all at once again.
    """
    rules = (rule for rule in all_rules() if kind in rule.first)
    return tuple(map(Stage.of, _by_family(rules)))


def _by_family(rules: Iterator[Rule]) -> Iterator[list[Rule]]:
    together: list[Rule] = []
    for _name, group in groupby(rules, key=lambda rule: rule.name.partition(".")[0]):
        family = [*group]
        if together and len(together) + len(family) > _MOST:
            yield together
            together = []
        together += family
    yield together


def _alternative(number: int, source: str) -> str:
    """``source`` and an empty group named by ``number``; its own groups get names of their own.

    The group stands at the end, so that a first letter that does not fit is seen at once.
    """
    unique = _NAMED.sub(rf"(?P\1r{number}_", source)
    return f"(?:{unique})(?P<_{number}>)"
