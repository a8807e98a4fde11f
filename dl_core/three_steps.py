"""Gradient descent by hand: one example, a line, and a few steps that anybody can check."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.numbers_in_words import number, short

MOST_STEPS = 6
WINDOW = 8  # the picture shows outputs up to so many times the example's own
LIMITS = {"x": 100.0, "y": 1_000.0, "learning_rate": 1_000.0}  # what may be typed, in size


@dataclass(frozen=True)
class Settings:
    """The one example, and how the line walks towards it.

    Raises
    ------
    ValueError
        If a number is out of range; says what to choose.
    """

    learning_rate: float = 0.1  # 0 to 1,000
    n_steps: int = 3  # 1 to 6
    x: float = 2.0  # the example's input, -100 to 100
    y: float = 5.0  # the example's output, -1,000 to 1,000

    def __post_init__(self) -> None:
        if not 0 <= self.learning_rate <= LIMITS["learning_rate"]:
            raise ValueError(
                f"A learning rate of {self.learning_rate:g} does not work: choose 0 to 1,000. "
                "Below 0 it would climb."
            )
        if self.n_steps not in range(1, MOST_STEPS + 1):
            raise ValueError(f"{self.n_steps} steps cannot be drawn: choose 1 to {MOST_STEPS}.")
        for name in ("x", "y"):
            if not -LIMITS[name] <= getattr(self, name) <= LIMITS[name]:
                raise ValueError(
                    f"{name} = {getattr(self, name):g} is too far away: "
                    f"choose {-LIMITS[name]:,.0f} to {LIMITS[name]:,.0f}."
                )


PRESETS = {
    "By hand": Settings(),
    "One exact step": Settings(0.2, 1),
    "Too big": Settings(0.5, 4),
}


@dataclass(frozen=True)
class Step:
    """A line and what it says about the example."""

    weight: float  # how steep the line is
    bias: float  # its height at x = 0
    prediction: float  # weight · x + bias
    error: float  # prediction - y
    slope_weight: float  # of the loss, for the weight
    slope_bias: float  # and for the bias
    loss: float  # ½ · error²


@dataclass(frozen=True)
class ThreeSteps:
    """The walk of the line from w = 0, b = 0."""

    settings: Settings
    steps: tuple[Step, ...]  # the start, and the line after each step: n_steps + 1

    @property
    def limit(self) -> float:
        """The learning rate from which the steps no longer settle: 2 / (x² + 1)."""
        return 2 / (self.settings.x**2 + 1)

    @property
    def best(self) -> float:
        """The learning rate that hits the example in one step: half the limit."""
        return self.limit / 2

    @property
    def factor(self) -> float:
        """What a step multiplies the error with: 1 - rate · (x² + 1)."""
        return 1 - self.settings.learning_rate * (self.settings.x**2 + 1)

    @property
    def diverges(self) -> bool:
        """Whether every step makes the error larger."""
        return abs(self.factor) > 1 + 1e-9 and self.steps[0].error != 0

    @property
    def window(self) -> float:
        """The largest output, up or down, that the picture shows."""
        return WINDOW * max(abs(self.settings.y), 1.0)

    @property
    def left_at(self) -> int | None:
        """The first step whose line misses the picture at the example's place, if one does."""
        outside = (n for n, one in enumerate(self.steps) if abs(one.prediction) > self.window)
        return next(outside, None)


def look(weight: float, bias: float, x: float, y: float) -> Step:
    """The line ``weight · x + bias`` on one example (x, y): prediction, error, both slopes, loss.

    The loss is half the squared error, so the slope for the bias is the error itself, and the slope for
    the weight is the error times x.

    Examples
    --------
    >>> look(0, 0, 2, 5)
    Step(weight=0, bias=0, prediction=0, error=-5, slope_weight=-10, slope_bias=-5, loss=12.5)
    """
    prediction = weight * x + bias
    error = prediction - y
    return Step(weight, bias, prediction, error, error * x, error, 0.5 * error * error)


def story(settings: Settings) -> ThreeSteps:
    """Start with the flat line at zero, and step against both slopes.

    Examples
    --------
    >>> [(one.weight, one.bias) for one in story(Settings()).steps]
    [(0.0, 0.0), (1.0, 0.5), (1.5, 0.75), (1.75, 0.875)]
    """
    rate, steps = settings.learning_rate, [look(0.0, 0.0, settings.x, settings.y)]
    for _ in range(settings.n_steps):
        now = steps[-1]
        steps.append(
            look(
                now.weight - rate * now.slope_weight, now.bias - rate * now.slope_bias, settings.x, settings.y
            )
        )
    return ThreeSteps(settings, tuple(steps))


def takeaway(walk: ThreeSteps) -> str:
    """The last step's sum in words, and what the rate does.

    Examples
    --------
    >>> takeaway(story(Settings())).split(". ")[1]
    'The slope for w is −1.25 × 2 = −2.5, for b −1.25'
    """
    if walk.steps[0].error == 0:
        return "The line already hits the example, so both slopes are 0. Nothing needs to move."
    if walk.settings.learning_rate == 0:
        return (
            "At a rate of 0 no step moves the line. The slopes say where to go; the rate says how far. "
            f"Try {number(walk.best)}."
        )
    if walk.left_at is not None:
        return f"{_gone(walk)} {_too_big(walk)}"
    return f"{_sum(walk)} {_verdict(walk)}"


def _sum(walk: ThreeSteps) -> str:
    was, n = walk.steps[-2], walk.settings.n_steps
    error, slope = number(was.error), number(was.slope_weight)
    return (
        f"Step {n}: the line says {number(was.prediction)}, the truth is {number(walk.settings.y)}, "
        f"the error {error}. "
        f"The slope for w is {error} × {_held(number(walk.settings.x))} = {slope}, for b {error}."
    )


def _held(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _verdict(walk: ThreeSteps) -> str:
    was, now, rate = walk.steps[-2], walk.steps[-1], number(walk.settings.learning_rate)
    new = (
        f"New w: {number(was.weight)} − {rate} × {_held(number(was.slope_weight))} = {number(now.weight)}; "
        f"new b: {number(now.bias)}"
    )
    if walk.diverges:
        return f"{new}. {_too_big(walk)}"
    if abs(abs(walk.factor) - 1) <= 1e-9:
        limit = number(walk.limit)
        return f"{new}. The rate is at the limit of {limit}: the line jumps to and fro and never settles."
    return f"{new}; the loss falls from {number(was.loss)} to {number(now.loss)}."


def _gone(walk: ThreeSteps) -> str:
    truth = number(walk.settings.y)
    return f"The line leaves the picture at step {walk.left_at}. It misses {truth} by more with every step."


def _too_big(walk: ThreeSteps) -> str:
    return (
        f"The rate is over the limit of {number(walk.limit)} here, so each step makes the error "
        f"{short(abs(walk.factor))} times as large. Try {number(walk.best)}: it hits in one step."
    )
