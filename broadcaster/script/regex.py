"""Regular expressions that are compiled when they are first used.

Apart, because some fifty of them would otherwise be compiled by every command that only imports
this package; compiling one costs more than all that a short text asks of it.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["regex"]


class _Later:
    """Stands for ``re.compile(source)``; its methods are taken over at the first use."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in ("match", "fullmatch", "search", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """``source`` as `re.compile` gives it, later."""
    return cast("re.Pattern[str]", _Later(source, flags))
