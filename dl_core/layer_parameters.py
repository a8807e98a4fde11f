"""Fully connected against convolution: numbers to learn and multiplications, counted for one layer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dl_core.numbers_in_words import short, two_figures

SIDES = (32, 64, 224, 256, 1024, 3024)  # pixels: CIFAR-10, our network, the article, 2 × larger, a phone's
KERNELS = (1, 3, 5, 7, 11)  # cells a side
COLOURS = {"grey": 1, "colour": 3}  # numbers for each pixel
BYTES = 4  # of one number in single precision


@dataclass(frozen=True)
class Settings:
    """The picture that comes in, and the two layers that are compared.

    Raises
    ------
    ValueError
        If a count is not a whole number in its range, or the kernel has no middle.
    """

    side: int = 224  # pixels a side of the square picture, 1 to 10,000
    colour: str = "colour"  # of `COLOURS`
    n_units: int = 1000  # of the fully connected layer, 1 to 100,000
    kernel: int = 3  # cells a side, odd, 1 to 31
    n_filters: int = 64  # of the convolution, 1 to 4,096

    def __post_init__(self) -> None:
        ranges = (
            ("A side", self.side, 10_000),
            ("The units", self.n_units, 100_000),
            ("A kernel", self.kernel, 31),
            ("The filters", self.n_filters, 4_096),
        )
        for name, value, most in ranges:
            if value not in range(1, most + 1):
                raise ValueError(f"{name}: {value} cannot be. Give a whole number from 1 to {most:,}.")
        if self.kernel % 2 == 0:
            raise ValueError(f"A kernel of {self.kernel} has no middle cell: choose an odd number.")
        if self.colour not in COLOURS:
            raise ValueError(f"There is no “{self.colour}” picture: choose one of {', '.join(COLOURS)}.")


PRESETS = {
    "In colour": Settings(),
    "The article's picture": Settings(colour="grey"),
    "Our network's": Settings(side=64, n_filters=24),
    "A phone photo": Settings(side=3024),
}


@dataclass(frozen=True)
class Layer:
    """What one layer must learn, and what one answer costs."""

    weights: int  # numbers to learn without the biases
    biases: int  # one for each unit or filter
    multiplications: int  # for one picture

    @property
    def parameters(self) -> int:
        """All numbers to learn."""
        return self.weights + self.biases

    @property
    def bytes(self) -> int:
        """Memory of the numbers to learn, at 4 bytes each."""
        return BYTES * self.parameters


@dataclass(frozen=True)
class Compared:
    """Both layers on the same picture."""

    settings: Settings
    n_inputs: int  # numbers that come in: pixels times colours
    connected: Layer
    convolution: Layer

    @property
    def fewer(self) -> float:
        """How many times fewer numbers the convolution has to learn; below 1: it has more."""
        return self.connected.parameters / self.convolution.parameters

    @property
    def less_work(self) -> float:
        """How many times fewer multiplications the convolution needs; below 1: it needs more."""
        return self.connected.multiplications / self.convolution.multiplications


def story(settings: Settings) -> Compared:
    """Count both layers. The convolution keeps the picture's size: one step at a time, a rim of zeros.

    A fully connected unit has one weight for each number that comes in. A filter has one for each cell of
    its kernel and each colour, and multiplies them at every pixel.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.connected.parameters, told.convolution.parameters
    (150529000, 1792)
    """
    colours, pixels = COLOURS[settings.colour], settings.side**2
    n_inputs = pixels * colours
    connected = Layer(n_inputs * settings.n_units, settings.n_units, n_inputs * settings.n_units)
    weights = settings.kernel**2 * colours * settings.n_filters
    return Compared(settings, n_inputs, connected, Layer(weights, settings.n_filters, weights * pixels))


def large(value: float) -> str:
    """A count as one would say it: four figures below a million, then millions and billions.

    Parameters
    ----------
    value
        0 or more.

    Examples
    --------
    >>> large(1792), large(150_529_000), large(27_432_576_000 + 1000)
    ('1,792', '150.5 million', '27.4 billion')
    """
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:,.1f} {name}"
    return f"{round(value):,}"


def memory(n_bytes: float) -> str:
    """Bytes in three figures (steps of 1,000), ``n_bytes`` 0 or more.

    >>> memory(7168), memory(602_116_000), memory(200_704_000)
    ('7.17 kB', '602 MB', '201 MB')
    """
    unit = 0
    while n_bytes >= 999.5 and unit < 4:
        n_bytes, unit = n_bytes / 1000, unit + 1
    return f"{short(n_bytes)} {('bytes', 'kB', 'MB', 'GB', 'TB')[unit]}"


def times(ratio: float) -> str:
    """How many times fewer, or more where the ``ratio`` is below 1.

    >>> times(84000.6), times(0.5), times(1.004)
    ('84,000 times fewer', '2.0 times as many', 'about as many')
    """
    if math.isclose(ratio, 1, rel_tol=0.05):
        return "about as many"
    factor = ratio if ratio > 1 else 1 / ratio
    said = large(factor) if factor >= 1e6 else two_figures(factor)
    return f"{said} times {'fewer' if ratio > 1 else 'as many'}"


def takeaway(told: Compared) -> str:
    """Numbers to learn, then what they do not say: the work for one answer.

    Examples
    --------
    >>> print(takeaway(story(Settings())))
    The fully connected layer has **150.5 million numbers to learn** (602 MB). The convolution has \
**1,792**, 84,000 times fewer, at any picture size. Its multiplications are another matter: 1.7 times fewer.
    """
    connected, convolution = told.connected, told.convolution
    return (
        f"The fully connected layer has **{large(connected.parameters)} numbers to learn** "
        f"({memory(connected.bytes)}). The convolution has **{large(convolution.parameters)}**, "
        f"{times(told.fewer)}, at any picture size. "
        f"Its multiplications are another matter: {times(told.less_work)}."
    )
