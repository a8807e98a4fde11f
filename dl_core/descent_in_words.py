"""A walk of gradient descent in words: what happened, what to do, and what each step did."""

from __future__ import annotations

import math

from dl_core.gradient_descent import Descent, in_words, rough
from dl_core.numbers_in_words import so_many, two_figures
from dl_core.rate_sweep import DONE, LAST


def takeaway(shown: Descent) -> str:
    """What happened at these settings, and what to do.

    Examples
    --------
    >>> from dl_core.gradient_descent import Settings, story
    >>> takeaway(story(Settings("curve", 0.0, 25, (10.0, 0.0))))
    'At a rate of 0 no step moves. Training would wait for ever. Give it a rate above 0.'
    """
    return f"{_what(shown)} {_so(shown)}".strip()


def _what(shown: Descent) -> str:
    rate, steps = rough(shown.settings.learning_rate), so_many(shown.settings.n_steps, "step")
    match shown.verdict:
        case "no rate":
            return "At a rate of 0 no step moves."
        case "on a floor":
            return "You start on a floor. The slope there is 0, so every step stays where it is."
        case "balanced":
            return "You start on a spot that is level but no floor. Without a slope, no step moves."
        case "first step":
            heights = f"from {_height(shown, 0)} to {_height(shown, 1)}"
            return f"One step at a rate of {rate} takes the height {heights}."
        case "left":
            return _left(shown)
        case "arrived":
            took = so_many(shown.arrival or 0, "step")
            return f"At a rate of {rate} the walk is down to the last {LAST} of its way after {took}."
        case "bouncing":
            return (
                f"At a rate of {rate} each step jumps across the floor and lands as high on the other side. "
                f"After {steps} nothing is won."
            )
        case "zig-zag":
            return (
                f"At a rate of {rate} the walk zig-zags: {shown.turns} of {steps} turn back against "
                f"the one before. {_progress(shown)}"
            )
        case "local valley":
            return (
                f"After {steps} the walk rests in a valley, but not in the deepest. "
                f"Its floor is {_height(shown, -1)} high, the lowest {rough(shown.floor)}."
            )
        case "saddle":
            return f"After {steps} the walk rests on a saddle: level ground, with a way down on either side."
        case "flat":
            return f"After {steps} the walk has hardly a slope to follow. {_progress(shown)}"
        case _:
            return f"At a rate of {rate}, {steps} are not enough. {_progress(shown)}"


def _so(shown: Descent) -> str:
    best, edge = rough(shown.rates.best), shown.rates.edge
    match shown.verdict:
        case "no rate":
            return "Training would wait for ever. Give it a rate above 0."
        case "on a floor":
            return "There is nothing left to learn here, whatever the rate."
        case "balanced" | "saddle":
            return "A little noise would tip it over. That is one reason why real training works at all."
        case "left":
            if shown.walk.left_picture_at == 0:
                return "Start inside of the picture."
            enough = shown.settings.learning_rate / 2 < (shown.rates.largest_stable or math.inf)
            return f"Halve the rate: below {edge} it stays." if enough else f"Go below {edge}."
        case "bouncing":
            return f"Halve the rate: {edge} is the edge here."
        case "zig-zag":
            narrow = (
                ", so the steep direction sets the speed for all" if shown.surface.key == "ravine" else ""
            )
            return f"Above {edge} it would diverge{narrow}."
        case "local valley":
            return "A small step cannot see past the next hill. Another start, or momentum, may."
        case "flat":
            return "A flat spot looks like the end of training. It need not be one."
        case "crawling" | "on the way":
            times = shown.rates.best / shown.settings.learning_rate
            return f"The best rate here is {best}, {_many(times)} times as large." if times > 1.1 else ""
        case _:
            return ""


def _left(shown: Descent) -> str:
    at = shown.walk.left_picture_at
    if at == 0:
        return "You start outside of the picture, where the ground is far too steep for this rate."
    if shown.overshoot > 1:
        by = two_figures(shown.overshoot)
        return f"Each step overshoots by {by}×. The walk left the picture at step {at}."
    return f"The walk left the picture at step {at}."


def _progress(shown: Descent) -> str:
    left = max(shown.way_left, 0.0)
    if left <= DONE:
        return f"It still gets there: the last {LAST} is left."
    return f"{min(round(left * 100), 100)} % of the way down is still left."


def _height(shown: Descent, step: int) -> str:
    return rough(shown.walk.losses[step])


def narration(shown: Descent) -> tuple[str, ...]:
    """One sentence for each place of the walk: what the step did, with its numbers.

    Examples
    --------
    >>> from dl_core.gradient_descent import Settings, story
    >>> narration(story(Settings("curve", 0.1, 1, (10.0, 0.0))))[1]
    'Step 1: slope 20 times 0.1 is 2, so x goes from 10 to 8. Height 100 → 64.'
    """
    said = [f"Start: at {in_words(shown.settings.start, shown.surface)} the height is {_height(shown, 0)}."]
    for step in range(1, shown.n_shown + 1):
        said.append(
            f"Step {step}: {_move(shown, step)} Height {_height(shown, step - 1)} → {_height(shown, step)}."
        )
    return tuple(said)


def _move(shown: Descent, step: int) -> str:
    rate, slope = shown.settings.learning_rate, shown.slopes[step - 1]
    xs, ys = shown.walk.xs, shown.walk.ys
    if shown.surface.dimensions == 1:
        return (
            f"slope {rough(slope[0])} times {rough(rate)} is {rough(rate * slope[0])}, "
            f"so x goes from {rough(xs[step - 1])} to {rough(xs[step])}."
        )
    return (
        f"slopes {rough(slope[0])} and {rough(slope[1])}, times {rough(rate)}, against them: "
        f"to {in_words((xs[step], ys[step]))}."
    )


def _many(times: float) -> str:
    """How many times, in a number that a reader can say."""
    return two_figures(times) if times < 1e6 else "more than a million"
