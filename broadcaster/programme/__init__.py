"""③ Speech, idents, jingles and recordings → one programme."""

from broadcaster.programme.archive import Mp3Tags
from broadcaster.programme.assets import Assets
from broadcaster.programme.choose import choose, fits, is_of_share, speaks
from broadcaster.programme.compose import built_in_ms
from broadcaster.programme.cuesheet import cue_sheet, silent_clip
from broadcaster.programme.fit import Level, Part, Rank, filled, leave_out, length_of
from broadcaster.programme.mix import MixResult, mix

__all__ = [
    "Assets",
    "Level",
    "MixResult",
    "Mp3Tags",
    "Part",
    "Rank",
    "built_in_ms",
    "choose",
    "cue_sheet",
    "filled",
    "fits",
    "is_of_share",
    "leave_out",
    "length_of",
    "mix",
    "silent_clip",
    "speaks",
]
