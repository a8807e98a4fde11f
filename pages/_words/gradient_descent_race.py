"""The words of "Gradient descent" for the race of optimisers and the sweep of learning rates."""

from __future__ import annotations

from dl_core.optimiser_race import Race
from dl_core.rate_sweep import Sweep


def race_headline(shown: Race) -> str:
    """Whether the other five beat plain gradient descent here."""
    if not shown.moves:
        return "No slope, no step"
    if shown.settings.rates == "same":
        all_there = len(shown.arrived) == len(shown.runners)
        return "One rate brings all six down" if all_there else "One rate does not suit all"
    plain = shown.of("gd")
    if not shown.winners:
        return "Too few steps for all six"
    if plain in shown.winners:
        return "Well tuned, plain descent keeps up"
    return "Other optimisers save steps here" if plain.steps else "Where plain descent crawls, others run"


def sweep_headline(shown: Sweep) -> str:
    """Where the best rate lies, or the reader's where it lies too far."""
    if not shown.moves:
        return "No slope, no step"
    cliff = shown.cliff
    if cliff is None:
        return "Here large rates do no harm"
    if shown.yours.failed:
        return "Beyond the cliff, training falls apart"
    if shown.best.learning_rate * 2 >= cliff:
        return "The best rate stands close to the cliff"
    return "Good rates lie well below the cliff"


RACE_LEAD = (
    "An **optimiser** is the rule that turns a slope into a step. Momentum and Nesterov keep some speed; AdaGrad, RMSProp and Adam fit the step to each number. "
    "The valleys of our toy surfaces lie along the axes, and that suits AdaGrad and RMSProp.\n\n"
    "A **minimum** is a place from which all ways lead up. **Convex** ground is one bowl: it has no other floor. "
    "A **saddle** is level, with a way down on two sides."
)
RACE_NOTES = (
    "Say: all six start at the same place and see the same slopes. Each has its own rule for a step, "
    "and its own best rate, which we had to search for. Point at the list: a bar is the number of steps to the floor. "
    "Press play, then choose one rate for all and see who flies out. Expect the question which one to take. "
    "Nobody wins on every surface. Adam is a common first choice, and plain descent can keep up when it is well tuned."
)
RACE_SOURCE = "Surfaces that we made, so toys; six optimisers with PyTorch's default settings, run here."

SWEEP_LEAD = (
    "The same walk, taken once at every **learning rate**, which says how far each step goes. To the left steps are too small to arrive. "
    "Past the edge, here a cliff, each one overshoots by more than the last, and the walk **diverges**: it runs away."
)
SWEEP_NOTES = (
    "Say: each dot is one whole training run, and only its learning rate differs. Lower is better. "
    "Point at the left: far too small, and most of the loss is still there. Then point at the cliff: a little too large, "
    "and nothing is left to use. Move our rate towards it. Expect the question how we find the best one. "
    "The same way: a few short runs, each rate two or three times the last, judged on the validation pile."
)
SWEEP_SOURCE = "A surface that we made, so a toy; one walk computed here for each rate."
