"""How fast every page feels, next to a bare Streamlit page: ``python -m benchmarks.pages``.

There are three bare pages: one control with the dashboard's own ``.streamlit/config.toml``; the same with
Streamlit's defaults, to see what the settings do; and one control that moves one chart of Streamlit's own,
with our settings, because every page of ours draws a chart. Ratios are taken to the first and to the third.

In a real browser: the first load in an empty browser profile, and one press on the page's first control,
each until the last change of the picture. Over a real websocket: the server's part of a rerun, from the
new value sent to the script-finished message. Ours and the bare page take turns, so that both see the
same machine. Fresh servers are started for the first page after a restart.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import TimeoutError as NotSettled

from benchmarks.browser import STOPWATCH, read_first_screen, read_stopwatch, running_browser
from benchmarks.numbers import percentile, ratio
from benchmarks.server import BARE, BARE_CHART, DASHBOARD, Server, running_server
from benchmarks.viewer import MOVABLE, Viewer
from pages._shared.catalogue import PAGES

# The first of these that the page has is the control that is pressed.
CONTROLS = (
    ("slider, arrow key", '[data-testid="stSlider"] input[type="range"]'),
    ("number, arrow key", 'input[type="number"]'),
    ("pill, click", '[data-testid="stButtonGroup"] button'),
    ("choice, click", '[role="radiogroup"] label'),
)


@dataclass
class Measured:
    """Samples of one page."""

    first_screen_ms: list[float] = field(default_factory=list)
    first_load_ms: list[float] = field(default_factory=list)
    interaction_ms: list[float] = field(default_factory=list)
    rerun_ms: list[float] = field(default_factory=list)
    load_bytes: list[int] = field(default_factory=list)
    load_websocket_bytes: list[int] = field(default_factory=list)
    interaction_bytes: list[float] = field(default_factory=list)
    interaction: str | None = None
    errors: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """The numbers that are printed."""
        timed = ("first_screen_ms", "first_load_ms", "interaction_ms", "rerun_ms")
        spread = {
            f"{key}_{p}": percentile(getattr(self, key), q)
            for key in timed
            for p, q in (("p50", 50), ("p95", 95))
        }
        sizes = ("load_bytes", "load_websocket_bytes", "interaction_bytes")
        sent = {f"{key}_p50": percentile(getattr(self, key), 50) for key in sizes}
        return spread | sent | {"interaction": self.interaction, "errors": sorted(set(self.errors))[:5]}


class Wire:
    """Counts what arrives in one browser page, compressed as it travels."""

    def __init__(self, page: Page) -> None:
        self.http = self.websocket = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._add_http)
        session.on("Network.webSocketFrameReceived", self._add_frame)

    def _add_http(self, event: dict[str, Any]) -> None:
        self.http += int(event["encodedDataLength"])

    def _add_frame(self, event: dict[str, Any]) -> None:
        response = event["response"]
        binary = response["opcode"] == 2  # then the text is base64: 4 characters for 3 bytes
        self.websocket += len(response["payloadData"]) * 3 // 4 if binary else len(response["payloadData"])


def visit(browser: Browser, address: str, presses: int, into: Measured) -> None:
    """One first load in an empty profile, then presses on the first control."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(STOPWATCH)
    page = context.new_page()
    page.on("pageerror", lambda error: into.errors.append(str(error)[:200]))
    wire = Wire(page)
    try:
        page.goto(address)
        into.first_load_ms.append(read_stopwatch(page))
        into.first_screen_ms.append(read_first_screen(page))
        into.load_bytes.append(wire.http + wire.websocket)
        into.load_websocket_bytes.append(wire.websocket)
        for number in range(presses):
            before = wire.websocket
            if not _press_first_control(page, number, into):
                break
            into.interaction_ms.append(read_stopwatch(page))
            into.interaction_bytes.append(wire.websocket - before)
    except NotSettled:
        into.errors.append(f"{address.partition('//')[2].partition('/')[2] or 'start'} did not settle")
    finally:
        context.close()


def _press_first_control(page: Page, number: int, into: Measured) -> bool:
    for name, selector in CONTROLS:
        found = page.locator(f'[data-testid="stMain"] {selector}')
        if found.count():
            into.interaction = name
            if "arrow" in name:
                _press_arrow(found.first, number)
            else:
                found.nth(number % 2).click()
            return True
    return False


def _press_arrow(control: Locator, number: int) -> None:
    """Up for four presses, down for four; the other way where the scale ends."""
    value, low, high = (
        float(control.evaluate(f"e => e.{name}") or default)
        for name, default in (("value", 0), ("min", "-inf"), ("max", "inf"))
    )
    up = value <= low or (value < high and number % 8 < 4)
    control.press("ArrowUp" if up else "ArrowDown")


