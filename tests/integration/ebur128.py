"""What another program's meter finds: ffmpeg's, by EBU R 128 and BS.1770."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from needs import needs

if TYPE_CHECKING:
    from pathlib import Path


def ebur128(path: Path) -> tuple[float, float]:
    """(integrated loudness in LUFS, true peak in dBTP) of a WAV file."""
    command = [needs("ffmpeg", "ffmpeg"), "-nostdin", "-hide_banner", "-f", "wav", "-i", str(path)]
    run = subprocess.run(
        [*command, "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    summary = run.stderr.rpartition("Summary:")[2]
    return (
        float(re.search(r"I:\s+(\S+) LUFS", summary)[1]),
        float(re.search(r"Peak:\s+(\S+) dBFS", summary)[1]),
    )
