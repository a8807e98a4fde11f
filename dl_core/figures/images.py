"""Pictures inside a chart: pixels as a link that travels with it, and their place."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.figures.drawing import Drawing


def data_uri(pixels: NDArray[np.uint8]) -> str:
    """The ``pixels`` ``(H, W, 3)`` of 0 to 255 as a JPEG in a link, small enough to travel with the chart.

    >>> data_uri(np.zeros((8, 8, 3), np.uint8))[:23]
    'data:image/jpeg;base64,'
    """
    return link(Image.fromarray(pixels), "JPEG", quality=88)


def png_uri(pixels: NDArray[np.uint8]) -> str:
    """The ``pixels`` ``(H, W, 3)`` of 0 to 255 as a PNG in a link, each exactly as it is.

    >>> png_uri(np.zeros((4, 4, 3), np.uint8))[:22]
    'data:image/png;base64,'
    """
    return link(Image.fromarray(pixels), "PNG")


def link(image: Image.Image, kind: str, **how: Any) -> str:
    """An image as a file of a ``kind``, PNG or JPEG, in a link; ``how`` goes to Pillow's ``save``."""
    file = io.BytesIO()
    image.save(file, kind, **how)
    return f"data:image/{kind.lower()};base64," + base64.b64encode(file.getvalue()).decode()


def enlarged(pixels: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    """Each pixel as a square of ``times`` pixels a side, so that browsers do not smear it.

    Parameters
    ----------
    pixels
        ``(H, W)`` or ``(H, W, 3)``.
    times
        At least 1.

    Examples
    --------
    >>> enlarged(np.array([[1, 2]], np.uint8), 2).tolist()
    [[1, 1, 2, 2], [1, 1, 2, 2]]
    """
    return np.asarray(pixels.repeat(times, 0).repeat(times, 1))


def add_picture(
    figure: Drawing,
    source: str,
    x: float,
    y: float,
    wide: float,
    high: float,
    *,
    xref: str = "paper",
    yref: str = "paper",
    xanchor: str = "left",
    yanchor: str = "top",
    sizing: str = "contain",
) -> None:
    """A picture over what is drawn, whole and as large as a box holds it.

    Parameters
    ----------
    figure
        The drawing to add it to.
    source
        Its link.
    x, y
        Where the box stands.
    wide, high
        Its size, in units of ``xref`` and ``yref``.
    xref, yref
        An axis, or the paper, where all of the plot is 1.
    xanchor, yanchor
        Which side of the box stands there, and of the picture in it.
    sizing
        ``"stretch"`` fills the box whatever the picture's shape.

    Examples
    --------
    >>> figure = Drawing()
    >>> add_picture(figure, "data:,", 0, 1, 0.5, 0.5)
    >>> figure["layout"]["images"][0]["sizing"]
    'contain'
    """
    figure.add_layout_image(
        source=source, xref=xref, yref=yref, x=x, y=y, sizex=wide, sizey=high,
        xanchor=xanchor, yanchor=yanchor, sizing=sizing, layer="above",
    )  # fmt: skip
