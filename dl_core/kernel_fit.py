"""Whether a window fits into a picture, how many places it finds, and what padding, stride and gaps cost.

The picture is made by hand: its left half is bright (10), its right half dark (0). With a window of three and
the weights 1, 0, −1 in each row the sums are 0, 30, 30, 0 in each row: the well-known demonstration.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dl_core.convolution import Grid, Window, convolve, leftover, misfit, output_size, pool, unread
from dl_core.numbers_in_words import short, so_many

Kind = Literal["weights", "max", "average"]

KINDS: tuple[Kind, ...] = ("weights", "max", "average")
BRIGHT = 10.0
PICTURES, SIZES, STRIDES = (5, 6, 7), (1, 2, 3, 5, 7), (1, 2, 3)
PADDINGS, DILATIONS = (0, 1, 2), (1, 2, 3)


@dataclass(frozen=True)
class Settings:
    """A square picture, a window, what it does with what it sees, and the place that is looked at.

    Raises
    ------
    ValueError
        If a number is not among those offered, pooling has padding or gaps, or the place is not in the map.
    """

    n: int = 6  # cells of the picture along each side, 5 to 7
    kind: Kind = "weights"  # multiply and add, take the largest, or take the average
    size: int = 3  # cells of the window along each side
    stride: int = 1  # cells it moves
    padding: int = 0  # cells of 0 around the picture
    dilation: int = 1  # cells from one it reads to the next
    row: int = 1  # of the number looked at, from 1
    column: int = 2  # likewise

    def __post_init__(self) -> None:
        for name, value, offered in (
            ("picture", self.n, PICTURES),
            ("window", self.size, SIZES),
            ("stride", self.stride, STRIDES),
            ("padding", self.padding, PADDINGS),
            ("dilation", self.dilation, DILATIONS),
            ("kind", self.kind, KINDS),
        ):
            if value not in offered:
                raise ValueError(f"A {name} of {value} is not offered: choose one of {offered}.")
        if self.kind != "weights" and (self.padding or self.dilation > 1):
            raise ValueError("Pooling here has neither padding nor gaps.")
        if not all(1 <= place <= max(1, self.places) for place in (self.row, self.column)):
            raise ValueError(f"The map has no row {self.row}, column {self.column}.")

    @property
    def window(self) -> Window:
        """Size, stride, padding and dilation in one."""
        return Window(self.size, self.stride, self.padding, self.dilation)

    @property
    def places(self) -> int:
        """Places of the window along each side; 0 where it does not fit."""
        return output_size(self.n, self.window)


def moved(settings: Settings, **changes: object) -> Settings:
    """Other settings, the place moved into the map where it would lie outside of it.

    Examples
    --------
    >>> moved(Settings(row=4, column=4), stride=2).row
    2
    """
    at_first = replace(settings, row=1, column=1, **changes)  # type: ignore[arg-type]
    most = max(1, at_first.places)
    return replace(at_first, row=min(settings.row, most), column=min(settings.column, most))


PRESETS = {
    "The 6 × 6 demo": Settings(),
    "Padded: size stays": Settings(padding=1),
    "Stride 2: half the size": Settings(padding=1, stride=2),
    "Gaps: dilation 2": Settings(dilation=2, column=1),
    "Pool 2 × 2": Settings(kind="max", size=2, stride=2),
    "Does not fit": Settings(size=7, column=1),
}


@dataclass(frozen=True)
class Tap:
    """One cell that the window reads at the chosen place."""

    row: int  # of the picture, from 0; negative or beyond its end in the padding
    column: int  # likewise
    value: float  # what stands there
    weight: float  # what it is multiplied by; 1 where nothing is


@dataclass(frozen=True)
class Remedy:
    """What would help."""

    label: str  # what a button says
    settings: Settings


@dataclass(frozen=True)
class Fit:
    """The picture, the map that the window makes of it, and the window at one place."""

    settings: Settings
    picture: Grid  # (n, n)
    result: Grid  # (places, places); empty where the window does not fit
    taps: tuple[Tap, ...]  # what it reads at the place looked at; empty where it does not fit
    unread: tuple[int, ...]  # rows, and columns, that no place reads, from 0
    bent: int  # sums that padding with 0 changed; as against repeating the picture's rim
    reason: str  # why it does not fit, or why some cells are never read; empty where all is well
    remedy: Remedy | None

    @property
    def value(self) -> float:
        """The number looked at."""
        return float(self.result[self.settings.row - 1, self.settings.column - 1])


def half_bright(n: int) -> Grid:
    """The hand-made picture, ``(n, n)``: the left half 10, the right half 0.

    Parameters
    ----------
    n
        Cells along each side; where that is odd, the middle column is bright.

    Examples
    --------
    >>> half_bright(3).tolist()
    [[10.0, 10.0, 0.0], [10.0, 10.0, 0.0], [10.0, 10.0, 0.0]]
    """
    return np.repeat((np.arange(n) < (n + 1) // 2)[None, :] * BRIGHT, n, axis=0)


def edge_weights(size: int) -> Grid:
    """Weights ``(size, size)``: 1 in the first column, −1 in the last, 0 between; a single one is 1.

    Parameters
    ----------
    size
        1 or more.

    Examples
    --------
    >>> edge_weights(3)[0].tolist(), edge_weights(1).tolist()
    ([1.0, 0.0, -1.0], [[1.0]])
    """
    weights = np.zeros((size, size))
    weights[:, -1] = -1
    weights[:, 0] = 1
    return weights


def story(settings: Settings) -> Fit:
    """Lay the window over the picture at all its places.

    Examples
    --------
    >>> story(Settings()).result[0].tolist()
    [0.0, 30.0, 30.0, 0.0]
    """
    picture = half_bright(settings.n)
    n, window = settings.n, settings.window
    if not settings.places:
        why = misfit(n, n, window)
        return Fit(settings, picture, np.zeros((0, 0)), (), (), 0, why, _remedy(settings))
    result = _result(settings, picture)
    bent = 0
    if settings.padding:
        rim_repeated = np.pad(picture, settings.padding, mode="edge")
        bent = int((_result(replace(settings, padding=0, row=1, column=1), rim_repeated) != result).sum())
    missed = unread(n, window)
    return Fit(
        settings, picture, result, _taps(settings, picture), missed, bent, leftover(n, window),
        _remedy(settings) if missed else None,
    )  # fmt: skip


def _result(settings: Settings, picture: Grid) -> Grid:
    if settings.kind == "weights":
        return convolve(
            picture,
            edge_weights(settings.size),
            stride=settings.stride,
            padding=settings.padding,
            dilation=settings.dilation,
        )
    return pool(picture, settings.size, settings.kind, stride=settings.stride)


def _taps(settings: Settings, picture: Grid) -> tuple[Tap, ...]:
    weights = edge_weights(settings.size) if settings.kind == "weights" else np.ones((settings.size,) * 2)
    padded = np.pad(picture, settings.padding)
    found = []
    for (i, j), weight in np.ndenumerate(weights):
        row = (settings.row - 1) * settings.stride + i * settings.dilation
        column = (settings.column - 1) * settings.stride + j * settings.dilation
        at = row - settings.padding, column - settings.padding
        found.append(Tap(*at, float(padded[row, column]), float(weight)))
    return tuple(found)


def _remedy(settings: Settings) -> Remedy | None:
    """The smallest change after which the window fits and reads every cell."""
    wished: list[tuple[str, dict[str, int]]] = []
    if settings.dilation > 1:
        wished.append(("Close the gaps: dilation 1", {"dilation": 1}))
    if settings.kind == "weights":
        wished += [(f"Padding {p}", {"padding": p}) for p in PADDINGS if p > settings.padding]
    wished += [(f"Window {k}", {"size": k}) for k in reversed(SIZES) if k < settings.size]
    wished += [(f"A picture of {n}", {"n": n}) for n in PICTURES if n > settings.n]
    wished += [(f"Stride {s}", {"stride": s}) for s in reversed(STRIDES) if s < settings.stride]
    wished.append(("Window 3, stride 1, no gaps", {"size": 3, "stride": 1, "dilation": 1}))
    for label, changes in wished:
        better = moved(settings, **changes)
        if better.places and not unread(better.n, better.window):
            return Remedy(label, better)
    return None


def formula(settings: Settings) -> str:
    """The size formula with these numbers in it.

    Examples
    --------
    >>> formula(Settings())
    '(6 + 2×0 − 1×(3−1) − 1) ÷ 1, rounded down, + 1 = 4'
    """
    n, p, d, k, s = settings.n, settings.padding, settings.dilation, settings.size, settings.stride
    ends = f"= {settings.places}" if settings.places else "is below 1"
    return f"({n} + 2×{p} − {d}×({k}−1) − 1) ÷ {s}, rounded down, + 1 {ends}"


def finding(told: Fit) -> str:
    """What became of the size, in a few words.

    Examples
    --------
    >>> finding(story(PRESETS["Pool 2 × 2"])), finding(story(PRESETS["Does not fit"]))
    ('Pooling keeps 1 of 4 numbers', 'A window of 7 does not fit into 6')
    """
    n, places = told.settings.n, told.settings.places
    room = n + 2 * told.settings.padding
    if not places:
        return f"A window of {told.settings.window.span} does not fit into {room}"
    missed = ""
    if told.unread:
        missed = f"; {so_many(len(told.unread), 'row')}, {so_many(len(told.unread), 'column')} never read"
    if told.settings.kind != "weights":
        whole = n * n % (places * places) == 0
        kept = f"1 of {n * n // places**2}" if whole else f"{places**2} of {n * n}"
        return f"Pooling keeps {kept} numbers{missed}"
    bent = f"; padding changes {so_many(told.bent, 'sum')}" if told.bent else ""
    return f"{n} × {n} becomes {places} × {places}{missed or bent or _edge_alone(told)}"


def _edge_alone(told: Fit) -> str:
    """Whether the sums are 0 but for one number, which then marks the edge."""
    found = sorted({float(value) for value in told.result.ravel()})
    return f"; only the edge gives {short(found[1])}" if len(found) == 2 and found[0] == 0 else ""


def takeaway(told: Fit) -> str:
    """The live sentences: how many numbers come out, and what stands at the place looked at.

    Examples
    --------
    >>> print(takeaway(story(Settings())))
    A window of 3 × 3 finds 4 × 4 places, so 36 numbers become **16**. At row 1, column 2 its left side adds \
