"""What the interpretability page's models cost: ``python -m benchmarks.tables``.

``leaderboards``: all seven models, trained and asked on five folds twice, on each ready-made table. The page
never waits for it, because the answers are committed; this is what they took. ``own``: the same for a
reader's table, a file of so many rows and columns that we draw, from its bytes to the finished first scene
with its search for a leaking column. Seconds by the clock and of the processor, one thread;
``longest_pause_s`` is the longest time in which nobody could have stopped it. ``strong`` has every column
matter, so that the slowest model goes to its last round.

``moved_bar_ms``: what each scene computes and draws anew when the first scene's bar is moved, the median of
20 bars, once the scene has been seen. The page runs them all.

``limit_s`` is what the page was asked to keep on two cores. No test asserts it: a busy machine is slower.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when numpy is loaded

import numpy as np

from benchmarks.numbers import percentile
from dl_core.interpretability import board
from dl_core.interpretability.cross_validation import measure as train_all
from dl_core.interpretability.models import KINDS, fit
from dl_core.interpretability.own_table import own_table, read_own
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.tables import TABLES, ready_made
from pages._shared.lessons import lesson

LIMIT = 6.0  # seconds for the default table's leaderboard
FILES = ((1_000, 8), (5_000, 19))  # rows and columns of numbers
N_BARS = 20


def timed(work: Callable[[Callable[[float], bool]], Any]) -> tuple[Any, dict[str, float]]:
    """Its result, and how long it took."""
    asked = [perf_counter()]

    def go_on(share: float) -> bool:
        asked.append(perf_counter())
        return True

    cpu = process_time()
    result = work(go_on)
    cpu, asked = process_time() - cpu, [*asked, perf_counter()]
    return result, {
        "seconds": round(asked[-1] - asked[0], 2),
        "processor_s": round(cpu, 2),
        "longest_pause_s": round(float(np.diff(asked).max()), 2),
    }


def file_of(n: int, d: int, *, strong: bool) -> bytes:
    """A CSV file with columns of numbers, some of them whole, and an answer that hangs on them by chance."""
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(n, d)).round(3)
    rows[:, ::3] = np.round(3 * rows[:, ::3])
    score = rows @ np.full(d, 0.5) if strong else 0.3 * rows[:, 0] + rows[:, 1] * rows[:, 2] - 1
    answers = np.where(rng.random(n) < 1 / (1 + np.exp(-score)), "late", "on time")
    lines = [",".join([*map(str, row), answer]) for row, answer in zip(rows, answers, strict=True)]
    return "\n".join([",".join([*(f"column {at}" for at in range(d)), "kind"]), *lines]).encode()


def leaderboard(key: str) -> dict[str, Any]:
    """One ready-made table's models, and the seconds that each takes in one fold."""
    found, took = timed(lambda go_on: train_all(ready_made(key), go_on))
    each = {model: round(seconds, 3) for model, seconds in zip(KINDS, found.seconds, strict=True)}
    return {**took, "rows": len(found.truth), "train_one_s": each}


def of_a_file(n: int, d: int, *, strong: bool) -> dict[str, Any]:
    """From the file's bytes to the first scene."""
    content = file_of(n, d, strong=strong)
    start = perf_counter()
    table = own_table(read_own(content)).table
    read = perf_counter() - start
    told, took = timed(lambda go_on: board.story(Question(table), go_on))
    return {
        "rows": n, "columns": d, "strong": strong, "used_rows": len(table.bad), "read_s": round(read, 2),
        **took, "models": len(told.rows),
    }  # fmt: skip


def moved_bar() -> dict[str, float | None]:
    """Milliseconds of each scene, and of all of them together."""
    found: dict[str, float | None] = {}
    for scene in lesson("interpretability").scenes:
        rest = scene.at_rest() if scene.at_rest else at_rest()
        scene.compute(rest)
        took = []
        for bar in np.linspace(0.03, 0.6, N_BARS):
            if isinstance(rest, Question):
                settings: Any = replace(rest, own_bar=float(bar))
            else:
                settings = replace(rest, question=replace(rest.question, own_bar=float(bar)))
            start = perf_counter()
            result = scene.compute(settings)
            drawn = scene.picture(result)
            len(drawn.json)
            scene.sentence(result)
            took.append(1000 * (perf_counter() - start))
        found[scene.key] = percentile(took, 50)
    found["all"] = round(sum(each or 0 for each in found.values()), 1)
    return found


def measure(repeats: int) -> dict[str, Any]:
    """Everything, as one JSON object; of repeated leaderboards the one of median length."""
    start = perf_counter()
    for model in ("tree", "ebm"):  # loads scikit-learn and interpret
        fit(model, np.arange(80.0).reshape(40, 2), np.arange(40) > 19)
    loading = perf_counter() - start
    boards = {}
    for key in TABLES:
        runs = [leaderboard(key) for _ in range(repeats)]
        boards[key] = min(runs, key=lambda run: abs(run["seconds"] - median(r["seconds"] for r in runs)))
    return {
        "loading_libraries_s": round(loading, 2),
        "limit_s": LIMIT,
        "leaderboards": boards,
        "own": [of_a_file(n, d, strong=strong) for n, d in FILES for strong in (False, True)],
        "moved_bar_ms": moved_bar(),
    }


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    if args.repeats < 1:
        parser.error("at least one repetition")
    print(json.dumps(measure(args.repeats), indent=2))


if __name__ == "__main__":
    main()
