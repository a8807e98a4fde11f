"""Four models on one photo: what each says and how sure, over how often it is right on held-out photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import bytes_in_words, percent, seconds_in_words
from dl_core.photo_course import Answer, CourseStory, takeaway

if TYPE_CHECKING:
    import pandas as pd

ROW_PX = 76
BAR = 0.24  # of a row
BAR_AT = 0.2  # below the middle of its row: the words stand above


def course_chart(told: CourseStory) -> Picture:
    """Bars of held-out scores with their intervals; a diamond says how sure each is of this photo.

    Parameters
    ----------
    told
        From :func:`dl_core.photo_course.story`.
    """
    n_rows = len(told.answers) + 1
    figure = house_drawing(title(told), height=96 + ROW_PX * n_rows)
    places = [row + BAR_AT for row in range(n_rows)]
    scores = [answer.measured.top1 for answer in told.answers]
    figure.add_bar(
        x=[four_figures(100 * score.value) for score in scores],
        y=places[:-1],
        orientation="h",
        width=BAR,
        marker={"color": BLUE},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [four_figures(100 * (score.high - score.value)) for score in scores],
            "arrayminus": [four_figures(100 * (score.value - score.low)) for score in scores],
            "color": INK,
            "thickness": 2,
            "width": 5,
        },
        customdata=[answer.name for answer in told.answers],
        hovertemplate="%{customdata}: right for %{x:.1f} %<extra></extra>",
    )
    figure.add_bar(
        x=[four_figures(100 * told.guess)],
        y=places[-1:],
        orientation="h",
        width=BAR,
        marker={"color": QUIET},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[four_figures(100 * answer.sure) for answer in told.answers],
        y=places[:-1],
        mode="markers",
        marker={"symbol": "diamond", "size": 13, "color": ACCENT, "line": {"color": PAPER, "width": 1.5}},
        customdata=[f"{answer.name}: {answer.label}" for answer in told.answers],
        hovertemplate="%{customdata}, %{x:.0f} % sure<extra></extra>",
    )
    for row, answer in enumerate(told.answers):
        first = f"<b>{answer.name}: {answer.label}</b>, {percent(answer.sure)} sure"
        refused = ", so it refuses" if told.refused and row == 0 else ""
        _words(figure, row, first + refused, _cost(answer))
    _words(figure, n_rows - 1, "<b>Blind guess</b>", f"right for {percent(told.guess)} · keeps nothing")
    figure.update_xaxes(
        title={"text": "%   ▬ right on held-out photos   ◆ sure of this photo"},
        range=[0, 102],
        dtick=20,
        showgrid=False,
        fixedrange=True,
    )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(visible=False, range=[n_rows - 0.45, -0.62], fixedrange=True)
    return Picture(figure, f"{takeaway(told)} {_scores(told)}".replace("**", ""), lambda: _table(told))


def title(told: CourseStory) -> str:
    """The finding: what the features are worth."""
    on_features = [answer.measured.top1.value for answer in told.answers[:-1]]
    return (
        f"On features {100 * min(on_features):.0f} to {percent(max(on_features))} right, "
        f"on pixels {percent(told.answers[-1].measured.top1.value)}"
    )


def _words(figure: Drawing, row: int, first: str, second: str) -> None:
    """Two lines over a row's bar: the answer, and what it costs."""
    for text, shift, colour, size in ((first, -0.33, INK, 15), (second, -0.07, QUIET, 14)):
        figure.add_annotation(
            text=text,
            x=0,
            y=row + shift,
            xref="x",
            yref="y",
            xanchor="left",
            yanchor="middle",
            xshift=-3,
            showarrow=False,
            font={"size": size, "color": colour},
        )


def _cost(answer: Answer) -> str:
    score = answer.measured.top1
    right = f"<span style='color:{WORDS[BLUE]}'>right for {percent(score.value)}</span>"
    return f"{right} · {_time(answer.seconds)} · {bytes_in_words(answer.measured.bytes)}"


def _time(seconds: float) -> str:
    return seconds_in_words(seconds).replace("milliseconds", "ms").replace("microseconds", "µs")


def _scores(told: CourseStory) -> str:
    return " ".join(
        f"{answer.name}: {answer.label}, {percent(answer.sure)} sure, {_range(answer)}."
        for answer in told.answers
    )


def _range(answer: Answer) -> str:
    score = answer.measured.top1
    return f"right for {percent(score.value)} ({100 * score.low:.1f} to {100 * score.high:.1f})"


def _table(told: CourseStory) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for answer in told.answers:
        found = answer.measured
        rows.append(
            {
                "model": answer.name,
                "says": answer.label,
                "how sure (%)": f"{100 * answer.sure:.1f}",
                "right on held-out photos (%)": f"{100 * found.top1.value:.1f}",
                "95 % interval": f"{100 * found.top1.low:.1f} to {100 * found.top1.high:.1f}",
                "right name in five (%)": f"{100 * found.top5.value:.1f}",
                "gap of how sure (points)": f"{100 * found.gap:.1f}",
                "this photo (ms)": f"{1000 * answer.seconds:.2f}",
                "its own part (ms)": f"{1000 * answer.own_seconds:.2f}",
                "needs in all": bytes_in_words(found.bytes),
                "keeps of its own": bytes_in_words(found.own_bytes),
                "multiplications": f"{found.multiplications:,}",
                "photos behind it": f"{found.trained_on:,}",
            }
        )
    rows.append({"model": "Blind guess", "right on held-out photos (%)": f"{100 * told.guess:.1f}"})
    return pd.DataFrame(rows).fillna("–")
