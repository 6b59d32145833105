"""Text that was damaged on its way: old encodings, lost letters, odd marks → Vietnamese.

Apart from reading, because nothing here is about how a text sounds; and apart from folding,
because here whole documents are weighed before a letter is touched.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadcaster.script.repair.mender import Mender, mend_title

__all__ = ["Mender", "mend_title"]


def __getattr__(name: str) -> Any:
    """Import the mender when it is asked for: decoding needs the tables alone."""
    if name in __all__:
        return getattr(import_module(f"{__name__}.mender"), name)
    raise AttributeError(name)
