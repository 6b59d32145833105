"""How fast text becomes words, against sea-g2p in the same run; memory, and what an import costs.

sea-g2p (a Rust normaliser, the fastest peer) is installed into an environment that lasts as long
as the bench; where that cannot be done, its row says so.  Each reader runs in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from broadcaster.script import load_bulletin

__all__ = ["rows"]

_BULLETINS = Path(__file__).parents[2] / "scripts_vi"
_ROUNDS = 7
_OURS = """
from broadcaster.script import read_text as read
"""
_SEA = """
from sea_g2p import Normalizer
read = Normalizer().normalize
"""
_TIMED = """
import json, sys, time
texts = json.load(sys.stdin)
def spent():
    begun = time.process_time()
    for text in texts: read(text)
    return time.process_time() - begun
spent()
print(min(spent() for _round in range(3)))
"""
_WEIGHED = """
import json, sys
def most_kb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
text, times = json.load(sys.stdin)
read(text[:20_000])
before = most_kb()
for _round in range(times): read(text)
print(most_kb() - before)
"""
_IMPORT = "from broadcaster.script import read_text"
_FIRST = f"{_IMPORT}; read_text('Xã họp 5/7 hộ.')"


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal)."""
    texts = _texts()
    return [_throughput(texts * 4), *_memory("\n\n".join(texts)), *_imports()]


def _texts() -> list[str]:
    bulletins = (load_bulletin(path)[0] for path in sorted(_BULLETINS.glob("*.[tm][xd][td]")))
    texts = [b.text for b in bulletins if b is not None]
    return [text for text in texts if len(text) > 300]


def _throughput(texts: list[str]) -> tuple[str, str, str]:
    """Both read the same texts in turn, one thread each, in processor time, as a machine has
    other work to do; the least of several rounds, because everything else only adds."""
    size = sum(map(len, texts)) / 1000
    goal = "≥ 3 ×"
    with tempfile.TemporaryDirectory() as folder:
        peer = _peer(Path(folder))
        pairs = (
            [
                (_run(sys.executable, _OURS + _TIMED, texts), _run(peer, _SEA + _TIMED, texts))
                for _round in range(_ROUNDS)
            ]
            if peer
            else []
        )
    if not pairs:
        ours = size / _run(sys.executable, _OURS + _TIMED, texts)
        return "reading / sea-g2p", f"sea-g2p not installed; {ours:.0f},000 characters/s", goal
    ours, theirs = (size / min(column) for column in zip(*pairs, strict=True))
    measured = f"{ours / theirs:.1f} × ({ours:.0f},000 / {theirs:.0f},000 characters/s)"
    return "reading / sea-g2p, bulletins, one thread", measured, goal


def _peer(folder: Path) -> str:
    """A Python with sea-g2p, or ``""``."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--only-binary=:all:", "sea-g2p"]
    done = subprocess.run(install, capture_output=True, check=False, timeout=120)
    return python if done.returncode == 0 else ""


def _run(python: str, program: str, value: object) -> float:
    """The number that ``program`` prints for ``value`` on its standard input."""
    done = subprocess.run(
        [python, "-c", program], input=json.dumps(value), text=True, capture_output=True, check=True
    )
    return float(done.stdout)


def _memory(text: str) -> list[tuple[str, str, str]]:
    """For ten times the text, and for the same text again and again (Linux only)."""
    small = text * (1_000_000 // len(text))
    once, again, large = (
        _run(sys.executable, _OURS + _WEIGHED, value) / 1024
        for value in ((small, 1), (small, 5), (small * 10, 1))
    )
    return [
        (
            "reading 10 MB / 1 MB of text, memory",
            f"{large / once:.1f} × ({large:.0f} MB)",
            "≤ 10.5 ×",
        ),
        ("reading 1 MB five times / once, memory", f"{again / once:.2f} ×", "≤ 1.1 ×"),
    ]


def _imports() -> list[tuple[str, str, str]]:
    bare = _quickest("pass")
    return [
        ("import of read_text", f"{_quickest(_IMPORT) - bare:.0f} ms", "< 50 ms"),
        ("import and first sentence", f"{_quickest(_FIRST) - bare:.0f} ms", ""),
    ]


def _quickest(program: str) -> float:
    """Milliseconds of processor time: the least of several, because everything else only adds."""
    spent = []
    for _round in range(3 * _ROUNDS):
        begun = _used()
        subprocess.run([sys.executable, "-c", program], check=True)
        spent.append(1000 * (_used() - begun))
    return min(spent)


def _used() -> float:
    """Seconds of processor time of all children so far."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
