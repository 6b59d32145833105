"""How long a programme takes to mix, against the floor: read, write WAV and MP3, nothing else.

Each job runs in a process of its own, so that its peak memory is its own; floor and mixes take
turns and the best of each counts, because other work on the machine only ever adds time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from broadcaster.model import Clip, Cue, CueSheet, Programme, Segment, SegmentKind
from broadcaster.programme import Assets, cue_sheet, mix
from broadcaster.programme.archive import new_encoder
from broadcaster.sound.loudness import level
from broadcaster.sound.profile import PROFILES
from broadcaster.sound.wav import HEADER_BYTES, wav_header, write_wav
from broadcaster.station.preparing.mixing import MixingChildren

DISTINCT = 60
CLIP_MS, PAUSE_MS = 5_800, 200
MUSIC_EVERY = 10
ROUNDS = {10: 3, 30: 2, 120: 1}
PEERS = {"pydub": "naive pydub, joining alone", "ffmpeg": "one ffmpeg filter graph, bed ducked"}
MOST_S = 240

Row = tuple[str, str, str]


class Run(NamedTuple):
    """Seconds, processor seconds, and peak memory in MB."""

    seconds: float
    worked: float
    megabytes: int


def rows() -> list[Row]:
    """Ratios to the floor, peak memory, two at once; naive pydub and ffmpeg beside them."""
    with tempfile.TemporaryDirectory() as folder:
        _in_child("clips", 0, folder)
        runs = {minutes: _in_turns(minutes, folder) for minutes in ROUNDS}
        return [
            *(_ratio_row(m, "flat", runs[m]) for m in ROUNDS),
            *(_ratio_row(m, "loa", runs[m]) for m in ROUNDS),
            *(_memory_row(name, runs) for name in ("flat", "loa")),
            *(
                _peer_row(job, minutes, runs[minutes], folder)
                for job in PEERS
                for minutes in (10, 30)
            ),
            _side_by_side(Path(folder)),
        ]


def _in_turns(minutes: int, folder: str) -> dict[str, Run]:
    """The best of so many rounds, by job."""
    jobs = ("floor", "flat", "loa")
    rounds = [[_in_child(job, minutes, folder) for job in jobs] for _ in range(ROUNDS[minutes])]
    return {job: min(runs) for job, runs in zip(jobs, zip(*rounds, strict=True), strict=True)}


def _ratio_row(minutes: int, name: str, runs: dict[str, Run]) -> Row:
    floor, whole = runs["floor"], runs[name]
    what = {"flat": "flat", "loa": "loa, with a ducked bed"}[name]
    ratio, work = whole.seconds / floor.seconds, whole.worked / floor.worked
    seconds = f"{whole.seconds:.1f} s / {floor.seconds:.1f} s; processor time {work:.2f} ×"
    return f"{minutes} min to WAV and MP3, {what} / floor", f"{ratio:.2f} × ({seconds})", "≤ 1.5 ×"


def _memory_row(name: str, runs: dict[int, dict[str, Run]]) -> Row:
    lengths = " → ".join(str(minutes) for minutes in runs)
    peaks = " → ".join(str(run[name].megabytes) for run in runs.values())
    return f"peak memory, {name}, {lengths} min", f"{peaks} MB", "≤ 80 MB, flat"


def _peer_row(job: str, minutes: int, runs: dict[str, Run], folder: str) -> Row:
    what = f"{PEERS[job]}, {minutes} min"
    try:
        run = _in_child(job, minutes, folder, most_s=MOST_S)
    except subprocess.TimeoutExpired:
        return what, f"broken off after {MOST_S} s", "for comparison"
    except subprocess.CalledProcessError:
        return what, "not here", "for comparison"
    ratio = run.seconds / runs["floor"].seconds
    return what, f"{ratio:.2f} × ({run.seconds:.1f} s), {run.megabytes} MB", "for comparison"


def _in_child(job: str, minutes: int, folder: str, *, most_s: float | None = None) -> Run:
    command = [sys.executable, "-W", "ignore", "-m", __spec__.name, job, str(minutes), folder]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=most_s)
    seconds, worked, megabytes = run.stdout.split()[-3:]
    return Run(float(seconds), float(worked), int(megabytes))


def _side_by_side(folder: Path) -> Row:
    """Two programmes by the preparer's own children, one after the other and both at once."""
    sheet, children = _sheet(10, folder), MixingChildren()

    def make(number: int) -> None:
        children(sheet, folder / f"{number}-of-2.wav", mp3=folder / f"{number}-of-2.mp3")

    measured = []
    for workers in (1, 2):
        with ThreadPoolExecutor(workers) as pool:
            started, worked = time.perf_counter(), os.times()
            list(pool.map(make, range(2)))
            seconds, now = time.perf_counter() - started, os.times()
        busy = (now.children_user + now.children_system) - (
            worked.children_user + worked.children_system
        )
        measured.append((seconds, busy / seconds))
    (one, one_busy), (both, both_busy) = measured
    told = (
        f"{both / one:.2f} × ({both:.1f} s / {one:.1f} s; {both_busy:.1f} cores / {one_busy:.1f})"
    )
    return "two programmes of 10 min, at once / one after the other", told, "< 0.8 ×"


