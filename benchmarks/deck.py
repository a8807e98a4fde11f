"""How long a deck takes, and how much memory: ``python -m benchmarks.deck``.

Ten slides of the real lessons' figures at their default settings become a PowerPoint file, in a process of
their own. The same process first makes a deck of ten empty slides with python-pptx alone, which loads what
both need; the ratio is to that. Memory is the highest that the process ever had, after our decks less before.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from pptx import Presentation

from benchmarks.numbers import ratio
from dl_core import cost_of_use, digit_question, knn_vs_softmax, pixel_question
from dl_core.cifar10 import shipped_table
from dl_core.documents.content import Advice, Chapter, Document, HardQuestion, Slide
from dl_core.documents.native_chart import can_be_native
from dl_core.documents.powerpoint import deck
from dl_core.figures import cifar10, digits
from dl_core.figures import cost_of_use as cost
from dl_core.figures import knn_vs_softmax as planes
from dl_core.figures import pixel_question as pixels
from dl_core.figures.calibration import reliability
from dl_core.figures.live_classifier import guesses
from dl_core.figures.picture import Picture
from dl_core.vision.card import read_card
from dl_core.vision.predict import Prediction

SLIDES = 10


def pictures() -> tuple[Picture, ...]:
    """The figures of the lessons, at their default settings."""
    study = digit_question.shared_study()
    question = digit_question.from_set(0, 5)
    sure = Prediction(("espresso", "teapot", "wok"), (0.9, 0.05, 0.02), refused=False, seconds=0.01)
    return (
        planes.plane(knn_vs_softmax.story(knn_vs_softmax.Settings())),
        digits.neighbours_strip(digit_question.answer(question)),
        digits.weight_templates(study),
        digits.k_curve(study),
        cifar10.cifar10_chart(shipped_table()),
        pixels.pixel_story(pixel_question.story(pixel_question.PixelQuestion())),
        cost.cost_curves(cost_of_use.cost_of_use(cost_of_use.Workload())),
        cost.cost_curves(cost_of_use.cost_of_use(cost_of_use.Workload(n_examples=500))),
        guesses(sure, read_card()),
        reliability(read_card(), sure),
    )


def document() -> Document:
    """Ten slides, and the words around them as long as the lessons have them."""
    slides = tuple(
        Slide(
            f"slide{n}",
            "A message of eight words stands on top",
            picture,
            picture.summary,
            "Say: … " * 60,
            "Ours.",
        )
        for n, picture in enumerate(pictures())
    )
    asked = (
        Advice("What does one answer cost?", "They name time and memory. " * 3, "They do not. " * 3),
    ) * 4
    hard = (HardQuestion("Which of the two should we take?", "Measure both on our own data. " * 4),) * 5
    chapter = Chapter(
        lesson="lesson",
        headline="Pay once, or pay at every request",
        decision="which one to run.",
        slides=slides,
        so_what="So what. " * 20,
        ask_engineers=asked,
        what_if_asked=hard,
        limits=("The picture lies a little. " * 3,) * 5,
        sources=(("A source", "what was taken"),) * 4,
        link="https://example.org/",
    )
    return Document("Ten slides", (chapter,), date(2026, 11, 24))


def empty() -> bytes:
    """Ten empty slides, by python-pptx alone."""
    made = Presentation()
    for _ in range(SLIDES):
        made.slides.add_slide(made.slide_layouts[5])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _peak_mb() -> float:
    """Megabytes; Linux counts in kilobytes, macOS in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _fastest(make: Callable[[], bytes], turns: int) -> tuple[float, bytes]:
    """Seconds of the fastest of several turns, and the file."""
    times = []
    for _ in range(turns):
        begun = time.perf_counter()
        file = make()
        times.append(time.perf_counter() - begun)
    return min(times), file


def here(turns: int) -> dict[str, Any]:
    """Measure in this process."""
    told = document()
    bare, _ = _fastest(empty, turns)
    before = _peak_mb()
    begun = time.perf_counter()
    deck(told)
    first = time.perf_counter() - begun
    seconds, file = _fastest(lambda: deck(told), turns)
    native = sum(can_be_native(slide.picture) for slide in told.slides)
    slides = len(Presentation(BytesIO(file)).slides)
    return {
        "slides": slides,
        "native": native,
        "pictures": len(told.slides) - native,
        "bytes": len(file),
        "first_seconds": round(first, 3),
        "seconds": round(seconds, 3),
        "ms_per_slide": round(1000 * seconds / slides, 1),
        "extra_peak_mb": round(_peak_mb() - before, 1),
        "empty_deck_seconds": round(bare, 3),
        "ratio_to_empty_deck": ratio(seconds, bare),
    }


def main() -> None:
    """Measure in a process of its own and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=3, help="decks made; the fastest counts")
    parser.add_argument("--here", action="store_true", help="measure in this process")
    args = parser.parse_args()
    if args.turns < 1:
        parser.error("at least one turn")
    if args.here:
        print(json.dumps(here(args.turns), indent=2))
        return
    command = [sys.executable, "-m", "benchmarks.deck", "--here", "--turns", str(args.turns)]
    print(subprocess.run(command, capture_output=True, text=True, check=True).stdout, end="")


if __name__ == "__main__":
    main()
