"""What the shipped network's answers and pictures cost: ``python -m benchmarks.vision``.

Processor time of one core, in milliseconds, for every sample photo. Each photo is given as one that nobody
has seen, as a reader's own is, so nothing comes from what a server keeps of photos. All works take turns
with a bare `classify` of the same photo; ``times_classify`` compares with that. ``functions`` only compute.
``scenes`` do what a server does after a click: from the settings to the result, its picture and the JSON
text that travels, whose bytes are counted. ``layers_all_sheets`` is the contact sheet of every layer, as
nine clicks would ask for them. ``filter_ranking`` is the scene `off`, by layer.

The limits are those that the pages were asked to keep, beside what was measured. No test asserts them,
because a busy machine is slower.

At every click, the Streamlit demo of torch-cam (``demo/app.py`` of github.com/frgfm/torch-cam, 2022) reads
a model's weights from disk and builds it, before it answers. ``loaded_anew`` does that with our network, so
only the habit is compared; ``loaded_anew_resnet18`` with a network as large as the first of that demo, in
random numbers, on 224 by 224 pixels. Ours, with the network that is there, is ``a_click``: five guesses and
Grad-CAM.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when numpy and torch are loaded

import numpy as np
import torch

from benchmarks.numbers import percentile, ratio
from dl_core import (
    closest_filter,
    covered_photo,
    deletion_curve,
    filter_off,
    guess_against_guess,
    near_photos,
    network_layers,
    photo_course,
    photo_reasons,
    tiny_change,
)
from dl_core.figures import closest_filter as closest_figure
from dl_core.figures import covered_photo as covered_figure
from dl_core.figures import deletion_curve as deletion_figure
from dl_core.figures import filter_off as off_figure
from dl_core.figures import guess_against_guess as against_figure
from dl_core.figures import near_photos as near_figure
from dl_core.figures import network_layers as layers_figure
from dl_core.figures import photo_course as course_figure
from dl_core.figures import photo_reasons as reasons_figure
from dl_core.figures import tiny_change as change_figure
from dl_core.figures.picture import Picture
from dl_core.live_classifier import Look
from dl_core.photos import OWN, Photo, sample_photo
from dl_core.vision import classify, read_card
from dl_core.vision.ablation import LAYERS
from dl_core.vision.attribution import METHODS
from dl_core.vision.classes import label_of
from dl_core.vision.explain import evidence
from dl_core.vision.gallery import gallery
from dl_core.vision.layers import NAMES
from dl_core.vision.placed import on_photo
from dl_core.vision.predict import network_input, scores
from dl_core.vision.resnet18 import ResNet18
from dl_core.vision.weights import WEIGHTS_FILE, network_with, read_weights, shipped_network

Work = Callable[[Photo, tuple[str, ...]], int]  # a photo and its five guesses → bytes of the picture, or 0

LIMITS: dict[str, tuple[float, int | None]] = {  # milliseconds, and bytes where there is a picture
    "top5": (25, None),
    "grad_cam": (60, None),
    "versus": (60, None),
    "occlusion": (500, None),
    "layers": (500, 500_000),
    "layers_all_sheets": (500, 500_000),
}
BARE, CLICK, ANEW, RESNET = "bare_classify", "a_click", "loaded_anew", "loaded_anew_resnet18"


def drawn(result: Any, picture: Callable[[Any], Picture]) -> int:
    """Draw the picture and write it down as it travels; bytes of that."""
    return len(picture(result).json.encode())


def top5(photo: Photo, guesses: tuple[str, ...]) -> int:
    """Five guesses."""
    classify(photo.image, 5)
    return 0


def grad_cam(photo: Photo, guesses: tuple[str, ...]) -> int:
    """Where the score of the first guess comes from."""
    evidence(shipped_network(), photo.image, label_of(guesses[0]), read_card().way_in)
    return 0


def one_map(method: str, photo: Photo, guesses: tuple[str, ...]) -> int:
    """The map of the trained network by one method, over all views of the answer, as `reasons` makes it."""
    network, index = shipped_network(), label_of(guesses[0])
    ask = METHODS[method]
    on_photo(lambda look: ask(network, look, index, lambda: None), photo.image, read_card().way_in)
    return 0


def click(photo: Photo, guesses: tuple[str, ...]) -> int:
    """Answer and map, with the network that is there."""
    return top5(photo, guesses) + grad_cam(photo, guesses)


def loaded_anew(photo: Photo, guesses: tuple[str, ...]) -> int:
    """Read the weights, build the network, ask it once."""
    card = read_card()
    scores(network_with(read_weights(WEIGHTS_FILE, card.sha256)), photo.image, card.way_in)
    return 0


def resnet18_anew(file: Path, photo: Photo, guesses: tuple[str, ...]) -> int:
    """The same with a network of 11.7 million numbers and a larger look."""
    network = ResNet18().eval()
    network.load_state_dict(torch.load(file, weights_only=True))
    look = np.asarray(photo.image.resize((224, 224)))
    with torch.inference_mode():
        network(network_input(look[None]))
    return 0


def all_sheets(photo: Photo, guesses: tuple[str, ...]) -> int:
    """Every layer's contact sheet; bytes of all of them."""
    asked = (network_layers.Settings(photo, "mechanism", name) for name in NAMES)
    return sum(drawn(network_layers.story(one), layers_figure.opened_network) for one in asked)


