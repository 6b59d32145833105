"""A new voice for the station, with its pace measured against the estimate of the same words.

It stands apart from the installing because the estimate belongs to the script, and stages never
import each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import Sentence
from broadcaster.script import estimate_ms
from broadcaster.speech.engines.piper import check_installed, lengths_ms
from broadcaster.speech.shelf.install import install

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadcaster.speech.shelf.installed import InstalledVoice
    from broadcaster.station.folder import StationFolder

__all__ = ["install_voice"]

_SAMPLES = (
    "Đây là giọng đọc mới của đài truyền thanh xã.",
    "Sáng thứ hai, trạm y tế tiêm phòng cho trẻ em dưới năm tuổi, bà con nhớ mang theo sổ.",
    "Ủy ban nhân dân xã mời bà con đến nhà văn hóa thôn họp bàn việc làm đường.",
    "Chiều nay trời có mưa to, gió mạnh; các hộ nuôi cá cần kiểm tra lại bờ ao, lồng bè.",
    "Xin cảm ơn bà con đã lắng nghe.",
)


def install_voice(
    folder: StationFolder,
    source: str,
    *,
    sha256: str = "",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> InstalledVoice:
    """See :func:`broadcaster.speech.shelf.install.install`; raises what it raises."""
    check_installed()  # before a long download
    folder.ensure()
    return install(source, folder.voices, prove=_pace, sha256=sha256, progress=progress)


def _pace(voice: Path) -> float:
    """How fast the voice in that folder speaks, in % of espeak's pace."""
    heard_ms = sum(lengths_ms(voice, _SAMPLES))
    expected_ms = estimate_ms([Sentence("", text, 0) for text in _SAMPLES])
    return 100 * expected_ms / heard_ms
