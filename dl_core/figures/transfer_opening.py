"""Four steps in four panels: what was gathered, what was trained, how it was checked, whether to trust it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.images import data_uri
from dl_core.figures.picture import BLUE, INK, QUIET, VERMILLION, WORDS, Picture, hide_axes, house_drawing
from dl_core.numbers_in_words import number, seconds_in_words, so_many, two_figures
from dl_core.transfer.opening import SHOWN, Answer, Opening, learned_from, n_frozen, takeaway
from dl_core.transfer.pictures import SIDE, Pictures, Pixels
from dl_core.transfer.shares import short_sure, whole

if TYPE_CHECKING:
    import pandas as pd

GAP = 0.045  # of the figure's width, between two panels
MOST_IN_A_ROW = 5  # photos of a class that are shown
MOST_WITH_COUNT = 4  # classes whose rows are high enough for a name and a number
LONGEST, LONGEST_BESIDE, LONGEST_UNDER = 18, 9, 8  # letters of a class's name above its photos, left, under
SMALL = 13  # pixels, the smallest words
HEAD, LINE = 0.095, 0.195  # feet of a panel's two first lines, shares of its height
TOP = 0.225  # where what stands under them begins


@dataclass(frozen=True)
class _Grid:
    """Where the panels stand, in shares of the figure."""

    columns: int
    row: float  # from the top of one row of panels to the next
    high: float  # of a panel

    @property
    def wide(self) -> float:
        return (1 + GAP) / self.columns - GAP


@dataclass(frozen=True)
class _Panel:
    """One panel; places in it are shares of its own width and height, from its upper left corner."""

    figure: Drawing
    left: float
    top: float
    wide: float
    high: float

    def words(
        self,
        text: str,
        down: float,
        *,
        size: int = 14,
        colour: str = INK,
        right: float = 0.0,
        anchor: str = "bottom",
    ) -> None:
        """A line that begins ``right`` of the left end, with its foot (or its ``anchor``) at ``down``."""
        self.figure.add_annotation(
            text=text, x=self.left + right * self.wide, y=self.top - down * self.high,
            xref="paper", yref="paper", xanchor="left", yanchor=anchor, align="left",
            showarrow=False, font={"size": size, "color": colour},
        )  # fmt: skip

    def photos(
        self,
        pixels: list[Pixels],
        of: int,
        down: float,
        high: float,
        *,
        right: float = 0.0,
        room: float | None = None,
    ) -> None:
        """Photos side by side; ``of`` of them would fill ``room``, else what is left of the width."""
        wide = (1 - right if room is None else room) * self.wide * len(pixels) / of
        self.figure.add_layout_image(
            source=data_uri(_side_by_side(pixels)),
            x=self.left + right * self.wide, y=self.top - (down + high / 2) * self.high, sizex=wide,
            sizey=high * self.high, xref="paper", yref="paper", xanchor="left", yanchor="middle",
            sizing="contain", layer="above",
        )  # fmt: skip

    def box(self, down: float, to: float, *, fill: str, line: str, dash: str) -> None:
        """A frame over the panel's width."""
        self.figure.add_shape(
            type="rect", xref="paper", yref="paper", x0=self.left, x1=self.left + self.wide,
            y0=self.top - down * self.high, y1=self.top - to * self.high,
            fillcolor=fill, line={"color": line, "width": 2, "dash": dash}, layer="below",
        )  # fmt: skip

    def bar(self, share: float, down: float, colour: str, pattern: str, told: str) -> None:
        """A bar from the left; all of the width is 100 %."""
        self.figure.add_bar(
            orientation="h", base=[self.left], x=[self.wide * share], y=[self.top - down * self.high],
            width=0.08 * self.high, marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": INK}},
            hovertemplate=f"{told}<extra></extra>",
        )  # fmt: skip

    def whisker(self, low: float, high: float, down: float, told: str) -> None:
        """A line across a bar's end, from ``low`` to ``high``."""
        y = self.top - down * self.high
        self.figure.add_scatter(
            x=[four_figures(self.left + self.wide * end) for end in (low, high)], y=[y, y],
            mode="lines+markers", line={"color": INK, "width": 2},
            marker={"symbol": "line-ns", "size": 12, "color": INK, "line": {"color": INK, "width": 2}},
            hovertemplate=f"{told}<extra></extra>",
        )  # fmt: skip


