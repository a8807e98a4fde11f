"""Three paths over the same bowl: full batch, mini-batch, one example."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dl_core.batch_sizes import START, BatchStory, Run, takeaway
from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.film import Film
from dl_core.figures.picture import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.numbers_in_words import two_figures

if TYPE_CHECKING:
    import pandas as pd

ACROSS, UP = (-0.42, 1.86), (11.72, 13.98)  # what the picture shows of the weight and of the bias
RINGS = (0.25, 0.5)  # losses at which a ring is drawn
RING_LABEL = math.radians(-52)  # where on a ring its loss stands
MOST_POINTS, MOST_FRAMES = 270, 75
LOOKS = (  # colour, symbol, dash, width: in the order of the ways
    (BLUE, "circle", "solid", 3.0),
    (VERMILLION, "square", "solid", 2.5),
    (GREEN, "triangle-up", "solid", 1.2),
)
KEY_AT, KEY_FROM, KEY_STEP = 1.4, 13.7, 0.5  # where the names stand
EXACT_WORDS = 13.86  # and the words about the exact answer


def three_paths(shown: BatchStory) -> Picture:
    """The paths of the three runs over weight and bias, on rings of equal loss, and a film of them.

    Parameters
    ----------
    shown
        From :func:`dl_core.batch_sizes.story`.

    Examples
    --------
    >>> from dl_core.batch_sizes import Settings, story
    >>> three_paths(story(Settings())).figure["layout"]["title"]["text"]
    'After 5 passes, mini-batch is nearest to the exact answer'
    """
    figure = house_drawing(_title(shown))
    moments = _moments(shown)
    _rings(figure, shown)
    # the full batch on top of the mini-batch, and both on top of the thin line
    drawn = list(zip(shown.runs, LOOKS, strict=True))[::-1]
    for run, look in drawn:
        _path(figure, shown, run, look, moments)
    for run, look in drawn:
        _end(figure, run, look)
    _marks(figure, shown)
    figure.update_xaxes(
        title={"text": "weight: % alcohol per typical spread of proline"}, range=ACROSS, showgrid=False
    )
    figure.update_yaxes(title={"text": "bias: % alcohol at average proline"}, range=UP, showgrid=False)
    return Picture(figure, takeaway(shown), lambda: _table(shown), _film(shown, moments))


def _title(shown: BatchStory) -> str:
    n = shown.settings.n_epochs
    after = f"After {n} pass{'es' if n > 1 else ''}"
    if shown.thrown:
        return f"A rate of {shown.settings.learning_rate:g} throws {shown.thrown[-1].way} out"
    return f"{after}, {shown.nearest.way} is nearest to the exact answer"


def _moments(shown: BatchStory) -> np.ndarray:
    """(n_moments,) how many wines are read at each point of the paths, each pass ending on one."""
    n, passes = len(shown.fit.x), shown.settings.n_epochs
    each = min(n, MOST_POINTS // passes)
    within = np.rint(np.linspace(0, n, each + 1)[1:]).astype(np.int64)
    rows = n * np.arange(passes)[:, None] + within
    return np.concatenate([[0], rows.ravel()])


def _rings(figure: Drawing, shown: BatchStory) -> None:
    """Where the loss is the same. Proline is standardised, so the bowl is round: lowest + distance² / 2."""
    angle = np.linspace(0, 2 * np.pi, 73)
    weight, bias = shown.fit.exact
    for loss in RINGS:
        radius = math.sqrt(2 * (loss - shown.fit.lowest_loss))
        figure.add_scatter(
            x=_short(weight + radius * np.cos(angle)),
            y=_short(bias + radius * np.sin(angle)),
            mode="lines",
            name=f"loss {loss:g}",
            line={"color": FAINT, "width": 1.5},
            hoverinfo="skip",
        )
        figure.add_annotation(
            x=weight + radius * math.cos(RING_LABEL),
            y=bias + radius * math.sin(RING_LABEL),
            text=f"loss {loss:g}",
            showarrow=False,
            font={"color": QUIET, "size": 12},
            bgcolor=PAPER,
        )


def _path(
    figure: Drawing, shown: BatchStory, run: Run, look: tuple[str, str, str, float], moments: np.ndarray
) -> None:
    colour, symbol, dash, width = look
    points = run.path[run.after(moments, len(shown.fit.x))]
    few = run.batch_size > 1
    figure.add_scatter(
        x=_short(points[:, 0]),
        y=_short(points[:, 1]),
        mode="lines+markers" if few else "lines",
        name=run.way,
        line={"color": colour, "width": width, "dash": dash},
        marker={"color": colour, "size": 5, "symbol": symbol},
        hovertemplate=f"{run.way}<br>weight %{{x:.2f}}, bias %{{y:.2f}}<extra></extra>",
    )


def _end(figure: Drawing, run: Run, look: tuple[str, str, str, float]) -> None:
    """A large mark where the run ended, and the same mark beside its name and numbers."""
    colour, symbol, _, _ = look
    row = KEY_FROM - KEY_STEP * [BLUE, VERMILLION, GREEN].index(colour)
    figure.add_scatter(
        x=_short(np.array([run.path[-1, 0], KEY_AT])),
        y=_short(np.array([run.path[-1, 1], row])),
        mode="markers",
        name=f"end of {run.way}",
        marker={"color": colour, "size": 13, "symbol": symbol, "line": {"color": PAPER, "width": 1.5}},
        hoverinfo="skip",
    )
    updates = f"{run.n_updates:,} update{'s' if run.n_updates > 1 else ''}"
    figure.add_annotation(
        x=KEY_AT,
        y=row,
        xshift=12,
        text=f"<b>{run.way}</b><br>{updates}",
        align="left",
        xanchor="left",
        yanchor="middle",
        showarrow=False,
        font={"color": WORDS[colour]},
        bgcolor=PAPER,
    )


def _marks(figure: Drawing, shown: BatchStory) -> None:
    """Where all began, and where a formula says the answer is."""
    weight, bias = shown.fit.exact
    figure.add_scatter(
        x=_short(np.array([weight, weight])),
        y=[EXACT_WORDS - 0.1, round(bias, 3)],
        mode="lines",
        name="line to the exact answer",
        line={"color": QUIET, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=_short(np.array([START[0], weight])),
        y=_short(np.array([START[1], bias])),
        mode="markers",
        name="start and exact answer",
        marker={
            "color": [PAPER, INK],
            "size": [11, 11],
            "symbol": ["circle", "x"],
            "line": {"width": 2, "color": [INK, PAPER]},
        },
        hovertemplate="weight %{x:.2f}, bias %{y:.2f}<extra></extra>",
    )
    note = {"showarrow": False, "font": {"color": INK}}
    start = f"start: always {START[1]:g} %"
    figure.add_annotation(x=START[0], y=START[1], text=start, yanchor="top", yshift=-10, **note)
    figure.add_annotation(x=weight, y=EXACT_WORDS, text="exact answer", bgcolor=PAPER, **note)


def _film(shown: BatchStory, moments: np.ndarray) -> Film:
    frames = np.unique(np.rint(np.linspace(0, len(moments) - 1, min(len(moments), MOST_FRAMES))).astype(int))
    n = len(shown.fit.x)
    done = [run.after(moments[frames], n) for run in shown.runs]
    captions = []
    for i, frame in enumerate(frames):
        read = int(moments[frame])
        current = min(shown.settings.n_epochs, read // n + 1)
        each = ", ".join(
            f"{run.way} {updates[i]:,} ({two_figures(run.distances[updates[i]])} away)"
            for run, updates in zip(shown.runs, done, strict=True)
        )
        captions.append(f"Pass {current} of {shown.settings.n_epochs}, {read:,} wines read. Updates: {each}.")
    paths = tuple(range(len(RINGS), len(RINGS) + len(shown.runs)))
    return Film(tuple(captions), grows=paths, shown=tuple(int(frame) + 1 for frame in frames))


def _short(values: np.ndarray) -> list[float]:
    """Four figures that count, and nothing so far out that an axis cannot hold it."""
    kept: list[float] = np.round(np.clip(values, -1e4, 1e4), 3).tolist()
    return kept


def _table(shown: BatchStory) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "way": run.way,
            "wines per update": run.batch_size,
            "updates per pass": run.updates_per_pass,
            "updates": run.n_updates,
            "final loss (half the mean squared error)": four_figures(run.loss),
            "away from the exact answer (% alcohol)": four_figures(run.away),
            "strayed in the last pass, at most (% alcohol)": four_figures(run.wander),
        }
        for run in shown.runs
    )
