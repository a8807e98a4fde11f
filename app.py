"""The server's entry: ``streamlit run app.py``.

The pages start from ``pages/_navigation.py`` and not from this file: with a ``pages/`` folder beside
the script, Streamlit's automatic discovery would answer a deep link before the menu is known.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

# one thread per computation, set before numpy and torch load: on a shared host, viewers run side by side
# already, and threads that fight over the same cores slow everybody down
os.environ.setdefault("OMP_NUM_THREADS", "1")

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

from pages._shared import plotly_script, tuning
from pages._shared.catalogue import PAGES, START

SHELL = Path(st.__file__).parent / "static" / "index.html"  # the page that Streamlit serves at every address
# without this, a browser on /knn_vs_softmax first looks for a server under that address and logs two errors
ONE_ADDRESS = (
    "<head><script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href};</script>"
)
# the browser fetches the charts' script while it starts Streamlit, and not after the first chart has come
CHARTS_FIRST = f'<link rel="preload" as="script" href="{plotly_script.FLAT_NAME}">'
ICON = Path(__file__).parent / "assets" / "icon.png"
WITH_NETWORK = {entry.path for entry in PAGES if entry.with_network}
FIRST_PAGE = 3.0  # seconds in which the first visitor's page has the machine to itself
PAUSE_BEFORE_TORCH = 6.0  # seconds; it takes longer to load than anything else
pages_wanted: asyncio.Queue[str] = asyncio.Queue(maxsize=1)  # the first page that anybody asked for
network_wanted = asyncio.Event()

# rarer rounds of the garbage collector: what a click leaves behind is freed without them, by reference counts
gc.set_threshold(20_000, 20, 50)
tuning.keep_freed_memory()
tuning.send_at_once()
tuning.send_together()
tuning.look_up_one_number()
tuning.take_no_endless_number()
tuning.read_options_once()
tuning.read_the_theme_once()
tuning.keep_only_what_changed()
tuning.copy_a_place_plainly()
tuning.bound_uploads()
tuning.know_it_is_a_server()


def plotly_js(request: Request) -> FileResponse:
    """Plotly's own script, whole or small; the version in its name lets a browser keep it for good."""
    return FileResponse(
        plotly_script.FILES[request.url.path.rpartition("/")[2]],
        media_type="text/javascript",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


def icon(request: Request) -> FileResponse:
    """The picture in the browser's tab. A page that named it would load the imaging library first."""
    return FileResponse(ICON, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


PLOTLY_ROUTES = [Route(f"/{name}", plotly_js) for name in plotly_script.FILES]


@cache
def shell() -> str:
    """Streamlit's own shell with our two lines in its head."""
    return SHELL.read_text(encoding="utf-8").replace("<head>", ONE_ADDRESS + CHARTS_FIRST, 1)


async def page_shell(request: Request) -> HTMLResponse:
    """Streamlit's own shell, told at which address the server is and which script the charts will ask for."""
    page = request.url.path.rpartition("/")[2]
    with suppress(asyncio.QueueFull):  # its script follows in half a second
        pages_wanted.put_nowait(page)
    if page in WITH_NETWORK:
        network_wanted.set()
    return HTMLResponse(shell(), headers={"Cache-Control": "no-cache"})


def load_page(name: str) -> None:
    """What one page's first screen needs; its script comes half a second after the browser asked for it."""
    from pages._shared.lessons import FILES, lesson
    from pages._shared.scene import compute_scene_at_rest

    if name in FILES:
        compute_scene_at_rest(lesson(name).opening)


def load_lessons() -> None:
    """What the lessons without torch need, in the order in which a page asks for it."""
    import dl_core.figures.cifar10
    import dl_core.figures.cost_of_use
    import dl_core.figures.digits
    import dl_core.figures.knn_vs_softmax
    import dl_core.figures.pixel_question  # noqa: F401
    from dl_core import digit_question

    digit_question.hardest()
    gc.freeze()


def load_network() -> None:
    """What the live classifier needs: torch, the weights, and a first answer, which is the slowest."""
    from PIL import Image

    from dl_core.vision import classify

    classify(Image.new("RGB", (64, 64)))


def load_studies(*, with_network: bool) -> None:
    """What the first visitor of lower scenes would wait for: made once, the same for everybody."""
    from pages._shared.lessons import FILES, lesson
    from pages._shared.scene import compute_at_rest

    for name in FILES:
        if (name in WITH_NETWORK) == with_network:
            compute_at_rest(lesson(name))


def load_tables() -> None:
    """What the first reader who opens a picture's table would wait for."""
    import pandas  # noqa: F401


def freeze() -> None:
    """Take everything loaded so far out of the garbage collector's rounds.

    A full round walks every long-lived object while all viewers wait; the libraries' are most of them.
    """
    gc.collect()
    gc.freeze()


async def warm_up() -> None:
    """Load beside the visitors, not before them: the server answers from its first moment."""
    with suppress(TimeoutError):  # somebody asks for a page, or nobody does for a while
        page = await asyncio.wait_for(pages_wanted.get(), FIRST_PAGE)
        if page not in WITH_NETWORK:
            await asyncio.to_thread(load_page, page or START)
            await asyncio.sleep(FIRST_PAGE)

    async def network() -> None:
        with suppress(TimeoutError):  # somebody asks for its page, or nobody does for a while
            await asyncio.wait_for(network_wanted.wait(), PAUSE_BEFORE_TORCH)
        await asyncio.to_thread(load_network)

    await asyncio.gather(asyncio.to_thread(load_lessons), network())
    await asyncio.to_thread(load_studies, with_network=False)
    await asyncio.to_thread(load_tables)
    await asyncio.to_thread(freeze)
    await network_wanted.wait()  # a server whose photo pages nobody opens does without 200 MiB
    await asyncio.to_thread(load_studies, with_network=True)
    await asyncio.to_thread(freeze)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Start the warm-up with the server and end it with the server."""
    task = asyncio.create_task(warm_up())
    yield {}
    task.cancel()


app = st.App(
    "pages/_navigation.py",
    lifespan=lifespan,
    routes=[
        *PLOTLY_ROUTES,
        Route("/favicon.png", icon),
        *(Route(f"/{page.path}", page_shell) for page in PAGES),
    ],
)
