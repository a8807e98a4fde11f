"""A small convolutional network for 32-pixel photos: the CIFAR-10 table's last row."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

CHANNELS = (3, 32, 64, 128)
PASSES = 5
BATCH_SIZE = 128
PEAK_RATE = 0.2


def network_of(channels: tuple[int, ...] = CHANNELS) -> nn.Sequential:
    """Three times convolve, normalise, keep what is positive, halve; then one score per class.

    Examples
    --------
    >>> n_parameters(network_of())
    113962
    """
    layers: list[nn.Module] = []
    for n_in, n_out in pairwise(channels):
        layers += [
            nn.Conv2d(n_in, n_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(n_out),
            nn.ReLU(),
            nn.MaxPool2d(2),
        ]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * 16, 10))


def n_parameters(network: nn.Module) -> int:
    """How many numbers the network learned."""
    return sum(parameter.numel() for parameter in network.parameters())


def multiplications() -> int:
    """Multiplications for one photo: each kernel at each place, then the last layer.

    Examples
    --------
    >>> multiplications()  # 32x32x27x32 + 16x16x288x64 + 8x8x576x128 + 2048x10
    10342400
    """
    places = (32 * 32, 16 * 16, 8 * 8)
    kernels = [9 * n_in * n_out for n_in, n_out in pairwise(CHANNELS)]
    return sum(n * size for n, size in zip(places, kernels, strict=True)) + CHANNELS[-1] * 16 * 10


def describe(network: nn.Module) -> str:
    """The settings in one line, for the table."""
    return f"3 convolution layers, {n_parameters(network):,} parameters, {PASSES} passes, SGD to {PEAK_RATE}"


def train(pixels: NDArray[np.uint8], labels: NDArray[np.int64], seed: int) -> nn.Sequential:
    """A trained network.

    Parameters
    ----------
    pixels
        (n, 3072) bytes, rows of 32 x 32 x 3.
    labels
        (n,) classes 0 to 9.
    seed
        The same seed gives the same network on the same machine.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = network_of()
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    steps = PASSES * (len(pixels) // BATCH_SIZE)
    optimiser = torch.optim.SGD(
        network.parameters(), lr=PEAK_RATE, momentum=0.9, weight_decay=5e-4, nesterov=True
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_RATE, total_steps=steps + 1)
    network.train()
    for epoch in range(PASSES):
        order = rng.permutation(len(pixels))
        for start in range(0, len(order) - BATCH_SIZE + 1, BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            loss = F.cross_entropy(
                network(_shifted(_as_input(pixels[batch]), rng)), torch.from_numpy(labels[batch])
            )
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
        print(f"network, pass {epoch + 1}: last loss {loss.item():.3f}", flush=True)
    network.eval()
    return network


def _as_input(pixels: NDArray[np.uint8]) -> Tensor:
    photos = torch.from_numpy(pixels).reshape(-1, 32, 32, 3).permute(0, 3, 1, 2)
    return (photos.float() - 121.0) / 64.0


def _shifted(photos: Tensor, rng: np.random.Generator) -> Tensor:
    """The batch mirrored or not, and moved by up to 3 pixels: a cheap way to show more than there is."""
    if rng.random() < 0.5:
        photos = photos.flip(3)
    down, right = (int(n) for n in rng.integers(0, 7, 2))
    padded = F.pad(photos, (3, 3, 3, 3))
    return padded[:, :, down : down + 32, right : right + 32].contiguous(memory_format=torch.channels_last)


@torch.no_grad()
def answers(network: nn.Sequential, pixels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The class with the highest score for each photo."""
    found = [
        network(_as_input(pixels[i : i + 500])).argmax(dim=1).numpy() for i in range(0, len(pixels), 500)
    ]
    return np.concatenate(found)
