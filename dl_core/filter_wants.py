"""What a filter wants: a picture made to stir it, and the things on the photos that stir it most.

Measured once by `dl_core.offline.filter_wants`. The photos are not shipped; what they show is counted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.numbers_in_words import listed, so_many, two_figures
from dl_core.vision.ablation import LAYERS
from dl_core.vision.classes import ASSETS, classes

TABLE, SHEET = ASSETS / "vision" / "filter_wants.json", ASSETS / "vision" / "filter_wants.png"
WANTED_LAYERS = ("second", "stage2", "stage3", "stage4")  # keys of `LAYERS`, early to late
N_SHOWN = 8  # filters of a layer that have a picture
SIDE = 64  # pixels of a picture
DOMINATED = 0.5  # above this share of its strongest photos, one thing dominates a filter

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Wanted:
    """One filter: how far a picture can stir it, and what stirs it among real photos."""

    number: int  # from 1
    noise: float  # mean of its map for the noise that the picture grew from
    wanted: float  # and for the picture made to stir it
    photo: float  # and for the held-out photo that stirs it most
    average_photo: float  # and for a held-out photo on average
    things: tuple[tuple[str, int], ...]  # the three commonest names among its strongest photos, with counts
    n_things: int  # different names among its strongest photos

    @property
    def times(self) -> float:
        """How many times as much as any photo the picture stirs it; 0 where no photo does."""
        return self.wanted / self.photo if self.photo else 0.0


@dataclass(frozen=True)
class MeasuredLayer:
    """All filters of a layer in figures, eight of them shown, and the control."""

    n_filters: int  # of the layer
    n_firing: int  # fire on at least as many photos as are counted
    n_dominated: int  # of these, filters with one thing on more than half of their strongest photos
    scrambled_dominated: int  # the same among the filters of the network with scrambled weights
    most_of_one_thing: tuple[int, ...]  # (n_filters,) photos of the commonest thing; 0 where it hardly fires
    shown: tuple[Wanted, ...]  # drawn by lot, in order of their numbers
    scrambled: Wanted  # the first of them in the scrambled network, same recipe


@dataclass(frozen=True)
class Measurement:
    """Everything that was measured, and how."""

    layers: dict[str, MeasuredLayer]  # by the keys of `WANTED_LAYERS`
    n_photos: int  # held out
    n_top: int  # strongest photos that are counted for each filter
    per_thing: int  # held-out photos that show the same thing
    most_by_chance: int  # photos of one thing among as many by chance: at most this in 95 of 100 draws
    recipe: dict[str, Any]  # how the pictures were made
    date: str  # of the measurement


@dataclass(frozen=True)
class Settings:
    """Which filter to look at.

    Raises
    ------
    ValueError
        If it has no picture; says which have.
    """

    layer: str  # of `WANTED_LAYERS`
    number: int  # of the filter, from 1

    def __post_init__(self) -> None:
        if self.layer not in WANTED_LAYERS:
            raise ValueError(
                f"No picture for layer “{self.layer}”: choose one of {', '.join(WANTED_LAYERS)}."
            )
        known = [one.number for one in measurement().layers[self.layer].shown]
        if self.number not in known:
            raise ValueError(
                f"No picture for filter {self.number}: choose one of {', '.join(map(str, known))}."
            )


@dataclass(frozen=True)
class FilterWants:
    """One filter beside the others of its layer."""

    settings: Settings
    layer: MeasuredLayer
    chosen: Wanted
    n_top: int  # strongest photos that are counted
    most_by_chance: int  # of one thing among as many by chance
    n_photos: int  # held out

    @property
    def place(self) -> int:
        """The filter's place among the shown ones, from 0."""
        return self.layer.shown.index(self.chosen)

    @property
    def kind(self) -> str:
        """ "one thing", "a mix", or "chance": what its strongest photos show."""
        top = self.chosen.things[0][1]
        if top > DOMINATED * self.n_top:
            return "one thing"
        return "a mix" if top > self.most_by_chance else "chance"

    @property
    def leaders(self) -> tuple[list[str], int]:
        """The commonest names among its strongest photos, of the three that are kept, and their count."""
        count = self.chosen.things[0][1]
        return [name for name, n in self.chosen.things if n == count], count


def story(settings: Settings) -> FilterWants:
    """What was measured of this filter.

    Examples
    --------
    >>> told = story(default_settings())
    >>> told.chosen.wanted > told.chosen.noise, len(told.layer.shown)
    (True, 8)
    """
    found = measurement()
    layer = found.layers[settings.layer]
    chosen = next(one for one in layer.shown if one.number == settings.number)
    return FilterWants(settings, layer, chosen, found.n_top, found.most_by_chance, found.n_photos)


