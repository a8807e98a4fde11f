"""How the course's simpler models are fitted and compared: the piles, the fits, the choices, the counts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from scipy.stats import rankdata

from dl_core import course_models as core
from dl_core.offline.tiny_imagenet import HELD_BACK_PER_CLASS, N_CLASSES, hold_back, read_photos
from dl_core.vision.calibration import calibration_error, probabilities
from dl_core.vision.card import read_card
from dl_core.vision.features import mean_features
from dl_core.vision.views import views
from dl_core.vision.weights import shipped_network

SEED = 0
PER_CLASS = 50  # neighbours of each class
FEWER = (10, 25)  # for the record: how much fewer neighbours would cost
KS = (1, 5, 10, 20, 30, 50)
SHARPNESSES = (0.0, 0.05, 0.1, 0.2)
DECAYS = {"feature": (1e-4, 1e-3, 1e-2), "pixel": (1e-3, 1e-2)}
PASSES, BATCH = {"feature": 15, "pixel": 6}, {"feature": 100, "pixel": 256}
RATE, MOMENTUM = 0.03, 0.9
DRAWS = 1000  # of the bootstrap
QUANTILES = np.linspace(0, 1, 101)

Rows = NDArray[np.float64]
Labels = NDArray[np.int64]
Pile = tuple[NDArray[np.uint8], Labels]


def cut_piles(folder: Path) -> dict[str, Pile]:
    """Photos and labels: "train" (without those kept aside), "kept" (the neighbours), "aside", "held out"."""
    photos, labels = read_photos(sorted(folder.glob("train-*.parquet")))
    aside = hold_back(labels, HELD_BACK_PER_CLASS)
    kept = hold_back(labels, HELD_BACK_PER_CLASS + PER_CLASS) & ~aside
    masks = {"train": ~aside, "kept": kept, "aside": aside}
    piles = {name: (photos[mask], labels[mask]) for name, mask in masks.items()}
    return piles | {"held out": read_photos([folder / "val.parquet"])}


def features(photos: list[Image.Image], file: Path) -> Rows:
    """Features of each photo over the views of an answer, ``(N, 320)``; from the file where it is there."""
    if not file.exists():
        started, network, way = time.process_time(), shipped_network(), read_card().way_in
        found = np.stack([mean_features(network, views(photo, way)) for photo in photos])
        np.save(file, found.astype(np.float32))
        say(step=file.stem, photos=len(photos), seconds=round(time.process_time() - started))
    return np.asarray(np.load(file, allow_pickle=False), np.float64)


def small_pictures(photos: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What the linear layer on pixels sees of square photos ``(N, 64, 64, 3)``: ``(N, 768)``."""
    found = np.empty((len(photos), core.SIDE**2 * 3), np.float32)
    for row, photo in enumerate(photos):
        small = core.small_picture(photo[None]).reshape(core.SIDE, core.SIDE, 3)
        found[row] = ((small + small[:, ::-1]) / 2).ravel()  # the average of a view and its mirror image
    return found


def fit_linear(inputs: NDArray[Any], labels: Labels, name: str, decay: float) -> tuple[Rows, Rows]:
    """A linear softmax layer by seeded mini-batches: weights ``(D, 200)`` and bias ``(200,)``."""
    x, y = torch.from_numpy(np.asarray(inputs, np.float32)), torch.from_numpy(labels)
    weights = torch.zeros(x.shape[1], N_CLASSES, requires_grad=True)
    bias = torch.zeros(N_CLASSES, requires_grad=True)
    groups = [{"params": [weights], "weight_decay": decay}, {"params": [bias], "weight_decay": 0.0}]
    sgd = torch.optim.SGD(groups, lr=RATE, momentum=MOMENTUM)
    per_pass = len(x) // BATCH[name]
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(sgd, PASSES[name] * per_pass)
    dealt = torch.Generator().manual_seed(SEED)
    for _ in range(PASSES[name]):
        order = torch.randperm(len(x), generator=dealt)
        for step in range(per_pass):
            rows = order[step * BATCH[name] : (step + 1) * BATCH[name]]
            loss = F.cross_entropy(x[rows] @ weights + bias, y[rows])
            sgd.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            sgd.step()
            falling.step()
    return weights.detach().numpy().astype(np.float64), bias.detach().numpy().astype(np.float64)


def choose_linear(
    name: str, fit: tuple[NDArray[Any], Labels], aside: tuple[NDArray[Any], Labels]
) -> tuple[tuple[Rows, Rows], dict[str, Any]]:
    """The layer whose weight decay is right most often on the photos kept aside, in half precision."""
    tried = []
    for decay in DECAYS[name]:
        weights, bias = fit_linear(*fit, name, decay)
        layer = weights.astype(np.float16).astype(np.float64), bias.astype(np.float32).astype(np.float64)
        right = int((core.linear_scores(layer, aside[0]).argmax(1) == aside[1]).sum())
        say(step=f"{name} layer", decay=decay, aside_right=right, of=len(aside[1]))
        tried.append((right, -decay, layer))
    right, decay, layer = max(tried, key=lambda one: one[:2])
    return layer, {"decay": -decay, "passes": PASSES[name], "batch": BATCH[name], "rate": RATE}


