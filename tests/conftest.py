"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from broadcaster.messages import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("station", deadline=None)  # a busy machine is no finding
settings.load_profile("station")

SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Messages are English in tests unless one asks for ``vietnamese``."""
    before = os.environ.get("LANGUAGE")
    use_language("en")
    yield
    if before is None:
        os.environ.pop("LANGUAGE", None)
    else:
        os.environ["LANGUAGE"] = before


@pytest.fixture
def vietnamese(_language: None) -> None:
    """Messages as the operator sees them."""
    use_language("vi")


@pytest.fixture
def real_data() -> Path:
    """The folder of real articles and bulletins; the test skips where it does not lie near."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real input is not beside this checkout")
    return SHARED