def ranking(layer: str, photo: Photo, guesses: tuple[str, ...]) -> int:
    """Each filter of a layer off by itself, and the strongest off."""
    told = filter_off.story(filter_off.Settings(photo, layer))
    return drawn(told, off_figure.before_and_after)


FUNCTIONS: dict[str, Work] = {
    "top5": top5,
    "grad_cam": grad_cam,
    "occlusion": partial(one_map, "Occlusion"),
    "integrated_gradients": partial(one_map, "Integrated gradients"),
}
RANKINGS: dict[str, Work] = {key: partial(ranking, key) for key in LAYERS}
SCENES: dict[str, Work] = {
    "layers": lambda photo, guesses: drawn(
        network_layers.story(network_layers.Settings(photo)), layers_figure.opened_network
    ),
    "layers_all_sheets": all_sheets,
    "closest": lambda photo, guesses: drawn(
        closest_filter.story(closest_filter.Settings(photo)), closest_figure.closest_filters
    ),
    "reasons": lambda photo, guesses: drawn(
        photo_reasons.story(Look(photo, guesses[0])), reasons_figure.three_ways
    ),
    "versus": lambda photo, guesses: drawn(
        guess_against_guess.story(guess_against_guess.Settings(photo, guesses[0], guesses[1])),
        against_figure.one_against_another,
    ),
    "box": lambda photo, guesses: drawn(
        covered_photo.story(covered_photo.Settings(photo, 40, 60)), covered_figure.covered_photo
    ),
    "faithful": lambda photo, guesses: drawn(
        deletion_curve.story(deletion_curve.Settings(photo, guesses[0])), deletion_figure.deletion_curve
    ),
    "attack": lambda photo, guesses: drawn(
        tiny_change.story(tiny_change.Settings(photo)), change_figure.tiny_change
    ),
    "course": lambda photo, guesses: drawn(
        photo_course.story(photo_course.Settings(photo)), course_figure.course_chart
    ),
    "near": lambda photo, guesses: drawn(
        near_photos.story(near_photos.Settings(photo)), near_figure.near_chart
    ),
}
RANKED = "filter_ranking_"


@dataclass
class Spent:
    """What one work has cost so far."""

    ms: list[float] = field(default_factory=list)  # processor time, of each turn
    bytes: int = 0  # of the largest picture

    def add(self, work: Work, photo: Photo, guesses: tuple[str, ...]) -> None:
        """Let it have one turn."""
        began = time.process_time()
        size = work(photo, guesses)
        self.ms.append((time.process_time() - began) * 1e3)
        self.bytes = max(self.bytes, size)


