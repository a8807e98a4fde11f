"""The two contenders that take too long for a page: from scratch, and the last stage fine-tuned.

Both learn from the same photos and their mirror images, one of the two at each visit, and from nothing else
made up. Both answer by the average score of a photo and its mirror image, as the frozen network does.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from dl_core.offline.small_cnn import n_parameters, network_of
from dl_core.transfer.heads import Head
from dl_core.vision.predict import network_input
from dl_core.vision.weights import shipped_network

BATCH = 32
AT_ONCE = 50  # photos of one look through the frozen stages
MOMENTUM = 0.9

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """How one contender is trained; chosen once on training photos that no draw holds."""

    rate: float  # the highest; it rises to it in the first third and falls to zero
    passes: int  # over the training photos
    fewest_steps: int  # where there are few photos
    decay: float  # weight decay

    def steps(self, n_photos: int) -> int:
        """How many steps for ``n_photos`` training photos, of `BATCH` photos each or of all.

        >>> Recipe(0.1, 10, 100, 0.0).steps(32), Recipe(0.1, 10, 100, 0.0).steps(3200)
        (100, 1000)
        """
        return max(self.fewest_steps, self.passes * n_photos // BATCH)


SCRATCH = Recipe(rate=0.05, passes=40, fewest_steps=200, decay=5e-4)
TUNED = Recipe(rate=0.003, passes=12, fewest_steps=100, decay=5e-4)


@dataclass(frozen=True)
class Outcome:
    """One finished run."""

    answers: Labels  # (held-out photos,) the class with the highest score
    n_trained: int  # numbers that training changed
    n_frozen: int  # numbers that it left alone
    seconds: float  # processor seconds of training alone
    steps: int  # how many steps it took


@dataclass(frozen=True)
class Looks:
    """Photos and their mirror images as each contender takes them in: one tensor for either."""

    photo: Tensor  # (N, C, H, W)
    mirrored: Tensor  # the same, of the mirror images

    def some(self, rows: Labels) -> Looks:
        """Those of the photos ``rows``, ``(M,)``."""
        at = torch.from_numpy(rows)
        return Looks(self.photo[at], self.mirrored[at])


def small_looks(photos: NDArray[np.uint8]) -> Looks:
    """What the network from scratch sees of ``photos`` ``(N, 32, 32, 3)``."""
    pair = (network_input(photos), network_input(np.ascontiguousarray(photos[:, :, ::-1])))
    return Looks(*pair)


@torch.no_grad()
def frozen_looks(photos: NDArray[np.uint8]) -> tuple[Looks, NDArray[np.float32]]:
    """What the first three stages make of ``photos`` ``(N, 64, 64, 3)``, and the features ``(N, 320)``.

    The features are the mean of both looks, as the network answers. The maps are kept in half precision.
    """
    network, maps, features = shipped_network(), [], []
    for look in (photos, np.ascontiguousarray(photos[:, :, ::-1])):
        mine, found = [], []
        for start in range(0, len(look), AT_ONCE):
            x = network.stem(network_input(look[start : start + AT_ONCE]))
            for stage in list(network.stages)[:-1]:
                x = stage(x)
            mine.append(x.half())
            found.append(network.stages[-1](x).mean(dim=(2, 3)).numpy())
        maps.append(torch.cat(mine))
        features.append(np.concatenate(found))
    return Looks(*maps), np.asarray((features[0] + features[1]) / 2, np.float32)


def from_scratch(
    train: Looks, labels: Labels, held_out: Looks, n_classes: int, seed: int, recipe: Recipe = SCRATCH
) -> Outcome:
    """A small network that has seen no other photo.

    Parameters
    ----------
    train, held_out
        From `small_looks`.
    labels
        ``(N,)`` classes 0 to ``n_classes`` - 1 of the training photos.
    n_classes
        At most 10: the network always has ten scores.
    seed
        Start and order; the same seed gives the same network on the same machine.
    recipe
        How it is trained.
    """
    torch.manual_seed(seed)
    network = network_of().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    scores: Callable[[Tensor], Tensor] = lambda x: network(x)[:, :n_classes]  # noqa: E731
    return _run(network, scores, 0, train, labels, held_out, seed, recipe)


def fine_tuned(
    train: Looks, labels: Labels, held_out: Looks, head: Head, seed: int, recipe: Recipe = TUNED
) -> Outcome:
    """The shipped network with its last stage let loose; it begins with a head trained on its features.

    Parameters
    ----------
    train, held_out
        From `frozen_looks`.
    labels
        ``(N,)`` classes of the training photos, those of ``head``.
    head
        Fitted on the features of the same training photos.
    seed
        The order of the photos.
    recipe
        How it is trained.

    Source: A. Kumar et al., "Fine-tuning can distort pretrained features and underperform
    out-of-distribution" (2022), for training the head first.
    """
    torch.manual_seed(seed)
    shipped = shipped_network()
    stage = copy.deepcopy(shipped.stages[-1]).requires_grad_(True)
    last = nn.Linear(len(head.mean), len(head.layer.bias))
    weights = head.layer.weights / head.spread  # the head scales its features first: put into its weights
    last.weight.data = torch.from_numpy(weights).float()
    last.bias.data = torch.from_numpy(head.layer.bias - weights @ head.mean).float()
    network = nn.ModuleList([stage, last])
    frozen = n_parameters(shipped) - n_parameters(shipped.head) - n_parameters(stage)

    def scores(x: Tensor) -> Tensor:
        found: Tensor = last(stage(x.float()).mean(dim=(2, 3)))
        return found

    return _run(network, scores, frozen, train, labels, held_out, seed, recipe)


def _run(
    network: nn.Module,
    scores: Callable[[Tensor], Tensor],
    n_frozen: int,
    train: Looks,
    labels: Labels,
    held_out: Looks,
    seed: int,
    recipe: Recipe,
) -> Outcome:
    started = time.process_time()
    rng, truth, steps = np.random.default_rng(seed), torch.from_numpy(labels), recipe.steps(len(labels))
    sgd = torch.optim.SGD(
        network.parameters(), recipe.rate, momentum=MOMENTUM, weight_decay=recipe.decay, nesterov=True
    )
    rate: Any = torch.optim.lr_scheduler.OneCycleLR(
        sgd, recipe.rate, total_steps=steps + 1, cycle_momentum=False
    )
    network.train()
    order: Labels = np.empty(0, np.int64)
    for _ in range(steps):
        if len(order) < min(BATCH, len(labels)):
            order = rng.permutation(len(labels))
        batch, order = torch.from_numpy(order[:BATCH]), order[BATCH:]
        side = torch.from_numpy(rng.random(len(batch)) < 0.5)[:, None, None, None]
        x = torch.where(side, train.mirrored[batch], train.photo[batch])
        loss = F.cross_entropy(scores(x), truth[batch])
        sgd.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        sgd.step()
        rate.step()
    seconds = time.process_time() - started
    network.eval()
    with torch.inference_mode():
        found = [
            (scores(held_out.photo[i : i + 200]) + scores(held_out.mirrored[i : i + 200])).argmax(1).numpy()
            for i in range(0, len(held_out.photo), 200)
        ]
    return Outcome(np.concatenate(found), n_parameters(network), n_frozen, seconds, steps)
