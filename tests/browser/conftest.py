"""A real server, a real Chromium, and readers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING

import pytest

from benchmarks.server import Server, running_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.reader import Reader

    NewReader = Callable[..., Reader]

NEEDED = {
    "Chromium on the PATH (apt-get install chromium)": which("chromium") or which("chromium-browser"),
    "the package playwright (pip install -r requirements-dev.txt)": find_spec("playwright"),
}
MISSING = " and ".join(name for name, found in NEEDED.items() if not found)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests. Without one they are skipped, or fail where they are required."""
    if MISSING and os.environ.get("BROWSER_TESTS") == "required":
        pytest.fail(f"The browser tests need {MISSING}.", pytrace=False)
    if MISSING:
        pytest.skip(f"The browser tests need {MISSING}.")
    from benchmarks.browser import running_browser

    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The dashboard, served as in production, for all browser tests."""
    with running_server() as running:
        yield running


@pytest.fixture
def fresh_server() -> Iterator[Server]:
    """A server that nobody has visited yet."""
    with running_server() as running:
        yield running


@pytest.fixture
def new_reader(chromium: Browser) -> Iterator[NewReader]:
    """Makes readers, each with an empty profile: ``new_reader(server, size=PHONE)``."""
    from tests.browser.reader import WIDE, Reader

    contexts: list[BrowserContext] = []

    def make(server: Server, size: tuple[int, int] = WIDE) -> Reader:
        viewport = {"width": size[0], "height": size[1]}
        contexts.append(chromium.new_context(viewport=viewport, reduced_motion="reduce"))  # type: ignore[arg-type]
        return Reader(contexts[-1].new_page(), server)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def reader(new_reader: NewReader, server: Server) -> Reader:
    """One reader at a wide screen."""
    return new_reader(server)
