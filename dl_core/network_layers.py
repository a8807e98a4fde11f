"""The shipped network opened on the reader's photo: the whole path, one layer, or one sum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import percent, two_figures, two_places
from dl_core.photos import Photo
from dl_core.vision.calibration import probabilities
from dl_core.vision.card import read_card
from dl_core.vision.centre_view import centre_view
from dl_core.vision.classes import classes
from dl_core.vision.layers import N_MAPS, NAMES, SIDES, Dot, Layer, Maps, Walk, dot, walk
from dl_core.vision.predict import class_probabilities

DEPTHS = ("story", "mechanism", "arithmetic")
SCALES = ("shared", "local")
COLUMNS, MOST_SHOWN = 6, 24  # of the contact sheet: maps side by side, and in all
N_GUESSES = 3


@dataclass(frozen=True)
class Settings:
    """Which layer, map and place is looked at, and how closely.

    Raises
    ------
    ValueError
        When there is no such layer, map or place, depth or scale.
    """

    photo: Photo
    depth: str = DEPTHS[0]  # of DEPTHS
    layer: str = NAMES[0]  # of NAMES
    map: int = 0  # 1 to the layer's number of maps; 0: the strongest on this photo
    row: int = 0  # 1 to the side of the layer's maps; 0: the map's strongest place off its edge
    column: int = 0  # the same
    scale: str = SCALES[0]  # of SCALES: one colour scale for all maps of a layer, or one for each

    def __post_init__(self) -> None:
        for value, known in ((self.depth, DEPTHS), (self.layer, NAMES), (self.scale, SCALES)):
            if value not in known:
                raise ValueError(f"“{value}” is not known here: choose one of {', '.join(known)}.")
        maps, side = N_MAPS[self.at], SIDES[self.at]
        if not 0 <= self.map <= maps:
            raise ValueError(f"“{self.layer}” has no map {self.map}: choose 1 to {maps}, or 0.")
        if not (0 <= self.row <= side and 0 <= self.column <= side):
            raise ValueError(
                f"Maps of “{self.layer}” have {side} rows and columns: choose 1 to {side}, or 0."
            )

    @property
    def at(self) -> int:
        """The layer's place in NAMES."""
        return NAMES.index(self.layer)


@dataclass(frozen=True)
class OpenedNetwork:
    """One look at the photo, layer by layer, with one map and one place of it chosen."""

    settings: Settings
    walk: Walk
    guesses: tuple[tuple[str, float], ...]  # the likeliest names for this look, 0 to 1, the surest first
    answer: tuple[str, float]  # the network's own: the likeliest name over all its looks, 0 to 1
    refused: bool  # whether that is too unsure to answer
    chosen: int  # the chosen map, from 0
    row: int  # the chosen place, from 0
    column: int  # the same
    dot: Dot  # how the number at that place came about

    @property
    def layer(self) -> Layer:
        """The chosen layer."""
        return self.walk.layers[self.settings.at]

    @cached_property
    def strongest(self) -> tuple[int, ...]:
        """The chosen layer's maps, from 0, that with the largest number first."""
        return strongest_maps(self.layer)

    @property
    def shown(self) -> tuple[int, ...]:
        """The maps of the contact sheet, from 0, in the order of their numbers; the chosen one among them."""
        kept = self.strongest[:MOST_SHOWN]
        if self.chosen not in kept:
            kept = (*kept[:-1], self.chosen)
        return tuple(sorted(kept))

    @property
    def silent(self) -> int:
        """Maps of the chosen layer that are 0 everywhere on this photo."""
        return int((self.layer.maps.max(axis=(1, 2)) <= 0).sum())

    @property
    def value(self) -> float:
        """The number at the chosen place."""
        return float(self.layer.maps[self.chosen, self.row, self.column])


def strongest_maps(layer: Layer) -> tuple[int, ...]:
    """The layer's maps, from 0, in falling order of their largest number; ties in the order of number."""
    return tuple(int(i) for i in np.argsort(-layer.maps.max(axis=(1, 2)), kind="stable"))


def scale_end(layer: Layer) -> float:
    """Where the one colour scale of a layer ends: few numbers are larger, and they look the same.

    Returns 1 for a layer that is 0 everywhere.
    """
    return layer.bright or 1.0


def shades(layer: Layer, number: int, *, shared: bool) -> NDArray[np.float64]:
    """How dark each place of a map is drawn: ``(rows, columns)`` from 0 (white) to 1.

    Parameters
    ----------
    layer
        Whose map.
    number
        Which of its maps, from 0.
    shared
        On one scale for all maps of the layer, or on this map's own.
    """
    shown = layer.maps[number]
    end = scale_end(layer) if shared else float(shown.max())
    return np.asarray(np.clip(shown / end, 0, 1) if end > 0 else np.zeros(shown.shape), np.float64)


def map_at(opened: OpenedNetwork, x: float, y: float) -> int | None:
    """The number, from 1, of the map under a place on the contact sheet; None where there is none.

    Parameters
    ----------
    opened
        Whose contact sheet it is.
    x, y
        In cells of the sheet, from its upper left corner.
    """
    column, row = int(np.floor(x)), int(np.floor(y))
    place = row * COLUMNS + column
    inside = 0 <= column < COLUMNS and row >= 0 and place < len(opened.shown)
    return opened.shown[place] + 1 if inside else None


