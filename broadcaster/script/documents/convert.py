"""Other people's programs that turn a document into something we read, kept on a short lead.

Apart from the readers, because a converter meets a stranger's file: it gets a folder of its own,
limits on time, memory and what it writes, and is ended with all that it started.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from broadcaster.script.documents.extracted import refused

__all__ = ["Converted", "Converter", "convert"]

_LIMITED = 'ulimit -c 0; ulimit -f 81920; ulimit -v 4194304; exec "$@"'
"""No core file, 40 MB of output (blocks of 512 bytes), 4 GB of memory (in kilobytes)."""
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class Converter:
    """A program: ``arguments`` may name ``{source}``, ``{target}`` and ``{folder}``.

    What it makes is ``target``, or its standard output where that is empty.
    """

    program: str
    debian_package: str
    arguments: tuple[str, ...]
    seconds: float
    target: str = ""

    def is_found(self) -> bool:
        return shutil.which(self.program) is not None


@dataclass(frozen=True, slots=True)
class Converted:
    """What came out; ``complaint`` is what the program said about it."""

    data: bytes
    complaint: str


def convert(data: bytes, converter: Converter, *, name: str) -> Converted:
    """Hand ``data`` to a converter as the file ``name``; empty where nothing came out.

    Raises RefusedError when the program takes longer than it may.
    """
    with tempfile.TemporaryDirectory(prefix="broadcaster-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        (folder / name).write_bytes(data)
        output, complaint = folder / "stdout", folder / "stderr"
        with output.open("wb") as out, complaint.open("wb") as err:
            _run(_command(converter, folder, name), folder, converter.seconds, streams=(out, err))
        made = folder / converter.target if converter.target else output
        result = made.read_bytes() if made.is_file() else b""
        return Converted(result, complaint.read_bytes().decode("utf-8", "replace"))


def _command(converter: Converter, folder: Path, name: str) -> list[str]:
    places = {"source": folder / name, "target": folder / converter.target, "folder": folder}
    arguments = [argument.format(**places) for argument in converter.arguments]
    program = shutil.which(converter.program) or converter.program
    return ["/bin/sh", "-c", _LIMITED, "sh", program, *arguments]


def _run(command: list[str], folder: Path, seconds: float, *, streams: tuple[object, ...]) -> None:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=kept | {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=streams[0],  # type: ignore[call-overload]
        stderr=streams[1],
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise refused(
            "document-too-slow",
            _("the document could not be converted in {seconds} s").format(seconds=int(seconds)),
            _("open it in Word or LibreOffice and save it as .docx"),
        ) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # whatever it has started, too
        process.wait()
