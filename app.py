"""The server's entry: ``streamlit run app.py``.

The pages start from ``pages/_navigation.py`` and not from this file: with a ``pages/`` folder beside
the script, Streamlit's automatic discovery would answer a deep link before the menu is known.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from starlette.responses import FileResponse
from starlette.routing import Route

PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def plotly_js(_: Any) -> FileResponse:
    """Plotly's own script, from the installed package, so that page and server never disagree."""
    return FileResponse(
        PLOTLY_JS, media_type="text/javascript", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def warm_up() -> None:
    """Import what pages need, then take it out of the garbage collector's rounds.

    Streamlit collects all garbage after every click. With the long-lived objects of the imported
    libraries in the heap that costs up to 20 times more than without them (STREAMLIT.md, 1).
    """
    import dl_core.figures.knn_vs_softmax
    import dl_core.knn_vs_softmax  # noqa: F401

    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Serve at once; warm up beside the first visitor, not before them."""
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield {}


app = st.App(
    "pages/_navigation.py",
    lifespan=lifespan,
    routes=[Route(f"/plotly-{version('plotly')}.min.js", plotly_js)],
)
