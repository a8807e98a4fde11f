"""Three ways to train on the same pictures: a new head, a new head and the last stage, or all from scratch.

The shipped network is only read. Its normalisation is folded into its convolutions, so fine-tuning trains a
copy of those folded numbers. All draws come from generators of their own, none from torch's, which all share.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.transfer.features import Features
from dl_core.transfer.heads import Head, fit_head
from dl_core.transfer.pictures import SIDE, Labels, Pixels
from dl_core.transfer.small_network import SmallNetwork, varied

if TYPE_CHECKING:  # torch is loaded by the first training, not by the import
    from torch import Tensor, nn

    from dl_core.vision.network import ResidualNetwork

Maps = NDArray[np.float32]

AT_ONCE = 16  # pictures between two slopes, and between two questions whether to go on
FLOAT = 4  # bytes of a number in single precision

SCRATCH_RATE, SCRATCH_DECAY = 1e-2, 1e-2
SCRATCH_LOOKS = 10_000  # pictures looked at in all: few pictures are looked at more often
SCRATCH_PASSES = 20, 200  # ... but each at least, and at most, so many times
FINE_PASSES = 8
FINE_RATE, FINE_DECAY = 1e-4, 1e-2  # low: what the stage has learned is to be bent, not lost


@dataclass(frozen=True, eq=False)
class Trained:
    """What a way to train gives for the pictures it was not shown."""

    answers: Labels  # (N,) class of each held-out picture
    seconds: float  # of work on one core, waiting not counted
    n_trained: int  # numbers that training found
    n_frozen: int  # numbers that were taken over and not changed
    bytes: int  # of memory that training needs, estimated
    passes: float  # looks at each picture; 0 where all are solved for at once
    planned: int  # passes until the end

    @property
    def is_whole(self) -> bool:
        """Whether nobody stopped it."""
        return self.passes >= self.planned


class Clock:
    """Seconds in which this thread worked: those of the work where a computation has one thread, as here."""

    def __init__(self) -> None:
        self._start = time.thread_time()

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return time.thread_time() - self._start


def maps_of(pixels: Pixels, network: ResidualNetwork, go_on: GoOn | None = None) -> Maps:
    """What comes out of all stages but the last, ``(N, 256, 8, 8)``; fewer rows where the work was stopped.

    Parameters
    ----------
    pixels
        ``(N, 64, 64, 3)``.
    network
        The shipped one; only read.
    go_on
        Share done, 0 to 1 → whether to go on.
    """
    import torch

    from dl_core.vision.predict import network_input

    stages = list(network.stages)[:-1]
    found = [np.zeros((0, _channels(network), SIDE // 8, SIDE // 8), np.float32)]
    with torch.inference_mode():
        for start in range(0, len(pixels), AT_ONCE):
            if go_on and not go_on(start / len(pixels)):
                break
            x = network.stem(network_input(pixels[start : start + AT_ONCE]))
            for stage in stages:
                x = stage(x)
            found.append(x.contiguous().numpy())
    return np.concatenate(found)


def features_from(maps: Maps, last: nn.Module) -> Features:
    """Features, ``(N, 320)``, from the ``maps`` ``(N, 256, 8, 8)`` that go into the last stage."""
    import torch

    with torch.inference_mode():
        parts = [
            last(torch.from_numpy(maps[at : at + AT_ONCE])).mean(dim=(2, 3)).numpy()
            for at in range(0, len(maps), AT_ONCE)
        ]
    return np.concatenate(parts) if parts else np.zeros((0, _channels(last)), np.float32)


def _channels(module: nn.Module) -> int:
    """Maps that come out of the last block of a stage, or of the last but one stage of a network."""
    stages = getattr(module, "stages", None)
    stage = module if stages is None else stages[-2]
    return int(stage[-1].conv2.out_channels)  # type: ignore[index]


def train_head(
    train: Maps,
    labels: Labels,
    held_out: Maps,
    n_classes: int,
    network: ResidualNetwork,
    seconds: float = 0.0,
) -> tuple[Trained, Head]:
    """Keep the whole network, train a new head on its features.

    Parameters
    ----------
    train, held_out
        ``(N, 256, 8, 8)`` from `maps_of`.
    labels
        ``(N,)`` of the training pictures.
    n_classes
        2 or more.
    network
        The shipped one; only read.
    seconds
        What the maps of the training pictures took.
    """
    clock, last = Clock(), network.stages[-1]
    features = features_from(train, last)
    head = fit_head(features, labels, n_classes)
    seconds += clock.seconds
    body = count(network) - count(network.head)
    # features in double precision, the curvature and its inverse, four sets of the head's numbers
    solving = 8 * (features.size + 2 * (features.shape[1] + 1) ** 2 + 4 * head.n_trained)
    needed = FLOAT * body + max(_looking(), solving)
    answers = head.answers(features_from(held_out, last))
    return Trained(answers, seconds, head.n_trained, body, needed, 0, 0), head


def fine_tune(
    train: Maps, labels: Labels, held_out: Maps, head: Head, network: ResidualNetwork, seed: int,
    seconds: float = 0.0, passes: int = FINE_PASSES, go_on: GoOn | None = None,
) -> Trained:  # fmt: skip
    """Train a copy of the last stage together with the head that `train_head` found.

    Parameters
    ----------
    train, held_out
        ``(N, 256, 8, 8)`` from `maps_of`.
    labels
        ``(N,)`` of the training pictures.
    head
        Where the new head starts; before the first step all answers are those of the frozen network.
    network
        The shipped one; only read.
    seed
        Decides the order of the pictures.
    seconds
        What the maps of the training pictures and the head took.
    passes
        Looks at each picture; at 0 nothing is trained.
    go_on
        Share done, 0 to 1 → whether to go on.
    """
    import torch
    from torch.nn import functional

    clock = Clock()
    with torch.inference_mode(mode=False):
        stage = copy.deepcopy(network.stages[-1]).requires_grad_(True)
        mean, spread, weights, bias = (
            torch.tensor(part, dtype=torch.float32)
            for part in (head.mean, head.spread, head.layer.weights, head.layer.bias)
        )
        trained = [*stage.parameters(), weights.requires_grad_(True), bias.requires_grad_(True)]
        maps, wanted = torch.from_numpy(train), torch.from_numpy(labels)

        def scores(rows: Tensor) -> Tensor:
            return functional.linear((stage(rows).mean(dim=(2, 3)) - mean) / spread, weights, bias)

        def loss(at: Tensor) -> Tensor:
            return functional.cross_entropy(scores(maps[at]), wanted[at])

        done = _descend(loss, trained, len(train), passes, seed, FINE_RATE, FINE_DECAY, go_on)
        seconds += clock.seconds
        answers = _answers(scores, torch.from_numpy(held_out))
    n_trained = sum(each.numel() for each in trained)
    frozen = count(network) - count(network.head) - count(stage)
    # the slope and Adam's two averages beside each trained number, and what the layers keep for the way back
    learning = FLOAT * (4 * n_trained + train.size) + AT_ONCE * _kept_by_stage(stage, train)
    needed = FLOAT * frozen + max(_looking(), learning)
    return Trained(answers, seconds, n_trained, frozen, needed, done, passes)


def _kept_by_stage(stage: nn.Module, maps: Maps) -> int:
    """Bytes that one picture's way through the last stage keeps for the way back."""
    _, channels, high, wide = (int(side) for side in maps.shape)
    # its maps, the pooled ones for the shortcut, and what each of the two ReLUs lets through
    pooled = (high // 2) * (wide // 2)
    return FLOAT * (channels * high * wide + (channels + 2 * _channels(stage)) * pooled)


def scratch_passes(n: int, effort: int = 1) -> int:
    """How often the small network looks at each of ``n`` pictures; ``effort`` times as often as planned.

    >>> scratch_passes(200), scratch_passes(10), scratch_passes(2000), scratch_passes(200, 2)
    (50, 200, 20, 100)
    """
    least, most = SCRATCH_PASSES
    return effort * min(most, max(least, math.ceil(SCRATCH_LOOKS / max(n, 1))))


def train_from_scratch(
    train: Pixels, labels: Labels, held_out: Pixels, n_classes: int, seed: int,
    passes: int | None = None, go_on: GoOn | None = None,
) -> Trained:  # fmt: skip
    """Train a small network that has seen nothing before: four layers of filters, then a head.

    A picture is moved and its light changed a little before each look; not mirrored, since a mirrored digit
    is another thing.

    Parameters
    ----------
    train, held_out
        ``(N, 64, 64, 3)``.
    labels
        ``(N,)`` of the training pictures.
    n_classes
        2 or more.
    seed
        Decides the first weights, the order of the pictures and how each is moved.
    passes
        Looks at each picture; by default `scratch_passes`.
    go_on
        Share done, 0 to 1 → whether to go on.
    """
    import torch
    from torch.nn import functional

    from dl_core.vision.predict import network_input

    passes = scratch_passes(len(train)) if passes is None else passes
    clock = Clock()
    with torch.inference_mode(mode=False):
        network = SmallNetwork(n_classes, seed)
        wanted, draw = torch.from_numpy(labels), np.random.default_rng([seed, 1])

        def loss(at: Tensor) -> Tensor:
            looks = network_input(varied(train[at.numpy()], draw))
            return functional.cross_entropy(network.scores(looks, learning=True), wanted[at])

        done = _descend(loss, network.trained, len(train), passes, seed, SCRATCH_RATE, SCRATCH_DECAY, go_on)
        seconds = clock.seconds
        answers = _answers(lambda rows: network.scores(rows, learning=False), network_input(held_out))
    n_trained = sum(each.numel() for each in network.trained)
    needed = FLOAT * (4 * n_trained + AT_ONCE * network.kept_for_a_picture())
    return Trained(answers, seconds, n_trained, 0, needed, done, passes)


def _descend(
    loss: Callable[[Tensor], Tensor], trained: Sequence[Tensor], n: int, passes: int, seed: int,
    rate: float, decay: float, go_on: GoOn | None,
) -> float:  # fmt: skip
    """Adam with a rate that rises over the first tenth and then falls to 0; how many passes were made."""
    import torch

    steps_a_pass = math.ceil(n / AT_ONCE)
    n_steps = passes * steps_a_pass
    adam = torch.optim.AdamW(trained, rate, weight_decay=decay, foreach=False)
    for step, at in enumerate(_batches(n, passes, seed)):
        if go_on and not go_on(step / n_steps):
            return step / steps_a_pass
        done = (step + 0.5) / n_steps
        adam.param_groups[0]["lr"] = rate * min(done / 0.1, 0.5 * (1 + math.cos(math.pi * done)))
        adam.zero_grad()
        loss(at).backward()  # type: ignore[no-untyped-call]
        adam.step()
    return float(passes)


def _batches(n: int, passes: int, seed: int) -> Iterator[Tensor]:
    import torch

    chance = torch.Generator().manual_seed(seed)
    for _ in range(passes):
        # in parts of nearly one size: a single leftover picture would steer a whole step
        yield from torch.randperm(n, generator=chance).tensor_split(math.ceil(n / AT_ONCE))


def _answers(scores: Callable[[Tensor], Tensor], rows: Tensor) -> Labels:
    import torch

    with torch.inference_mode():
        parts = [scores(part).argmax(dim=1) for part in torch.split(rows, AT_ONCE) if len(part)]
    return torch.cat(parts).numpy() if parts else np.zeros(0, np.int64)


def count(module: nn.Module) -> int:
    """Numbers that a part of a network holds."""
    return sum(int(each.numel()) for each in module.parameters())


def _looking() -> int:
    """Bytes of the widest place on the way through the frozen network: the stem's 24 and 64 maps."""
    return FLOAT * AT_ONCE * (24 * SIDE**2 + 64 * (SIDE // 2) ** 2)
