"""A photo and five pictures beside it, nearest first: what a distance in pixels calls alike."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Spec
from dl_core.figures.images import data_uri
from dl_core.figures.picture import ACCENT, FAINT, INK, QUIET, Picture, house_layout
from dl_core.pixel_distance import Candidate, PixelDistance, Pixels, in_pixels

if TYPE_CHECKING:
    import pandas as pd

# in units of one picture's side, so that frames and bars fit their pictures at every size
PITCH = 1.12  # from one picture to the next
RIM = 0.045  # around the outermost pictures, for the frame
GAP = 0.32  # between the photo and the five
BAR = 0.05  # how thick a bar is
BAR_AT = -0.105  # how far a bar's middle lies below its picture
ONE_LINE = 8  # letters that a phone has room for under one of six pictures
CAPTION, UNIT = -6, -72  # px below the bars: where their words begin, and where the unit stands


def near_and_far(shown: PixelDistance) -> Picture:
    """The photo, and the five pictures in the order of their distance; the nearest in a frame.

    Examples
    --------
    >>> from dl_core.pixel_distance import Settings, story
    >>> near_and_far(story(Settings())).figure["layout"]["title"]["text"]
    'A blank square is nearer than the same photo moved 4 pixels'
    """
    distances = [one.distance(shown.settings.metric) for one in shown.candidates]
    longest = max(*distances, 1.0)  # a photo that nothing differs from has no bars
    places = [PITCH * i for i in range(len(distances))]
    layout = {**house_layout(_title(shown), height=286), **_axes(len(distances))}
    layout["margin"] = {"l": 0, "r": 0, "t": 66, "b": 92}
    layout["meta"] = {"narrow_height": 186}
    layout["images"] = [
        _tile(shown.photo, 0, ""),
        *(_tile(one.pixels, at, "2") for one, at in zip(shown.candidates, places, strict=True)),
    ]
    layout["shapes"] = [_track(at) for at in places]
    layout["annotations"] = [*_photo_words(shown), *_captions(shown, places), _unit(shown.settings.metric)]
    for one, at in zip(shown.candidates, places, strict=True):
        if one in shown.nearest:
            layout["shapes"].append(_frame(at))
            layout["annotations"].append(_above("<b>nearest</b>", at, "2", ACCENT))
    traces = [_question(shown.name), _bars(shown, distances, places, longest)]
    return Picture({"data": traces, "layout": layout}, near_summary(shown), lambda: _table(shown))


def _title(shown: PixelDistance) -> str:
    shift, blank = in_pixels(shown.settings.shift), shown.rival.kind == "blank"
    if shown.settings.shift == 0:
        return "Not moved at all, the photo is 0 away from itself"
    if shown.relation == "farther":
        return f"Moved {shift}, the photo is still nearer than a blank square"
    relation = "is nearer than" if shown.relation == "nearer" else "is as near as"
    if blank:
        return f"A blank square {relation} the same photo moved {shift}"
    return f"“{shown.rival.name}” {relation} this photo moved {shift}"


def near_summary(shown: PixelDistance) -> str:
    """What a sighted reader takes from the row: the order, nearest first, with every distance."""
    by = shown.settings.metric
    names = [
        f"“{one.name}”" if one.kind == "other" else one.name[0].lower() + one.name[1:]
        for one in shown.candidates
    ]
    row = ", ".join(
        f"{name} {one.distance(by):.1f}" for name, one in zip(names, shown.candidates, strict=True)
    )
    return f"Steps by {by} from “{shown.name}”, nearest first. In order: {row}."


def _axes(n: int) -> Spec:
    """Two panels of one scale: the photo alone, and the row of ``n`` that is compared with it."""
    alone, row = 1 + 2 * RIM, PITCH * (n - 1) + 1 + 2 * RIM
    whole = alone + GAP + row
    bare = {"visible": False, "fixedrange": True, "constrain": "domain"}
    upright = {**bare, "range": [BAR_AT - BAR, 1 + RIM], "constraintoward": "middle"}
    return {
        "xaxis": {**bare, "range": [-RIM, 1 + RIM], "domain": [0, alone / whole], "constraintoward": "right"},
        "yaxis": {**upright, "scaleanchor": "x"},
        "xaxis2": {
            **bare,
            "range": [-RIM, row - RIM],
            "domain": [1 - row / whole, 1],
            "constraintoward": "left",
            "anchor": "y2",
        },
        "yaxis2": {**upright, "scaleanchor": "x2", "anchor": "x2"},
    }


def _tile(pixels: Pixels, at: float, axes: str) -> Spec:
    return {
        "source": _encoded(pixels.tobytes(), pixels.shape),
        "xref": f"x{axes}",
        "yref": f"y{axes}",
        "x": at,
        "y": 1,
        "sizex": 1,
        "sizey": 1,
        "sizing": "stretch",
        "layer": "above",
    }


@lru_cache(maxsize=256)  # the moved photo changes with every move of the slider, the rest does not
def _encoded(values: bytes, shape: tuple[int, ...]) -> str:
    return data_uri(np.frombuffer(values, np.uint8).reshape(shape))


def _track(at: float) -> Spec:
    return {
        "type": "rect",
        "xref": "x2",
        "yref": "y2",
        "x0": at,
        "x1": at + 1,
        "y0": BAR_AT - BAR / 2,
        "y1": BAR_AT + BAR / 2,
        "fillcolor": FAINT,
        "line": {"width": 0},
        "layer": "below",
    }


def _frame(at: float) -> Spec:
    edge = {"x0": at - 0.02, "x1": at + 1.02, "y0": -0.02, "y1": 1.02}
    return {"type": "rect", "xref": "x2", "yref": "y2", **edge, "line": {"color": ACCENT, "width": 3}}


def _bars(shown: PixelDistance, distances: list[float], places: list[float], longest: float) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "xaxis": "x2",
        "yaxis": "y2",
        "base": places,
        "x": [each / longest for each in distances],
        "y": [BAR_AT] * len(places),
        "width": BAR,
        "marker": {"color": [ACCENT if one in shown.nearest else QUIET for one in shown.candidates]},
        "customdata": [_hover(one) for one in shown.candidates],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(one: Candidate) -> str:
    return f"{one.name}<br>L1 {one.distance('L1'):.1f} steps<br>L2 {one.distance('L2'):.1f} steps"


def _question(name: str) -> Spec:
    """A point that is not drawn: it says the photo's name, and axes without any data are not kept."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0.5],
        "y": [0.5],
        "marker": {"size": 1, "opacity": 0},
        "text": [name],
        "hoverinfo": "text",
    }


