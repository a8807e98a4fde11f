"""The page that every address gets first: Streamlit's own shell, told what the first screen will ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit as st

from pages._shared import plotly_script

STATIC = Path(st.__file__).parent / "static"
# without this, a browser on /knn_vs_softmax first looks for a server under that address and logs two errors
ONE_ADDRESS = "<script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href};</script>"
# Plotly's script is fetched while Streamlit starts, and read while Streamlit waits for the server's first
# answer: it asks for the host's configuration, and then opens its connection
CHARTS_FIRST = """<link rel="preload" as="script" href="{name}">
<script>new PerformanceObserver((list, watch) => {
  if (!list.getEntries().some((entry) => entry.name.endsWith("/host-config"))) return;
  watch.disconnect();
  const ready = window.plotlyReady ??= {};
  setTimeout(() => ready["{name}"] ??= new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = new URL("{name}", document.baseURI).href;
    tag.onload = () => resolve(window.Plotly);
    tag.onerror = () => { ready["{name}"] = undefined; reject(new Error("No chart library.")); };
    document.head.append(tag);
  }), 30);
}).observe({type: "resource", buffered: true});</script>
"""
# parts of Streamlit that a first screen shows; it would look for each when the server first names it
FIRST_SCREEN = ("BidiComponent", "ButtonGroup", "Button", "Slider", "Html", "PageLink")
HEADINGS = "SourceSerifVariable-Roman"  # their font
_IMPORT = re.compile(r'from"\./([\w.-]+\.js)"')


@cache
def shell() -> str:
    """The shell's HTML."""
    own = (STATIC / "index.html").read_text(encoding="utf-8")
    first = ONE_ADDRESS + CHARTS_FIRST.replace("{name}", plotly_script.FLAT_NAME)
    # last, so that Streamlit itself comes first
    parts = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in first_parts()
        if name not in own
    )
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="./static/media/{file.name}">'
        for file in (STATIC / "static" / "media").glob(f"{HEADINGS}*.woff2")
    )
    return own.replace("<head>", f"<head>{first}", 1).replace("</head>", f"{fonts}{parts}</head>", 1)


def first_parts() -> tuple[str, ...]:
    """Names of the files of `FIRST_SCREEN`, and of everything they import; none where they are not found."""
    folder = STATIC / "static" / "js"
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if name not in found and (folder / name).is_file():
            found[name] = None
            for other in _IMPORT.findall((folder / name).read_text(encoding="utf-8")):
                add(other)

    for part in _files(folder):
        add(part)
    return tuple(found)


def _files(folder: Path) -> Iterator[str]:
    for part in FIRST_SCREEN:
        yield from (file.name for file in folder.glob(f"{part}.*.js"))
