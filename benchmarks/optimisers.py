"""All six optimisers on every surface, ours beside PyTorch's: ``python -m benchmarks.optimisers``.

Each walk takes 500 steps from the surface's usual start, so that one surface costs 3,000 steps. They take
turns on one core. For each surface: the median of the repetitions, and PyTorch's time for the same steps in
the same run, with our gradients, so that only the steps are compared.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from time import perf_counter
from typing import Any

import torch

from benchmarks.numbers import percentile, ratio
from dl_core.optimisers import MOMENTUM, OPTIMISERS, Name, walk
from dl_core.rate_sweep import RATES, found_rates
from dl_core.surfaces import SURFACES, Surface

N_STEPS = 500
LEARNING_RATE = 0.02  # none of the six diverges at it, so each takes all its steps
TORCH: dict[Name, Callable[[list[torch.Tensor]], torch.optim.Optimizer]] = {
    "gd": lambda at: torch.optim.SGD(at, lr=LEARNING_RATE),
    "momentum": lambda at: torch.optim.SGD(at, lr=LEARNING_RATE, momentum=MOMENTUM),
    "nesterov": lambda at: torch.optim.SGD(at, lr=LEARNING_RATE, momentum=MOMENTUM, nesterov=True),
    "adagrad": lambda at: torch.optim.Adagrad(at, lr=LEARNING_RATE),
    "rmsprop": lambda at: torch.optim.RMSprop(at, lr=LEARNING_RATE),
    "adam": lambda at: torch.optim.Adam(at, lr=LEARNING_RATE),
}


def ours(ground: Surface) -> int:
    """All six, 500 steps each; how many steps were taken."""
    return sum(walk(ground, LEARNING_RATE, ground.start, N_STEPS, name).n_done for name in OPTIMISERS)


def torchs(ground: Surface) -> int:
    """The same steps by PyTorch."""
    for make in TORCH.values():
        at = torch.tensor(ground.start, dtype=torch.float64, requires_grad=True)
        at.grad = torch.zeros_like(at)
        stepper = make([at])
        for _ in range(N_STEPS):
            x, y = at.tolist()
            at.grad[0], at.grad[1] = ground.slope(x, y)
            stepper.step()
    return N_STEPS * len(TORCH)


def timed(work: Callable[[Surface], int], ground: Surface) -> float:
    """Milliseconds; every step must have been taken."""
    began = perf_counter()
    steps = work(ground)
    spent = (perf_counter() - began) * 1e3
    if steps != N_STEPS * len(OPTIMISERS):
        raise RuntimeError(f"{ground.key}: {steps} steps were taken, not {N_STEPS * len(OPTIMISERS)}.")
    return spent


def search(start: float) -> float:
    """Milliseconds of the search for a rate on the plateau, from a start that nobody asked for yet."""
    began = perf_counter()
    found_rates("plateau", (start, 1.0), 100)
    return (perf_counter() - began) * 1e3


def measure(repeats: int, torch_repeats: int) -> dict[str, Any]:
    """Measure both and return the JSON object."""
    torch.set_num_threads(1)
    timed(torchs, SURFACES[0])  # the first steps of a process load what they need
    mine: dict[str, list[float]] = {ground.key: [] for ground in SURFACES}
    theirs: dict[str, list[float]] = {ground.key: [] for ground in SURFACES}
    for turn in range(repeats):
        for ground in SURFACES:
            mine[ground.key].append(timed(ours, ground))
            if turn < torch_repeats:
                theirs[ground.key].append(timed(torchs, ground))
    worst = max(percentile(times, 50) or 0.0 for times in mine.values())
    fastest = min(percentile(times, 50) or 0.0 for times in theirs.values())
    result: dict[str, Any] = {"optimisers": len(OPTIMISERS), "steps_each": N_STEPS, "repeats": repeats}
    for key, times in mine.items():
        result[key] = {
            "ours_ms_p50": percentile(times, 50),
            "ours_ms_max": percentile(times, 100),
            "torch_ms_p50": percentile(theirs[key], 50),
        }
    return result | {
        "slowest_surface_ms_p50": worst,
        "slowest_of_ours_to_fastest_of_torch": ratio(worst, fastest),
        f"search_among_{len(RATES)}_rates_ms_p50": percentile(
            [search(-3 + i / 100) for i in range(repeats)], 50
        ),
    }


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=20, help="of our walks")
    parser.add_argument("--torch-repeats", type=int, default=2, help="of PyTorch's, which take longer")
    args = parser.parse_args()
    if not 1 <= args.torch_repeats <= args.repeats:
        parser.error("at least one repetition, and of PyTorch's no more than of ours")
    print(json.dumps(measure(args.repeats, args.torch_repeats), indent=2))


if __name__ == "__main__":
    main()
