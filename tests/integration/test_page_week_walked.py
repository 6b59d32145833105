"""The page in a real browser: from the first start to a bulletin that was heard and stopped."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from needs import needs
from office_files import docx, paragraph, run
from station_process import StationProcess, wait_for
from web_browser import DESKTOP, PHONE, chromium, fill, follow, press, requested

from broadcaster.clock import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome
    from sound_server import PrivateSoundServer

pytestmark = pytest.mark.integration

PEOPLE = {"lan": "biên tập", "minh": "duyệt", "hoa": "trực máy"}
PASSWORD = "mua-xuan-2026"
TEXT = "HTX ĐKZX mời bà con họp lúc 7h30 ngày 02/12/2026. " + " ".join(
    f"Đây là việc số {n} của buổi họp, bà con nghe cho rõ." for n in range(1, 15)
)


@pytest.fixture
def station(tmp_path: Path, server: PrivateSoundServer) -> Iterator[StationProcess]:
    needs("espeak-ng", "espeak-ng")
    station = StationProcess(tmp_path / "dai", server.environment)
    station.make(output="pacat")
    settings = station.root / "station.yaml"
    settings.write_text(settings.read_text("utf-8") + "approval: true\n", encoding="utf-8")
    station.schedule(seconds_ahead=5 * 3600, programme="tieng-on")
    yield station
    station.close()


@contextmanager
def page_of(station: StationProcess) -> Iterator[tuple[str, str]]:
    """``broadcaster web`` as a process; its address, and the code that its console shows."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-u", "-m", "broadcaster", "-C", str(station.root), "web"]
    console = station.root / "web.log"
    with console.open("wb") as log:
        process = subprocess.Popen(
            [*words, "--port", str(port)], env=station.environment, stdout=log, stderr=log
        )
    try:
        wait_for(lambda: re.search(r"\d{4}-\d{4}", console.read_text("utf-8")), seconds=60)
        code = re.search(r"(\d{4})-(\d{4})", console.read_text("utf-8"))
        yield f"http://127.0.0.1:{port}", code[1] + code[2]
    finally:
        process.terminate()
        process.wait(20)


def sign_in(driver: Chrome, base: str, name: str) -> None:
    driver.delete_all_cookies()
    driver.get(f"{base}/vao")
    fill(driver, ten=name, mat_khau=PASSWORD)
    follow(driver, "Đăng nhập")
    wait_for(lambda: "/vao" not in driver.current_url)


def sees(driver: Chrome, words: str) -> None:
    wait_for(lambda: words in driver.page_source, seconds=30)


def first_start(driver: Chrome, base: str, code: str) -> None:
    """The owner, then an editor, an approver and an operator."""
    driver.get(f"{base}/lan-dau")
    fill(driver, ma=code, ho_ten="Sơn", ten="son", mat_khau=PASSWORD)
    follow(driver, "Bắt đầu")
    for name, role in PEOPLE.items():
        driver.get(f"{base}/nguoi-dung")
        form = driver.find_element("css selector", "form[action='/nguoi-dung']")
        driver.execute_script("arguments[0].closest('details').open = true", form)
        form.find_element("name", "ho-ten").send_keys(name.title())
        form.find_element("name", "ten").send_keys(name)
        form.find_element("name", "mat-khau").send_keys(PASSWORD)
        form.find_element("xpath", f".//label[contains(normalize-space(.), '{role}')]").click()
        form.find_element("tag name", "button").click()
        sees(driver, name.title())


def edit(driver: Chrome, base: str, document: Path) -> str:
    """Hand in a document, correct a word, listen, send it for approval; the bulletin's address."""
    driver.get(f"{base}/ban-tin")
    press_summary(driver, "Nộp tệp có sẵn")
    driver.find_element("id", "file").send_keys(str(document))
    follow(driver, "Nộp tệp")
    sees(driver, "ĐKZX")
    address = driver.current_url
    driver.find_element("css selector", "a.unknown").click()
    fill(driver, spoken="Đồng Khởi Xanh")
    follow(driver, "Xem thay đổi")
    follow(driver, "Áp dụng")
    sees(driver, "Đồng Khởi Xanh")
    driver.get(address)
    press(driver, "Tạo tiếng")
    wait_for(lambda: driver.find_elements("css selector", "audio[data-spans]"), seconds=60)
    length = "return document.querySelector('audio').duration"
    wait_for(lambda: (driver.execute_script(length) or 0) > 5)
    driver.execute_script("document.querySelector('audio').play()")
    wait_for(lambda: driver.find_elements("css selector", ".lines li.heard"))
    follow(driver, "Gửi duyệt")
    sees(driver, "Chờ duyệt")
    return address


def press_summary(driver: Chrome, words: str) -> None:
    path = f"//summary[contains(normalize-space(.), '{words}')]"
    driver.find_element("xpath", path).click()


def approve(driver: Chrome, base: str) -> None:
    """Look at the words, and stand for them."""
    driver.get(f"{base}/duyet")
    driver.find_element("css selector", ".card a").click()
    sees(driver, "Đồng Khởi Xanh")
    driver.find_element("css selector", "button[value=approve]").click()
    sees(driver, "Đã duyệt")


def put_into_the_week(driver: Chrome, base: str) -> datetime:
    """A slot at the next minute that leaves time to make its sound; when that is."""
    soon = datetime.now(LOCAL) + timedelta(seconds=85)  # noqa: TID251
    at = soon.replace(second=0, microsecond=0) + timedelta(minutes=soon.second > 0)
    driver.get(f"{base}/lich-tuan/them")
    programme = driver.find_element("css selector", "#programme option[value='ban-tin']")
    programme.click()
    driver.execute_script(f"document.getElementById('at').value = '{at:%H:%M}'")
    follow(driver, "Xem thay đổi")
    follow(driver, "Áp dụng")
    sees(driver, f"{at:%H:%M}")
    return at


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_bulletin_goes_from_a_document_to_the_air(
    station: StationProcess, server: PrivateSoundServer, tmp_path: Path, size: tuple[int, int]
) -> None:
    """The owner opens the station; an editor, an approver and an operator do their part of one
    bulletin each; it is heard at its minute, stopped from the page, and stands in the log."""
    document = tmp_path / "Mời họp.docx"
    document.write_bytes(docx("".join(paragraph(run(line)) for line in ("Mời họp", TEXT))))
    station.start()
    station.wait_until_ready()
    with page_of(station) as (base, code), chromium(size) as driver:
        first_start(driver, base, code)
        sign_in(driver, base, "lan")
        edit(driver, base, document)
        sign_in(driver, base, "minh")
        approve(driver, base)
        sign_in(driver, base, "hoa")
        at = put_into_the_week(driver, base)
        driver.get(f"{base}/")
        wait_for(lambda: server.recording().onsets(), seconds=200)
        assert abs(server.recording().onsets()[0] - at.timestamp()) < 2
        press(driver, "DỪNG")
        wait_for(lambda: not station.is_on_air(), seconds=20)
        threading.Event().wait(1)
        assert server.recording().last_sound() < time.time() - 0.5
        driver.get(f"{base}/nhat-ky")
        sees(driver, "Bản tin")
        assert requested(driver) == {base.removeprefix("http://")}
    [entry] = station.log()
    assert entry["outcome"] == "cut"
    assert entry["operator"] or "hoa" in str(entry).lower()
