"""Images that a figure carries inside itself."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import Pixels
from dl_core.documents.stills.pen import Box
from dl_core.documents.stills.shapes import place
from dl_core.documents.stills.spec import CannotDraw, Spec

SHARES = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}


def draw_photos(chart: Chart, *, below: bool) -> None:
    """The images below the data, or those above."""
    for item in chart.layout.get("images") or []:
        if item.get("visible") is not False and (item.get("layer") == "below") == below:
            _draw(chart, item)


def _draw(chart: Chart, item: Spec) -> None:
    photo = _opened(str(item.get("source") or ""))
    room = _room(chart, item)
    sizing = item.get("sizing") or "contain"
    box = room if sizing == "stretch" else _fitted(room, photo, item, cover=sizing == "fill")
    opacity = float(item.get("opacity", 1))

    def make(n_columns: int, n_rows: int) -> Pixels:
        pixels = np.array(photo.convert("RGBA").resize((n_columns, n_rows), Image.Resampling.BICUBIC))
        pixels[..., 3] = np.round(pixels[..., 3] * opacity)
        return pixels

    chart.pen.paint(make, box, within=room)


def _opened(source: str) -> Image.Image:
    if not source.startswith("data:image/") or ";base64," not in source:
        raise CannotDraw(
            f"The image “{source[:40]}” is not in the figure: give it as a data:image/…;base64 link."
        )
    return Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2])))


def _room(chart: Chart, item: Spec) -> Box:
    """The box that the figure leaves for the image."""
    spec = {"xref": item.get("xref", "paper"), "yref": item.get("yref", "paper")}
    x, y = float(item.get("x", 0)), float(item.get("y", 0))
    width = abs(place(chart, spec, "x", x + float(item.get("sizex", 0))) - place(chart, spec, "x", x))
    height = abs(place(chart, spec, "y", y + float(item.get("sizey", 0))) - place(chart, spec, "y", y))
    left = place(chart, spec, "x", x) - SHARES[item.get("xanchor") or "left"] * width
    top = place(chart, spec, "y", y) - SHARES[item.get("yanchor") or "top"] * height
    return Box(left, top, left + width, top + height)


def _fitted(room: Box, photo: Image.Image, item: Spec, *, cover: bool) -> Box:
    """The image's own shape inside the room, at the side that it is anchored to."""
    scales = room.width / photo.width, room.height / photo.height
    scale = max(scales) if cover else min(scales)
    width, height = photo.width * scale, photo.height * scale
    left = room.left + SHARES[item.get("xanchor") or "left"] * (room.width - width)
    top = room.top + SHARES[item.get("yanchor") or "top"] * (room.height - height)
    return Box(left, top, left + width, top + height)
