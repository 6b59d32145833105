"""The page in a real browser that runs no script, and under hands that hold no mouse."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from needs import needs
from page_process import PASSWORD, page_of, set_up
from station_process import WEEK, StationProcess
from web_browser import PHONE, chromium, fill, press, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = pytest.mark.integration

TEXT = "Tối mai thôn họp bàn việc làm đường, mời bà con tới dự đông đủ."
_FARTHEST = 150
_IS_SEEN = """
const style = getComputedStyle(document.activeElement);
return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1;
"""


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """The week of a station where everything is approved."""
    needs("espeak-ng", "espeak-ng")
    station = StationProcess(tmp_path / "dai")
    station.make(output='"null"')
    settings = station.root / "station.yaml"
    settings.write_text(settings.read_text("utf-8") + "approval: {own: true}\n", encoding="utf-8")
    week = station.root / "schedules/tuan.yaml"
    week.write_text(WEEK.format(at=time(17), programme="ban-tin"), encoding="utf-8")
    return week


@pytest.fixture
def address(week: Path) -> Iterator[str]:
    station = StationProcess(week.parents[1])
    with page_of(station.root, station.environment) as (address, code):
        with chromium(PHONE) as driver:
            set_up(driver, address, code)
        yield address


class Mouse:
    """Types into fields and clicks."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def write(self, name: str, text: str) -> None:
        fill(self.driver, **{name: text})

    def press(self, words: str, *kinds: str) -> None:
        press(self.driver, words, kinds=kinds)


class Keyboard(Mouse):
    """Goes from place to place with the Tab key alone, and sees where it is."""

    def write(self, name: str, text: str) -> None:
        self._reach(lambda place: place.get_attribute("name") == name)
        self._type(text)

    def press(self, words: str, *kinds: str) -> None:
        self._reach(lambda place: words in place.text and place.tag_name in kinds)
        self._type("\ue007")  # Enter

    def _reach(self, is_wanted: Callable[[WebElement], bool]) -> None:
        for _step in range(_FARTHEST):
            self._type("\ue004")  # Tab
            if is_wanted(self.driver.switch_to.active_element):
                assert self.driver.execute_script(_IS_SEEN), "nobody sees where he is"
                return
        pytest.fail(f"no Tab reaches it on {self.driver.current_url}")

    def _type(self, text: str) -> None:
        from selenium.webdriver import ActionChains  # noqa: PLC0415

        ActionChains(self.driver).send_keys(text).perform()


def is_gone(page: WebElement) -> bool:
    from selenium.common.exceptions import StaleElementReferenceException  # noqa: PLC0415

    try:
        page.is_enabled()
    except StaleElementReferenceException:
        return True
    return False


@pytest.mark.parametrize(("hands", "scripts"), [(Mouse, False), (Keyboard, True)])
def test_a_bulletin_goes_into_the_week(
    address: str, week: Path, hands: type[Mouse], scripts: bool
) -> None:
    """On an old telephone that runs no script, and without a mouse: written, listened to, handed
    in, approved, put into the week, and the week is as it was again."""
    before = week.read_bytes()
    with chromium(PHONE, scripts=scripts) as driver:
        hand = hands(driver)

        def follow(words: str, seen: str, *kinds: str) -> None:
            page = driver.find_element("tag name", "html")
            hand.press(words, *(kinds or ("a", "button")))
            wait_until(lambda: is_gone(page), seconds=60)
            wait_until(lambda: seen in driver.page_source)

        driver.get(f"{address}/vao")
        hand.write("ten", "lan")
        hand.write("mat-khau", PASSWORD)
        follow("Đăng nhập", "Lịch tuần")
        follow("Bản tin", "Soạn hoặc dán bản tin")
        follow("Soạn hoặc dán bản tin", "Lưu bài")
        hand.write("title", "Họp thôn")
        hand.write("body", TEXT)
        follow("Lưu bài", "Tạo tiếng")
        follow("Tạo tiếng", "<audio")
        follow("Gửi duyệt", "Chờ duyệt")
        follow("Duyệt", "Họp thôn", "a")
        follow("Họp thôn", "Quyết định của bạn")
        follow("Duyệt", "Đã duyệt", "button")
        follow("Lịch tuần", "Thêm khung giờ")
        follow("Thêm khung giờ", "Xem thay đổi")
        hand.write("at", "0530AM")
        follow("Xem thay đổi", "Áp dụng")
        follow("Áp dụng", "Hoàn tác")
        assert b"05:30" in week.read_bytes()
        follow("Hoàn tác", "Lịch tuần")
        assert week.read_bytes() == before
