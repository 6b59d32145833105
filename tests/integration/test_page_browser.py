"""The page in a real browser, on a phone and on a desktop: readable, reachable, honest."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_process import page_of, set_up, sign_in
from page_station import PAGES, page_station
from web_browser import DESKTOP, PHONE, chromium, fill, press, requested, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from station_process import StationProcess

pytestmark = pytest.mark.integration

_AXE = Path(__file__).with_name("axe") / "axe.min.js.gz"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """
const [values, done] = arguments;
const failed = (e) => done({violations: [{id: String(e), nodes: [{html: ''}]}]});
axe.run(document, {runOnly: {type: 'tag', values}, resultTypes: ['violations'],
  rules: {'color-contrast-enhanced': {enabled: true}}}).then(done, failed);
"""
_SMALL = """
return [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
  .filter((e) => e.offsetParent && !e.closest('p:not(.buttons), .skip, label'))
  .map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([, r]) => r.width && r.height && (r.height < 43.5 || r.width < 43.5))
  .map(([html]) => html)
"""


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StationProcess]:
    with page_station(tmp_path_factory.mktemp("dai")) as station:
        yield station


@pytest.fixture(scope="module")
def address(station: StationProcess) -> Iterator[str]:
    """The page, with its first person set up through the browser."""
    with page_of(station.root, station.environment) as (address, code):
        with chromium(PHONE) as driver:
            set_up(driver, address, code)
        yield address


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_accessible_and_asks_nobody_else(address: str, size: tuple[int, int]):
    """Axe finds no violation of WCAG 2.2 AA, nothing has to be scrolled sideways or hit with a
    needle, and no request leaves this machine."""
    script = gzip.decompress(_AXE.read_bytes()).decode()
    found = {}
    with chromium(size) as driver:
        driver.get(f"{address}/vao")
        found["/vao"] = _violations(driver, script)
        sign_in(driver, address)
        for path in PAGES:
            driver.get(address + path)
            found[path] = _violations(driver, script)
            width = driver.execute_script("return document.documentElement.scrollWidth")
            assert width <= size[0], path
            assert driver.execute_script(_SMALL) == [], path
        assert {host.split(":")[0] for host in requested(driver)} == {"127.0.0.1"}
    assert {path: names for path, names in found.items() if names} == {}


def test_the_plan_says_what_is_late_and_what_is_done(address: str):
    """Báo cáo, as the checks above see it, shows a target that is behind and one that is met; on
    a phone none of its tables has to be pushed sideways."""
    with chromium(PHONE) as driver:
        sign_in(driver, address)
        driver.get(f"{address}/bao-cao")
        states = [e.text for e in driver.find_elements("css selector", "main td .state")]
        assert [text.split()[0] for text in states] == ["chậm", "đạt"]
        boxes = driver.find_elements("css selector", ".wide")
        assert all(box.get_property("scrollWidth") <= box.size["width"] for box in boxes)


def _violations(driver, script: str) -> list[str]:
    """Run by the driver, not by the page: the page's policy forbids foreign scripts."""
    driver.set_script_timeout(120)
    driver.execute_script(script)
    result = driver.execute_async_script(_RUN_AXE, _RULES)
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result["violations"]]


def test_stop_works_without_scripts(address: str, station: StationProcess):
    """A browser that runs no script signs in, orders, and reads what became of it."""
    with chromium(PHONE, scripts=False) as driver:
        sign_in(driver, address)
        press(driver, "DỪNG")
        assert driver.find_element("css selector", "[role=status]").text
        driver.get(f"{address}/khan-cap/phat?ten=90-bao")
        assert driver.find_elements("xpath", "//button[contains(., 'PHÁT NGAY')]")