def as_of(key: str, turn: int) -> Photo:
    """A sample's pixels as a photo that nobody has seen yet."""
    seen = sample_photo(key)
    return Photo(f"{OWN} {turn}", seen.sha256, seen.image.copy())


def figures(spent: Spent, bare: Spent) -> dict[str, Any]:
    """What is printed of one work."""
    typical = percentile(spent.ms, 50)
    found: dict[str, Any] = {
        "ms_p50": typical,
        "ms_max": percentile(spent.ms, 100),
        "times_classify": ratio(typical, percentile(bare.ms, 50)),
    }
    return found | ({"bytes": spent.bytes} if spent.bytes else {})


def beside_its_limit(key: str, found: dict[str, Any]) -> dict[str, Any]:
    """A limit and whether it is kept: by the typical turn and by the slowest."""
    most_ms, most_bytes = LIMITS[key]
    is_small = most_bytes is None or found["bytes"] <= most_bytes
    limit = {"limit_ms": most_ms} | ({"limit_bytes": most_bytes} if most_bytes else {})
    return limit | found | {
        "met_by_p50": found["ms_p50"] <= most_ms and is_small,
        "met_by_max": found["ms_max"] <= most_ms and is_small,
    }  # fmt: skip


def measure(repeats: int, keys: list[str]) -> dict[str, Any]:
    """Let all works have their turns with these photos and return the JSON object."""
    torch.set_num_threads(1)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "resnet18.pth"
        torch.save(ResNet18().state_dict(), file)
        others: dict[str, Work] = {CLICK: click, ANEW: loaded_anew, RESNET: partial(resnet18_anew, file)}
        ranked = {RANKED + key: work for key, work in RANKINGS.items()}
        spent = turns(FUNCTIONS | SCENES | ranked | others, repeats, keys)
    found = {name: figures(one, spent[BARE]) for name, one in spent.items()}
    typical = found[CLICK]["ms_p50"]
    return {
        "cores": 1,
        "torch_threads": torch.get_num_threads(),
        "photos": keys,
        "repeats": repeats,
        "limits": {name: beside_its_limit(name, found[name]) for name in LIMITS},
        BARE: found[BARE],
        "functions": {name: found[name] for name in FUNCTIONS},
        "scenes": {name: found[name] for name in SCENES},
        "filter_ranking": {name: found[RANKED + name] for name in RANKINGS},
        CLICK: found[CLICK],
        **{
            name: found[name] | {"times_a_click": ratio(found[name]["ms_p50"], typical)}
            for name in (ANEW, RESNET)
        },
    }


def turns(works: dict[str, Work], repeats: int, keys: list[str]) -> dict[str, Spent]:
    """Let each work have its turns, each after a bare `classify`."""
    for work in works.values():  # the first time loads and makes what a server keeps for everybody
        work(as_of(keys[0], -1), classify(sample_photo(keys[0]).image).labels)
    spent = {name: Spent() for name in (BARE, *works)}
    for turn in range(repeats):
        for key in keys:
            print(f"{key}, turn {turn + 1} of {repeats}", file=sys.stderr, flush=True)
            guesses = classify(sample_photo(key).image).labels
            for name, work in works.items():
                spent[BARE].add(top5, as_of(key, turn), guesses)
                spent[name].add(work, as_of(key, turn), guesses)
    return spent


def main() -> None:
    """Measure and print one JSON object."""
    keys = [sample.key for sample in gallery()]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--photo", action="append", choices=keys, help="a sample photo (all if not given)")
    args = parser.parse_args()
    if args.repeats < 1:
        parser.error("at least one repetition")
    print(json.dumps(measure(args.repeats, args.photo or keys), indent=2))


if __name__ == "__main__":
    main()