def choose_votes(labels: Labels, rows: Labels, angles: Rows, truth: Labels) -> dict[str, Any]:
    """k and sharpness that are right most often on the photos kept aside; the fewer neighbours in a tie."""
    tried = {}
    for k in KS:
        for sharpness in SHARPNESSES:
            found = core.votes(labels[rows[:, :k]], angles[:, :k], sharpness)
            tried[k, sharpness] = int((found.argmax(1) == truth).sum())
    k, sharpness = max(tried, key=lambda one: (tried[one], -one[0], -one[1]))
    return {"k": k, "sharpness": sharpness, "aside_right": tried[k, sharpness]}


def vote_scores(labels: Labels, rows: Labels, angles: Rows, choice: dict[str, Any]) -> Rows:
    """Scores of the vote ``(M, 200)``, as `dl_core.course_models.neighbour_scores` gives them."""
    k = choice["k"]
    return core.vote_scores(labels[rows[:, :k]], angles[:, :k], choice["sharpness"])


def counts(scores: Rows, truth: Labels, temperature: float) -> dict[str, Any]:
    """Right answers and calibration on held-out photos."""
    first_five = np.argsort(-scores, axis=1, kind="stable")[:, :5]
    right = first_five[:, 0] == truth
    sure = probabilities(scores, temperature).max(1)
    return {
        "top1": int(right.sum()),
        "top5": int((first_five == truth[:, None]).any(1).sum()),
        "n": len(truth),
        "temperature": round(temperature, 4),
        "gap": round(calibration_error(sure, right), 4),
    }


def paired(right: dict[str, NDArray[np.bool_]]) -> list[dict[str, Any]]:
    """For each two models: photos that only the one had right, and only the other."""
    return [
        {
            "one": one,
            "other": other,
            "only_one": int((right[one] & ~right[other]).sum()),
            "only_other": int((right[other] & ~right[one]).sum()),
        }
        for i, one in enumerate(right)
        for other in list(right)[i + 1 :]
    ]


def together(scores: dict[str, dict[str, Rows]], truth: Labels) -> dict[str, dict[str, int]]:
    """How often the network is right on held-out photos when the three on features agree, and when not."""
    said = {key: found["held out"].argmax(1) for key, found in scores.items() if key != "pixels"}
    same = np.all([labels == said["network"] for labels in said.values()], axis=0)
    right = said["network"] == truth
    return {
        name: {"hits": int(right[mask].sum()), "n": int(mask.sum())}
        for name, mask in (("agree", same), ("differ", ~same))
    }


def auc(sign: Rows, odd: NDArray[np.bool_]) -> float:
    """How often the odd one of a random pair has the larger ``sign``; a tie counts half.

    >>> auc(np.array([1.0, 2.0, 3.0, 3.0]), np.array([False, False, True, True]))
    1.0
    """
    ranks, n_odd = rankdata(sign), int(odd.sum())
    return float((ranks[odd].sum() - n_odd * (n_odd + 1) / 2) / (n_odd * (len(odd) - n_odd)))


def with_range(odd: NDArray[np.bool_], *signs: Rows) -> list[list[float]]:
    """`auc` of each sign with its 95 % range: 1,000 seeded draws of photos with replacement."""
    rng, drawn = np.random.default_rng(SEED), []
    piles = np.flatnonzero(odd), np.flatnonzero(~odd)
    for _ in range(DRAWS):
        rows = np.concatenate([rng.choice(pile, len(pile)) for pile in piles])
        drawn.append([auc(sign[rows], odd[rows]) for sign in signs])
    ends = np.quantile(np.array(drawn), [0.025, 0.975], axis=0).T
    return [[round(v, 4) for v in (auc(sign, odd), *end)] for sign, end in zip(signs, ends, strict=True)]


def joined(sure: Rows, far: Rows, odd: NDArray[np.bool_]) -> Callable[[Rows, Rows], Rows]:
    """Both signs as one, weighed by logistic regression on the photos kept aside."""
    from sklearn.linear_model import LogisticRegression

    def inputs(sure: Rows, far: Rows) -> Rows:
        p = np.clip(sure, 1e-6, 1 - 1e-6)
        return np.stack([np.log(p / (1 - p)), far / 5], axis=1)

    model = LogisticRegression().fit(inputs(sure, far), odd)
    return lambda sure, far: np.asarray(model.decision_function(inputs(sure, far)))


def say(**line: Any) -> None:
    """One JSON line of the log."""
    print(json.dumps(line), flush=True)


def sheet(photos: NDArray[np.uint8], labels: Labels) -> NDArray[np.uint8]:
    """Average pictures of all classes, 20 in a row: ``(160, 320, 3)``."""
    tiles = []
    for label in range(N_CLASSES):
        mean = photos[labels == label].mean(axis=0)
        tiles.append(mean.reshape(core.SIDE, 64 // core.SIDE, core.SIDE, 64 // core.SIDE, 3).mean((1, 3)))
    rows = [tiles[i : i + core.SHEET_COLUMNS] for i in range(0, N_CLASSES, core.SHEET_COLUMNS)]
    whole = np.concatenate([np.concatenate(row, axis=1) for row in rows])
    return np.asarray(np.rint(whole), np.uint8)
