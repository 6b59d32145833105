"""espeak-ng for real, in its helper processes: sound, and life after their death."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import espeakng_loader
import numpy as np
import pytest
from speech_threads import lengths_spoken_at_once

from broadcaster.errors import SpeechError
from broadcaster.model import Sentence
from broadcaster.sound.loudness import integrated_lufs, true_peak_db
from broadcaster.sound.pcm import read_wav
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.engines import espeak_helper
from broadcaster.speech.engines.espeak import VIETNAMESE, EspeakSynthesizer
from broadcaster.speech.engines.espeak_command import EspeakCommand
from broadcaster.speech.engines.espeak_process import EspeakProcess, helper_command

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration

TEXT = "Sáng mai trạm y tế xã tiêm phòng cho trẻ em dưới năm tuổi."
LONG = " ".join([TEXT] * 60)


@pytest.fixture
def espeak() -> Iterator[EspeakSynthesizer]:
    engine = EspeakSynthesizer(helpers=2)
    yield engine
    engine.close()


@pytest.mark.parametrize("voice", VIETNAMESE)
def test_every_vietnamese_voice_speaks_the_same_each_time(espeak: EspeakSynthesizer, voice: str):
    """The three accents speak at an announcer's pace; twice the same text lasts as long."""
    first, rate = espeak.speak(TEXT, voice)
    second, _rate = espeak.speak(TEXT, voice)
    assert len(first) == pytest.approx(len(second), rel=0.02)
    words_a_minute = len(TEXT.split()) * 60 / (len(first) / rate)
    assert 190 < words_a_minute < 260
    assert 0.02 < np.sqrt(np.mean(first**2)) < 0.5


@pytest.mark.parametrize("rate", [60, 80, 90, 110, 125, 150, 175, 200])
def test_a_rate_is_kept(espeak: EspeakSynthesizer, rate: int):
    """A voice at 80 % takes a quarter longer: what is asked for is heard, within 4 %."""
    usual, _rate = espeak.speak(TEXT, "vi")
    other, _rate = espeak.speak(TEXT, "vi", rate=rate)
    assert len(other) == pytest.approx(len(usual) * 100 / rate, rel=0.04)


@pytest.mark.parametrize("pitch", [-8, -4, 4, 8])
def test_a_pitch_is_kept(espeak: EspeakSynthesizer, pitch: int):
    """A voice four semitones lower sounds so, and takes as long; the next one is as usual."""
    usual, rate = espeak.speak(TEXT, "vi")
    other, _rate = espeak.speak(TEXT, "vi", pitch=pitch)
    semitones = 12 * np.log2(_voice_hz(other, rate) / _voice_hz(usual, rate))
    assert semitones == pytest.approx(pitch, abs=1.2)
    assert len(other) == pytest.approx(len(usual), rel=0.03)
    again, _rate = espeak.speak(TEXT, "vi")
    assert len(again) == pytest.approx(len(usual), rel=0.02)


def _voice_hz(samples: np.ndarray, rate: int) -> float:
    """The median pitch of the voiced frames, by autocorrelation."""
    found = []
    for start in range(0, len(samples) - 2048, 1024):
        frame = samples[start : start + 2048] * np.hanning(2048)
        power = np.fft.irfft(np.abs(np.fft.rfft(frame, 4096)) ** 2)
        lag = rate // 500 + int(power[rate // 500 : rate // 40].argmax())
        if power[0] > 0.1 and power[lag] > 0.5 * power[0]:
            found.append(rate / lag)
    return float(np.median(found))


def test_foreign_words_can_be_spoken_by_a_foreign_voice(espeak: EspeakSynthesizer):
    """English is among the voices, and sounds other than Vietnamese."""
    voices = espeak.voices()
    assert voices[:3] == VIETNAMESE
    assert "en-us" in voices
    english, _ = espeak.speak("Welcome to our commune.", "en-us")
    vietnamese, _ = espeak.speak("Welcome to our commune.", "vi")
    assert len(english) != len(vietnamese)


def test_every_voice_that_is_listed_can_be_used(espeak: EspeakSynthesizer):
    """What `broadcaster voices` shows can be written into station.yaml as it stands."""
    for voice in espeak.voices():
        assert voice == voice.casefold()
        espeak.speak("mama", voice)


def test_a_voice_that_does_not_exist_is_a_sentence(espeak: EspeakSynthesizer):
    """A wrong name of a voice is refused, and the helper speaks on."""
    with pytest.raises(SpeechError, match="no voice 'khong-co'"):
        espeak.speak(TEXT, "khong-co")
    before = espeak.helper_pids()
    espeak.speak(TEXT, "vi")
    assert espeak.helper_pids() == before


@pytest.mark.parametrize("text", ["…", "?!", "", " \n"])
def test_punctuation_alone_is_refused(espeak: EspeakSynthesizer, text: str):
    """A text without a word is an error and not a silent clip."""
    with pytest.raises(SpeechError, match="nothing to say"):
        espeak.speak(text, "vi")


