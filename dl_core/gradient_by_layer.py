"""How much of the gradient reaches each layer of a deep network: measured once, with the theory beside it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dl_core.numbers_in_words import so_many, two_figures
from dl_core.typical_slope import Activation, typical

ASSET = Path(__file__).parents[1] / "assets" / "gradient_by_layer.json"
Start = Literal["small", "xavier", "he", "large"]

WIDTH = 64  # neurons in every layer, as many as a digit has cells
MOST_LAYERS = 20
ACTIVATIONS: dict[Activation, str] = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "none": "plain"}
# how the first weights are drawn: the spread (standard deviation) of one weight, for WIDTH inputs
SPREADS: dict[Start, float] = {
    "small": 0.01,
    "xavier": 1 / math.sqrt(WIDTH),
    "he": math.sqrt(2 / WIDTH),
    "large": 1.0,
}
STEEPEST = 0.25  # a sigmoid's slope at 0; nowhere more
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
STARVED, EXPLODED = 0.01, 100.0  # what counts as vanished and exploded: layer 1 against the network's end


@dataclass(frozen=True)
class Settings:
    """Which network to look at.

    Raises
    ------
    ValueError
        If it was not measured; says what was.
    """

    n_layers: int = MOST_LAYERS  # hidden layers, 1 to 20
    activation: Activation = "sigmoid"
    start: Start = "xavier"  # how the first weights are drawn

    def __post_init__(self) -> None:
        if self.n_layers not in range(1, MOST_LAYERS + 1):
            raise ValueError(f"{self.n_layers} layers were not measured: choose 1 to {MOST_LAYERS}.")
        for name, known in (("activation", ACTIVATIONS), ("start", SPREADS)):
            if getattr(self, name) not in known:
                raise ValueError(
                    f"“{getattr(self, name)}” is no {name} here: choose one of {', '.join(known)}."
                )


PRESETS = {
    "Sigmoid starves": Settings(),
    "ReLU and He hold": Settings(activation="relu", start="he"),
    "Tiny first weights": Settings(activation="tanh", start="small"),
    "Large ones explode": Settings(activation="relu", start="large"),
}


@dataclass(frozen=True)
class Measured:
    """One network's gradients over all starts, as shares of the gradient at its end."""

    median: tuple[float, ...]  # (n_layers,) layer 1 first
    low: tuple[float, ...]  # (n_layers,) the smallest of all starts
    high: tuple[float, ...]  # (n_layers,) the largest
    weights: tuple[float, ...]  # (n_layers,) median gradient of the weights themselves, last layer = 1


@dataclass(frozen=True)
class Study:
    """Everything that was measured, and how."""

    networks: dict[tuple[Activation, Start, int], Measured]  # by activation, start and number of layers
    n_starts: int  # random starts of each network
    n_examples: int  # digits that the gradient was taken on
    input_square: float  # mean square of an input
    made: str  # the day of the measurement, as written in the file


@dataclass(frozen=True)
class GradientByLayer:
    """The chosen network, the three others with the same start, and the theory."""

    settings: Settings
    lines: dict[Activation, Measured]  # all four activations, with this depth and start
    theory: tuple[float, ...]  # (n_layers,) average slope times weight strength, layer by layer
    slopes_alone: tuple[float, ...]  # (n_layers,) a sigmoid's steepest slope, once a layer; empty for others
    n_starts: int  # random starts of each network

    @property
    def chosen(self) -> Measured:
        """The network of the settings."""
        return self.lines[self.settings.activation]

    @property
    def first(self) -> float:
        """What layer 1 gets, the gradient at the network's end being 1; the median of all starts."""
        return self.chosen.median[0]

    @property
    def fate(self) -> Literal["starves", "holds", "explodes"]:
        """What becomes of the gradient on its way to layer 1."""
        if self.first < STARVED:
            return "starves"
        return "explodes" if self.first > EXPLODED else "holds"


@cache
def expected(activation: Activation, start: Start, n_layers: int, input_square: float) -> tuple[float, ...]:
    """What theory says each layer gets of the gradient at the network's end.

    Forward, the size of the sums follows from layer to layer. Backward, each layer multiplies the gradient
    by its typical slope, and by the strength of its weights: their spread times the root of `WIDTH`.

    Parameters
    ----------
    activation, start
        Of `ACTIVATIONS` and `SPREADS`.
    n_layers
        Hidden layers, 1 or more.
    input_square
        Mean square of an input.

    Returns
    -------
    tuple
        (n_layers,), layer 1 first.

    Examples
    --------
    >>> [round(one, 2) for one in expected("relu", "he", 3, 1.0)]  # √½ · √2 a layer
    [0.71, 0.71, 0.71]

    Source: S. Schoenholz, J. Gilmer, S. Ganguli, J. Sohl-Dickstein, "Deep information propagation" (2017).
    """
    strength, square, slopes = SPREADS[start] * math.sqrt(WIDTH), input_square, []
    for _ in range(n_layers):
        square, slope = typical(activation, strength**2 * square)
        slopes.append(slope)
    found = [slopes[-1]]
    for slope in reversed(slopes[:-1]):
        found.append(found[-1] * strength * slope)
    return tuple(reversed(found))