def default_settings() -> Settings:
    """The first filter that the lot gave of the last layer."""
    last = WANTED_LAYERS[-1]
    return Settings(last, measurement().layers[last].shown[0].number)


def presets() -> dict[str, Settings]:
    """An early filter, and of the last layer the purest and the most mixed that the lot gave."""
    early, last = WANTED_LAYERS[0], WANTED_LAYERS[-1]
    by_purity = sorted(measurement().layers[last].shown, key=lambda one: one.things[0][1])
    return {
        "Late, the purest": Settings(last, by_purity[-1].number),
        "Late, the most mixed": Settings(last, by_purity[0].number),
        "An early one": Settings(early, measurement().layers[early].shown[0].number),
    }


@cache
def measurement(file: Path = TABLE) -> Measurement:
    """The committed measurement.

    Parameters
    ----------
    file
        As written by `dl_core.offline.filter_wants`.
    """
    saved = json.loads(file.read_text(encoding="utf-8"))
    return Measurement(
        layers={layer: _layer(layer, saved["layers"][layer]) for layer in WANTED_LAYERS},
        n_photos=saved["n_photos"],
        n_top=saved["n_top"],
        per_thing=saved["per_thing"],
        most_by_chance=saved["most_by_chance"],
        recipe=saved["recipe"],
        date=saved["date"],
    )


def _layer(key: str, saved: dict[str, Any]) -> MeasuredLayer:
    return MeasuredLayer(
        n_filters=LAYERS[key].n_filters,
        n_firing=saved["n_firing"],
        n_dominated=saved["n_dominated"],
        scrambled_dominated=saved["scrambled_dominated"],
        most_of_one_thing=tuple(saved["most_of_one_thing"]),
        shown=tuple(map(_wanted, saved["shown"])),
        scrambled=_wanted(saved["scrambled"]),
    )


def _wanted(saved: dict[str, Any]) -> Wanted:
    return Wanted(
        number=saved["filter"] + 1,
        noise=saved["noise"],
        wanted=saved["wanted"],
        photo=saved["photo"],
        average_photo=saved["average_photo"],
        things=tuple((classes()[label].name, count) for label, count in saved["things"]),
        n_things=saved["n_things"],
    )


@cache
def pictures(layer: str) -> tuple[Pixels, ...]:
    """The pictures of a layer's shown filters, then the control's: each ``(64, 64, 3)``.

    Parameters
    ----------
    layer
        Of `WANTED_LAYERS`.
    """
    with Image.open(SHEET) as sheet:
        pixels = np.asarray(sheet.convert("RGB"))
    top = WANTED_LAYERS.index(layer) * SIDE
    row = pixels[top : top + SIDE]
    row.flags.writeable = False
    return tuple(row[:, left : left + SIDE] for left in range(0, row.shape[1], SIDE))


def takeaway(told: FilterWants) -> str:
    """What stirs this filter most, whether that is one idea, and how many of the layer's filters are pure.

    Examples
    --------
    >>> takeaway(story(default_settings())).count(". ") >= 2
    True
    """
    return f"{_first(told)} {_rest(told)} {_layer_in_words(told)}"


def _first(told: FilterWants) -> str:
    where = f"filter {told.chosen.number} of “{LAYERS[told.settings.layer].name}”"
    photos = f"the {told.n_top} photos that stir {where} most"
    if told.kind == "chance":
        return f"Among {photos}, no thing stands out."
    names, count = told.leaders
    if len(names) > 1:
        both = listed([f"“{name}”" for name in names])
        return f"Among {photos}, {both} lead with {count} each."
    return f"Of {photos}, {count} show “{names[0]}”."


def _rest(told: FilterWants) -> str:
    one, (names, count) = told.chosen, told.leaders
    if told.kind == "chance":
        return f"They show {so_many(one.n_things, 'thing')}, none on more than {count}, as chance gives too."
    verdict = "mostly one thing, not only" if told.kind == "one thing" else "a mix, not one idea"
    beside = [name for name, n in one.things if told.most_by_chance < n < count]
    if beside:
        return f"“{beside[0]}” stirs it too: {verdict}."
    others = told.n_top - count * len(names)
    return f"The other {others} show {so_many(one.n_things - len(names), 'thing')}: {verdict}."


def _layer_in_words(told: FilterWants) -> str:
    layer = told.layer
    found, control = layer.n_dominated, layer.scrambled_dominated
    counted = f"{found if found else 'none'} of {layer.n_firing} filters"
    return f"In this layer, {counted} are mostly one thing; with scrambled weights, {control or 'none'}."


def times_in_words(times: float) -> str:
    """A ratio as a title says it.

    >>> times_in_words(3.14), times_in_words(0.94)
    ('3.1 times as much as', '0.94 times as much as')
    """
    return f"{two_figures(times)} times as much as"