@pytest.mark.parametrize("text", ["<speak>một</speak>", "[[vi]] một", "một\0hai", "một \ud800 hai"])
def test_odd_characters_do_no_harm(espeak: EspeakSynthesizer, text: str):
    """Markup and broken characters are read or skipped, and the next text is spoken."""
    espeak.speak(text, "vi")
    assert len(espeak.speak(TEXT, "vi")[0]) > 0


def test_a_helper_killed_between_two_sentences_is_replaced(espeak: EspeakSynthesizer):
    """Kill −9 of the helper costs nothing but its restart."""
    expected = len(espeak.speak(TEXT, "vi")[0])
    (victim,) = espeak.helper_pids()
    os.kill(victim, signal.SIGKILL)
    samples, _rate = espeak.speak(TEXT, "vi")
    assert len(samples) == pytest.approx(expected, rel=0.02)
    assert victim not in espeak.helper_pids()


def test_a_helper_killed_in_the_middle_of_a_text_speaks_it_again():
    """Kill −9 in mid-work: the same text comes out whole."""
    engine = EspeakSynthesizer(helpers=1)
    expected = len(engine.speak(LONG, "vi")[0])
    (victim,) = engine.helper_pids()
    os.kill(victim, signal.SIGSTOP)  # it cannot answer before the kill reaches it
    heard: list[int] = []
    speaking = threading.Thread(target=lambda: heard.append(len(engine.speak(LONG, "vi")[0])))
    speaking.start()
    speaking.join(0.3)
    assert heard == []
    os.kill(victim, signal.SIGKILL)
    speaking.join(20)
    assert heard == [pytest.approx(expected, rel=0.02)]
    engine.close()


def test_an_answer_that_was_not_awaited_is_not_taken_for_the_next(tmp_path: Path):
    """After Ctrl-C in mid-sentence the next sentence is the right one."""
    process = EspeakProcess(helper_command())
    expected = len(process.speak("vi", TEXT))
    victim = process.pid
    os.kill(victim, signal.SIGSTOP)
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with pytest.raises(KeyboardInterrupt):
        process.speak("vi", LONG)
    assert process.pid != victim
    assert len(process.speak("vi", TEXT)) == pytest.approx(expected, rel=0.02)
    process.close()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_helper_that_hangs_is_killed_and_replaced():
    """A helper that says nothing within its time is ended, and another speaks the text."""
    engine = EspeakSynthesizer(helpers=1, timeout_s=1.0)
    engine.speak(TEXT, "vi")
    (victim,) = engine.helper_pids()
    os.kill(victim, signal.SIGSTOP)
    samples, _rate = engine.speak(TEXT, "vi")
    assert len(samples) > 0
    assert victim not in engine.helper_pids()
    engine.close()


def test_a_text_that_kills_every_helper_is_given_up(tmp_path: Path):
    """A text that crashes the engine twice is an error with that text, not an endless loop."""
    crashing = tmp_path / "crashing.py"
    starts = tmp_path / "starts"
    crashing.write_text(
        "import sys\n"
        f"open({str(starts)!r}, 'a').write('x')\n"
        "sys.stdout.buffer.write(b'\\0\\0\\0\\0\\x07100\\nv\\nvi')\n"
        "sys.stdout.flush()\n"
        "sys.stdin.buffer.read(8)\n"
    )
    process = EspeakProcess([sys.executable, str(crashing)], timeout_s=5.0)
    with pytest.raises(SpeechError, match="failed 2 times on the text “Chết"):
        process.speak("vi", "Chết máy.")
    assert starts.read_text() == "xx"
    process.close()


def test_three_threads_speak_at_once(espeak: EspeakSynthesizer):
    """Three threads over two helpers: everyone gets his own sentence, nothing crashes."""
    texts = [" ".join([TEXT] * n) for n in (1, 2, 3)] * 4
    alone = [len(espeak.speak(text, "vi")[0]) for text in texts[:3]]
    lengths = lengths_spoken_at_once(espeak, texts)
    assert lengths == [pytest.approx(n, rel=0.02) for n in alone * 4]
    assert len(espeak.helper_pids()) == 2


