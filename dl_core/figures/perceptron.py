"""Eight cases as eight bars against one threshold: which inputs are met, what they add up to, go or stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, FAINT, INK, PAPER, QUIET, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import number
from dl_core.perceptron import CASES, Perceptron, in_words, rule, takeaway

if TYPE_CHECKING:
    import pandas as pd

HEADS = ("sun", "partner", "transport")
COLUMN = 0.26  # between two columns of dots, as a share of the bars' width
WORDS_WIDE = 0.45  # for "you stay", the same share
TOP = len(CASES) - 0.15  # where the headings stand: row 0 is the lowest case
WHITE = "rgb(255,255,255)"  # on a blue bar, in either theme
CLOSE = 0.025  # a number nearer to the threshold than this share moves aside
THIN = 0.055  # a part of a bar narrower than this share has no room for its number


def eight_cases(shown: Perceptron) -> Picture:
    """A row for each case: dots for what is met, the weighted sum as a bar, and what the neuron says.

    Examples
    --------
    >>> from dl_core.perceptron import Settings, story
    >>> eight_cases(story(Settings())).figure["layout"]["title"]["text"]
    'Go in 4 of 8 cases: in good weather'
    """
    figure = house_drawing(_title(shown), height=330)
    low, high = _span(shown)
    wide = high - low
    _own_row(figure, shown, low, high)
    _dots(figure, shown, low, wide)
    _bars(figure, shown)
    _verdicts(figure, shown, high, wide)
    _threshold(figure, shown)
    _sums(figure, shown, wide)
    ticks = _ticks(low, high)
    figure.update_xaxes(
        title={"text": "weighted sum"},
        range=[low - (len(HEADS) + 0.15) * COLUMN * wide, high + WORDS_WIDE * wide],
        tickvals=ticks,
        ticktext=[number(tick) for tick in ticks],
        showgrid=False,
    )
    figure.update_yaxes(visible=False, range=[-0.6, len(CASES) + 0.95], fixedrange=True)
    figure.update_layout(
        barmode="overlay", margin={"t": 44, "r": 4, "l": 4}, meta={"stretch": True, "narrow_height": 350}
    )
    return Picture(figure, f"Eight cases as bars. {takeaway(shown)}", lambda: _table(shown))


def _title(shown: Perceptron) -> str:
    n, told = len(shown.going), rule(shown)
    if n == 0:
        return "No case is over the threshold: always stay"
    if n == len(CASES):
        return "Every case is over the threshold: always go"
    return f"Go in {n} of {len(CASES)} cases{': ' + told if told else ''}"


def _span(shown: Perceptron) -> tuple[float, float]:
    """From where to where bars and threshold reach, with room for a number beside the longest."""
    ends = [0.0, shown.threshold]
    for one in shown.decisions:
        ends += [sum(term for term in one.terms if term < 0), sum(term for term in one.terms if term > 0)]
    room = (max(ends) - min(ends)) or 1.0
    return min(ends) - (0.1 * room if min(ends) < 0 else 0.0), max(ends) + 0.15 * room


def _ticks(low: float, high: float) -> list[float]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (high - low) / step <= 8)
    return [float(tick) for tick in range(-100, 101) if tick % step == 0 and low <= tick <= high]


def _row(place: int) -> int:
    return len(CASES) - 1 - place


def _own_row(figure: Drawing, shown: Perceptron, low: float, high: float) -> None:
    row, wide = _row(CASES.index(shown.settings.case)), high - low
    figure.add_shape(
        type="rect", layer="below", x0=round(low - (len(HEADS) + 0.1) * COLUMN * wide, 3),
        x1=round(high + (WORDS_WIDE - 0.01) * wide, 3), y0=row - 0.46, y1=row + 0.46,
        line={"color": ACCENT, "width": 1.5},
    )  # fmt: skip


def _dots(figure: Drawing, shown: Perceptron, low: float, wide: float) -> None:
    """Three columns with their weights: a solid dot where the input is met, an empty one where it is not."""
    for column, (head, weight) in enumerate(zip(HEADS, shown.settings.weights, strict=True)):
        x = round(low - (len(HEADS) - 0.42 - column) * COLUMN * wide, 4)
        figure.add_annotation(
            x=x, y=TOP, yanchor="bottom", yshift=-8, showarrow=False,
            text=f"{head}<br><b>{number(weight)}</b>", font={"color": INK, "size": 14},
        )  # fmt: skip
        figure.add_scatter(
            x=[x] * len(CASES),
            y=[_row(place) for place in range(len(CASES))],
            mode="markers",
            name=head,
            marker={
                "opacity": 1,
                "size": [11 if case[column] else 9 for case in CASES],
                "color": [INK if case[column] else PAPER for case in CASES],
                "line": {"color": [INK if case[column] else QUIET for case in CASES], "width": 1.5},
            },
            hovertext=[f"{head}: {'yes' if case[column] else 'no'}" for case in CASES],
            hoverinfo="text",
        )


def _bars(figure: Drawing, shown: Perceptron) -> None:
    """Each met input adds its weight to the right, or takes it away to the left."""
    for place, head in enumerate(HEADS):
        terms = [one.terms[place] for one in shown.decisions]
        starts = [
            sum(before for before in one.terms[:place] if (before < 0) == (one.terms[place] < 0))
            for one in shown.decisions
        ]
        figure.add_bar(
            x=[round(term, 4) for term in terms],
            y=[_row(row) for row in range(len(CASES))],
            base=[round(start, 4) for start in starts],
            orientation="h",
            width=0.62,
            name=head,
            marker={
                "color": [BLUE if one.goes else FAINT for one in shown.decisions],
                "line": {"color": PAPER, "width": 1.5},
            },
            hovertemplate=f"{head}: %{{x:.3g}}<extra></extra>",
        )


def _sums(figure: Drawing, shown: Perceptron, wide: float) -> None:
    """The parts' numbers inside of the bar, and their sum at its end."""
    for place, one in enumerate(shown.decisions):
        right = left = 0.0
        for term in one.terms:
            start = right if term > 0 else left
            right, left = (start + term, left) if term > 0 else (right, start + term if term < 0 else left)
            if abs(term) > THIN * wide and sum(map(bool, one.terms)) > 1:
                middle = start + term / 2
                if abs(middle - shown.threshold) < CLOSE * wide:  # not on the dashed line
                    middle = start + 0.25 * term
                figure.add_annotation(
                    x=round(middle, 4), y=_row(place), text=number(term), showarrow=False,
                    font={"color": WHITE if one.goes else INK, "size": 13},
                )  # fmt: skip
        figure.add_annotation(
            x=round(right, 4), y=_row(place), text=f"<b>{number(one.sum)}</b>", showarrow=False,
            xanchor="left", xshift=4, font={"color": WORDS[BLUE] if one.goes else QUIET, "size": 14},
        )  # fmt: skip