# -- in the child ---------------------------------------------------------------------------


def _main(job: str, minutes: int, folder: Path) -> None:
    sheet = _sheet(minutes, folder)
    bedded = _with_bed(sheet, folder) if job in {"loa", "ffmpeg"} else sheet
    started, worked = time.perf_counter(), sum(os.times()[:4])
    JOBS[job](bedded, folder)
    print(time.perf_counter() - started, sum(os.times()[:4]) - worked, _peak_mb())


def _peak_mb() -> int:
    """The peak of resident memory of this process alone, or of a child that it waited for."""
    import resource  # noqa: PLC0415

    status = Path("/proc/self/status").read_text()
    own = int(status.partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def _sheet(minutes: int, folder: Path) -> CueSheet:
    count = minutes * 60_000 // (CLIP_MS + PAUSE_MS)
    paths = [folder / f"{number % DISTINCT}.wav" for number in range(count)]
    clips = tuple(Clip(path, CLIP_MS, PAUSE_MS) for path in paths)
    segment = Segment(kind=SegmentKind.SPEECH, title="…", clips=clips)
    return cue_sheet(Programme("bench", "Bench", (segment,)))


def _with_bed(sheet: CueSheet, folder: Path) -> CueSheet:
    """Music under all of it, down by 14 dB under speech; each tenth sentence is music alone."""
    points: list[tuple[int, float]] = []
    for cue in sheet.cues[MUSIC_EVERY - 1 :: MUSIC_EVERY]:
        start, end = cue.start_ms, cue.end_ms
        points += [(start, -20.0), (start + 500, -6.0), (end - 100, -6.0), (end, -20.0)]
    bed = Cue(
        start_ms=0,
        clip=Assets(folder / "none", folder / "assets").find("nhac-nen"),
        segment=0,
        length_ms=sheet.duration_ms,
        envelope=tuple(points),
    )
    spoken = (cue for n, cue in enumerate(sheet.cues) if n % MUSIC_EVERY != MUSIC_EVERY - 1)
    return replace(sheet, cues=(bed, *spoken))


def _clips(_sheet_of_none: CueSheet, folder: Path) -> None:
    """Levelled clips of speech-like noise, and the bed."""
    for seed in range(DISTINCT):
        rng = np.random.default_rng(seed)
        count = CLIP_MS * 48
        noise = np.convolve(rng.standard_normal(count) ** 3, np.hanning(48), "same")
        syllables = np.interp(np.arange(count) / 48_000, np.arange(48) / 8, rng.random(48) ** 2)
        write_wav(folder / f"{seed}.wav", level((noise * syllables).astype(np.float32)))
    Assets(folder / "none", folder / "assets").find("nhac-nen")


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


def _flat(sheet: CueSheet, folder: Path) -> None:
    mix(sheet, folder / "mix.wav", mp3=folder / "mix.mp3")


def _loa(sheet: CueSheet, folder: Path) -> None:
    mix(sheet, folder / "mix.wav", mp3=folder / "mix.mp3", profile=PROFILES["loa"])


def _pydub(sheet: CueSheet, _folder: Path) -> None:
    """What a first try looks like: segments added one by one."""
    from pydub import AudioSegment  # noqa: PLC0415 - the other jobs must not load it

    whole = AudioSegment.empty()
    for cue in sheet.cues:
        whole += AudioSegment.from_wav(cue.clip.path)
        whole += AudioSegment.silent(PAUSE_MS, frame_rate=48_000)


def _ffmpeg(sheet: CueSheet, folder: Path) -> None:
    """The same programme by one command: joined, bed ducked by a side chain, levelled, encoded."""
    bed, *spoken = sheet.cues
    inputs = [f"-f wav -i {cue.clip.path}" for cue in spoken]
    count = len(inputs)
    padded = [f"[{n}]apad=pad_dur={PAUSE_MS / 1000}[p{n}];" for n in range(count)]
    graph = "".join(padded) + "".join(f"[p{n}]" for n in range(count))
    graph += f"concat=n={count}:v=0:a=1,asplit[speech][key];"
    graph += f"[{count}]volume=-6dB[bed];[bed][key]sidechaincompress=ratio=8[ducked];"
    graph += "[speech][ducked]amix=duration=first:normalize=0,loudnorm=I=-16:TP=-2,"
    graph += "aresample=48000,asplit[wav][mp3]"
    (folder / "graph").write_text(graph)
    command = ["ffmpeg", "-y", "-v", "error", "-nostdin", *" ".join(inputs).split()]
    command += ["-stream_loop", "-1", "-f", "wav", "-i", str(bed.clip.path)]
    command += ["-filter_complex_script", str(folder / "graph")]
    command += ["-map", "[wav]", str(folder / "ffmpeg.wav")]
    command += ["-map", "[mp3]", "-b:a", "96k", str(folder / "ffmpeg.mp3")]
    subprocess.run(command, check=True)


JOBS = {
    "clips": _clips,
    "floor": _floor,
    "flat": _flat,
    "loa": _loa,
    "pydub": _pydub,
    "ffmpeg": _ffmpeg,
}

if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