@cache
def study(file: Path = ASSET) -> Study:
    """The committed measurement.

    Parameters
    ----------
    file
        Where it lies; made by ``dl_core/offline/gradient_by_layer.py``.

    Examples
    --------
    >>> len(study().networks[("relu", "he", 7)].median)
    7
    """
    stored = json.loads(file.read_text(encoding="utf-8"))["layers"]
    networks = {
        (row["activation"], row["start"], len(row["median"])): Measured(
            *(powers(row[name]) for name in ("median", "low", "high", "weights"))
        )
        for row in stored["networks"]
    }
    return Study(
        networks, stored["n_starts"], stored["n_examples"], stored["input_square"], str(stored["date"])
    )


def powers(logs: list[Any]) -> tuple[float, ...]:
    """Numbers from their logarithms to base 10, as the measurement keeps them.

    >>> powers([0, -2])
    (1.0, 0.01)
    """
    return tuple(10.0**log for log in logs)


def story(settings: Settings) -> GradientByLayer:
    """The measured network and its theory.

    Examples
    --------
    >>> shown = story(Settings())
    >>> shown.fate, f"{shown.slopes_alone[0]:.1e}"
    ('starves', '9.1e-13')
    """
    all_of_it, n = study(), settings.n_layers
    lines = {one: all_of_it.networks[one, settings.start, n] for one in ACTIVATIONS}
    theory = expected(settings.activation, settings.start, n, all_of_it.input_square)
    alone = tuple(STEEPEST ** (n - layer) for layer in range(n)) if settings.activation == "sigmoid" else ()
    return GradientByLayer(settings, lines, theory, alone, all_of_it.n_starts)


def counted(number: float) -> str:
    """A large number in words; from a thousand trillion on, a power of ten.

    Parameters
    ----------
    number
        1 or more.

    Examples
    --------
    >>> counted(4_720_000_000_000), counted(1024), counted(7.9e32)
    ('4.7 trillion', '1,000', 'about 10³³')
    """
    if number >= 999.5e12:
        return f"about {ten_to_the(round(math.log10(number)))}"
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if number >= 0.9995 * size:
            return f"{two_figures(number / size)} {name}"
    return two_figures(number)


def ten_to_the(power: int) -> str:
    """A power of ten as one writes it.

    >>> ten_to_the(33), ten_to_the(-27)
    ('10³³', '10⁻²⁷')
    """
    return f"10{str(power).translate(SUPERSCRIPTS)}"


def share_in_words(share: float) -> str:
    """A share of the gradient that may be tiny or huge.

    Parameters
    ----------
    share
        Above 0; 1 is the whole.

    Examples
    --------
    >>> share_in_words(2.1e-13), share_in_words(0.232), share_in_words(1.5e14)
    ('1 part in 4.8 trillion', '23 %', '150 trillion times')
    """
    if share >= 1.5:
        return f"{counted(share)} times"
    return f"{two_figures(100 * share)} %" if share >= 0.001 else f"1 part in {counted(1 / share)}"


def of_the_gradient(share: float) -> str:
    """`share_in_words`, and what it is a share of.

    >>> of_the_gradient(0.232), of_the_gradient(1.5e14)
    ('23 % of the gradient', '150 trillion times the gradient')
    """
    told = share_in_words(share)
    return f"{told} the gradient" if told.endswith("times") else f"{told} of the gradient"


def in_layers(n: int, activation: Activation) -> str:
    """``n`` layers of a kind.

    >>> in_layers(1, "none"), in_layers(20, "relu")
    ('1 plain layer', '20 ReLU layers')
    """
    return so_many(n, f"{ACTIVATIONS[activation]} layer")


def takeaway(shown: GradientByLayer) -> str:
    """What layer 1 gets, what theory says, and what follows."""
    settings = shown.settings
    layers = in_layers(settings.n_layers, settings.activation)
    found, said = share_in_words(shown.first), share_in_words(shown.theory[0])
    theory = "Theory agrees." if found == said else f"Theory says {said}."
    told = f"Through {layers}, layer 1 next to the input gets {of_the_gradient(shown.first)}. {theory}"
    return f"{told} {_why(shown)} {_fate_sentence(shown)}"


def _why(shown: GradientByLayer) -> str:
    if shown.slopes_alone:
        left, n = share_in_words(shown.slopes_alone[0]), shown.settings.n_layers
        slopes = "one slope leaves" if n == 1 else f"{n} slopes alone leave"
        makes_up = (
            " Here the large weights make up for it." if shown.first > 3 * shown.slopes_alone[0] else ""
        )
        return f"A sigmoid's slope is never above {STEEPEST:g}, so {slopes} {left} at best.{makes_up}"
    n, strength = shown.settings.n_layers, SPREADS[shown.settings.start] * math.sqrt(WIDTH)
    if n == 1:
        return f"One layer multiplies it by its typical slope, {two_figures(shown.theory[0])}."
    factor = (shown.theory[0] / shown.theory[-1]) ** (1 / (n - 1))
    return (
        f"From layer to layer it is multiplied by about {two_figures(factor)}: "
        f"a typical slope of {two_figures(factor / strength)} "
        f"times weights of strength {two_figures(strength)}."
    )


def _fate_sentence(shown: GradientByLayer) -> str:
    return {
        "starves": "The early layers starve: their weights hardly learn.",
        "holds": "Every layer can still learn.",
        "explodes": "A step would throw the early weights far off.",
    }[shown.fate]
