"""Whether the sound of a warning lies ready: asked when every tenth of a second counts.

It stands apart from :mod:`broadcaster.station.preparing.emergency_sound` so that nothing that
speaks or mixes is loaded for an answer that is usually yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.load import load_bulletin
from broadcaster.station.preparing import manifest

if TYPE_CHECKING:
    from broadcaster.station.folder import StationFolder

__all__ = ["lies_ready"]


def lies_ready(folder: StationFolder, name: str) -> bool:
    """Whether the sound of the bulletin ``name`` was made of the very text that stands in its
    file now; found out without reading any other."""
    path = next((path for path in folder.bulletin_files() if path.stem == name), None)
    bulletin = load_bulletin(path, root=folder.root)[0] if path else None
    if bulletin is None or bulletin.id != name:
        return False
    found = manifest.load(manifest.files_of_emergency(folder, name).manifest)
    return found is not None and bulletin.sha256 in {
        segment.script_sha256 for segment in found[0].segments
    }
