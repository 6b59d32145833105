"""Debian's own Chromium, without a window, that asks nobody but this machine."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from needs import needs, needs_module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

PHONE, DESKTOP = (360, 780), (1280, 900)
_QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-domain-reliability",
    "--no-first-run",
    "--no-pings",
    "--hide-scrollbars",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def chromium(size: tuple[int, int], *, scripts: bool = True) -> Iterator[Chrome]:
    """A browser with a window of ``size``; without ``scripts`` it runs none."""
    webdriver = needs_module("selenium.webdriver", "pip install -e '.[dev]'")
    service_module = needs_module("selenium.webdriver.chrome.service", "pip install -e '.[dev]'")
    options = webdriver.ChromeOptions()
    options.binary_location = needs("chromium", "chromium")
    with tempfile.TemporaryDirectory() as profile:
        for argument in (*_QUIET, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        if not scripts:
            options.add_experimental_option(
                "prefs", {"profile.managed_default_content_settings.javascript": 2}
            )
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        service = service_module.Service(needs("chromedriver", "chromium-driver"))
        driver = webdriver.Chrome(options=options, service=service)
        try:
            _resize(driver, size)
            yield driver
        finally:
            driver.quit()


def _resize(driver: Chrome, size: tuple[int, int]) -> None:
    width, height = size
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def picture(driver: Chrome) -> bytes:
    """The whole page as PNG, however long."""
    import base64  # noqa: PLC0415

    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    return base64.b64decode(shot["data"])


def requested(driver: Chrome) -> set[str]:
    """The hosts that the browser has asked since the last call."""
    hosts = set()
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            address = message["params"]["request"]["url"]
            if address.startswith(("http:", "https:", "ws:", "wss:")):
                hosts.add(address.split("/")[2])
    return hosts


def wait_until(condition, *, seconds: float = 20.0):
    """What ``condition`` gives, as soon as it is something."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError
        threading.Event().wait(0.05)
    return found


def fill(driver: Chrome, **fields: str) -> None:
    """Type into the fields of these names (``_`` for ``-``), as a person would."""
    for name, value in fields.items():
        field = driver.find_element("name", name.replace("_", "-"))
        field.clear()
        field.send_keys(value)


def press(driver: Chrome, words: str, *, kinds: tuple[str, ...] = ("button", "a")) -> None:
    """Press the button, or follow the link, that shows ``words``, as soon as it is there."""
    path = "|".join(f"//{kind}[contains(normalize-space(.), '{words}')]" for kind in kinds)
    wait_until(lambda: _pressed(driver, path))


def follow(driver: Chrome, words: str) -> None:
    """Press the button that shows ``words``, and wait for the page that it leads to."""
    driver.execute_script("window.isLeft = true")
    press(driver, words)
    arrived = "return !window.isLeft && document.readyState === 'complete'"
    wait_until(lambda: driver.execute_script(arrived))


def _pressed(driver: Chrome, path: str) -> bool:
    """False too where the page has just put another element in the place of this one."""
    from selenium.common.exceptions import StaleElementReferenceException  # noqa: PLC0415

    found = driver.find_elements("xpath", path)
    if not found:
        return False
    try:
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found[0])
        found[0].click()
    except StaleElementReferenceException:
        return False
    return True
