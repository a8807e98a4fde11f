"""A gate on the plane with the line or border it draws, and beside it the truth table with every value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, Spec, tint
from dl_core.figures.picture import BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.gate_regions import HIGH, LOW, Piece, Point, Regions, of_nands, of_neuron
from dl_core.logic_gates import CIRCUITS, LogicGate, Row, takeaway
from dl_core.numbers_in_words import number

if TYPE_CHECKING:
    import pandas as pd

PLANE, TABLE = (0.0, 0.45), (0.5, 1.0)  # shares of the width
WHITE = "rgb(255,255,255)"  # on a blue mark, in either theme
NAMES = ("p", "q", "r")  # of the NANDs before the last one
TINT = tint(BLUE, 0.16)  # where the gate says 1
COUNTS = {1: "One NAND does", 2: "Two NANDs do", 3: "Three NANDs do", 4: "Four NANDs do"}
SPOTS = (-0.22, 0.25, 0.5, 0.75, 1.22)  # where the words "says 1" may stand, in both directions


def gate_on_the_plane(shown: LogicGate) -> Picture:
    """The four corners, where the gate says 1, and the truth table.

    Examples
    --------
    >>> from dl_core.logic_gates import Settings, story
    >>> gate_on_the_plane(story(Settings())).figure["layout"]["title"]["text"]
    'Every line gets at least one of XOR’s four cases wrong'
    """
    figure = house_drawing(_title(shown), height=370)
    alone = shown.settings.parts == "one neuron"
    regions = of_neuron(shown.settings.weights) if alone else of_nands(shown.settings.gate)
    _regions(figure, regions)
    _corners(figure, shown)
    _says(figure, regions)
    _truth_table(figure, shown)
    _axes(figure)
    return Picture(
        figure, f"The four corners of {shown.settings.gate}. {takeaway(shown)}", lambda: _table(shown)
    )


def _title(shown: LogicGate) -> str:
    gate, n = shown.settings.gate, shown.n_right
    if shown.settings.parts == "NAND neurons":
        how = "and draw a border with corners" if shown.impossible else "all 4 cases right"
        return f"{COUNTS[shown.n_neurons]} {gate}, {how}" if n == 4 else f"{n} of 4 right"
    if shown.impossible:
        if n == shown.best_of_a_line:
            return f"Every line gets at least one of {gate}’s four cases wrong"
        return f"This line gets {n} of 4 right; the best line for {gate} gets {shown.best_of_a_line}"
    return (
        f"One line does {gate}: 4 of 4 right" if n == 4 else f"This line gets {n} of {gate}’s 4 cases right"
    )


def _axes(figure: Drawing) -> None:
    layout: Spec = figure["layout"]
    layout["xaxis"].update(
        domain=list(PLANE), range=[LOW, HIGH], tickvals=[0, 1], showgrid=False, constrain="domain",
        title={**layout["xaxis"]["title"], "text": "input a"},
    )  # fmt: skip
    layout["yaxis"].update(
        range=[LOW, HIGH], tickvals=[0, 1], showgrid=False, scaleanchor="x", constrain="domain",
        title={**layout["yaxis"]["title"], "text": "input b"},
    )  # fmt: skip
    bare = {"visible": False, "fixedrange": True}
    layout["xaxis2"] = {**bare, "domain": list(TABLE), "anchor": "y2", "range": [0, 1]}
    layout["yaxis2"] = {**bare, "domain": [0, 1], "anchor": "x2", "range": [-0.6, 5.6]}
    layout["meta"] = {"narrow_height": 280}


def _regions(figure: Drawing, regions: Regions) -> None:
    for polygon in regions.yes:
        path = "L".join(f"{x:.4g},{y:.4g}" for x, y in polygon)
        figure.add_shape(
            type="path", path=f"M{path}Z", layer="below", fillcolor=TINT, line={"width": 0}
        )  # fmt: skip
    for (x0, y0), (x1, y1) in regions.border:
        figure.add_scatter(
            x=[round(x0, 4), round(x1, 4)], y=[round(y0, 4), round(y1, 4)], mode="lines", hoverinfo="skip",
            line={"color": BLUE, "width": 3}, name="border",
        )  # fmt: skip


def _corners(figure: Drawing, shown: LogicGate) -> None:
    """Each case where it lies, with what the gate should say: a solid 1 or a hollow 0."""
    rows = shown.rows
    figure.add_scatter(
        x=[row.corner[0] for row in rows],
        y=[row.corner[1] for row in rows],
        mode="markers",
        name="cases",
        marker={
            "symbol": ["circle" if row.wanted else "square" for row in rows],
            "size": 25,
            "opacity": 1,
            "color": [BLUE if row.wanted else PAPER for row in rows],
            "line": {
                "width": 2.5,
                "color": [(BLUE if row.wanted else INK) if row.right else VERMILLION for row in rows],
            },
        },
        hovertext=[
            f"a {row.corner[0]}, b {row.corner[1]}: should be {row.wanted}, is {row.says}" for row in rows
        ],
        hoverinfo="text",
    )
    for row in rows:
        figure.add_annotation(
            x=row.corner[0], y=row.corner[1], showarrow=False, text=f"<b>{row.wanted}</b>",
            font={"color": WHITE if row.wanted else INK, "size": 14},
        )  # fmt: skip
        if not row.right:
            figure.add_annotation(
                x=row.corner[0], y=row.corner[1], yshift=-24, showarrow=False, text="<b>✗ wrong</b>",
                font={"color": WORDS[VERMILLION], "size": 14},
            )  # fmt: skip


def _says(figure: Drawing, regions: Regions) -> None:
    """ "says 1" and "says 0", each at a free place of its own side."""
    for says, colour in ((1, WORDS[BLUE]), (0, QUIET)):
        spots = [(x, y) for x in SPOTS for y in SPOTS if _inside(regions, (x, y)) == bool(says)]
        if spots:
            x, y = max(spots, key=lambda spot: _room(spot, regions))
            figure.add_annotation(
                x=x, y=y, text=f"<b>says {says}</b>", showarrow=False, font={"color": colour, "size": 14}
            )


def _inside(regions: Regions, spot: Point) -> bool:
    return any(_holds(polygon, spot) for polygon in regions.yes)


def _holds(polygon: tuple[Point, ...], spot: Point) -> bool:
    turns = [
        (x1 - x0) * (spot[1] - y0) - (y1 - y0) * (spot[0] - x0)
        for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    ]
    return all(turn >= 0 for turn in turns)


def _room(spot: Point, regions: Regions) -> float:
    """How far from corners, their words, and the border; words are wide, so across counts less."""
    taken = [(x, y - 0.06) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    for piece in regions.border:
        taken += [_along(piece, step / 12) for step in range(13)]
    return min(((x - spot[0]) / 2.2) ** 2 + (y - spot[1]) ** 2 for x, y in taken)


def _along(piece: Piece, part: float) -> Point:
    (x0, y0), (x1, y1) = piece
    return (x0 + part * (x1 - x0), y0 + part * (y1 - y0))


def _truth_table(figure: Drawing, shown: LogicGate) -> None:
    """Four rows: the inputs, every value on the way, what comes out, and what should."""
    heads = _heads(shown)
    places = [(i + 0.5) / len(heads) for i in range(len(heads))]
    if shown.settings.parts != "one neuron":
        inside = places[2:]
        _words(figure, sum(inside) / len(inside), 5.35, "what each NAND says", QUIET)
    for x, head in zip(places, heads, strict=True):
        _words(figure, x, 4.45, head, INK)
    figure.add_shape(
        type="line", xref="x2", yref="y2", x0=0, x1=1, y0=3.75, y1=3.75, line={"color": QUIET, "width": 1}
    )
    for place, row in enumerate(shown.rows):
        y = 3 - place * 1.05
        _row(figure, shown, row, places, y)


def _heads(shown: LogicGate) -> list[str]:
    if shown.settings.parts == "one neuron":
        return ["a", "b", "sum +<br>bias", "says", "should"]
    circuit = CIRCUITS[shown.settings.gate]
    names = (*NAMES[: len(circuit) - 1], "says")
    wires = [
        f"<b>{name}</b><br>{_wire(one)}, {_wire(two)}"
        for name, (one, two) in zip(names, circuit, strict=True)
    ]
    return ["a", "b", *wires]


def _wire(source: str) -> str:
    return source if source in "ab" else NAMES[int(source) - 1]


def _row(figure: Drawing, shown: LogicGate, row: Row, places: list[float], y: float) -> None:
    texts = [*map(str, row.corner), *(number(value) for value in row.values)]
    if shown.settings.parts == "one neuron":
        texts += [str(row.says), str(row.wanted)]
    if not row.right:
        figure.add_shape(
            type="rect", xref="x2", yref="y2", x0=0, x1=1, y0=y - 0.46, y1=y + 0.46, layer="below",
            fillcolor=tint(VERMILLION, 0.14), line={"width": 0},
        )  # fmt: skip
    for i, (x, text) in enumerate(zip(places, texts, strict=True)):
        answer = i == (3 if shown.settings.parts == "one neuron" else len(texts) - 1)
        colour = WORDS[BLUE] if row.right else WORDS[VERMILLION]
        mark = text if row.right else f"✗ {text}"
        _words(figure, x, y, f"<b>{mark}</b>" if answer else text, colour if answer else INK)


def _words(figure: Drawing, x: float, y: float, text: str, colour: str) -> None:
    figure.add_annotation(
        xref="x2",
        yref="y2",
        x=round(x, 4),
        y=y,
        text=text,
        showarrow=False,
        font={"color": colour, "size": 15},
    )


def _table(shown: LogicGate) -> pd.DataFrame:
    import pandas as pd

    alone = shown.settings.parts == "one neuron"
    return pd.DataFrame(
        {
            "input a": row.corner[0],
            "input b": row.corner[1],
            **(
                {"weighted sum + bias": row.values[0]}
                if alone
                else {f"NAND {i}": int(value) for i, value in enumerate(row.values, 1)}
            ),
            "says": row.says,
            "should be": row.wanted,
            "right": "yes" if row.right else "no",
        }
        for row in shown.rows
    )
