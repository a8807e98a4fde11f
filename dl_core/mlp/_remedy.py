"""For each verdict the one change of the plan that is worth trying next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from dl_core.mlp.plan import MOST_EPOCHS, MOST_LAYERS, MOST_NEURONS, Plan, other_start
from dl_core.numbers_in_words import two_figures

Kind = Literal["diverged", "stuck", "memorises", "underfits", "no better than guessing", "fits"]

TINY_RATE = 0.001  # below it a plan of 200 epochs gets nowhere
SAFE_RATE = 0.1  # up to here none of our sets blows up
FEW_EPOCHS = 50  # with fewer a network has hardly begun
HEAVY = {"l1": 0.003, "l2": 0.03, "dropout": 0.4}  # from here on they may keep a network from learning


@dataclass(frozen=True)
class Remedy:
    """One change that is worth trying, ready for a button."""

    words: str  # begins with a verb, for the button or after "Try this:"
    plan: Plan  # the same plan with that change


def remedy_for(kind: Kind, plan: Plan, still_falling: bool) -> Remedy:
    """The first change from the verdict's list that does change something.

    Parameters
    ----------
    kind
        The verdict.
    plan
        The plan that led to it.
    still_falling
        Whether the loss was still falling at the end.
    """
    lists = {
        "diverged": _smaller_steps,
        "stuck": _get_going,
        "memorises": _rein_in,
        "underfits": _learn_more_falling if still_falling else _learn_more,
        "no better than guessing": _look_elsewhere,
        "fits": _same_for_less,
    }
    words, change = next(lists[kind](plan))
    return Remedy(words, replace(plan, **change))


Change = tuple[str, dict[str, Any]]


def _smaller_steps(plan: Plan) -> Iterator[Change]:
    rate = min(plan.learning_rate / 10, SAFE_RATE)
    yield f"Take smaller steps: a learning rate of {_short(rate)}.", {"learning_rate": rate}


def _get_going(plan: Plan) -> Iterator[Change]:
    if plan.learning_rate < TINY_RATE:
        rate = max(10 * plan.learning_rate, TINY_RATE)
        yield f"Take larger steps: a learning rate of {_short(rate)}.", {"learning_rate": rate}
    start = "he" if "relu" in plan.activation else "xavier"
    if plan.start in ("zero", "small"):
        named = "He" if start == "he" else "Xavier"
        yield f"Start from {named} weights: from weights near zero the neurons stay alike.", {"start": start}
    yield from _unburdened(plan)
    if plan.activation == "sigmoid" and len(plan.hidden) > 1:
        change = {"activation": "relu", "start": "he"}
        yield "Use ReLU: through several sigmoid layers hardly any gradient comes back.", change
    if plan.optimiser != "adam":
        yield "Use Adam with a learning rate of 0.01.", {"optimiser": "adam", "learning_rate": 0.01}
    if plan.activation == "relu":
        yield "Use leaky ReLU: a ReLU that always answers 0 learns no more.", {"activation": "leaky relu"}
    rate = 0.01 if plan.learning_rate != 0.01 else 0.001
    yield f"Try a learning rate of {_short(rate)}.", {"learning_rate": rate}


def _rein_in(plan: Plan) -> Iterator[Change]:
    if plan.l2 < 0.001:
        yield "Rein it in: an L2 penalty of 0.003 on large weights.", {"l2": 0.003}
    if plan.hidden and plan.dropout < 0.1:
        yield "Rein it in: a dropout of 20 %.", {"dropout": 0.2}
    if plan.patience == 0:
        yield "Stop once the test loss has not fallen for 20 epochs.", {"patience": 20}
    if max(plan.hidden, default=0) > 2:
        yield "Halve the neurons: fewer can remember less.", {"hidden": _halved(plan)}
    if plan.n_epochs > 1:
        yield "Train half as long.", {"n_epochs": plan.n_epochs // 2}
    yield from _another_start(plan)


def _learn_more(plan: Plan) -> Iterator[Change]:
    if not plan.hidden:
        change: dict[str, Any] = {"hidden": (8,)}  # from zero weights a hidden layer would never get going
        change |= {"activation": "tanh"} if plan.activation == "linear" else {}
        change |= {"start": "xavier"} if plan.start == "zero" else {}
        yield "Add a hidden layer of 8 neurons, so that borders can bend.", change
    if plan.activation == "linear":
        yield "Use tanh: layers without an activation are only one straight line.", {"activation": "tanh"}
    yield from _unburdened(plan)
    if plan.start in ("zero", "small"):
        yield "Start from Xavier weights: from weights near zero learning begins late.", {"start": "xavier"}
    if plan.n_epochs < FEW_EPOCHS:
        yield from _longer(plan)
    wider = tuple(min(2 * n, MOST_NEURONS) for n in plan.hidden)
    if sum(plan.hidden) < 16 and wider != plan.hidden:
        yield "Double the neurons.", {"hidden": wider}
    if plan.optimiser != "adam":
        yield "Use Adam with a learning rate of 0.01.", {"optimiser": "adam", "learning_rate": 0.01}
    if plan.n_epochs < MOST_EPOCHS:
        yield from _longer(plan)
    if len(plan.hidden) < MOST_LAYERS:
        yield "Add one more hidden layer of 8 neurons.", {"hidden": (*plan.hidden, 8)}
    yield from _another_start(plan)


def _learn_more_falling(plan: Plan) -> Iterator[Change]:
    if plan.hidden and plan.activation != "linear" and plan.n_epochs < MOST_EPOCHS:
        yield from _longer(plan)
    yield from _learn_more(plan)


def _look_elsewhere(plan: Plan) -> Iterator[Change]:
    words = "Train once more from a new start; if that changes nothing, look for columns that tell more."
    yield words, {"seed": other_start(plan).seed}


def _same_for_less(plan: Plan) -> Iterator[Change]:
    if sum(plan.hidden) > 16:
        yield "Halve the neurons: the same score with less is cheaper to run.", {"hidden": _halved(plan)}
    yield from _another_start(plan)


def _unburdened(plan: Plan) -> Iterator[Change]:
    if plan.l1 >= HEAVY["l1"] or plan.l2 >= HEAVY["l2"]:
        yield "Switch the penalties off: they hold the weights down.", {"l1": 0.0, "l2": 0.0}
    if plan.dropout >= HEAVY["dropout"]:
        yield "Switch dropout off: too few neurons are left at a time.", {"dropout": 0.0}


def _longer(plan: Plan) -> Iterator[Change]:
    n_epochs = min(max(2 * plan.n_epochs, FEW_EPOCHS), MOST_EPOCHS)
    yield f"Train longer: {n_epochs:,} epochs.", {"n_epochs": n_epochs}


def _another_start(plan: Plan) -> Iterator[Change]:
    yield "Train once more from a new start: a good result should hold.", {"seed": other_start(plan).seed}


def _halved(plan: Plan) -> tuple[int, ...]:
    return tuple(max(1, n // 2) for n in plan.hidden)


def _short(rate: float) -> str:
    return two_figures(rate).rstrip("0").rstrip(".") if rate < 1 else f"{rate:g}"
