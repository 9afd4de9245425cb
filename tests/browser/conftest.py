"""The real server, started as a user does, and a real Chromium."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from harbour import HARBOUR
from patience import LAST_RESORT_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # WebGL without a graphics card
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    # a test's page lives for seconds: what it costs to compile scripts twice more, for speed, is never earned back
    "--js-flags=--no-opt --no-maglev",
]
ROOM: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", "device_scale_factor": 0.25}
"""A desktop; the map has half as many dots each way, since they are drawn without a graphics card."""
INSTALL = "The page's tests need Chromium: install it ('apt-get install chromium') and run the tests again."


EXPECTED_FAULTS = "status of (4(00|09|22)|503)|ERR_(INTERNET_DISCONNECTED|CONNECTION_|EMPTY_RESPONSE|INCOMPLETE_CHUNKED)"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium: the one that CLEARWAY_CHROMIUM names, the machine's own, or Playwright's."""
    named = os.environ.get("CLEARWAY_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=named, args=FLAGS, timeout=LAST_RESORT_MS)
        except Error:
            pytest.fail(INSTALL, pytrace=False)
        expect.set_options(timeout=LAST_RESORT_MS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ``clearway demo`` is open; tests write entries there."""
    with demonstration(tmp_path_factory.mktemp("data")) as found:
        yield found


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ``clearway demo`` is open and no test writes."""
    with demonstration(tmp_path_factory.mktemp("untouched")) as found:
        yield found


@pytest.fixture(scope="session")
def today(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ``clearway demo`` is open and tests write entries of today, years after all others."""
    with demonstration(tmp_path_factory.mktemp("today")) as found:
        yield found


def demonstration(folder: Path) -> contextlib.AbstractContextManager[str]:
    """The address of ``clearway demo``, as long as it is wanted."""
    return served("demo", folder)


@contextlib.contextmanager
def served(command: str, folder: Path) -> Iterator[str]:
    """The address of ``clearway demo`` or ``clearway serve``, as long as it is wanted."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "clearway", command, "--no-browser", "--data", str(folder)],
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    try:
        for line in process.stdout or ():
            said.append(line)
            if found := re.search(r"http://\S+/", line):
                yield found[0]
                break
        else:
            pytest.fail(f"The server did not start: {said}")
    finally:
        process.terminate()
        process.communicate()


class Screens:
    """Kept browser contexts, since a new one fetches and compiles the page's scripts anew; who opens a page has one alone."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}
        self._taken: list[tuple[str, BrowserContext]] = []

    def take(self, options: dict[str, Any]) -> BrowserContext:
        """A context with these options that no open page of the test is in."""
        key = repr(sorted(options.items()))
        free = self._free.setdefault(key, [])
        self._taken.append((key, free.pop() if free else self._browser.new_context(**options)))
        return self._taken[-1][1]

    def give_back(self) -> None:
        """Close the pages of the test; their contexts are free for the next."""
        for key, context in self._taken:
            for page in context.pages:
                page.close()
            context.set_offline(offline=False)
            self._free[key].append(context)
        self._taken.clear()


@pytest.fixture(scope="session")
def screens(chromium: Browser) -> Screens:
    """The contexts that this process keeps."""
    return Screens(chromium)


@pytest.fixture
def opened(screens: Screens, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page, on the Plan desk where no address is given, and waits until the plan is drawn.

    Fails when a request leaves the host or the page reports a fault.
    """
    hosts = {address}  # and a relay to it, where a test opens the page by one
    strangers: list[str] = []
    faults: list[str] = []

    def watch(url: str) -> None:
        if not url.removeprefix("blob:").startswith(("data:", *hosts)):
            strangers.append(url)

    def note(kind: str, text: str) -> None:
        # a refusal of the server is an answer, and some tests cut the network; the browser counts both as faults of loading
        if kind == "error" and not re.search(EXPECTED_FAULTS, text):
            faults.append(text)

    def open_page(
        where: str = "",
        *,
        ready: bool = True,
        first_time: bool = False,
        **options: Any,  # noqa: ANN401 - Playwright's own options
    ) -> Page:
        where = where or f"{address}#desk=plan"
        context = screens.take(ROOM | options)
        page = context.new_page()
        page.set_default_timeout(LAST_RESORT_MS)
        forget = {"origin": where.partition("#")[0], "storageTypes": "local_storage"}  # of the test before, in this context
        context.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)
        if not first_time:
            page.add_init_script("if (location.origin !== 'null') localStorage.setItem('clearway-tour', 'seen')")
        page.on("request", lambda request: watch(request.url))
        page.on("console", lambda message: note(message.type, message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        if local := re.match(r"http://127\.0\.0\.1:\d+/", where):
            hosts.add(local[0])
        page.goto(where)
        if ready:
            settled(page)
        return page

    yield open_page
    screens.give_back()
    assert strangers == []
    assert faults == []


def _drawn(page: Page) -> None:
    """Wait until the map has come to rest."""
    page.evaluate(
        """() => new Promise((done) => {
            window.clearway.map.once("idle", () => done(null));
            window.clearway.map.triggerRepaint();
        })"""
    )


def settled(page: Page) -> None:
    """Wait until the answer to the present question is there and the map has drawn it."""
    page.wait_for_function(
        """() => {
            const room = window.clearway?.desks.plan.get();
            return room && room.status === "idle" && room.answer && room.answered === room.history.present
                && window.clearway.map.isStyleLoaded() && window.clearway.map.areTilesLoaded();
        }"""
    )
    _drawn(page)


def linked(page: Page) -> None:
    """Wait until the address names the part of the map that is shown; it does so last, when all else has come to rest."""
    page.wait_for_function(
        """() => {
            const {lng, lat} = window.clearway.map.getCenter();
            const view = [lng.toFixed(5), lat.toFixed(5), window.clearway.map.getZoom().toFixed(2)].join(",");
            return decodeURIComponent(location.hash).includes(`v=${view}`);
        }"""
    )


def pictured(page: Page) -> None:
    """Wait until the picture of the moments shown is there and drawn."""
    page.wait_for_function(
        """() => {
            const watch = window.clearway?.desks.picture.get();
            const there = watch?.picture && Date.parse(watch.picture.at) === watch.at;
            const known = there && Date.parse(watch.picture.known_at);  // at the end, what was learnt later counts too
            return there && (known === watch.knownAt || (watch.linked && known > watch.knownAt))
                && window.clearway.map.isStyleLoaded() && window.clearway.map.areTilesLoaded();
        }"""
    )
    _drawn(page)


@pytest.fixture
def watched(opened: Callable[..., Page], address: str) -> Callable[..., Page]:
    """Opens the page on the Picture desk and waits until the picture is drawn."""

    def open_page(link: str = "", *, at: str = address, **options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
        page = opened(f"{at}{link}", ready=False, **options)
        pictured(page)
        return page

    return open_page


@pytest.fixture
def paged(watched: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the page as ``watched`` does, with the map over open water: for what concerns the panel alone."""

    def open_page(link: str = "#", **options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
        return watched(f"{link}&{HARBOUR}", **options)

    return open_page


@pytest.fixture
def wait_until_pictured() -> Callable[[Page], None]:
    return pictured


@pytest.fixture
def wait_until_settled() -> Callable[[Page], None]:
    return settled


@pytest.fixture
def wait_until_linked() -> Callable[[Page], None]:
    return linked


@pytest.fixture
def started() -> Callable[[str, Path], contextlib.AbstractContextManager[str]]:
    """Starts a server of a test's own."""
    return served
