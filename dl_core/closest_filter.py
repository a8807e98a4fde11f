"""The reader's kernel beside the learned filter most like it, and how often chance does as well."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of
from dl_core.numbers_in_words import percent
from dl_core.photos import Photo
from dl_core.vision.centre_view import centre_view
from dl_core.vision.layers import first_filters

N_RANDOM = 10_000  # random kernels that show what chance can do
SEED = 0
N_SHOWN = 3
LEAST_GREY = 0.01  # share of a filter's energy in brightness below which its grey part is only rounding
RARE = 0.05  # share of random kernels that do as well, up to which a match is called more than chance
ALMOST_NONE = 0.1  # share of a filter that is colour, below which it answers almost only to brightness
LARGEST = 1e6

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """The reader's kernel, and the photo on which both answer.

    Raises
    ------
    ValueError
        When the kernel is not nine numbers from -1,000,000 to 1,000,000.
    """

    photo: Photo
    weights: tuple[float, ...] = (-1.0, 0.0, 1.0, -2.0, 0.0, 2.0, -1.0, 0.0, 1.0)  # 3 × 3, row by row

    def __post_init__(self) -> None:
        if len(self.weights) != 9 or not all(
            math.isfinite(weight) and abs(weight) <= LARGEST for weight in self.weights
        ):
            raise ValueError("A kernel is nine numbers, row by row, each from −1,000,000 to 1,000,000.")


@dataclass(frozen=True)
class Match:
    """One learned filter beside the reader's kernel."""

    filter: int  # 1 to 24
    similarity: float  # cosine of the two, -1 to 1; below 0: alike with light and dark swapped
    colour: float  # share of the filter's energy that a grey photo never meets, 0 to 1
    grey: Numbers  # (3, 3) its answer to brightness, brought to the length of the reader's kernel
    answer: Numbers  # (H - 2, W - 2) what it makes of the grey photo, no bias and no ReLU
    agreement: float | None  # correlation of the two answers on this photo, -1 to 1; None on a flat photo


@dataclass(frozen=True)
class ClosestFilter:
    """The best matches, and what chance does."""

    settings: Settings
    matches: tuple[Match, ...]  # the closest first; empty for a kernel of zeros
    answer: Numbers  # (H - 2, W - 2) what the reader's kernel makes of the grey photo
    n_compared: int  # learned filters that hear brightness at all
    n_filters: int  # learned filters of the first layer
    by_chance: Share | None  # random kernels whose best match is at least as close; None without a match

    @property
    def is_rare(self) -> bool:
        """Whether random kernels seldom find a match as close."""
        return self.by_chance is not None and self.by_chance.value <= RARE


def story(settings: Settings) -> ClosestFilter:
    """Compare the kernel with every filter of the first layer.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> found = story(Settings(first_sample()))
    >>> len(found.matches), found.matches[0].similarity ** 2 >= found.matches[1].similarity ** 2
    (3, True)
    """
    kernel = np.array(settings.weights).reshape(3, 3)
    length = float(np.linalg.norm(kernel))
    seen = grey_look(settings.photo)
    own = answer(seen, kernel)
    grey, colour = grey_and_colour()
    heard = np.flatnonzero(colour <= 1 - LEAST_GREY)
    if length == 0:
        return ClosestFilter(settings, (), own, len(heard), len(grey), None)
    units = _units()
    alike = units @ (kernel.ravel() / length)
    order = np.argsort(-np.abs(alike), kind="stable")[:N_SHOWN]
    matches = []
    for place in order:
        number = int(heard[place])
        shown = units[place].reshape(3, 3) * length
        said = answer(seen, shown)
        matches.append(
            Match(
                number + 1,
                float(np.clip(alike[place], -1, 1)),
                float(colour[number]),
                shown,
                said,
                _correlation(own, said),
            )
        )
    # a hair less, so that a kernel counts as being as close as itself
    hits = int((chance() >= abs(matches[0].similarity) - 1e-9).sum())
    return ClosestFilter(settings, tuple(matches), own, len(heard), len(grey), share_of(hits, N_RANDOM))


@cache
def grey_and_colour() -> tuple[Numbers, Numbers]:
    """`split` of the shipped first layer: ``(24, 3, 3)`` and ``(24,)``.

    Examples
    --------
    >>> grey, colour = grey_and_colour()
    >>> grey.shape, bool(0 <= colour.min() and colour.max() <= 1)
    ((24, 3, 3), True)
    """
    grey, colour = split(first_filters()[0].astype(np.float64))
    for kept in (grey, colour):
        kept.setflags(write=False)
    return grey, colour


