"""What a test needs from the machine: said by name when it is missing."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


def needs_module(name: str, how: str) -> ModuleType:
    """The module ``name``; skips without it, and fails where CI promises that it is there."""
    try:
        return import_module(name)
    except ImportError:
        message = f"{name} is missing: {how}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def needs(program: str, debian_package: str) -> str:
    """The path of ``program``; skips without it, and fails where CI promises that it is there."""
    path = shutil.which(program)
    if path is None:
        message = f"{program} is missing: apt-get install {debian_package}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path
