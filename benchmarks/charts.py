"""Streamlit's own chart element or ours: ``python -m benchmarks.charts``.

A slider moves a line of 1,000 points on three pages that differ in one line: no chart, `st.plotly_chart`,
and the element of `pages/_shared/chart.py`, which updates in place. They take turns. For each: press to
last change of the picture, how often the chart's node was rebuilt, and whether a zoom survived.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.browser import STOPWATCH, read_stopwatch, running_browser
from benchmarks.numbers import percentile, ratio
from benchmarks.server import running_server

WAYS = ("none", "native", "in_place")
CHART = ".js-plotly-plot"
RANGE = f"() => document.querySelector('{CHART}')._fullLayout.xaxis.range.map((end) => end.toFixed(6)).join()"
# How many different nodes the chart has had: each new one is marked when it is first seen.
NODES = f"""() => {{
  const chart = document.querySelector('{CHART}');
  if (chart && !chart.seenBefore) {{ chart.seenBefore = true; window.nodes = (window.nodes ?? 0) + 1; }}
  return window.nodes ?? 0;
}}"""


def visit(browser: Browser, address: str, way: str, presses: int) -> dict[str, Any]:
    """Load the page, zoom, press the slider, and say what happened to the chart."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(STOPWATCH)
    try:
        page = context.new_page()
        page.goto(f"{address}/?way={way}")
        seen: dict[str, Any] = {"load": [read_stopwatch(page)], "painted": []}
        slider = page.locator('[data-testid="stSlider"] input[type="range"]')
        zoomed = _zoom(page) if way != "none" else ""
        page.evaluate(NODES)
        for number in range(presses):
            slider.press("ArrowRight" if number % 8 < 4 else "ArrowLeft")
            seen["painted"].append(read_stopwatch(page))
            page.evaluate(NODES)
        if way != "none":
            seen["nodes"] = page.evaluate(NODES)
            seen["zoom_kept"] = page.evaluate(RANGE) == zoomed
        return seen
    finally:
        context.close()


def _zoom(page: Page) -> str:
    page.locator(CHART).hover()
    page.locator(f'{CHART} .modebar-btn[data-title="Zoom in"]').click()
    page.wait_for_timeout(500)
    return str(page.evaluate(RANGE))


def measure(loads: int, presses: int) -> dict[str, Any]:
    """Measure all three ways and return the JSON object."""
    samples: dict[str, dict[str, list[Any]]] = {way: defaultdict(list) for way in WAYS}
    with running_server("benchmarks/served/chart_app.py") as server, running_browser() as browser:
        for turn in range(loads):
            for way in WAYS:
                print(f"load {turn + 1} of {loads}: {way}", file=sys.stderr, flush=True)
                for name, value in visit(browser, server.url, way, presses).items():
                    samples[way][name] += value if isinstance(value, list) else [value]
    result: dict[str, Any] = {"points": 1000, "loads": loads, "presses_per_load": presses}
    for way, seen in samples.items():
        result[way] = {
            "first_load_ms_p50": percentile(seen["load"], 50),
            "painted_ms_p50": percentile(seen["painted"], 50),
            "painted_ms_p95": percentile(seen["painted"], 95),
        }
        if way != "none":
            result[way] |= {"nodes_per_load": max(seen["nodes"]), "zoom_kept": all(seen["zoom_kept"])}
    ours, native = result["in_place"]["painted_ms_p50"], result["native"]["painted_ms_p50"]
    return result | {"in_place_to_native": ratio(ours, native)}


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--loads", type=int, default=3, help="first loads of each page")
    parser.add_argument("--presses", type=int, default=8, help="slider moves after each load")
    args = parser.parse_args()
    if args.loads < 1 or args.presses < 1:
        parser.error("at least one load and one press")
    print(json.dumps(measure(args.loads, args.presses), indent=2))


if __name__ == "__main__":
    main()
