"""Measure what one pass over the digits costs with full batch, mini-batch and one example.

    python -m dl_core.offline.batch_times --out assets/batch_times.json

The times are processor seconds of the very function that the lesson trains with, on one thread: the
median of many passes. So the picture's seconds are the same for everybody who opens the page.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy: one thread, as on the server

import argparse
import datetime
import json
import platform
import statistics
import time
from pathlib import Path

import numpy as np

from dl_core.batch_sizes import WAYS
from dl_core.digit_batches import MINI_BATCH, Pile, train, training_pile

REPEATS = 41
AT_ONCE = (40, 20, 2)  # passes that are measured together, in the order of WAYS: about 10 ms each
RATE = 0.1


def seconds_per_pass(pile: Pile, batch_size: int, n_passes: int, repeats: int) -> float:
    """Processor seconds of one pass: the median over ``repeats`` runs of ``n_passes``."""
    measured = []
    for _ in range(repeats + 1):  # the first warms the caches and does not count
        began = time.process_time()
        train(pile, batch_size, n_passes, RATE)
        measured.append((time.process_time() - began) / n_passes)
    return statistics.median(measured[1:])


def main() -> None:
    """Write the times, with date and machine in words."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the file to write, .json")
    chosen = reader.parse_args()
    pile = training_pile()
    sizes = (len(pile.inputs), MINI_BATCH, 1)
    times = {
        way: float(f"{seconds_per_pass(pile, size, at_once, REPEATS):.3g}")
        for way, size, at_once in zip(WAYS, sizes, AT_ONCE, strict=True)
    }
    told = {
        "what": f"processor seconds of one pass over {len(pile.inputs)} digits, mini-batch of {MINI_BATCH}",
        "seconds_per_pass": times,
        "repeats": REPEATS,
        "date": f"{datetime.date.today():%-d %B %Y}",
        "machine": f"one thread of {os.cpu_count()} shared {platform.machine()} cores, "
        f"numpy {np.__version__}",
        "command": "python -m dl_core.offline.batch_times --out assets/batch_times.json",
    }
    chosen.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
