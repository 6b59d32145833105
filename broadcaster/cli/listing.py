"""The decorator that gives every listing the same ``--json``.

A listing returns what it found and prints nothing; how a person sees it is a function beside it.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.translated import N_, option
from broadcaster.messages import use_language

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["listing"]

_T = TypeVar("_T")


def listing(
    show: Callable[[_T], None],
    *,
    status: Callable[[_T], int] = lambda _found: ExitCode.FINE,
    json_value: Callable[[_T], object] = lambda found: found,
) -> Callable[[Callable[..., _T | None]], Callable[..., int]]:
    """Turn a function that finds something into a command body with ``--json``.

    ``show`` prints it for a person, ``status`` gives the exit code.  With ``--json`` its
    ``json_value`` goes to standard output, and its sentences are English like its keys.
    """

    def decorate(find: Callable[..., _T | None]) -> Callable[..., int]:
        @option(
            "--json",
            "wants_json",
            is_flag=True,
            help=N_("Print one JSON value, with English keys and values."),
        )
        @wraps(find)
        def body(*args: Any, wants_json: bool, **options: Any) -> int:
            if wants_json:
                use_language("en")
            found = find(*args, **options)
            if found is None:  # a subcommand will speak
                return ExitCode.FINE
            if wants_json:
                from broadcaster.encode import as_json

                click.echo(as_json(json_value(found)))
            else:
                show(found)
            return status(found)

        return body

    return decorate
