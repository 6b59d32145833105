"""The page as a real process, before somebody who means harm, and on a disk that is full."""

from __future__ import annotations

import re
import socket
import threading
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bad_disk import BadDisk
from needs import needs_module
from page_process import PASSWORD, page_of
from station_process import StationProcess
from web_people import Browser

from broadcaster.web.routes import ROUTES

httpx = needs_module("httpx2", "pip install -e '.[dev]'")

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration

MB = 1_000_000
_NAMES = re.compile(r'name="([a-z_-]+)"|[?&;]([a-z_]+)=')
_TEMPLATES = Path(__file__).parents[2] / "broadcaster/web/templates"
_STREAM = "/su-kien"


@pytest.fixture
def disk(tmp_path: Path) -> BadDisk:
    return BadDisk(tmp_path / "dai", tmp_path / "disk")


@pytest.fixture
def station(tmp_path: Path, disk: BadDisk) -> StationProcess:
    station = StationProcess(tmp_path / "dai", disk.environment())
    station.make(output='"null"', noise_s=2)
    (station.root / "scripts_vi/01-hop.txt").write_text("Họp thôn.\n\nTối nay họp.\n", "utf-8")
    station.schedule(seconds_ahead=3600, programme="ban-tin")
    return station


@pytest.fixture
def owner(station: StationProcess) -> Iterator[Browser]:
    """Somebody who may do everything, before the real page."""
    with (
        page_of(station.root, station.environment) as (address, code),
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        browser = Browser(client)
        answer = browser.send("/lan-dau", ma=code, ho_ten="Lan", ten="lan", mat_khau=PASSWORD)
        assert answer.status_code == 303, answer.text
        yield browser


def _pid(client: httpx.Client) -> int:
    """Of the process that listens at the address of ``client``."""
    port = f":{client.base_url.port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("utf-8").splitlines()]
    inode = next(row[9] for row in rows if row[1].endswith(port) and row[3] == "0A")
    links = Path("/proc").glob("[0-9]*/fd/*")
    return next(int(p.parts[2]) for p in links if _leads_to(p, f"socket:[{inode}]"))


def _leads_to(link: Path, target: str) -> bool:
    try:
        return str(link.readlink()) == target
    except OSError:
        return False


def _peak_bytes(pid: int) -> int:
    text = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", text)[1]) * 1024


@pytest.mark.parametrize("path", ["/ban-tin/nop", "/khan-cap/thu", "/lich-tuan/nhap"])
def test_two_hundred_megabytes_are_refused_in_a_sentence(owner: Browser, path: str) -> None:
    """All 200 MB are sent: the answer is a sentence with the most that is taken, nothing of them
    is written, and the page needs no more memory than before."""
    pid = _pid(owner.client)
    before, written = _peak_bytes(pid), _written_bytes(pid)
    answer = owner.client.post(
        path,
        content=(bytes(MB) for _block in range(200)),
        headers={
            "content-type": "multipart/form-data; boundary=x",
            "content-length": str(200 * MB),
        },
    )
    assert answer.status_code == 413
    assert re.search(r"tối đa \d+ MB", answer.text), answer.text
    assert _peak_bytes(pid) - before < 8 * MB
    assert _written_bytes(pid) - written < MB
    owner.look("/")


def _written_bytes(pid: int) -> int:
    text = Path(f"/proc/{pid}/io").read_text("utf-8")
    return int(re.search(r"^write_bytes: (\d+)", text, re.MULTILINE)[1])


# -- addresses that a visitor gives ---------------------------------------------------------------


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """(an address that nobody must ask, who asked it)."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, peer = server.accept()
                except OSError:
                    return
                connection.close()
                asked.append(str(peer))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.m3u8", asked
        server.shutdown(socket.SHUT_RDWR)


def _fields() -> list[str]:
    """Every name that any form or link of the page sends."""
    texts = (path.read_text("utf-8") for path in _TEMPLATES.glob("*.html"))
    return sorted(
        {name for text in texts for pair in _NAMES.findall(text) for name in pair if name}
    )


def test_no_route_fetches_an_address_that_a_visitor_gave(
    station: StationProcess, owner: Browser, elsewhere: tuple[str, list[str]]
) -> None:
    """Each route gets the address in every field that any form has, in its path, and in a file;
    neither the page, nor what prepares programmes from the files it wrote, asks there."""
    address, asked = elsewhere
    fields = dict.fromkeys(_fields(), address)
    playlist = f"#EXTM3U\n#EXTINF:5,\n{address}\n".encode()
    files = dict.fromkeys(("file", "tep"), ("tin.wav", playlist))
    secret = re.compile(r'name="form" value="([^"]+)"')
    for route in ROUTES:
        path = re.sub(r"\{\w+\}", "01-hop", route.path)
        if route.method == "GET":
            if route.path != _STREAM:  # it takes nothing, and does not end
                owner.client.get(path, params=fields)
        elif route.path not in {"/ra", "/toi", "/dung"}:
            found = secret.search(owner.look("/toi"))
            sent = {**fields, "form": found[1]}
            owner.client.post(path, data=sent, files=files)
            owner.client.post(path, data={**sent, "form": secret.search(owner.look("/toi"))[1]})
    station.command("check")
    station.command("render")
    assert asked == []


@pytest.mark.parametrize(
    "form",
    [
        "#EXTM3U\n#EXTINF:5,\n{address}\n",
        "ffconcat version 1.0\nfile {address}\n",
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]><d>&x;</d>',
        '<html><img src="{address}"><iframe src="{address}"></iframe>Họp thôn.</html>',
    ],
    ids=["playlist", "concat", "entity", "html"],
)
@pytest.mark.parametrize("name", ["tin.wav", "tin.m4a", "tin.docx", "tin.txt"])
def test_a_file_leads_nowhere(
    station: StationProcess,
    owner: Browser,
    elsewhere: tuple[str, list[str]],
    form: str,
    name: str,
) -> None:
    """A playlist, or a document with an address in it, is looked into and nothing is fetched."""
    address, asked = elsewhere
    data = form.format(address=address).encode()
    for path, page, field in (
        ("/ban-tin/nop", "/ban-tin", "file"),
        ("/khan-cap/thu", "/khan-cap", "tep"),
        ("/lich-tuan/nhap", "/lich-tuan/nhap", "file"),
    ):
        owner.send(path, seen=page, files={field: (name, data)})
    assert asked == []


# -- a disk that is full --------------------------------------------------------------------------


def _kept(root: Path) -> dict[str, bytes]:
    """The files that people write, and what the page keeps to take changes back."""
    below = ("scripts_vi", "schedules", ".broadcaster/edits")
    found = (path for name in below for path in (root / name).rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def test_a_full_disk_is_told_and_nothing_is_kept_half(
    station: StationProcess, disk: BadDisk, owner: Browser, tmp_path: Path
) -> None:
    """Hôm nay is shown all the same; a text and a recording are refused in a sentence that says
    why, and nothing of them lies there; with room again the same is kept."""
    voice = tmp_path / "thu.wav"
    with wave.open(str(voice), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes((station.root / "scripts_vi/am-thanh/on.wav").read_bytes()[44:96_044])
    before = _kept(station.root)
    disk.fail(f"f {station.root}/")
    assert "Hôm nay" in owner.look("/")
    text = owner.send("/ban-tin/moi", title="Họp", body="Mời bà con họp.", kind="tin")
    assert "đĩa đã đầy" in text.text, text.text
    for rule in (f"f {station.root}/", "f .txt."):  # all of it; the text behind its sound
        disk.fail(rule)
        files = {"file": ("thu.wav", voice.read_bytes())}
        answer = owner.send("/ban-tin/nop", seen="/ban-tin", files=files, title="Lời chúc")
        page = answer.text if answer.status_code != 303 else owner.look("/ban-tin")
        assert "đĩa đã đầy" in page, page
        assert _kept(station.root) == before
    assert "Hôm nay" in owner.look("/")
    disk.heal()
    files = {"file": ("thu.wav", voice.read_bytes())}
    owner.send("/ban-tin/nop", seen="/ban-tin", files=files, title="Lời chúc")
    assert "loi-chuc" in " ".join(_kept(station.root).keys() - before.keys())
