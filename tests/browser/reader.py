"""Somebody in front of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.browser import STOPWATCH, read_stopwatch
from benchmarks.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Locator, Page

WIDE, PHONE = (1440, 900), (390, 844)
ERROR_BOXES = '[data-testid="stException"], [data-testid="stAlertContentError"], [role="dialog"]'


class Reader:
    """One browser profile with one open page, and what went wrong in it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        self.problems: list[str] = []
        page.add_init_script(STOPWATCH)
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} {message.location}")

    def go(self, path: str, query: str = "") -> None:
        """To a page by its link, and no waiting for what it shows."""
        self.page.goto(f"{self.server.url}/{path}" + (f"?{query}" if query else ""))

    def open(self, path: str, query: str = "") -> None:
        """Go to a page by its link and wait until it stands still."""
        self.go(path, query)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has answered the last press and nothing changes any more."""
        read_stopwatch(self.page)

    def nudge(self, control: Locator) -> None:
        """One step of a slider or number field; back where the scale ends."""
        at_end = control.evaluate("input => input.max !== '' && Number(input.value) >= Number(input.max)")
        control.press("ArrowDown" if at_end else "ArrowUp")
        self.settle()

    def click(self, control: Locator) -> None:
        """One click, and the page that comes of it."""
        control.click()
        self.settle()

    def takeaway(self) -> str:
        """The live sentence."""
        return self.page.locator(".st-key-takeaway").inner_text()

    def controls(self) -> Locator:
        """The box with the controls of the page's first picture."""
        return self.page.locator('[class*="st-key-"][class*="_controls"]').first

    def errors(self) -> list[str]:
        """Exception boxes, "page not found", and what the console complained about; empty if all is well."""
        return [*self.page.locator(ERROR_BOXES).all_inner_texts(), *self.problems]
