"""How long a programme takes to mix, against the floor: read, write WAV and MP3, nothing else.

Each job runs in a process of its own, so that its peak memory is its own; floor and mix take
turns and the best of each counts, because other work on the machine only ever adds time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from broadcaster.model import Clip, CueSheet, Programme, Segment, SegmentKind
from broadcaster.programme import cue_sheet, mix
from broadcaster.programme.archive import new_encoder
from broadcaster.sound.loudness import level
from broadcaster.sound.wav import HEADER_BYTES, wav_header, write_wav

DISTINCT = 60
CLIP_MS, PAUSE_MS = 5_800, 200

Run = tuple[float, float, int]
"""Seconds, processor seconds, and peak memory in MB."""


def rows() -> list[tuple[str, str, str]]:
    """Ratios to the floor and peak memory at 10 and 30 minutes, and naive pydub beside them."""
    with tempfile.TemporaryDirectory() as folder:
        _in_child("clips", 0, folder)
        ten = _in_turns(10, folder, rounds=3)
        thirty = _in_turns(30, folder, rounds=2)
        pydub = _in_child("pydub", 10, folder)
    return [
        _ratio_row(10, *ten),
        _ratio_row(30, *thirty),
        ("peak memory, 10 → 30 min", f"{ten[1][2]} → {thirty[1][2]} MB", "≤ 80 MB, flat"),
        (
            "naive pydub, 10 min, joining alone",
            f"{pydub[0]:.1f} s, {pydub[2]} MB",
            "for comparison",
        ),
    ]


def _ratio_row(minutes: int, floor: Run, whole: Run) -> tuple[str, str, str]:
    what = f"programme of {minutes} min to WAV and MP3, against reading and writing alone"
    ratio, work = whole[0] / floor[0], whole[1] / floor[1]
    measured = f"{ratio:.2f} × ({whole[0]:.1f} s / {floor[0]:.1f} s; processor time {work:.2f} ×)"
    return what, measured, "≤ 1.5 ×"


def _in_turns(minutes: int, folder: str, *, rounds: int) -> tuple[Run, Run]:
    """The best floor and the best mix of so many rounds."""
    runs = [
        (_in_child("floor", minutes, folder), _in_child("mix", minutes, folder))
        for _ in range(rounds)
    ]
    return min(floor for floor, _mix in runs), min(whole for _floor, whole in runs)


def _in_child(job: str, minutes: int, folder: str) -> Run:
    command = [sys.executable, "-W", "ignore", "-m", __spec__.name, job, str(minutes), folder]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, processor, megabytes = run.stdout.split()[-3:]
    return float(seconds), float(processor), int(megabytes)


# -- in the child ---------------------------------------------------------------------------


def _main(job: str, minutes: int, folder: Path) -> None:
    sheet = _sheet(minutes, folder)
    started, worked = time.perf_counter(), time.process_time()
    JOBS[job](sheet, folder)
    print(time.perf_counter() - started, time.process_time() - worked, _peak_mb())


def _peak_mb() -> int:
    """The peak of resident memory of this process alone (its parent's does not count)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def _sheet(minutes: int, folder: Path) -> CueSheet:
    count = minutes * 60_000 // (CLIP_MS + PAUSE_MS)
    paths = [folder / f"{number % DISTINCT}.wav" for number in range(count)]
    clips = tuple(Clip(path, CLIP_MS, PAUSE_MS) for path in paths)
    segment = Segment(kind=SegmentKind.SPEECH, title="…", clips=clips)
    return cue_sheet(Programme("bench", "Bench", (segment,)))


def _clips(_sheet_of_none: CueSheet, folder: Path) -> None:
    """Levelled clips of speech-like noise."""
    for seed in range(DISTINCT):
        rng = np.random.default_rng(seed)
        count = CLIP_MS * 48
        noise = np.convolve(rng.standard_normal(count) ** 3, np.hanning(48), "same")
        syllables = np.interp(np.arange(count) / 48_000, np.arange(48) / 8, rng.random(48) ** 2)
        write_wav(folder / f"{seed}.wav", level((noise * syllables).astype(np.float32)))


def _floor(sheet: CueSheet, folder: Path) -> None:
    """Read every clip, write it and its pause to WAV and MP3: no sum, no level, no thread."""
    encoder, pause = new_encoder(), np.zeros(PAUSE_MS * 48, dtype="<i2")
    with (folder / "floor.wav").open("wb") as wav, (folder / "floor.mp3").open("wb") as mp3:
        wav.write(wav_header(sheet.duration_ms * 48))
        for cue in sheet.cues:
            samples = np.fromfile(cue.clip.path, dtype="<i2", offset=HEADER_BYTES)
            block = np.concatenate([samples, pause])
            wav.write(block.data)
            mp3.write(encoder.encode(block))
        mp3.write(encoder.flush())


def _mix(sheet: CueSheet, folder: Path) -> None:
    mix(sheet, folder / "mix.wav", mp3=folder / "mix.mp3")


def _pydub(sheet: CueSheet, _folder: Path) -> None:
    """What a first try looks like: segments added one by one."""
    from pydub import AudioSegment  # noqa: PLC0415 - the other jobs must not load it

    whole = AudioSegment.empty()
    for cue in sheet.cues:
        whole += AudioSegment.from_wav(cue.clip.path)
        whole += AudioSegment.silent(PAUSE_MS, frame_rate=48_000)


JOBS = {"clips": _clips, "floor": _floor, "mix": _mix, "pydub": _pydub}

if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
