"""Which very sound renders a text: another one when a voice speaks it again otherwise.

It stands apart because it is no part of what an approval binds: it only tells whether what airs is
what its approver heard.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from broadcaster.errors import SoundError
from broadcaster.sound.fingerprint import fingerprint

if TYPE_CHECKING:
    from broadcaster.model import Speech

__all__ = ["rendition_of"]


def rendition_of(speech: Speech) -> str:
    """A hash of every clip of ``speech`` in its order; "" for an estimate, which has none."""
    try:
        clips = [fingerprint(clip.path) for clip in speech.clips]
    except SoundError:
        return ""
    return hashlib.sha256(" ".join([speech.voice, *clips]).encode()).hexdigest()
