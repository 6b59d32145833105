"""Why somebody may not do what they ask for.

It stands apart so that page and command line can tell such a refusal from a broken file.
"""

from __future__ import annotations

from broadcaster.errors import BroadcasterError

__all__ = ["NotAllowedError"]


class NotAllowedError(BroadcasterError):
    """Nothing was done, because this person may not do it, or not now (exit code 1)."""

    exit_code = 1