def story(settings: Settings) -> OpenedNetwork:
    """Walk through the network with one look at the photo.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> opened = story(Settings(first_sample()))
    >>> opened.layer.maps.shape, len(opened.shown), opened.strongest[0] == opened.chosen
    ((24, 64, 64), 24, True)
    """
    card = read_card()
    done = walk(centre_view(settings.photo.image))
    chances = probabilities(done.scores.astype(np.float64), card.temperature)
    best = np.argsort(-chances, kind="stable")[:N_GUESSES]
    over_all_looks = class_probabilities(settings.photo.image, card)
    answer = int(over_all_looks.argmax())
    layer = done.layers[settings.at]
    chosen = settings.map - 1 if settings.map else strongest_maps(layer)[0]
    row, column = _place(settings, layer.maps[chosen])
    return OpenedNetwork(
        settings,
        done,
        tuple((classes()[i].name, float(chances[i])) for i in best),
        (classes()[answer].name, float(over_all_looks[answer])),
        bool(over_all_looks[answer] < card.threshold),
        chosen,
        row,
        column,
        dot(done, settings.at, chosen, row, column),
    )


def _place(settings: Settings, shown: Maps) -> tuple[int, int]:
    """The reader's row and column, from 0; else the strongest place off the edge; a silent map's middle."""
    inner = shown[1:-1, 1:-1]  # at the edge a filter reads zeros that are not on the photo
    top = np.unravel_index(int(inner.argmax()), inner.shape)
    at = np.add(top, 1) if inner.max() > 0 else np.unravel_index(int(shown.argmax()), shown.shape)
    if shown.max() <= 0:
        at = np.floor_divide(shown.shape, 2)
    return (
        settings.row - 1 if settings.row else int(at[0]),
        settings.column - 1 if settings.column else int(at[1]),
    )


def largest_shares(opened: OpenedNetwork, n: int) -> tuple[tuple[int, float], ...]:
    """The incoming maps, from 0, that move the chosen number most, and by how much.

    Parameters
    ----------
    opened
        From :func:`story`.
    n
        How many, at least 1.
    """
    shares = opened.dot.shares
    return tuple((int(i), float(shares[i])) for i in np.argsort(-np.abs(shares), kind="stable")[:n])


def in_millions(n: int) -> str:
    """A large count in millions.

    >>> in_millions(5_712_000), in_millions(388_000_000)
    ('5.7 million', '390 million')
    """
    return f"{two_figures(n / 1e6)} million"


def takeaway(opened: OpenedNetwork) -> str:
    """The live sentences at the chosen depth.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> takeaway(story(Settings(first_sample()))).split(". ")[0]
    'The 12,288 numbers of the middle square become 98,304 after the first filters, then 320'
    """
    told = {"story": _path, "mechanism": _layer, "arithmetic": _sum}
    return told[opened.settings.depth](opened)


def _path(opened: OpenedNetwork) -> str:
    done = opened.walk
    (name, sure), (said, surer) = opened.guesses[0], opened.answer
    other = "" if said == name else f"“{said}”, "
    too_little = ", too unsure" if opened.refused else ""
    return (
        f"The {done.seen.size:,} numbers of the middle square become {done.layers[0].maps.size:,} "
        f"after the first filters, then {done.averages.size}. "
        f"That takes {in_millions(done.n_numbers)} learned numbers and "
        f"{in_millions(done.multiplications)} multiplications. "
        f"This square alone: **{name}**, {percent(sure)}. "
        f"With its mirror image, as the network answers: {other}{percent(surer)}{too_little}."
    )


def _layer(opened: OpenedNetwork) -> str:
    maps, rows, columns = opened.layer.maps.shape
    first = opened.strongest[0]
    peak = float(opened.layer.maps[opened.chosen].max())
    stay = "stays" if opened.silent == 1 else "stay"
    quiet = f"{opened.silent} of them {stay} silent here" if opened.silent else "Each answers somewhere"
    if peak <= 0:
        which = f"Map {opened.chosen + 1} is one of the silent ones."
    elif opened.chosen == first:
        which = f"Map {opened.chosen + 1} answers most strongly, with {two_places(peak)}."
    else:
        most = float(opened.layer.maps[first].max())
        which = (
            f"Map {opened.chosen + 1} reaches {two_places(peak)}; "
            f"the strongest is map {first + 1} with {two_places(most)}."
        )
    return (
        f"“{opened.layer.name}” makes {maps} maps of {rows} × {columns}. {quiet}. {which} "
        "It shows where, not what: most maps have no sure name."
    )


def _sum(opened: OpenedNetwork) -> str:
    taken = opened.dot
    products = f"{taken.patch.size:,} products add up to {two_places(float(taken.shares.sum()))}"
    beside = f"the bias of {two_places(taken.bias)}"
    if taken.carried is not None:
        beside += f" and {two_places(taken.carried)} from the shortcut"
    relu = "ReLU lets it pass." if taken.before > 0 else "That is not above 0, so ReLU makes it 0."
    return (
        f"Map {opened.chosen + 1} of “{opened.layer.name}”, row {opened.row + 1}, "
        f"column {opened.column + 1}: {products}. "
        f"With {beside}, that makes **{two_places(taken.before)}**. {relu}"
    )