30 and its right side takes away 0, which makes 30.
    """
    settings = told.settings
    if not settings.places:
        return f"{told.reason} The formula gives less than 1, so nothing comes out.{_help(told)}"
    wide, high = settings.size, settings.places
    start = (
        f"A window of {wide} × {wide} finds {f'{high} × {high} places' if high > 1 else '1 place'}, "
        f"so {settings.n**2} numbers become **{high**2}**."
    )
    if told.reason:
        return f"{start} {told.reason}{_help(told)}"
    padded = f" Padding with 0 changes {told.bent} of them." if told.bent else ""
    return f"{start} {_there(told)}{padded}"


def _there(told: Fit) -> str:
    place = f"At row {told.settings.row}, column {told.settings.column}"
    if told.settings.kind != "weights":
        which = "largest" if told.settings.kind == "max" else "average"
        return f"{place} the {which} of {so_many(len(told.taps), 'number')} is {short(told.value)}."
    if told.settings.size == 1:
        return f"{place} the one weight is 1, so {short(told.value)} stays {short(told.value)}."
    plus = sum(tap.value * tap.weight for tap in told.taps if tap.weight > 0)
    minus = -sum(tap.value * tap.weight for tap in told.taps if tap.weight < 0) + 0.0
    return (
        f"{place} its left side adds {short(plus)} and its right side takes away {short(minus)}, "
        f"which makes {short(told.value)}."
    )


def _help(told: Fit) -> str:
    return f" What would help: {told.remedy.label[0].lower()}{told.remedy.label[1:]}." if told.remedy else ""
