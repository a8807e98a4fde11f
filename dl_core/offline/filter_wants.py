"""Measure what a filter wants: pictures made to stir it, and the held-out photos that stir it most.

    python -m dl_core.offline.filter_wants --data ../shared/data --out assets/vision

For eight filters in each of four layers, drawn by lot (seed 0) among those that fire on at least as many
held-out photos as we count: gradient ascent on the mean of the filter's map, from noise. Of several noise
pictures the one that stirs the filter most is the start. What keeps the pictures calm is all stated here:
shifts by chance, a small blur every few steps, a price on differences between neighbouring pixels, and pixel
values between 0 and 1. Activations are measured again on the pictures as stored, eight bits a colour.

The photos themselves are not kept: only how many of the strongest show which thing. The control is the same
for one filter of each layer in the network with scrambled weights.

Source: C. Olah, A. Mordvintsev, L. Schubert, "Feature Visualization" (Distill, 2017), for the ascent and its
regularisers; J. Adebayo et al., "Sanity Checks for Saliency Maps" (2018), for the control.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from dl_core.filter_wants import DOMINATED, N_SHOWN, SIDE, WANTED_LAYERS
from dl_core.offline.tiny_imagenet import read_photos
from dl_core.vision.ablation import LAYERS, parts_of, through
from dl_core.vision.predict import MEAN, STD, network_input
from dl_core.vision.weights import scrambled_network, shipped_network

if TYPE_CHECKING:
    from dl_core.vision.network import ResidualNetwork

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

N_TOP = 25  # strongest photos that are counted: as many as one thing has in the held-out pile
N_DRAWS = 2_000  # of so many photos by chance, for the control of the count


@dataclass(frozen=True)
class Recipe:
    """What decides the pictures, apart from the network."""

    steps: int = 256
    learning_rate: float = 0.05  # of Adam, on the logits of the pixel values
    shift: int = 4  # pixels up, down, left or right at most, drawn anew at each step
    blur_every: int = 8  # steps; the last quarter goes without
    price_of_differences: float = 2.0  # total variation; one unit of gain is the strongest photo's activation
    n_starts: int = 16  # noise pictures to choose the start from
    spread: float = 0.1  # of the noise, around grey, where pixel values go from 0 to 1
    seed: int = 0


def activations(network: ResidualNetwork, photos: Pixels, batch: int) -> dict[str, Floats]:
    """The mean of every map in each layer, photo by photo: ``(N, filters)`` each.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    photos
        ``(N, 64, 64, 3)``, looked at as they are, once.
    batch
        Photos at a time; 1 for the scrambled network, which is normalised by what it sees.
    """
    found: dict[str, list[Floats]] = {layer: [] for layer in WANTED_LAYERS}
    with torch.inference_mode():
        for start in range(0, len(photos), batch):
            x = network_input(photos[start : start + batch])
            for layer, part in zip(LAYERS, parts_of(network), strict=True):
                x = part(x)
                if layer in found:
                    found[layer].append(x.mean(dim=(2, 3)).numpy())
    return {layer: np.concatenate(each) for layer, each in found.items()}


def strongest(means: Floats, labels: NDArray[np.int64], n_top: int = N_TOP) -> NDArray[np.int64]:
    """For each filter, how many of its strongest photos show each thing: ``(filters, n_classes)``.

    Parameters
    ----------
    means
        ``(N, filters)`` activations.
    labels
        ``(N,)`` what each photo shows.
    n_top
        Photos that count.

    Examples
    --------
    >>> strongest(np.array([[3.0], [1.0], [2.0]], np.float32), np.array([1, 0, 1]), n_top=2).tolist()
    [[0, 2]]
    """
    best = np.argsort(-means, axis=0, kind="stable")[:n_top]
    n_classes = int(labels.max()) + 1
    return np.stack([np.bincount(labels[rows], minlength=n_classes) for rows in best.T])


def by_lot(means: Floats, n: int = N_SHOWN, n_top: int = N_TOP, seed: int = 0) -> list[int]:
    """Filters drawn by lot among those that fire on at least ``n_top`` photos, in order of their places.

    Parameters
    ----------
    means
        ``(N, filters)`` activations.
    n
        How many to draw.
    n_top
        Photos on which a filter must fire.
    seed
        The same gives the same filters.

    Examples
    --------
    >>> by_lot(np.array([[1.0, 0.0, 2.0]], np.float32), n=2, n_top=1)
    [0, 2]
    """
    firing = np.flatnonzero((means > 0).sum(axis=0) >= n_top)
    drawn = np.random.default_rng(seed).choice(firing, min(n, len(firing)), replace=False)
    return sorted(int(one) for one in drawn)


def most_by_chance(labels: NDArray[np.int64], n_top: int = N_TOP, n_draws: int = N_DRAWS) -> int:
    """How often the commonest name is among so many photos drawn by chance: the count that 95 in 100 keep."""
    rng = np.random.default_rng(0)
    most = [np.bincount(rng.choice(labels, n_top, replace=False)).max() for _ in range(n_draws)]
    return int(np.quantile(most, 0.95, method="higher"))


def stirred(network: ResidualNetwork, layer: str, filters: list[int], x: Tensor) -> Tensor:
    """The mean of filter i's map on picture i, ``(B,)``, for ``x`` of ``(B, 3, H, W)``, 0 to 1."""
    depth = list(LAYERS).index(layer) + 1
    maps = through(parts_of(network)[:depth], (x - MEAN) / STD)
    return maps[torch.arange(len(filters)), filters].mean(dim=(1, 2))


