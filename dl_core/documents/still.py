"""A chart as a still picture: for a slide, a page or a card, drawn without a browser."""

from __future__ import annotations

from dl_core.documents.stills.compose import compose
from dl_core.documents.stills.pen import Pen
from dl_core.documents.stills.spec import CannotDraw, read, titled
from dl_core.documents.stills.words import plain
from dl_core.figures.picture import Picture

__all__ = ["CannotDraw", "png", "svg"]


def png(
    picture: Picture,
    *,
    width: float = 10.0,
    height: float = 5.0,
    pixels_per_inch: int = 200,
    title: bool = True,
    text_size: float = 1.0,
) -> bytes:
    """The chart as a PNG file on white paper.

    Parameters
    ----------
    picture
        Its figure is drawn as Plotly.js would draw it.
    width, height
        Inches. Plotly's own pixels are 96 to the inch.
    pixels_per_inch
        Of the file: it is exactly ``width * pixels_per_inch`` wide.
    title
        Whether the figure's title stands above it; a slide says it elsewhere.
    text_size
        How much larger than on a web page words, marks and lines are: 1.25 suits a slide.

    Raises
    ------
    CannotDraw
        If the figure asks for something that a still picture does not know; says what to do.

    Examples
    --------
    >>> from dl_core.cost_of_use import Workload, cost_of_use
    >>> from dl_core.figures.cost_of_use import cost_curves
    >>> png(cost_curves(cost_of_use(Workload())), pixels_per_inch=50)[1:4]
    b'PNG'
    """
    return _drawn(picture, width, height, title=title, text_size=text_size).png(pixels_per_inch)


def svg(
    picture: Picture,
    *,
    width: float = 10.0,
    height: float = 5.0,
    title: bool = True,
    text_size: float = 1.0,
) -> bytes:
    """The chart as an SVG file that holds all it needs: letters are outlines, their words a description.

    Parameters
    ----------
    picture
        Its figure is drawn as Plotly.js would draw it.
    width, height
        Inches.
    title
        Whether the figure's title stands above it.
    text_size
        How much larger than on a web page words, marks and lines are.

    Raises
    ------
    CannotDraw
        If the figure asks for something that a still picture does not know; says what to do.

    Examples
    --------
    >>> from dl_core.cost_of_use import Workload, cost_of_use
    >>> from dl_core.figures.cost_of_use import cost_curves
    >>> b"your day" in svg(cost_curves(cost_of_use(Workload())))
    True
    """
    _, layout = read(picture)
    heading = plain(titled(layout)["text"])
    return _drawn(picture, width, height, title=title, text_size=text_size).svg(heading, picture.summary)


def _drawn(picture: Picture, width: float, height: float, *, title: bool, text_size: float) -> Pen:
    traces, layout = read(picture)
    pen = Pen(width, height, text_size)
    compose(traces, layout, pen, title=title)
    return pen
