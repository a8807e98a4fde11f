"""Small figures with known places, and the pictures of every lesson, for the tests of stills."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from dl_core import cifar10, cost_of_use, digit_answers, digits, knn_vs_softmax, pixel_example
from dl_core.documents.still import png
from dl_core.figures import calibration, live_classifier, wobble
from dl_core.figures import cifar10 as cifar10_figures
from dl_core.figures import cost_of_use as cost_figures
from dl_core.figures import digits as digit_figures
from dl_core.figures import knn_vs_softmax as plane_figures
from dl_core.figures import pixel_example as pixel_figures
from dl_core.figures.picture import Picture
from dl_core.vision.card import example_card
from dl_core.vision.predict import Prediction
from dl_core.vision.wobble import Wobble

# 5 x 2.5 inches are 480 x 240 page pixels. Without a title the top margin is 80 - 40, so that the plot
# spans x from 40 to 440 and y from 40 to 200: 400 x 160 page pixels.
SIZE: dict[str, Any] = {"width": 5.0, "height": 2.5, "pixels_per_inch": 96, "title": False}
MARGIN = {"l": 40, "r": 40, "t": 80, "b": 40}
HIDDEN = {"visible": False}
WHITE = (255, 255, 255)


def picture(*traces: dict[str, Any], **layout: Any) -> Picture:
    """A picture whose plot lies exactly where `SIZE` says, its axes not drawn."""
    bare = {"margin": MARGIN, "xaxis": HIDDEN, "yaxis": HIDDEN}
    return Picture({"data": list(traces), "layout": {**bare, **layout}}, "A summary.", pd.DataFrame())


def axis(low: float, high: float, **more: Any) -> dict[str, Any]:
    return {"visible": False, "range": [low, high], **more}


def seen(shown: Picture, **how: Any) -> NDArray[np.uint8]:
    """The pixels ``(rows, columns, 3)`` of a still."""
    return np.asarray(Image.open(io.BytesIO(png(shown, **{**SIZE, **how}))))


def at(pixels: NDArray[np.uint8], x: float, y: float) -> tuple[int, ...]:
    """The colour at a page pixel."""
    return tuple(int(part) for part in pixels[round(y), round(x)])


def rgb(name: str) -> tuple[int, ...]:
    return tuple(int(name[i : i + 2], 16) for i in (1, 3, 5))


def inked(pixels: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that is not white."""
    rows, columns = np.nonzero((pixels < 250).any(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def planes() -> dict[str, Picture]:
    tie = replace(knn_vs_softmax.PRESETS["Two clear groups"], k=6, noise=0.6, query=(0.1, 0.4))
    settings = {"five": knn_vs_softmax.Settings(n_classes=5), "tie": tie, **knn_vs_softmax.PRESETS}
    return {name: plane_figures.plane(knn_vs_softmax.story(one)) for name, one in settings.items()}


def digit_pictures() -> dict[str, Picture]:
    study = digits.study_digits()
    question = study.digits.images[study.piles.test[0]]
    strips = {
        f"{k} voters": digit_figures.neighbours_strip(
            digit_answers.ask_about(digit_answers.with_neighbours(study, k), question)
        )
        for k in (3, 9)
    }
    return {
        "k": digit_figures.k_curve(study), "stencils": digit_figures.weight_templates(study), **strips
    }  # fmt: skip


def number_pictures() -> dict[str, Picture]:
    example = pixel_example.pixel_example()
    loads = {"day": cost_of_use.Workload(), "none": cost_of_use.Workload(n_examples=5, n_classes=10)}
    return {
        "photos": cifar10_figures.cifar10_chart(cifar10.load_table()),
        **{f"pixels {step}": pixel_figures.pixel_sum(example, step) for step in (1, 2, 3, 4)},
        **{name: cost_figures.cost_curves(cost_of_use.cost_of_use(load)) for name, load in loads.items()},
    }


def live_pictures() -> dict[str, Picture]:
    sure = Prediction(("teapot", "wok", "bucket"), (0.65, 0.2, 0.05), refused=False, seconds=0.02)
    unsure = replace(sure, probabilities=(0.1, 0.08, 0.05), refused=True)
    grey = np.full((90, 120, 3), 120, np.uint8)
    rows = (
        Wobble("as it is", "teapot", 0.8, 0.8, True),
        Wobble("mirrored", "teapot", 0.7, 0.7, True),
        Wobble("grey", "wok", 0.5, 0.2, False),
    )
    told: Any = SimpleNamespace(photo=SimpleNamespace(image=Image.fromarray(grey)), prediction=sure)
    return {
        "sure": live_classifier.guesses(sure, example_card()),
        "unsure": live_classifier.guesses(unsure, example_card()),
        "beside": live_classifier.photo_and_guesses(told),
        "wobble": wobble.wobble(rows),
        "reliability": calibration.reliability(example_card(), sure),
    }
