"""Four pixels, three classes: how softmax regression turns a picture into shares, number by number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import percent, two_figures
from dl_core.softmax_regression import softmax

PIXELS = (32.0, 58.0, 132.0, 86.0)  # brightness, 0 to 255
CLASSES = ("train", "car", "ship")
# the first row is the article's; its car and ship rows were in a figure that is lost, so these are ours
WEIGHTS = ((0.2, 0.5, -1.1, 1.8), (0.1, -0.2, 0.3, 0.05), (0.4, 0.3, 0.2, 0.1))
BIAS = (3.4, 1.0, -1.2)
ORIGIN = ("the article’s", "ours", "ours")
TRUTH = "car"
LARGEST = 1e6  # a weight, bias or pixel beyond this is a slip of the finger


@dataclass(frozen=True)
class ClassTerms:
    """One class's way from pixels to a share, term by term."""

    name: str
    origin: str  # whose weights these are
    weights: tuple[float, ...]  # one per pixel
    bias: float  # added to the weighted pixels
    products: tuple[float, ...]  # weight times pixel, one per pixel
    score: float  # their sum, plus the bias
    above_best: float  # the score minus the best score: 0 or less
    power: float  # e to that number
    probability: float  # its share of all powers, 0 to 1
    loss: float  # -ln(probability): what it would cost if this class were the truth


@dataclass(frozen=True)
class PixelExample:
    """The whole sum, ready to be lit up step by step."""

    pixels: tuple[float, ...]  # brightness, 0 to 255
    classes: tuple[ClassTerms, ...]
    power_sum: float  # of all classes: 1 or more, for the best has the power 1
    truth: str
    answer: str  # the class with the highest score
    loss: float  # -ln(probability of the truth)

    @property
    def of_truth(self) -> ClassTerms:
        """The row of the right class."""
        return next(row for row in self.classes if row.name == self.truth)

    @property
    def of_answer(self) -> ClassTerms:
        """The row of the class that won."""
        return next(row for row in self.classes if row.name == self.answer)


def pixel_example(
    pixels: tuple[float, ...] = PIXELS,
    weights: tuple[tuple[float, ...], ...] = WEIGHTS,
    bias: tuple[float, ...] = BIAS,
    truth: str = TRUTH,
) -> PixelExample:
    """Every number between four pixels and a loss.

    Parameters
    ----------
    pixels
        Four brightness values.
    weights
        One row of four weights for each of `CLASSES`.
    bias
        One number for each class.
    truth
        The right class.

    Raises
    ------
    ValueError
        When a row has the wrong length, a number is no number, or the truth is no class.

    Examples
    --------
    >>> shown = pixel_example()
    >>> round(shown.classes[0].score, 1), shown.answer, round(shown.loss, 1)
    (48.4, 'ship', 27.5)

    Source: "Deep learning for product managers, part 1", the train row (SOURCES.md, N1).
    """
    _check(pixels, weights, bias, truth)
    products = [tuple(weight * pixel for weight, pixel in zip(row, pixels, strict=True)) for row in weights]
    scores = np.array([sum(terms) + extra for terms, extra in zip(products, bias, strict=True)])
    rows = _rows(weights, bias, products, scores)
    return PixelExample(
        pixels=tuple(pixels),
        classes=rows,
        power_sum=sum(row.power for row in rows),
        truth=truth,
        answer=CLASSES[int(scores.argmax())],
        loss=rows[CLASSES.index(truth)].loss,
    )


def _rows(
    weights: tuple[tuple[float, ...], ...],
    bias: tuple[float, ...],
    products: list[tuple[float, ...]],
    scores: NDArray[np.float64],
) -> tuple[ClassTerms, ...]:
    lower = scores - scores.max()
    powers = np.exp(lower)
    shares = softmax(scores)
    # -ln(share) from the scores: it stays a number when the share itself is too small to hold
    losses = np.log(powers.sum()) - lower
    return tuple(
        ClassTerms(
            name=CLASSES[i],
            origin=ORIGIN[i] if weights[i] == WEIGHTS[i] and bias[i] == BIAS[i] else "yours",
            weights=tuple(weights[i]),
            bias=bias[i],
            products=products[i],
            score=float(scores[i]),
            above_best=float(lower[i]),
            power=float(powers[i]),
            probability=float(shares[i]),
            loss=float(losses[i]),
        )
        for i in range(len(CLASSES))
    )


