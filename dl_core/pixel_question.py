"""What a reader asks of the four-pixel example: other weights, another truth, and how far to go."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.pixel_example import BIAS, TRUTH, WEIGHTS, PixelExample, pixel_example, steps, verdict_sentence


@dataclass(frozen=True)
class PixelQuestion:
    """The reader's settings."""

    weights: tuple[tuple[float, ...], ...] = WEIGHTS  # one row of four for each class
    bias: tuple[float, ...] = BIAS  # one for each class
    truth: str = TRUTH
    step: int = 4  # 1 scores, 2 powers, 3 shares, 4 loss


@dataclass(frozen=True)
class PixelStory:
    """Every number of the example, and how far to show it."""

    example: PixelExample
    step: int  # 1 scores, 2 powers, 3 shares, 4 loss


def story(question: PixelQuestion) -> PixelStory:
    """The whole example at these weights.

    Examples
    --------
    >>> round(story(PixelQuestion()).example.loss, 1)
    27.5
    """
    return PixelStory(
        pixel_example(weights=question.weights, bias=question.bias, truth=question.truth), question.step
    )


def sentence(told: PixelStory) -> str:
    """The verdict at the last step; before that, what the step does.

    Examples
    --------
    >>> sentence(story(PixelQuestion(step=1)))
    'Each class adds up weight times pixel: train 48.4, car 36.5, ship 64.0.'
    """
    return verdict_sentence(told.example) if told.step == 4 else steps(told.example)[told.step - 1][1]
