"""Both losses over a training: where the test loss is lowest, and where patience would have ended it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.mlp_builder import Built, loss_in_words

PATIENCE = 20  # epochs, where the plan has none; longer trainings get a tenth of their length
WORTH = 0.1  # of what guessing costs: a test loss that ends so much over its lowest has risen


@dataclass(frozen=True, eq=False)
class Losses:
    """The curves of one training; all at its snapshots."""

    epochs: NDArray[np.int64]  # (n_snapshots,)
    train: NDArray[np.float64]  # (n_snapshots,) loss on the rows it learns from
    test: NDArray[np.float64]  # (n_snapshots,) loss on the rows it never sees
    guess: float  # test loss of one who only knows the shares of the classes, or the mean
    best: int  # place of the lowest test loss
    patience: int  # epochs without a better test loss, after which a patient trainer stops
    stop: int | None  # place where that would have been, or was; None: never

    @property
    def gap(self) -> float:
        """Test loss less training loss, at the end."""
        return float(self.test[-1] - self.train[-1])

    @property
    def rises(self) -> bool:
        """Whether the test loss ends clearly above its lowest."""
        rise = float(self.test[-1] - self.test[self.best])
        return rise > WORTH * self.guess and bool(self.test[-1] > self.train[-1])


def losses(built: Built) -> Losses:
    """The curves of a trained network.

    Examples
    --------
    >>> from dl_core.mlp_builder import PRESETS, story
    >>> losses(story(PRESETS["Few rows, memorises"])).rises
    True
    """
    training, plan = built.training, built.settings.plan
    patience = plan.patience or max(PATIENCE, plan.n_epochs // 10)
    stop = stop_of(training.epochs, training.test_loss, patience)
    if training.stopped == "patience":
        stop = len(training.epochs) - 1
    return Losses(
        training.epochs, training.train_loss, training.test_loss, built.judgement.test.guess_loss,
        int(training.test_loss.argmin()), patience, stop,
    )  # fmt: skip


def stop_of(epochs: NDArray[np.int64], test: NDArray[np.float64], patience: int) -> int | None:
    """Where the test loss has not been beaten for so long that a patient trainer stops.

    Parameters
    ----------
    epochs, test
        (n,) after which epoch, and the test loss there.
    patience
        Epochs without a better one, 1 or more.

    Returns
    -------
    int or None
        Place from 0; None if it never comes to that.

    Examples
    --------
    >>> stop_of(np.array([0, 5, 10, 15]), np.array([3.0, 1.0, 2.0, 2.0]), patience=10)
    3
    """
    best = 0
    for place in range(1, len(epochs)):
        if test[place] < test[best]:
            best = place
        elif epochs[place] - epochs[best] >= patience:
            return place
    return None


def losses_takeaway(built: Built) -> str:
    """Where both curves end, and whether stopping earlier would have been better."""
    told = losses(built)
    end = f"At the end the loss is {loss_in_words(float(told.train[-1]))} on training rows"
    ends = f"{end} and **{loss_in_words(float(told.test[-1]))} on test rows**"
    guess = f"Guessing costs {loss_in_words(told.guess)}."
    if built.training.diverged:
        return f"{ends}. {guess} After that the steps were too large, and the numbers blew up."
    lowest = f"{loss_in_words(float(told.test[told.best]))} near epoch {int(told.epochs[told.best]):,}"
    if not told.rises:
        return f"{ends}. {guess} Stopping earlier would have won nothing to speak of."
    rise = f"The test loss was lowest, {lowest}, and then rose: **from there it learns by heart**."
    if built.training.stopped == "patience":
        stop = f"A patience of {told.patience} epochs stopped it."
    elif told.stop is not None:
        stop = f"A patience of {told.patience} epochs would have stopped it near {told.epochs[told.stop]:,}."
    else:
        stop = guess
    return f"{ends}. {rise} {stop}"
