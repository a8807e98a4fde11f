"""What a film costs: ``python -m benchmarks.films``.

Every lesson is opened in a real browser and every film on it is played to its end. For each: bytes of the
picture and of its frames, sent once; messages to and from the server while it plays, which must be none; and
frames that the browser showed a second.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.browser import STOPWATCH, read_stopwatch, running_browser
from benchmarks.server import running_server
from dl_core.figures.film import LARGEST
from pages._shared.catalogue import LESSONS
from pages._shared.chart import unpacked

LONGEST_S = 60
NAVIGATION = Path(__file__).parents[1] / "pages" / "_navigation.py"


def sizes(path: str) -> dict[str, dict[str, int]]:
    """Bytes of each picture with a film, at the scene's defaults, by the scene's key."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(NAVIGATION), default_timeout=120).run()
    app.switch_page(f"{path}.py").run()
    found = {}
    for each in app.get("bidi_component"):
        if each.proto.component_name != "chart":
            continue
        data = unpacked(each.proto.bytes)
        if data["film"]:
            key = each.proto.id.split("-", 2)[-1].removesuffix("_picture")
            frames = len(json.loads(data["film"])["captions"])
            found[key] = {
                "picture_bytes": len(data["figure"].encode()),
                "film_bytes": len(data["film"].encode()),
                "frames": frames,
            }
    return found


def play(page: Page, key: str, messages: list[str]) -> dict[str, float]:
    """Play one film to its end."""
    chart = page.locator(f".st-key-{key}_picture .chart")
    chart.scroll_into_view_if_needed()
    chart.locator(".plot[data-drawn]").wait_for(state="visible")
    page.wait_for_timeout(1_000)  # neighbours that scrolling brought near are drawn, too
    plot = chart.locator(".plot")
    before, begun = int(plot.get_attribute("data-drawn") or 0), time.perf_counter()
    messages.clear()
    chart.locator(".film .play").click()
    chart.locator('.film .play[data-playing="false"]').wait_for(timeout=LONGEST_S * 1000)
    seconds = time.perf_counter() - begun
    shown = int(plot.get_attribute("data-drawn") or 0) - before
    return {"frames_per_second": round(shown / seconds, 1), "messages_while_playing": len(messages)}


def measure(paths: list[str]) -> dict[str, Any]:
    """Play every film of these lessons and return the JSON object."""
    result: dict[str, Any] = {path: sizes(path) for path in paths}  # before the browser: both have a loop
    with running_server() as server, running_browser() as browser:
        for path in paths:
            print(path, file=sys.stderr, flush=True)
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            context.add_init_script(STOPWATCH)
            page, messages = context.new_page(), []
            page.on("websocket", lambda socket, heard=messages: _listen(socket, heard))
            page.goto(f"{server.url}/{path}")
            read_stopwatch(page)
            for key, size in result[path].items():
                size |= play(page, key, messages)  # type: ignore[arg-type]
            context.close()
    every = [film for films in result.values() for film in films.values()]
    return {
        "limit_bytes": LARGEST,
        "films": len(every),
        "largest_bytes": max(film["picture_bytes"] + film["film_bytes"] for film in every),
        "messages_while_playing": sum(film["messages_while_playing"] for film in every),
        "lessons": result,
    }


def _listen(socket: Any, heard: list[str]) -> None:
    socket.on("framesent", lambda _: heard.append("sent"))
    socket.on("framereceived", lambda _: heard.append("received"))


def main() -> None:
    """Measure and print one JSON object."""
    listed = [entry.path for entry in LESSONS]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", action="append", choices=listed, help="a lesson (all if not given)")
    args = parser.parse_args()
    print(json.dumps(measure(args.page or listed), indent=2))


if __name__ == "__main__":
    main()
