"""③ Speech, idents, jingles and recordings → one programme."""

from broadcaster.programme.archive import Mp3Tags
from broadcaster.programme.assets import Assets
from broadcaster.programme.choose import choose
from broadcaster.programme.cuesheet import cue_sheet, silent_clip
from broadcaster.programme.mix import MixResult, mix

__all__ = ["Assets", "MixResult", "Mp3Tags", "choose", "cue_sheet", "mix", "silent_clip"]
