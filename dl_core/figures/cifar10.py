"""The CIFAR-10 table as a chart: ours filled with its interval, published figures hollow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.cifar10 import Cifar10Table, Measured, product_sentence, table_sentence
from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import BLUE, FAINT, INK, QUIET, Picture, house_drawing
from dl_core.numbers_in_words import bytes_in_words, percent, seconds_in_words

if TYPE_CHECKING:
    import pandas as pd

ROW_PX = 44
LABEL_PX = 20  # from the middle of a mark up to the middle of its row's words


def cifar10_chart(table: Cifar10Table) -> Picture:
    """Right answers of each model, what it keeps and how long it takes, beside published figures.

    Parameters
    ----------
    table
        From :func:`dl_core.cifar10.load_table`.

    Examples
    --------
    >>> from dl_core.cifar10 import load_table
    >>> len(cifar10_chart(load_table()).figure["data"])
    2
    """
    names = [row.name for row in table.measured]
    names += [row.name for row in table.published if row.name not in names]
    network = table.model("small CNN")
    figure = house_drawing(
        f"On photos, a small network gets {percent(network.score.value)} right",
        height=96 + ROW_PX * len(names),
    )
    places = {name: -place for place, name in enumerate(names)}
    figure.update_layout(shapes=[_ruler(place) for place in places.values()])
    _ours(figure, table, places)
    _theirs(figure, table, places)
    for name, place in places.items():
        figure.add_annotation(
            x=0,
            y=place,
            xref="paper",
            xanchor="left",
            yshift=LABEL_PX,
            showarrow=False,
            text=_label(table, name),
            font={"size": 14, "color": INK},
        )
    figure.update_xaxes(
        title={"text": "right answers, %   ● ours   ◇ published"}, range=[0, 104], dtick=20, showgrid=False
    )
    figure.update_yaxes(visible=False, range=[-len(names) + 0.55, 0.75])
    figure.update_layout(margin={"t": 44})
    return Picture(figure, f"{table_sentence(table)} {product_sentence(table)}", lambda: _table(table))


def _ruler(place: int) -> dict[str, object]:
    """A faint scale behind one row's marks: a grid through the whole chart would strike out the words."""
    ticks = [f"M{share},{place - 0.1}L{share},{place + 0.1}" for share in range(0, 101, 20)]
    path = f"M0,{place}L100,{place}" + "".join(ticks)
    return {"type": "path", "path": path, "layer": "below", "line": {"color": FAINT, "width": 1}}


def _ours(figure: Drawing, table: Cifar10Table, places: dict[str, int]) -> None:
    scores = [row.score for row in table.measured]
    figure.add_scatter(
        x=[100 * score.value for score in scores],
        y=[places[row.name] for row in table.measured],
        mode="markers",
        name="ours",
        marker={"size": 9, "color": BLUE},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [100 * (score.high - score.value) for score in scores],
            "arrayminus": [100 * (score.value - score.low) for score in scores],
            "color": BLUE,
            "thickness": 2,
            "width": 5,
        },
        customdata=[[row.name, row.settings] for row in table.measured],
        hovertemplate="%{customdata[0]}: %{x:.1f} %<br>%{customdata[1]}<extra></extra>",
    )


def _theirs(figure: Drawing, table: Cifar10Table, places: dict[str, int]) -> None:
    figure.add_scatter(
        x=[100 * row.accuracy for row in table.published],
        y=[places[row.name] for row in table.published],
        mode="markers",
        name="published",
        marker={
            "size": 14,
            "symbol": "diamond-open",  # hollow: our own point stays visible inside
            "color": INK,
            "line": {"color": INK, "width": 2},
        },
        customdata=[row.source for row in table.published],
        hovertemplate="published: %{x:.1f} %<br>%{customdata}<extra></extra>",
    )


def _label(table: Cifar10Table, name: str) -> str:
    ours = next((row for row in table.measured if row.name == name), None)
    if ours is None:
        reported = table.reported(name)
        told = f"{percent(reported.accuracy)}" if reported else ""
        return f"<b>{name}</b> <span style='color:{QUIET}'>{told}, published</span>"
    if name == "chosen k":  # which one was chosen stands first in its settings
        name = f"chosen {ours.settings.partition(',')[0]}"
    return f"<b>{name}</b> {percent(ours.score.value)} <span style='color:{QUIET}'>{_cost(ours)}</span>"


def _cost(row: Measured) -> str:
    if not row.bytes:
        return "keeps nothing"
    return f"keeps {bytes_in_words(row.bytes)} · {_milliseconds(row)}"


def _milliseconds(row: Measured) -> str:
    told = seconds_in_words(row.answer_ms / 1000)
    return told.replace("milliseconds", "ms").replace("microseconds", "µs")


def _table(table: Cifar10Table) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for row in table.measured:
        reported = table.reported(row.name)
        rows.append(
            {
                "model": row.name,
                "right, ours": percent(row.score.value),
                "95 % interval": f"{percent(row.score.low)} to {percent(row.score.high)}",
                "right, published": percent(reported.accuracy) if reported else "–",
                "training": seconds_in_words(row.train_seconds) if row.train_seconds else "none",
                "one answer": _milliseconds(row) if row.operations else "–",
                "memory": bytes_in_words(row.bytes),
                "steps per answer": f"{row.operations:,}",
                "how": row.settings,
            }
        )
    known = {row.name for row in table.measured}
    rows += [
        {"model": row.name, "right, published": percent(row.accuracy), "how": row.source}
        for row in table.published
        if row.name not in known
    ]
    return pd.DataFrame(rows).fillna("–")