def first_pictures(network: ResidualNetwork, layer: str, filters: list[int], recipe: Recipe) -> Tensor:
    """For each filter the noise that stirs it most: ``(B, 3, 64, 64)``, 0 to 1."""
    generator = torch.Generator().manual_seed(recipe.seed)
    noise = torch.randn(recipe.n_starts, 3, SIDE, SIDE, generator=generator)
    noise = (0.5 + recipe.spread * noise).clamp(0.02, 0.98)
    with torch.inference_mode():
        found = torch.stack(
            [stirred(network, layer, filters, one.expand(len(filters), -1, -1, -1)) for one in noise]
        )
    return noise[found.argmax(0)].clone()


def wanted(
    network: ResidualNetwork, layer: str, filters: list[int], scale: Floats, recipe: Recipe
) -> tuple[Pixels, Pixels]:
    """The pictures before and after the ascent: ``(B, 64, 64, 3)`` each.

    Parameters
    ----------
    network
        Only read; the gradient is taken of the pictures alone.
    layer, filters
        Where, and which: one picture each.
    scale
        ``(B,)`` the strongest photo's activation, so that every filter climbs in the same unit.
    recipe
        How.
    """
    start = first_pictures(network, layer, filters, recipe)
    generator = torch.Generator().manual_seed(recipe.seed + 1)
    pixels = torch.logit(start).requires_grad_()
    adam = torch.optim.Adam([pixels], lr=recipe.learning_rate)
    unit = torch.from_numpy(scale).clamp(min=1e-6)
    for step in range(recipe.steps):
        picture = torch.sigmoid(pixels)
        up, left = torch.randint(-recipe.shift, recipe.shift + 1, (2,), generator=generator).tolist()
        gain = stirred(network, layer, filters, torch.roll(picture, (up, left), (2, 3))) / unit
        loss = (recipe.price_of_differences * differences(picture) - gain).sum()
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.step()
        if step % recipe.blur_every == recipe.blur_every - 1 and step < 3 * recipe.steps // 4:
            with torch.no_grad():
                pixels.copy_(blurred(pixels))
    return as_bytes(start), as_bytes(torch.sigmoid(pixels.detach()))


def differences(picture: Tensor) -> Tensor:
    """How much neighbouring pixels differ on average, down plus across: ``(B, C, H, W)`` to ``(B,)``.

    >>> differences(torch.tensor([[[[0.0, 1.0], [0.0, 1.0]]]])).tolist()
    [1.0]
    """
    down = (picture[:, :, 1:] - picture[:, :, :-1]).abs().mean(dim=(1, 2, 3))
    return down + (picture[:, :, :, 1:] - picture[:, :, :, :-1]).abs().mean(dim=(1, 2, 3))


def blurred(x: Tensor) -> Tensor:
    """Each value of ``(B, 3, H, W)`` mixed with its neighbours: weights 1, 2, 1 in both directions."""
    row = torch.tensor([0.25, 0.5, 0.25])
    kernel = (row[:, None] * row).expand(3, 1, 3, 3)
    return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), kernel, groups=3)


def as_bytes(x: Tensor) -> Pixels:
    """``(B, 3, H, W)`` of 0 to 1 as ``(B, H, W, 3)`` of 0 to 255."""
    return np.asarray((x.permute(0, 2, 3, 1) * 255).round().to(torch.uint8).numpy())


