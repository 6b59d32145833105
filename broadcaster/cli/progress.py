"""A progress bar on standard error, where somebody is looking."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """A function to call with (done, total, what is at hand); silent without a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total, _title: None
        return
    with click.progressbar(
        length=1, label=label, file=sys.stderr, item_show_func=lambda title: title or ""
    ) as bar:

        def move(done: int, total: int, title: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, title)

        yield move
