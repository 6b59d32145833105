"""The process that holds espeak-ng: text in by standard input, samples out by standard output.

It stands apart because the library is not thread-safe and ends a whole process when it fails; its
owner (`espeak.py`) starts another.  It ends with its owner, at the end of its input.  It imports
nothing of this package and no numpy, so that it starts in some 40 ms and needs 23 MB.

A frame is a byte, a length (4 bytes, big-endian) and that many bytes.  Out come, first, ``READY``
(the rate in Hz, the version and the voice names, one a line), then for each ``SPEAK``
(``voice WPM PITCH LF text``) one ``SOUND`` (little-endian 16-bit mono samples) or ``ERROR`` (a
reason).
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["ERROR", "READY", "SOUND", "SPEAK", "main", "read_frame", "write_frame"]

READY, SPEAK, SOUND, ERROR = 0, 1, 2, 3

_FRAME = struct.Struct(">BI")
_SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: the call returns when all samples have been delivered
_BUFFER_MS = 60
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
_UTF8 = 1  # espeakCHARS_UTF8; without espeakSSML and espeakPHONEMES, markup is plain text
_RATE = 1  # espeakRATE, in espeak's words a minute
_PITCH = 3  # espeakPITCH, from 0 to 100, usually 50


class _Voice(ctypes.Structure):
    """``espeak_VOICE``, its first fields; a voice is chosen by the last part of its identifier."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
    )


_ON_SAMPLES = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def write_frame(stream: BinaryIO, kind: int, payload: bytes) -> None:
    """Send one frame; raises OSError when the other side has gone."""
    stream.write(_FRAME.pack(kind, len(payload)) + payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[int, bytes]:
    """The next frame; raises EOFError when the other side has gone, in mid-frame too."""
    header = stream.read(_FRAME.size)
    if len(header) < _FRAME.size:
        raise EOFError
    kind, length = _FRAME.unpack(header)
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return kind, payload


class _Espeak:
    """The library in this process: one call at a time."""

    def __init__(self) -> None:
        import espeakng_loader  # noqa: PLC0415 - its absence is an answer to the owner

        self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        # A path of some 160 bytes does not fit espeak's buffer; "." always does.
        os.chdir(Path(espeakng_loader.get_data_path()).parent)
        self.rate = self._library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, b".", _DONT_EXIT)
        if self.rate <= 0:
            raise RuntimeError("espeak-ng found no voice data")
        self._samples = bytearray()
        self._callback = _ON_SAMPLES(self._collect)  # the library keeps only a pointer to it
        self._library.espeak_SetSynthCallback(self._callback)

    def banner(self) -> bytes:
        """Rate, version and the names of the voices, one a line."""
        self._library.espeak_Info.restype = ctypes.c_char_p
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        voices = self._library.espeak_ListVoices(None)
        names: list[bytes] = []
        while voices[len(names)]:
            names.append(voices[len(names)].contents.identifier.rsplit(b"/", 1)[-1].lower())
        version = self._library.espeak_Info(None)
        return b"\n".join([str(self.rate).encode(), version, *names])

    def speak(self, manner: bytes, text: bytes) -> bytes:
        voice, wpm, pitch = manner.split(b" ")
        if self._library.espeak_SetVoiceByName(voice):
            raise ValueError(f"espeak-ng has no voice {voice.decode(errors='replace')!r}")
        self._library.espeak_SetParameter(_RATE, int(wpm), 0)
        self._library.espeak_SetParameter(_PITCH, int(pitch), 0)
        self._samples.clear()
        text = text.replace(b"\0", b" ")
        failed = self._library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None)
        if failed:
            raise RuntimeError(f"espeak_Synth answered {failed}")
        return bytes(self._samples)

    def _collect(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._samples += ctypes.string_at(samples, 2 * count)
        return 0


def main() -> None:
    """Answer frames until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's; it closes our input
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    try:
        espeak = _Espeak()
    except Exception as error:  # noqa: BLE001 - whatever it is, the owner has to know
        write_frame(sink, ERROR, str(error).encode())
        return
    write_frame(sink, READY, espeak.banner())
    while True:
        try:
            _kind, payload = read_frame(source)
            write_frame(sink, *_answer(espeak, payload))
        except (EOFError, OSError):
            return


def _answer(espeak: _Espeak, payload: bytes) -> tuple[int, bytes]:
    manner, _newline, text = payload.partition(b"\n")
    try:
        return SOUND, espeak.speak(manner, text)
    except (RuntimeError, ValueError) as error:
        return ERROR, str(error).encode()


if __name__ == "__main__":
    main()