def _note(text: str, x: float, y: float, axes: str, size: int, colour: str) -> Spec:
    return {
        "text": text,
        "xref": f"x{axes}",
        "yref": f"y{axes}",
        "x": x,
        "y": y,
        "showarrow": False,
        "xanchor": "center",
        "yanchor": "top" if y < 0.5 else "bottom",
        "font": {"size": size, "color": colour},
    }


def _above(text: str, at: float, axes: str, colour: str) -> Spec:
    return {**_note(text, at + 0.5, 1, axes, 14, colour), "yshift": 4}


def _photo_words(shown: PixelDistance) -> list[Spec]:
    below = _note(_two_lines(shown.name), 0.5, BAR_AT, "", 14, INK)
    return [_above("<b>photo</b>", 0, "", INK), {**below, "yshift": CAPTION}]


def _captions(shown: PixelDistance, places: list[float]) -> list[Spec]:
    """Each distance, and under it what it is the distance to."""
    by = shown.settings.metric
    return [
        {
            **_note(
                f"<b>{one.distance(by):.1f}</b><br>{_two_lines(one.name)}", at + 0.5, BAR_AT, "2", 14, INK
            ),
            "yshift": CAPTION,
        }
        for one, at in zip(shown.candidates, places, strict=True)
    ]


def _unit(by: str) -> Spec:
    note = _note(f"{by} distance, steps of 0 to 255 per colour value", 0, BAR_AT, "2", 13, QUIET)
    return {**note, "xanchor": "left", "yshift": UNIT}


def _two_lines(name: str) -> str:
    """A longer name on two lines of about one length: on a phone six pictures leave little room.

    >>> _two_lines("Chelsea the cat"), _two_lines("A rocket")
    ('Chelsea<br>the cat', 'A rocket')
    """
    words = name.split(" ")
    ways = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return (
        "<br>".join(min(ways, key=lambda way: max(map(len, way)))) if ways and len(name) > ONE_LINE else name
    )


def _table(shown: PixelDistance) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "picture": one.name,
            "shows": "the same" if one.shows_the_same else "something else",
            "L1: mean difference (steps of 0 to 255)": one.distance("L1"),
            "L2: root mean square (steps of 0 to 255)": one.distance("L2"),
        }
        for one in shown.candidates
    )
