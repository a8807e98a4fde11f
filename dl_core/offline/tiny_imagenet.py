"""Train the shipped network on Tiny ImageNet's photos of 200 everyday things.

    python -m dl_core.offline.tiny_imagenet --data ../shared/data/tiny_imagenet --out runs/tiny

Every pass over the photos ends with a checkpoint; the same command continues from the newest one.
A pass is written ``pixels x passes``: ``32x8,40x6,48x6,56x6`` starts small, where a pass is cheap,
and grows. Random crops make things look larger in training than in use, so the network is trained
at fewer pixels than it will see (Touvron et al. 2019, "Fixing the train-test resolution discrepancy").
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import math
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from dl_core.vision.network import ResidualNetwork
from dl_core.vision.predict import MEAN, STD

Pixels = NDArray[np.uint8]
Labels = NDArray[np.int64]

N_CLASSES = 200
HELD_BACK_PER_CLASS = 10  # training photos kept aside to choose settings and to calibrate
FILTERS = (
    Image.Resampling.BOX,
    Image.Resampling.BILINEAR,
    Image.Resampling.HAMMING,
    Image.Resampling.BICUBIC,
    Image.Resampling.LANCZOS,
)


@dataclass(frozen=True)
class Recipe:
    """What decides the weights, apart from the photos."""

    plan: str = "32x8,40x6,48x6,56x6"  # pixels x passes, in order
    batch_size: int = 256
    learning_rate: float = 0.4  # the peak, for SGD with Nesterov momentum
    warm_up: float = 0.1  # share of all steps spent rising to the peak
    momentum: float = 0.9
    weight_decay: float = 5e-4
    label_smoothing: float = 0.1
    smallest_crop: float = 0.35  # share of the photo's area
    average_decay: float = 0.999  # of the averaged weights that are shipped
    seed: int = 0

    def passes(self) -> list[int]:
        """The picture size of every pass, in order.

        >>> Recipe(plan="32x2,48x1").passes()
        [32, 32, 48]
        """
        sizes: list[int] = []
        for part in self.plan.split(","):
            pixels, times = part.split("x")
            sizes += [int(pixels)] * int(times)
        return sizes


def read_photos(paths: list[Path]) -> tuple[Pixels, Labels]:
    """Decode parquet files of JPEG bytes: ``(N, 64, 64, 3)`` pixels and ``(N,)`` labels."""
    frame = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
    pixels = np.empty((len(frame), 64, 64, 3), np.uint8)
    for row, data in enumerate(frame["image"]):
        pixels[row] = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    return pixels, frame["label"].to_numpy(np.int64)


def hold_back(labels: Labels, per_class: int) -> NDArray[np.bool_]:
    """Mark the first ``per_class`` rows of every label.

    >>> hold_back(np.array([1, 0, 1, 1, 0]), per_class=1).tolist()
    [True, True, False, False, False]
    """
    rank = pd.Series(labels).groupby(labels).cumcount().to_numpy()
    return np.asarray(rank < per_class)


def augment(photo: Pixels, pixels: int, mirrored: bool, recipe: Recipe, rng: np.random.Generator) -> Pixels:
    """A random crop, shrunk by a random filter: photos reach the classifier shrunk in many ways."""
    height, width = photo.shape[:2]
    area = height * width * rng.uniform(recipe.smallest_crop, 1.0)
    aspect = math.exp(rng.uniform(math.log(3 / 4), math.log(4 / 3)))
    w = min(width, math.sqrt(area * aspect))
    h = min(height, math.sqrt(area / aspect))
    left, top = rng.uniform(0, width - w), rng.uniform(0, height - h)
    image, box = Image.fromarray(photo), (left, top, left + w, top + h)
    if rng.random() < 0.15:  # a soft photo: shrunk first, so that fine grain is gone
        soft = int(pixels * rng.uniform(0.6, 0.9))
        image, box = image.resize((soft, soft), Image.Resampling.BOX, box=box), (0.0, 0.0, soft, soft)
    image = image.resize((pixels, pixels), FILTERS[rng.integers(len(FILTERS))], box=box)
    if mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return np.asarray(image)


def shift_colours(photos: Tensor, generator: torch.Generator) -> Tensor:
    """Random brightness, contrast and saturation for each photo of ``(B, 3, H, W)`` in 0..1."""

    def factor(spread: float) -> Tensor:
        return 1 + spread * (2 * torch.rand(len(photos), 1, 1, 1, generator=generator) - 1)

    grey = photos.mean(1, keepdim=True)
    photos = grey + (photos - grey) * factor(0.4)
    level = photos.mean((1, 2, 3), keepdim=True)
    return ((photos - level) * factor(0.3) + level * factor(0.3)).clamp(0, 1)


def batches(
    photos: Pixels, labels: Labels, pixels: int, epoch: int, recipe: Recipe
) -> Iterator[tuple[Tensor, Tensor]]:
    """One pass in random order, prepared by two threads while the network works."""
    order = np.random.default_rng((recipe.seed, epoch)).permutation(len(labels))
    n_batches = len(order) // recipe.batch_size
    # a photo is mirrored in every second pass, not by a coin: both sides are seen equally often
    first_side = np.random.default_rng((recipe.seed, 10**6)).integers(0, 2, len(labels))
    ready: list[queue.Queue[tuple[Tensor, Tensor]]] = [queue.Queue(maxsize=3), queue.Queue(maxsize=3)]

    def prepare(worker: int) -> None:
        for batch in range(worker, n_batches, 2):
            rng = np.random.default_rng((recipe.seed, epoch, batch))
            rows = order[batch * recipe.batch_size : (batch + 1) * recipe.batch_size]
            block = np.stack(
                [augment(photos[i], pixels, bool((first_side[i] + epoch) % 2), recipe, rng) for i in rows]
            )
            x = torch.from_numpy(block).permute(0, 3, 1, 2).float() / 255
            x = shift_colours(x, torch.Generator().manual_seed(int(rng.integers(2**31))))
            x = ((x - MEAN) / STD).contiguous(memory_format=torch.channels_last)
            ready[worker].put((x, torch.from_numpy(labels[rows])))

    for worker in range(2):
        threading.Thread(target=prepare, args=(worker,), daemon=True).start()
    for batch in range(n_batches):
        yield ready[batch % 2].get()


@torch.inference_mode()
def predict_logits(
    network: nn.Module, photos: Pixels, device: torch.device, mirrored: bool = False
) -> Tensor:
    """Scores of plain photos ``(N, H, W, 3)``: ``(N, n_classes)``, in full precision."""
    network.eval()
    found = []
    for start in range(0, len(photos), 250):
        x = torch.from_numpy(photos[start : start + 250]).permute(0, 3, 1, 2).float().to(device) / 255
        x = ((x - MEAN) / STD).contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, torch.bfloat16):
            logits = network(x).float()
            if mirrored:
                logits = (logits + network(x.flip(3)).float()) / 2
        found.append(logits.cpu())
    return torch.cat(found)


def accuracy(logits: Tensor, labels: Labels, k: int = 1) -> float:
    """Share of rows whose label is among the ``k`` highest scores."""
    best = logits.topk(k).indices.numpy()
    return float((best == labels[:, None]).any(1).mean())


def learning_rate_at(share: float, recipe: Recipe) -> float:
    """Rise in a line to the peak, then fall along a half cosine to zero.

    >>> round(learning_rate_at(0.1, Recipe(learning_rate=0.2, warm_up=0.1)), 3)
    0.2
    """
    if share < recipe.warm_up:
        return recipe.learning_rate * share / recipe.warm_up
    done = (share - recipe.warm_up) / (1 - recipe.warm_up)
    return recipe.learning_rate * (1 + math.cos(math.pi * done)) / 2


def optimiser(network: nn.Module, recipe: Recipe) -> torch.optim.SGD:
    """SGD whose weight decay leaves out biases and normalisation, as is usual."""
    decayed = [p for p in network.parameters() if p.ndim > 1]
    free = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": recipe.weight_decay}, {"params": free, "weight_decay": 0.0}]
    return torch.optim.SGD(groups, lr=0.0, momentum=recipe.momentum, nesterov=True)


def train(recipe: Recipe, data: Path, out: Path) -> None:
    """Run every pass of the plan that has no checkpoint yet, logging one JSON line a pass."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(recipe.seed)
    photos, labels = read_photos(sorted(data.glob("train-*.parquet")))
    aside = hold_back(labels, HELD_BACK_PER_CLASS)
    aside_photos, aside_labels = photos[aside], labels[aside]
    photos, labels = photos[~aside], labels[~aside]
    network: nn.Module = ResidualNetwork(N_CLASSES)
    network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    averaged = copy.deepcopy(network)
    sgd = optimiser(network, recipe)
    out.mkdir(parents=True, exist_ok=True)
    newest, first = out / "checkpoint.pt", 0
    if newest.exists():
        state = torch.load(newest, map_location=device, weights_only=True)
        network.load_state_dict(state["network"])
        averaged.load_state_dict(state["averaged"])
        sgd.load_state_dict(state["optimiser"])
        first = state["epoch"]
    sizes = recipe.passes()
    per_pass = len(labels) // recipe.batch_size
    for epoch in range(first, len(sizes)):
        started, losses = time.perf_counter(), []
        network.train()
        for i, (x, y) in enumerate(batches(photos, labels, sizes[epoch], epoch, recipe)):
            rate = learning_rate_at((epoch * per_pass + i) / (per_pass * len(sizes)), recipe)
            for group in sgd.param_groups:
                group["lr"] = rate
            with torch.autocast(device.type, torch.bfloat16):
                logits = network(x.to(device))
            loss = F.cross_entropy(logits.float(), y.to(device), label_smoothing=recipe.label_smoothing)
            sgd.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            sgd.step()
            losses.append(float(loss.detach()))
            if i % 4 == 0:
                update_average(averaged, network, recipe.average_decay**4, (epoch * per_pass + i) // 4)
        seconds = time.perf_counter() - started
        state = {
            "network": network.state_dict(),
            "averaged": averaged.state_dict(),
            "optimiser": sgd.state_dict(),
            "epoch": epoch + 1,
        }
        torch.save(state, newest.with_suffix(".new"))
        newest.with_suffix(".new").replace(newest)
        line = {
            "epoch": epoch + 1,
            "of": len(sizes),
            "pixels": sizes[epoch],
            "loss": round(float(np.mean(losses)), 4),
            "rate": round(rate, 4),
            "seconds": round(seconds),
        }
        if epoch % 2 or epoch > len(sizes) - 5:
            for name, which in (("last", network), ("averaged", averaged)):
                logits = predict_logits(which, aside_photos, device)
                line[f"{name}_top1"] = round(accuracy(logits, aside_labels), 4)
                line[f"{name}_top5"] = round(accuracy(logits, aside_labels, 5), 4)
        print(json.dumps(line), flush=True)


@torch.no_grad()
def update_average(averaged: nn.Module, network: nn.Module, decay: float, n_updates: int) -> None:
    """Move the averaged weights towards the current ones; early on they follow closely."""
    decay = min(decay, (1 + n_updates) / (10 + n_updates))
    for mean, value in zip(averaged.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/tiny_imagenet"))
    parser.add_argument("--plan", default=Recipe.plan)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves torch's choice")
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    train(Recipe(plan=args.plan, seed=args.seed), args.data, args.out)


if __name__ == "__main__":
    main()
