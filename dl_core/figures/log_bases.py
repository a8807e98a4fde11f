"""The same losses by three logarithms: other numbers, the same ratio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import BLUE, GREEN, INK, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.log_bases import LOGS, LogBases, takeaway
from dl_core.numbers_in_words import percent, two_figures

if TYPE_CHECKING:
    import pandas as pd

NAMES = {"natural": "natural<br>log (ln)", "base 2": "log of<br>base 2", "base 10": "log of<br>base 10"}
SPOKEN = {log: name.replace("<br>", " ") for log, name in NAMES.items()}
BEHIND = "#8A9098"  # a logarithm that does not stand in front


@dataclass(frozen=True)
class _Bar:
    x: float
    height: float
    text: str
    got: str  # under the bar
    colour: str
    words: str  # colour of its number
    hatch: str


def log_bases(shown: LogBases) -> Picture:
    """Bars of each answer's loss, in one group for each logarithm, the chosen one in colour.

    Examples
    --------
    >>> from dl_core.log_bases import Settings, story
    >>> log_bases(story(Settings())).figure["layout"]["title"]["text"]
    'Three logs, three numbers, one finding: 4.2 times as much'
    """
    figure = house_drawing(_title(shown))
    bars = _bars(shown)
    top = 1.5 * max(one.height for one in bars)
    figure.add_bar(
        x=[one.x for one in bars],
        y=[four_figures(one.height) for one in bars],
        width=0.82,
        marker={
            "color": [one.colour for one in bars],
            "pattern": {"shape": [one.hatch for one in bars], "size": 7, "solidity": 0.35},
        },
        hovertemplate="%{y:.4g}<extra></extra>",
    )
    for one in bars:
        _number(figure, one)
    for group, log in enumerate(LOGS):
        middle = group * (len(shown.answers) + 1) + (len(shown.answers) - 1) / 2
        _heading(figure, middle, NAMES[log], top, log == shown.settings.log)
    if shown.hinge is not None:
        _apart(figure, bars[-1].x, top)
    figure.update_xaxes(
        title={"text": "share that the right answer got"},
        tickvals=[one.x for one in bars],
        ticktext=[one.got for one in bars],
        tickangle=0,
        range=[-0.75, bars[-1].x + 0.75],
        showgrid=False,
        fixedrange=True,
    )
    figure.update_yaxes(title={"text": "loss"}, range=[0, top], nticks=5, fixedrange=True)
    return Picture(figure, bases_summary(shown), lambda: _table(shown))


def _title(shown: LogBases) -> str:
    if shown.hinge is not None:
        natural, ten = shown.losses["natural"][0], shown.losses["base 10"][0]
        return f"One answer, printed as {natural:.2f} or as {ten:.2f}"
    if shown.settings.example == "a four":
        four, loss = shown.answers[1], shown.losses["natural"][1]
        return f"{percent(four.share)} for the truth costs {loss:.2f}, as much as a blind guess"
    return f"Three logs, three numbers, one finding: {two_figures(shown.ratio)} times as much"


def bases_summary(shown: LogBases) -> str:
    """What a sighted reader takes from the bars: each log's losses, then the live sentence."""
    told = "; ".join(
        f"{SPOKEN[log]} {' and '.join(f'{loss:.4g}' for loss in shown.losses[log])}" for log in LOGS
    )
    return f"Loss by three logarithms: {told}. {takeaway(shown)}"


def _bars(shown: LogBases) -> list[_Bar]:
    """All bars from left to right, with an empty place between two groups."""
    bars: list[_Bar] = []
    for log in LOGS:
        chosen = log == shown.settings.log
        for place, (answer, loss) in enumerate(zip(shown.answers, shown.losses[log], strict=True)):
            colour = (BLUE, VERMILLION)[place]
            words = WORDS[colour] if chosen else QUIET
            text = f"<b>{shown.printed(loss)}</b>" if chosen else shown.printed(loss)
            share = percent(answer.share)
            bars.append(_Bar(len(bars), loss, text, share, colour if chosen else BEHIND, words, "/" * place))
        bars.append(_Bar(len(bars), 0.0, "", "", BEHIND, QUIET, ""))
    if shown.hinge is None:
        return bars[:-1]
    text = shown.printed(shown.hinge)
    return [*bars, _Bar(len(bars), shown.hinge, text, "scores", GREEN, WORDS[GREEN], "x")]


def _number(figure: Drawing, bar: _Bar) -> None:
    """The loss over its bar."""
    if not bar.text:
        return
    figure.add_annotation(
        x=bar.x,
        y=bar.height,
        text=bar.text,
        showarrow=False,
        yanchor="bottom",
        yshift=2,
        font={"color": bar.words, "size": 14},
    )


def _heading(figure: Drawing, x: float, text: str, top: float, chosen: bool) -> None:
    figure.add_annotation(
        x=x,
        y=top,
        text=f"<b>{text}</b>" if chosen else text,
        showarrow=False,
        yanchor="top",
        font={"color": INK if chosen else QUIET, "size": 14},
    )


def _apart(figure: Drawing, place: float, top: float) -> None:
    """Another kind of loss stands behind a line: its number says nothing beside the others."""
    figure.add_vline(place - 1, line={"color": QUIET, "width": 1.5, "dash": "dash"})
    _heading(figure, place, "hinge: not<br>comparable", top, chosen=False)


def _table(shown: LogBases) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "answer": answer.name,
            "share on the truth": percent(answer.share),
            **{SPOKEN[log]: f"{shown.losses[log][place]:.4f}" for log in LOGS},
        }
        for place, answer in enumerate(shown.answers)
    ]
    if len(rows) > 1:
        mean = {SPOKEN[log]: f"{shown.mean(log):.4f}" for log in LOGS}
        times = {SPOKEN[log]: f"{shown.losses[log][1] / shown.losses[log][0]:.4f}" for log in LOGS}
        rows += [
            {"answer": "average", "share on the truth": "", **mean},
            {"answer": "second over first", "share on the truth": "", **times},
        ]
    if shown.hinge is not None:
        blank = {SPOKEN[log]: "" for log in LOGS}
        rows.append({"answer": f"hinge loss: {shown.hinge:.2f}", "share on the truth": "", **blank})
    return pd.DataFrame(rows)