PAGE, SLIDE = _Grid(2, 0.52, 0.48), _Grid(4, 1, 1)


def four_steps(told: Opening) -> Picture:
    """Two panels above two: gather, train; check, trust.

    Examples
    --------
    >>> from dl_core.transfer.opening import at_rest, story
    >>> four_steps(story(at_rest())).title
    '93 % right, yet it answers 161 of 192 pictures of other things'
    """
    return _drawn(told, PAGE)


def four_steps_in_a_row(told: Opening) -> Picture:
    """The same four panels side by side, for a slide."""
    return _drawn(told, SLIDE)


def _drawn(told: Opening, grid: _Grid) -> Picture:
    figure = house_drawing(_title(told), height=492)
    steps = (("Gather", _gather), ("Train", _train), ("Check", _check), ("Trust", _trust))
    for at, (name, step) in enumerate(steps):
        left = at % grid.columns * (grid.wide + GAP)
        panel = _Panel(figure, left, 1 - at // grid.columns * grid.row, grid.wide, grid.high)
        panel.words(f"<b>{at + 1}  {name}</b>", HEAD, size=16, colour=WORDS[BLUE])
        step(panel, told)
    hide_axes(figure)
    figure.update_layout(barmode="overlay", meta={"narrow_height": 640}, margin={"b": 12})
    return Picture(figure, _summary(told), lambda: _table(told))


def _title(told: Opening) -> str:
    if told.right is None:
        return "Nothing is held out, so nobody knows how good it is"
    if told.strangers is None:
        return "It gets none of the held-out pictures right"
    answered, right = told.strangers.answered, whole(told.right.value)
    if not answered.hits:
        return f"{right} right, and it answers none of {answered.n} pictures of other things"
    yet = ", yet" if told.right.value > 0.5 else ","
    return f"{right} right{yet} it answers {answered.hits} of {answered.n} pictures of other things"


def _gather(panel: _Panel, told: Opening) -> None:
    panel.words(learned_from(told), LINE)
    learned = [(label, n) for label, n in enumerate(told.counts) if n]
    each = (1 - TOP) / len(learned)
    beside = len(learned) > 2  # with few classes there is room for their names above the photos
    of = min(MOST_IN_A_ROW, len(learned) + 1) if beside else 4
    # the line above has told a number that is the same for all; a row of many classes is one line high
    with_count = len({n for _, n in learned}) > 1 and len(learned) <= MOST_WITH_COUNT
    for place, (label, n) in enumerate(learned):
        rows = [row for row in told.split.train if told.pictures.labels[row] == label][:of]
        photos = [told.pictures.pixels[row] for row in rows]
        top = TOP + place * each
        name = clipped(told.pictures.names[label], LONGEST_BESIDE if beside else LONGEST)
        if beside:
            text = f"{name}<br>{n}" if with_count else name
            panel.words(text, top + 0.46 * each, size=SMALL, colour=QUIET, anchor="middle")
            panel.photos(photos, of, top, 0.92 * each, right=0.36)
        else:
            panel.words(f"{name}, {n}", top + 0.085, size=SMALL, colour=QUIET)
            panel.photos(photos, of, top + 0.09, each - 0.11)


def clipped(name: str, longest: int) -> str:
    """A reader's name of a class, as far as there is room: ``longest`` letters.

    >>> clipped("Chipped", 9), clipped("Chipped rings", 9)
    ('Chipped', 'Chipped …')
    """
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _train(panel: _Panel, told: Opening) -> None:
    panel.words("Only the last layer learns", LINE)
    panel.box(TOP, 0.55, fill=tint(QUIET, 0.14), line=QUIET, dash="dot")
    panel.words("<b>Frozen network</b>", 0.335, right=0.04)
    panel.words(f"{two_figures(n_frozen() / 1e6)} million numbers,", 0.435, right=0.04)
    panel.words("learned on other photos", 0.535, right=0.04)
    panel.words(f"↓ {told.head.mean.size} numbers a picture", 0.66, right=0.04, size=SMALL, colour=QUIET)
    panel.box(0.68, 0.95, fill=tint(BLUE, 0.14), line=BLUE, dash="solid")
    panel.words("<b>New last layer</b>", 0.805, right=0.04, colour=WORDS[BLUE])
    panel.words(f"{number(told.head.n_trained)} numbers, {_took(told)}", 0.92, right=0.04)


def _took(told: Opening) -> str:
    return seconds_in_words(told.seconds).replace("milliseconds", "ms")


def _check(panel: _Panel, told: Opening) -> None:
    if told.right is None:
        panel.words("None is left to check with", LINE)
        panel.words("Each class is one burst.", 0.33, colour=QUIET)
        return
    right = told.right
    panel.words(f"{so_many(right.n, 'picture')} it never saw", LINE)
    told_as = f"{right.hits} of {right.n} right"
    panel.words(f"<b>{whole(right.value)} right</b>", 0.335, size=16, colour=WORDS[BLUE])
    panel.box(0.35, 0.43, fill=tint(QUIET, 0.1), line=tint(QUIET, 0.35), dash="solid")
    panel.bar(right.value, 0.39, BLUE, "", told_as)
    panel.whisker(right.low, right.high, 0.39, f"95 % range: {whole(right.low)} to {whole(right.high)}")
    panel.words(f"range {whole(right.low)} to {whole(right.high)}", 0.53, size=SMALL, colour=QUIET)
    panel.words(f"{whole(told.always)} by one answer for all", 0.7)
    panel.box(0.715, 0.795, fill=tint(QUIET, 0.1), line=tint(QUIET, 0.35), dash="solid")
    panel.bar(told.always, 0.755, QUIET, "/", f"one answer for all: {whole(told.always)}")
    panel.words("full width: 100 %", 0.895, size=SMALL, colour=QUIET)


def _trust(panel: _Panel, told: Opening) -> None:
    if told.right is None:
        panel.words("Not before a check", LINE)
        return
    if told.mistakes:
        which = "the first" if len(told.mistakes) > 1 else "yet"
        panel.words(f"Wrong, {which} {short_sure(told.mistakes[0].sure)} sure:", LINE)
        _answers(panel, told.pictures, told.mistakes, TOP)
    else:
        panel.words("No mistake on this pile", LINE)
    if told.strangers is None:
        return
    answered = whole(told.strangers.answered.value)
    panel.words(f"Still answers <b>{answered}</b> of others:", 0.655, colour=WORDS[VERMILLION])
    _answers(panel, told.strangers.pictures, told.strangers.surest, 0.685)


def _answers(panel: _Panel, pictures: Pictures, answers: tuple[Answer, ...], down: float) -> None:
    """Up to three photos, and under each what it is taken for."""
    for place, one in enumerate(answers):
        left = place / SHOWN
        panel.photos([pictures.pixels[one.row]], 1, down, 0.22, right=left, room=0.95 / SHOWN)
        says = f"“{clipped(one.says, LONGEST_UNDER)}”"
        panel.words(says, down + 0.305, size=SMALL, colour=QUIET, right=left)


def _side_by_side(photos: list[Pixels]) -> Pixels:
    """Photos in a row with a grey line between them, which shows on light and on dark ground."""
    line = np.full((SIDE, 2, 3), 128, np.uint8)
    parts = [part for photo in photos for part in (line, photo)]
    return np.concatenate(parts[1:], axis=1)


def _summary(told: Opening) -> str:
    steps = f"It learned from {learned_from(told)}; {number(told.head.n_trained)} numbers were trained."
    return f"{steps} {takeaway(told).replace('**', '')}"


def _table(told: Opening) -> pd.DataFrame:
    import pandas as pd

    names = told.pictures.names
    held = np.bincount(told.pictures.labels[told.split.held_out], minlength=len(names)).tolist()
    return pd.DataFrame(
        {
            "class": list(names),
            "pictures": list(told.pictures.counts),
            "learned from": list(told.counts),
            "held out": held,
        }
    )