def _check(
    pixels: tuple[float, ...], weights: tuple[tuple[float, ...], ...], bias: tuple[float, ...], truth: str
) -> None:
    if truth not in CLASSES:
        raise ValueError(f"“{truth}” is not one of the classes: choose {', '.join(CLASSES)}.")
    if len(weights) != len(CLASSES) or len(bias) != len(CLASSES):
        raise ValueError(f"Each of the {len(CLASSES)} classes needs a row of weights and a bias.")
    if any(len(row) != len(pixels) for row in weights):
        raise ValueError(f"Each row needs {len(pixels)} weights, one for each pixel.")
    for value in (*pixels, *bias, *(weight for row in weights for weight in row)):
        if not abs(value) <= LARGEST:
            raise ValueError(f"{value} is too large for this sum: stay within {LARGEST:,.0f}.")


def score_sentence(row: ClassTerms, pixels: tuple[float, ...]) -> str:
    """One class's weighted sum, written out.

    Examples
    --------
    >>> shown = pixel_example()
    >>> score_sentence(shown.classes[0], shown.pixels)
    '0.2 × 32 + 0.5 × 58 + (−1.1) × 132 + 1.8 × 86 + 3.4 = 48.4'
    """
    terms = [f"{_signed(weight)} × {pixel:g}" for weight, pixel in zip(row.weights, pixels, strict=True)]
    return f"{' + '.join([*terms, _signed(row.bias)])} = {row.score:.4g}".replace("-", "−")


def _signed(number: float) -> str:
    return f"{number:g}" if number >= 0 else f"({number:g})".replace("-", "−")


def verdict_sentence(shown: PixelExample) -> str:
    """What the sum says and what it costs, in plain words.

    Examples
    --------
    >>> verdict_sentence(pixel_example())
    'The scores say ship at over 99.99 %, but it is a car. Wrong and certain costs a loss of 27.5.'
    >>> verdict_sentence(pixel_example(truth="ship"))
    'The scores say ship at over 99.99 %, and it is. Right and certain costs a loss of almost 0.'
    """
    sure = shown.of_answer.probability
    how = "certain" if sure > 0.9 else "unsure"
    cost = loss_in_words(shown.loss)
    if shown.answer == shown.truth:
        says = f"The scores say {shown.answer} at {percent(sure)}, and it is."
        return f"{says} Right and {how} costs a loss of {cost}."
    return (
        f"The scores say {shown.answer} at {percent(sure)}, but it is a {shown.truth}. "
        f"Wrong and {how} costs a loss of {cost}."
    )


def loss_in_words(loss: float) -> str:
    """A loss with three figures that count, or "almost 0".

    Examples
    --------
    >>> loss_in_words(27.548), loss_in_words(1.7e-7), loss_in_words(12_345.6)
    ('27.5', 'almost 0', '12,346')
    """
    if loss < 0.005:
        return "almost 0"
    return f"{loss:,.3g}" if loss < 1000 else f"{loss:,.0f}"


def power_in_words(power: float) -> str:
    """A number from 0 to 1 with all its places, or "almost 0".

    Examples
    --------
    >>> power_in_words(1.0), power_in_words(1.1399e-12), power_in_words(1e-20)
    ('1', '0.0000000000011', 'almost 0')
    """
    return "almost 0" if power < 1e-13 else "1" if power == 1 else two_figures(power)


def steps(shown: PixelExample) -> tuple[tuple[str, str], ...]:
    """The four steps, each with a name and a sentence that holds its numbers.

    Examples
    --------
    >>> [name for name, _ in steps(pixel_example())]
    ['Score', 'Power', 'Share', 'Loss']
    """
    best, truth = shown.of_answer, shown.of_truth
    scores = ", ".join(f"{row.name} {row.score:.1f}" for row in shown.classes).replace("-", "−")
    powers = ", ".join(f"{row.name} {power_in_words(row.power)}" for row in shown.classes)
    cost = loss_in_words(shown.loss)
    return (
        ("Score", f"Each class adds up weight times pixel: {scores}."),
        ("Power", f"Each class keeps e to its gap from the best: {powers}."),
        ("Share", f"Shares of all powers: {best.name} gets {percent(best.probability)}."),
        (
            "Loss",
            f"The truth is {truth.name}, its share {percent(truth.probability)}: loss {cost}.",
        ),
    )
