"""A child program that ends with the process that started it.

Apart, because players, decoders and the relay must all fall silent when the daemon is killed.
"""

from __future__ import annotations

import shutil

__all__ = ["leashed"]


def leashed(*command: str) -> list[str]:
    """``command`` so that the kernel kills it with its parent, where util-linux's ``setpriv`` is;
    elsewhere as it was given."""
    leash = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    return [*leash, *command]