def split(weights: Numbers) -> tuple[Numbers, Numbers]:
    """What each filter does to a grey photo, ``(n, 3, 3)``, and the share of it that is colour, ``(n,)``.

    On a grey photo the three colours are equal, so only the sum of a filter's three weights counts. The
    part of the weights that this sum holds is their mean over colours; the rest answers to colour alone.

    Parameters
    ----------
    weights
        ``(n, 3, 3, 3)``: filter, colour, row, column; no filter of zeros.
    """
    grey = weights.sum(axis=1)
    energy = (weights**2).sum(axis=(1, 2, 3))
    in_grey = (grey**2).sum(axis=(1, 2)) / weights.shape[1]
    return grey, np.clip(1 - in_grey / energy, 0, 1)


@cache
def _units() -> Numbers:
    """The filters that are compared, each as nine numbers of length 1."""
    grey, colour = grey_and_colour()
    rows = grey[colour <= 1 - LEAST_GREY].reshape(-1, 9)
    units: Numbers = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    units.setflags(write=False)
    return units


@cache
def chance() -> Numbers:
    """How close random kernels come to their best match, either way up: ``(10,000,)`` from 0 to 1.

    Nine independent draws from the normal curve: every direction of a kernel is then equally likely.

    Examples
    --------
    >>> chance().shape, bool(chance().max() <= 1)
    ((10000,), True)
    """
    draws = np.random.default_rng(SEED).standard_normal((N_RANDOM, 9))
    draws /= np.linalg.norm(draws, axis=1, keepdims=True)
    best: Numbers = np.abs(draws @ _units().T).max(axis=1)
    best.setflags(write=False)
    return best


def grey_look(photo: Photo) -> Numbers:
    """Brightness of what the network looks at: ``(H, W)`` from 0 to 1, the mean of the three colours."""
    return np.asarray(centre_view(photo.image).mean(axis=2) / 255, np.float64)


def answer(seen: Numbers, kernel: Numbers) -> Numbers:
    """Patch times kernel, summed, at every place where the whole patch lies on the picture.

    Parameters
    ----------
    seen
        ``(H, W)`` brightness.
    kernel
        ``(3, 3)`` weights; not turned over, as in every network library.

    Examples
    --------
    >>> answer(np.arange(9.0).reshape(3, 3), np.eye(3)).tolist()
    [[12.0]]
    """
    patches = np.lib.stride_tricks.sliding_window_view(seen, (3, 3))
    return np.asarray(np.einsum("hwij,ij->hw", patches, kernel))


def _correlation(one: Numbers, other: Numbers) -> float | None:
    if min(float(np.ptp(one)), float(np.ptp(other))) < 1e-9:
        return None
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def likeness(value: float) -> str:
    """A similarity in two decimals, never rounded up to a perfect 1.

    >>> likeness(0.9734), likeness(-0.996), likeness(1.0), likeness(-0.001)
    ('0.97', '−0.99', '1', '0.00')
    """
    if abs(value) > 1 - 1e-9:
        return "1" if value > 0 else "−1"
    cut = math.floor(abs(value) * 100 + 0.5) / 100 if abs(value) < 0.995 else 0.99
    return f"{'−' if value < 0 and cut else ''}{cut:.2f}"


def takeaway(found: ClosestFilter) -> str:
    """The live sentences: the closest filter, how close, and whether chance does as well.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> takeaway(story(Settings(first_sample(), (0.0,) * 9)))
    'A kernel of nine zeros has no pattern, so nothing can be like it. Give it one number that is not 0.'
    """
    if not found.matches or found.by_chance is None:
        return (
            "A kernel of nine zeros has no pattern, so nothing can be like it. "
            "Give it one number that is not 0."
        )
    best = found.matches[0]
    swapped = ", with light and dark swapped" if best.similarity < 0 else ""
    return (
        f"Of {found.n_compared} learned filters, **number {best.filter}** is closest to your kernel: "
        f"similarity **{likeness(best.similarity)}**{swapped}. {chance_sentence(found.by_chance)} "
        f"{_hears(best.colour)}"
    )


def _hears(colour: float) -> str:
    """What a filter answers to, by the share of it that is colour."""
    if colour > 0.5:
        return "This filter answers to colour more than to brightness."
    how = "almost only" if colour < ALMOST_NONE else "mostly"
    return f"This filter answers {how} to brightness."


def chance_sentence(by_chance: Share) -> str:
    """How often random kernels find a match as close.

    >>> chance_sentence(share_of(0, 10_000))
    'None of 10,000 random kernels comes as close: hardly chance.'
    >>> chance_sentence(share_of(4_200, 10_000))
    'Of 10,000 random kernels, 42 % come as close: this may be chance.'
    """
    n = f"{by_chance.n:,} random kernels"
    if by_chance.hits == 0:
        return f"None of {n} comes as close: hardly chance."
    verdict = "hardly chance" if by_chance.value <= RARE else "this may be chance"
    return f"Of {n}, {percent(by_chance.value)} come as close: {verdict}."
