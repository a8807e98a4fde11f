"""Debian's Chromium under Playwright, and a stopwatch inside the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
SETTLE_LIMIT_MS = 150_000

# Notes when the main part of the page last changed (after the frame that shows it), when the reader
# last pressed something, and when the server last sent something. The app's own running mark is not
# enough: a fast rerun comes and goes between two of its renders.
STOPWATCH = """
(() => {
  const watch = window.stopwatch = { pressed: 0, changed: 0, heard: 0, screen: 0 };
  // a finished first screen: of a lesson its live sentence and its first picture, of the bare pages
  // their slider or their chart, of the glossary its words
  const finished = () =>
    document.querySelector('.st-key-bare_number input, .st-key-bare_chart .main-svg, .st-key-terms p')
    || (document.querySelector('.st-key-takeaway p')
      && document.querySelector('.chart .plot .main-svg, .network .plot[data-drawn]'));
  const press = () => { watch.pressed = performance.now(); watch.changed = watch.heard = 0; };
  addEventListener('keydown', press, true);
  addEventListener('mousedown', press, true);
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => { watch.heard = performance.now(); });
    }
  };
  const inMain = ({ target }) =>
    (target.nodeType === 1 ? target : target.parentElement)?.closest('[data-testid="stMain"]');
  new MutationObserver((changes) => {
    if (!changes.some(inMain)) return;
    const screen = !watch.screen && finished();
    requestAnimationFrame(() => setTimeout(() => {
      watch.changed = performance.now();
      if (screen) watch.screen ||= watch.changed;
    }));
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})();
"""
# Milliseconds from the press (or from the start of the navigation) to the last change, once the server
# has answered, every chart near the screen is drawn, and nothing has come or changed for 300 ms; null
# until then.
READING = """() => {
  // a chart on or near the screen must be drawn, however long its script takes to come and to be read
  const drawn = (box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return box.querySelector('.plot[data-drawn]') || top > innerHeight + 500 || bottom < -500;
  };
  const { pressed, changed, heard } = window.stopwatch;
  const ready = heard && changed && performance.now() - Math.max(changed, heard) > 300
    && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && document.querySelector('[data-testid="stMain"] h1')
    && !document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]')
    // what follows the first screen is still to come
    && !document.querySelector('[class*="_later"]:not([data-retained])')
    && [...document.querySelectorAll('[class*="_picture"]:not([class*="_words"])')].every(drawn)
    && !document.querySelector('[data-testid="stPlotlyChart"]:not(:has(.js-plotly-plot))')
    && !document.querySelector('.st-key-bare_chart:not(:has(.main-svg))')
    && [...document.images].every((image) => image.complete);
  return ready ? changed - pressed : null;
}"""


def chromium_path() -> str | None:
    """Where the PATH has a Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A headless Chromium.

    Raises
    ------
    FileNotFoundError
        No Chromium on the PATH.
    """
    path = chromium_path()
    if path is None:
        raise FileNotFoundError("no chromium on the PATH: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def read_stopwatch(page: Page) -> float:
    """Milliseconds from the last press, or else from the start of the navigation, to the last change."""
    return float(page.wait_for_function(READING, timeout=SETTLE_LIMIT_MS).json_value())


def read_first_screen(page: Page) -> float:
    """Milliseconds from the start of the navigation to a finished first screen; the rest came after it."""
    return float(page.evaluate("() => window.stopwatch.screen"))