def test_the_helper_ends_with_its_owner():
    """When the owner dies, even by kill −9, no helper is left behind."""
    code = (
        "from broadcaster.speech.engines.espeak import EspeakSynthesizer\n"
        "engine = EspeakSynthesizer(helpers=1)\n"
        "engine.speak('một', 'vi')\n"
        "print(engine.helper_pids()[0], flush=True)\n"
        "input()\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], text=True, **pipes) as owner:
        helper = int(owner.stdout.readline())
        pidfd = os.pidfd_open(helper)
        owner.kill()
    ended = threading.Event()
    watcher = threading.Thread(target=_wait_for_end, args=(pidfd, ended), daemon=True)
    watcher.start()
    assert ended.wait(5)


def _wait_for_end(pidfd: int, ended: threading.Event) -> None:
    if select.select([pidfd], [], [], 5)[0]:
        ended.set()
    os.close(pidfd)


def test_a_data_path_of_any_length_works(tmp_path: Path):
    """espeak-ng has room for a path of 160 bytes only; a station folder may lie deeper."""
    deep = tmp_path.joinpath(*["thu-muc-rat-dai-cua-mot-dai-truyen-thanh-xa"] * 5)
    deep.mkdir(parents=True)
    shutil.copytree(Path(espeakng_loader.__file__).parent, deep / "espeakng_loader")
    assert len(str(deep)) > 200
    command = ["env", f"PYTHONPATH={deep}", *helper_command()]
    process = EspeakProcess(command)
    assert len(process.speak("vi", TEXT)) > 10_000
    process.close()


def test_without_the_library_the_reason_is_said(tmp_path: Path):
    """Where the wheel is missing the helper says so, and the status carries the cure."""
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('not for this machine')")
    command = ["env", f"PYTHONPATH={tmp_path}", *helper_command()]
    engine = EspeakSynthesizer(command=command, helpers=1)
    status = engine.status()
    if shutil.which("espeak-ng"):
        assert status.available
        assert len(engine.speak(TEXT, "vi")[0]) > 10_000
    else:
        assert not status.available
        assert "not for this machine" in status.reason
        assert "apt-get install espeak-ng" in status.hint
    engine.close()


def test_the_command_speaks_where_there_is_no_library(tmp_path: Path):
    """A sound of unknown length from a pipe is read whole, and the list of voices too."""
    program = _stand_in(tmp_path, "sys.stdout.buffer.write(header + samples)")
    command = EspeakCommand(str(program))
    assert command.voices() == ("vi", "vi-vn-x-south")
    raw, rate = command.speak("vi", "một hai")
    assert (rate, len(raw)) == (
        22_050,
        2 * 100 * len("-v vi -s 150 -p 50 -b 1 --stdin --stdout một hai"),
    )


@pytest.mark.parametrize("code", ["sys.exit('no data')", "print('nonsense')", "pass"])
def test_a_command_that_fails_is_a_sentence(tmp_path: Path, code: str):
    """Whatever the command does instead of speaking, the operator is told to try it by hand."""
    command = EspeakCommand(str(_stand_in(tmp_path, code)))
    with pytest.raises(SpeechError, match="could not speak") as caught:
        command.speak("vi", "một hai")
    assert "-v vi" in caught.value.hint


def test_a_command_that_is_not_there_is_a_sentence(tmp_path: Path):
    """A program that was removed is named."""
    with pytest.raises(SpeechError, match="gone could not speak"):
        EspeakCommand(str(tmp_path / "gone")).voices()


def _stand_in(folder: Path, when_speaking: str) -> Path:
    """A program with espeak-ng's options: a hundred samples for each letter it was given."""
    program = folder / "espeak-ng"
    program.write_text(
        f"#!{sys.executable}\n"
        "import struct, sys\n"
        "if '--voices' in sys.argv:\n"
        "    print('Pty Language       Age/Gender VoiceName')\n"
        "    print(' 5  vi              --/M      Vietnamese_(Northern)')\n"
        "    print(' 5  vi-vn-x-south   --/M      Vietnamese_(Southern)')\n"
        "    sys.exit()\n"
        "given = ' '.join(sys.argv[1:]) + ' ' + sys.stdin.buffer.read().decode()\n"
        "samples = bytes(200 * len(given))\n"
        "header = struct.pack('<4sI4s4sIHHIIHH4sI', b'RIFF', 0x7FFFF024, b'WAVE', b'fmt ', 16,\n"
        "                     1, 1, 22050, 44100, 2, 16, b'data', 0x7FFFF000)\n"
        f"{when_speaking}\n"
    )
    program.chmod(0o755)
    return program


def test_the_helper_is_small_and_needs_no_numpy():
    """The helper imports neither numpy nor this package: it must start in milliseconds."""
    code = (
        f"import runpy, sys; sys.argv = ['x']; sys.stdin.close; "
        f"runpy.run_path({espeak_helper.__file__!r}, run_name='__main__'); "
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'numpy', 'broadcaster'}))"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", code], input=b"", capture_output=True, check=True
    )
    assert run.stdout.endswith(b"[]\n")


def test_the_helper_also_runs_as_a_module():
    """`python -m broadcaster.speech.engines.espeak_helper` greets and ends with its input."""
    command = [sys.executable, "-m", "broadcaster.speech.engines.espeak_helper"]
    run = subprocess.run(command, input=b"", capture_output=True, check=True)
    assert b"22050" in run.stdout


def test_clips_are_ready_to_mix(tmp_path: Path):
    """Cached clips are at −16 LUFS and under −1.5 dBTP, without silent edges; once is enough."""
    sentences = [Sentence("", TEXT, 400), Sentence("", "Xin cảm ơn bà con.", 600)]
    with Speaker(SpeechCache(tmp_path), ["espeak"]) as speaker:
        speech = speaker.speak([*sentences, sentences[0]])
        again = speaker.speak(sentences)
    assert (speech.voice, speech.calls, again.calls) == ("espeak:vi", 2, 0)
    for clip in speech.clips:
        samples = read_wav(clip.path)
        assert integrated_lufs(samples) == pytest.approx(-16, abs=0.5)
        assert true_peak_db(samples) < -1.5
        assert abs(samples[:2400]).max() > 0.01