def on_stored(network: ResidualNetwork, layer: str, filters: list[int], pixels: Pixels) -> list[float]:
    """The activations of stored pictures ``(B, 64, 64, 3)``, each looked at by itself."""
    with torch.inference_mode():
        x = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
        each = [stirred(network, layer, [f], x[i : i + 1]) for i, f in enumerate(filters)]
    return [round(float(one), 4) for one in each]


def one_by_one(
    network: ResidualNetwork, layer: str, filters: list[int], means: Floats, counts: NDArray[np.int64],
    recipe: Recipe,
) -> tuple[list[dict[str, Any]], Pixels]:  # fmt: skip
    """For each filter what was measured, and the pictures it wants: ``(B, 64, 64, 3)``."""
    best = means[:, filters].max(axis=0)
    before, after = wanted(network, layer, filters, best, recipe)
    rows = []
    for i, place in enumerate(filters):
        names = np.argsort(-counts[place], kind="stable")[:3]
        rows.append(
            {
                "filter": place,
                "noise": on_stored(network, layer, [place], before[i : i + 1])[0],
                "wanted": on_stored(network, layer, [place], after[i : i + 1])[0],
                "photo": round(float(best[i]), 4),
                "average_photo": round(float(means[:, place].mean()), 4),
                "things": [[int(name), int(counts[place, name])] for name in names if counts[place, name]],
                "n_things": int((counts[place] > 0).sum()),
            }
        )
    return rows, after


def measured(photos: Pixels, labels: NDArray[np.int64], recipe: Recipe) -> tuple[dict[str, Any], Pixels]:
    """Everything as it is committed: the table, and one sheet of pictures, a layer a row, the control last.

    Parameters
    ----------
    photos, labels
        ``(N, 64, 64, 3)`` and ``(N,)``: held-out photos.
    recipe
        How the pictures are made.
    """
    trained, control = shipped_network(), scrambled_network()
    of_trained, of_control = activations(trained, photos, 50), activations(control, photos, 1)
    layers, rows = {}, []
    for layer in WANTED_LAYERS:
        means, chance = of_trained[layer], of_control[layer]
        filters, counts, other = by_lot(means), strongest(means, labels), strongest(chance, labels)
        firing = (means > 0).sum(axis=0) >= N_TOP
        shown, pictures = one_by_one(trained, layer, filters, means, counts, recipe)
        first = filters[:1]  # one control will do, and nobody chose it
        scrambled, drawn = one_by_one(control, layer, first, chance, other, recipe)
        layers[layer] = {
            "n_firing": int(firing.sum()),
            "most_of_one_thing": np.where(firing, counts.max(axis=1), 0).tolist(),
            "n_dominated": int((counts.max(axis=1)[firing] > DOMINATED * N_TOP).sum()),
            "scrambled_most": int(other.max()),
            "scrambled_dominated": int((other.max(axis=1) > DOMINATED * N_TOP).sum()),
            "shown": shown,
            "scrambled": scrambled[0],
        }
        rows.append(np.concatenate([*pictures, *drawn], axis=1))
        print(layer, json.dumps(layers[layer])[:300], flush=True)
    table = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()}, torch {torch.__version__}, one thread",
        "data": "Tiny ImageNet-200, held-out photos, as they are: the filter's average over its map",
        "n_photos": len(photos),
        "n_top": N_TOP,
        "per_thing": int(np.bincount(labels).max()),
        "most_by_chance": most_by_chance(labels),
        "recipe": asdict(recipe),
        "layers": layers,
    }
    return table, np.concatenate(rows, axis=0)


def main() -> None:
    """Measure, and write the table and the sheet."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--data", type=Path, required=True, help="folder with tiny_imagenet/val.parquet")
    reader.add_argument("--out", type=Path, required=True, help="folder to write to")
    chosen = reader.parse_args()
    torch.set_num_threads(1)
    photos, labels = read_photos([chosen.data / "tiny_imagenet" / "val.parquet"])
    table, sheet = measured(photos, labels, Recipe())
    command = f"python -m dl_core.offline.filter_wants --data {chosen.data} --out {chosen.out}"
    text = json.dumps({"command": command, **table}, separators=(",", ":"), ensure_ascii=False)
    (chosen.out / "filter_wants.json").write_text(text + "\n", encoding="utf-8")
    Image.fromarray(sheet).save(chosen.out / "filter_wants.png", optimize=True)


if __name__ == "__main__":
    main()