def _threshold(figure: Drawing, shown: Perceptron) -> None:
    figure.add_shape(
        type="line", x0=shown.threshold, x1=shown.threshold, y0=-0.6, y1=TOP + 0.1,
        line={"color": INK, "width": 2, "dash": "dash"},
    )  # fmt: skip
    figure.add_annotation(
        x=shown.threshold, y=TOP + 0.1, yanchor="bottom", showarrow=False,
        text=f"<b>threshold {number(shown.threshold)}</b>", font={"color": INK, "size": 14},
    )  # fmt: skip


def _verdicts(figure: Drawing, shown: Perceptron, high: float, wide: float) -> None:
    """Go or stay, by shape and in words; the reader's own row says "you"."""
    x = high + 0.07 * wide  # clear of the number at the end of the longest bar, on a phone too
    figure.add_scatter(
        x=[round(x, 4)] * len(CASES),
        y=[_row(place) for place in range(len(CASES))],
        mode="markers",
        name="what the neuron says",
        marker={
            "symbol": ["circle" if one.goes else "square-open" for one in shown.decisions],
            "size": 11,
            "color": [BLUE if one.goes else QUIET for one in shown.decisions],
            "line": {"width": 2, "color": [BLUE if one.goes else QUIET for one in shown.decisions]},
        },
        hovertext=[f"{in_words(one.case)}: {'go' if one.goes else 'stay'}" for one in shown.decisions],
        hoverinfo="text",
    )
    for place, one in enumerate(shown.decisions):
        own, told = one is shown.own, "go" if one.goes else "stay"
        figure.add_annotation(
            x=round(x, 4), y=_row(place), xanchor="left", xshift=10, showarrow=False,
            text=f"<b>you {told}</b>" if own else told,
            font={"color": ACCENT if own else WORDS[BLUE] if one.goes else QUIET, "size": 14},
        )  # fmt: skip


def _table(shown: Perceptron) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "case": in_words(one.case),
            **{f"{head} adds": one.terms[place] for place, head in enumerate(HEADS)},
            "weighted sum": one.sum,
            "sum + bias": one.sum + one.bias,
            "the neuron says": "go" if one.goes else "stay",
            "yours": "yes" if one is shown.own else "no",
        }
        for one in shown.decisions
    )
