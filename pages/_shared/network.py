"""Show a `NetworkView`: a trained network that the browser computes, draws and scrubs through by itself.

What travels is the network at each moment of its training, in short numbers, and the rows; not one picture.
The script works out every neuron's picture for the moment on show. So no frame asks the server, and fifty
moments of a network weigh as much as one chart.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from dl_core.figures.picture import SERIES, WORDS, WORDS_ON_DARK
from dl_core.mlp.plan import n_parameters
from dl_core.mlp.view import NetworkView

_HERE = Path(__file__).parent
PART = b"\0"  # between the words and the numbers; JSON never holds it
_SCRIPTS = ("film", "network_numbers", "network_paint", "network")
_COLOURS = {
    "series": SERIES,
    "words": [WORDS.get(mark, "") for mark in SERIES],
    "words_on_dark": [WORDS_ON_DARK.get(mark, "") for mark in SERIES],
}
_mount = st.components.v2.component(
    "network",
    html=(_HERE / "network.html").read_text(),
    css="\n".join((_HERE / f"{part}.css").read_text() for part in ("chart", "network")),
    js="\n".join((_HERE / f"{part}.js").read_text() for part in _SCRIPTS),
    isolate_styles=False,  # the stage's style sheet reaches in
)


def show_network(view: NetworkView, key: str, title: str = "") -> None:
    """Draw the network with its scrubber.

    Parameters
    ----------
    view
        What `NetworkView.of` made of a training.
    key
        Names the element; the same key updates in place.
    title
        The finding, above the picture.
    """
    _mount(key=key, data=packed(view, title))


def packed(view: NetworkView, title: str = "") -> bytes:
    """What the browser is given: a header in JSON with the house's colours, a zero byte, the numbers."""
    words = {**view.header, **_COLOURS, "title": title}
    header = json.dumps(words, allow_nan=False, separators=(",", ":"))
    return header.encode() + PART + view.payload


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header and the long lists, as `network_numbers.js` reads them; for the tests and benchmarks."""
    words, _, numbers = data.partition(PART)
    header = json.loads(words)
    frames, columns, n_rows = len(header["epochs"]), len(header["columns"]), header["n_rows"]
    shapes = {
        "parameters": ("<i2", (frames, n_parameters(tuple(header["layers"])))),
        "inputs": ("<i2", (columns, n_rows)),
        "targets": ("u1" if header["task"] == "classes" else "<f4", (n_rows,)),
        "is_test": ("u1", (n_rows,)),
        "rows": ("<u4", (n_rows,)),
    }
    lists, at = {}, 0
    for name, (kind, shape) in shapes.items():
        lists[name] = np.frombuffer(numbers, kind, count=int(np.prod(shape)), offset=at).reshape(shape)
        at += lists[name].nbytes
    if at != len(numbers):
        raise ValueError(f"{len(numbers)} bytes of numbers where the header counts {at}.")
    return header, lists
