"""What a test needs from the machine: said by name when it is missing."""

from __future__ import annotations

import os
import shutil

import pytest


def needs(program: str, debian_package: str) -> str:
    """The path of ``program``; skips without it, and fails where CI promises that it is there."""
    path = shutil.which(program)
    if path is None:
        message = f"{program} is missing: apt-get install {debian_package}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path