def test_an_emergency_is_held_for_three_seconds_seen_and_stopped(address: str):
    """A short press orders nothing; three seconds do; the page shows it live, and ends it."""
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    with chromium(PHONE) as driver:
        sign_in(driver, address)
        driver.get(f"{address}/khan-cap/phat?ten=90-bao")
        button = driver.find_element("css selector", "[data-hold]")
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        ActionChains(driver).click_and_hold(button).pause(1).release().perform()
        assert "/khan-cap/phat" in driver.current_url
        ActionChains(driver).click_and_hold(button).pause(3.5).release().perform()
        wait_until(lambda: "ĐANG PHÁT KHẨN CẤP" in driver.page_source)
        driver.get(address)
        wait_until(lambda: "Báo bão" in driver.find_element("id", "dang-phat").text)
        assert "Trần Thị Lan" in driver.find_element("id", "dang-phat").text
        driver.get(f"{address}/khan-cap")
        press(driver, "DỪNG KHẨN CẤP")
        wait_until(lambda: "ĐANG PHÁT KHẨN CẤP" not in driver.page_source)


def test_typed_words_are_heard_first(address: str):
    """What somebody types is spoken for him alone, and shown as it is read."""
    with chromium(PHONE) as driver:
        sign_in(driver, address)
        driver.get(f"{address}/khan-cap")
        fill(driver, loi="Cháy rừng ở thôn Hạ, bà con mang dụng cụ ra dập lửa.")
        press(driver, "Tạo tiếng và nghe")
        wait_until(lambda: "/khan-cap/phat" in driver.current_url, seconds=60)
        assert driver.find_elements("css selector", "audio[src*='/khan-cap/nghe']")
        assert "Cháy rừng ở thôn Hạ" in driver.page_source


@pytest.mark.parametrize(
    "path, sent, arrived",
    [
        ("/khan-cap", "Gửi bản thu và nghe", "/khan-cap/phat"),
        ("/ban-tin", "Nộp bản thu", "/ban-tin/91-loi-ba-con"),
    ],
)
def test_a_voice_is_recorded_in_the_browser(address: str, path: str, sent: str, arrived: str):
    """Whoever speaks into the microphone hears himself, hands it in, and finds it at the station
    as long as he spoke."""
    with chromium(PHONE) as driver:
        sign_in(driver, address)
        driver.get(address + path)
        for summary in driver.find_elements("css selector", "summary"):
            summary.click()
        form = driver.find_element("css selector", "[data-recorder]")
        for title in form.find_elements("name", "title"):
            title.send_keys("Lời bà con")
        button = form.find_element("css selector", "[data-record]")
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        wait_until(lambda: form.find_element("css selector", "[data-time]").text == "0:02")
        button.click()
        wait_until(lambda: form.find_element("tag name", "audio").is_displayed())
        press(driver, sent)
        wait_until(lambda: arrived in driver.current_url, seconds=60)
        if path == "/ban-tin":
            press(driver, "Tạo tiếng")
        length = "return document.querySelector('audio')?.duration"
        wait_until(lambda: (driver.execute_script(length) or 0) > 1.5, seconds=60)


def test_a_page_that_stands_open_tells_when_the_station_is_lost(
    address: str, station: StationProcess
):
    """The daemon is killed: within seconds the open page says so, and looks alive no more."""
    with chromium(PHONE) as driver:
        sign_in(driver, address)
        wait_until(lambda: "ĐANG CHỜ" in driver.find_element("id", "dang-phat").text)
        station.close()
        wait_until(
            lambda: "Mất liên lạc với máy phát" in driver.find_element("tag name", "main").text,
            seconds=40,
        )
        assert "ĐANG CHỜ" not in driver.find_element("id", "dang-phat").text


def test_a_page_whose_stream_drops_says_so(address: str, station: StationProcess):
    """The page's own process ends: the open page does not pretend to know anything."""
    del address  # it has set up the person who signs in
    with chromium(PHONE) as driver:
        with page_of(station.root, station.environment) as (other, _code):
            sign_in(driver, other)
            assert not driver.find_element("id", "lost").is_displayed()
        wait_until(lambda: driver.find_element("id", "lost").is_displayed(), seconds=30)
        assert "số liệu lúc" in driver.find_element("id", "lost").text
