"""Text that was damaged on its way: old encodings, lost letters, odd marks → Vietnamese.

Apart from reading, because nothing here is about how a text sounds; and apart from folding,
because here whole documents are weighed before a letter is touched.
"""

from __future__ import annotations

from broadcaster.script.repair.mender import Mender

__all__ = ["Mender"]