async def _time_reruns(targets: dict[str, tuple[Server, str]], moves: int, into: dict[str, Measured]) -> None:
    """Viewers take turns: one move of the bare page, one of each of ours, and so on."""
    viewers = {name: Viewer(server.url, path, seed=0) for name, (server, path) in targets.items()}
    for name, viewer in viewers.items():
        await viewer.connect()
        into[name].errors += (await viewer.open_page()).errors
    for _ in range(moves):
        for name, viewer in viewers.items():
            kinds = {control.kind for control in viewer.controls.values()}
            if not kinds:
                continue  # a page without controls
            rerun = await viewer.move(("slider",) if "slider" in kinds else MOVABLE)
            into[name].rerun_ms.append(rerun.ms)
            into[name].errors += rerun.errors
            await asyncio.sleep(0.05)  # the server's own work after a run must not fall into the next one
    for viewer in viewers.values():
        await viewer.close()


def _fresh_server(
    browser: Browser, script: str, path: str, repeats: int, *, defaults: bool = False
) -> dict[str, float]:
    """Medians for the first visitor after a restart."""
    health, screen, first, total = [], [], [], []
    for _ in range(repeats):
        begun = time.perf_counter()
        with running_server(script, defaults=defaults) as server:
            measured = Measured()
            opened = time.perf_counter()
            visit(browser, f"{server.url}/{path}", 0, measured)
            if measured.first_load_ms:
                health.append(server.health_ms)
                screen.append(measured.first_screen_ms[0])
                first.append(measured.first_load_ms[0])
                total.append((opened - begun) * 1000 + measured.first_load_ms[0])
    if not first:
        raise RuntimeError(f"a fresh server of {script} never showed /{path}")
    timed = {
        "health_ms": health,
        "first_screen_ms": screen,
        "first_page_ms": first,
        "start_to_first_page_ms": total,
    }
    return {name: round(statistics.median(samples), 1) for name, samples in timed.items()}


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Measure everything and return it as the JSON object says it."""
    listed = [entry.path for entry in PAGES]
    paths = {f"/{path}": path for path in listed if not args.page or path in args.page}
    measured: dict[str, Measured] = defaultdict(Measured)
    with running_browser() as browser:
        _say("fresh servers …")
        fresh = {"bare": _fresh_server(browser, BARE, "", args.fresh)}
        fresh["bare_default_settings"] = _fresh_server(browser, BARE, "", args.fresh, defaults=True)
        fresh["bare_with_chart"] = _fresh_server(browser, BARE_CHART, "", args.fresh)
        fresh |= {name: _fresh_server(browser, DASHBOARD, path, args.fresh) for name, path in paths.items()}
    with (
        running_server(BARE) as bare,
        running_server(BARE, defaults=True) as default,
        running_server(BARE_CHART) as chart,
        running_server(DASHBOARD) as dashboard,
    ):
        yardsticks = {
            "bare": (bare, ""),
            "bare_default_settings": (default, ""),
            "bare_with_chart": (chart, ""),
        }
        targets = yardsticks | {name: (dashboard, path) for name, path in paths.items()}
        with running_browser() as browser:
            for turn in range(args.loads):
                for name, (server, path) in targets.items():
                    _say(f"load {turn + 1} of {args.loads}: {name}")
                    visit(browser, f"{server.url}/{path}", args.presses, measured[name])
        _say("reruns …")
        asyncio.run(_time_reruns(targets, args.moves, measured))
        memory = {"bare": round(bare.peak_rss_mib()), "dashboard": round(dashboard.peak_rss_mib())}
    rows = {name: measured[name].summary() | {"fresh_server": fresh[name]} for name in targets}
    bare_rows = {name: rows.pop(name) for name in yardsticks}
    plain, drawn = bare_rows["bare"], bare_rows["bare_with_chart"]
    return {
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 2),
        "samples": {key: getattr(args, key) for key in ("loads", "presses", "moves", "fresh")},
        "rerun_measured": "websocket: new value sent to script finished, server and loopback",
        "peak_rss_mib": memory,
        **bare_rows,
        "pages": {
            name: row
            | {"ratio_to_bare": _ratios(row, plain), "ratio_to_bare_with_chart": _ratios(row, drawn)}
            for name, row in rows.items()
        },
    }


def _ratios(row: dict[str, Any], bare: dict[str, Any]) -> dict[str, float | None]:
    keys = [
        f"{what}_ms_{p}"
        for what in ("first_screen", "first_load", "interaction", "rerun")
        for p in ("p50", "p95")
    ]
    ours, theirs = row["fresh_server"], bare["fresh_server"]
    ratios = {key: ratio(row[key], bare[key]) for key in [*keys, "load_bytes_p50"]}
    return ratios | {f"fresh_{key}": ratio(ours[key], theirs[key]) for key in ours}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", action="append", help="path of a page (all listed pages if not given)")
    parser.add_argument("--loads", type=int, default=5, help="first loads of each page")
    parser.add_argument("--presses", type=int, default=6, help="presses on the first control after each load")
    parser.add_argument("--moves", type=int, default=30, help="reruns timed over the websocket")
    parser.add_argument("--fresh", type=int, default=3, help="fresh servers per page")
    args = parser.parse_args()
    if min(args.loads, args.fresh) < 1 or min(args.presses, args.moves) < 0:
        parser.error("at least one load and one fresh server")
    print(json.dumps(measure(args), indent=2))


if __name__ == "__main__":
    main()
