"""Measure how far the gradient gets: back through layers, and back through time.

    python -m dl_core.offline.gradient_by_layer --out assets/gradient_by_layer.json

Layers: a real torch network of equal layers on 256 handwritten digits, before any training. For each number
of layers, activation and way to draw the first weights: how large the gradient of one example's loss is at
the sums of each layer (that is the gradient of its biases), against its size at the outputs of the last
hidden layer. Time: recurrent networks of torch on random sequences, and how strongly their last output
depends on the input some steps back, against the newest input. Sizes are roots of mean squares over examples
and neurons; of all random starts the file keeps median, smallest and largest, as logarithms to base 10.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dl_core import fading_memory as memory
from dl_core.digits import load_digits
from dl_core.gradient_by_layer import ACTIVATIONS, MOST_LAYERS, SPREADS, WIDTH, Start
from dl_core.typical_slope import Activation

N_STARTS = 15
N_EXAMPLES = 256
N_CLASSES = 10
SEQUENCES, LENGTH = 16, memory.FARTHEST + 20  # the first 20 steps fill the memory
Floats = NDArray[np.float64]
MODULES: dict[Activation, Callable[[], nn.Module]] = {
    "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU, "none": nn.Identity,
}  # fmt: skip


def examples() -> tuple[Tensor, Tensor]:
    """256 digits drawn with seed 0: cells (256, 64) with mean 0 and spread 1, and labels (256,)."""
    digits = load_digits()
    spread = digits.features.std(axis=0)
    inputs = (digits.features - digits.features.mean(axis=0)) / np.where(spread > 0, spread, 1)
    rows = np.random.default_rng(0).choice(len(inputs), N_EXAMPLES, replace=False)
    return torch.tensor(inputs[rows]), torch.tensor(digits.labels[rows])


def network(n_layers: int, activation: Activation, start: Start, seed: int) -> nn.ModuleList:
    """Linear layers and activations in turn, with an output for each class; weights drawn, biases zero."""
    torch.manual_seed(seed)
    layers: list[nn.Module] = []
    for _ in range(n_layers):
        layers += [nn.Linear(WIDTH, WIDTH, dtype=torch.float64), MODULES[activation]()]
    layers.append(nn.Linear(WIDTH, N_CLASSES, dtype=torch.float64))
    for layer in layers:
        if isinstance(layer, nn.Linear):
            _draw(layer.weight, start)
            nn.init.zeros_(layer.bias)
    return nn.ModuleList(layers)


def _draw(weight: Tensor, start: Start) -> None:
    if start == "xavier":
        nn.init.xavier_normal_(weight)
    elif start == "he":
        nn.init.kaiming_normal_(weight, nonlinearity="relu")
    else:
        nn.init.normal_(weight, std=SPREADS[start])


def sizes(values: Tensor | None) -> Tensor:
    """The root of the mean square."""
    if values is None:
        raise ValueError("No gradient arrived: call backward first.")
    return values.detach().square().mean().sqrt()


def by_layer(layers: nn.ModuleList, inputs: Tensor, labels: Tensor) -> tuple[list[float], list[float]]:
    """Layer by layer: the gradient at its sums (last outputs: 1) and at its weights (last layer: 1)."""
    hidden, sums, linear = inputs, [], []
    for layer in layers[:-1]:
        hidden = layer(hidden)
        if isinstance(layer, nn.Linear):
            hidden.retain_grad()
            sums.append(hidden)
            linear.append(layer)
    hidden = hidden + 0  # a place of its own even where no activation stands between
    hidden.retain_grad()
    nn.functional.cross_entropy(layers[-1](hidden), labels).backward()  # type: ignore[no-untyped-call]
    end = sizes(hidden.grad)
    shares = [float(sizes(each.grad) / end) for each in sums]
    weights = [sizes(each.weight.grad) for each in linear]
    return shares, [float(each / weights[-1]) for each in weights]


def layer_rows(n_starts: int = N_STARTS, most: int = MOST_LAYERS) -> list[dict[str, Any]]:
    """One row for each activation, start and number of layers."""
    inputs, labels = examples()
    rows = []
    for activation in ACTIVATIONS:
        for start in SPREADS:
            for n_layers in range(1, most + 1):
                runs = [
                    by_layer(network(n_layers, activation, start, seed), inputs, labels)
                    for seed in range(n_starts)
                ]
                row = {"activation": activation, "start": start, **spread_of([run[0] for run in runs])}
                rows.append({**row, "weights": spread_of([run[1] for run in runs])["median"]})
    return rows


def spread_of(runs: list[list[float]]) -> dict[str, list[float]]:
    """Median, smallest and largest of several runs, place by place, as logarithms to base 10.

    Examples
    --------
    >>> spread_of([[1.0, 0.1], [1.0, 0.01], [1.0, 0.001]])
    {'median': [0.0, -2.0], 'low': [0.0, -3.0], 'high': [0.0, -1.0]}
    """
    logs = np.log10(np.array(runs))
    found = {"median": np.median(logs, axis=0), "low": logs.min(axis=0), "high": logs.max(axis=0)}
    return {name: [round(float(one), 3) + 0.0 for one in values] for name, values in found.items()}


def recurrent(kind: memory.Kind, setting: float, seed: int) -> nn.RNNBase:
    """A recurrent network of torch with this strength of weights, or with a gate that keeps this share."""
    torch.manual_seed(seed)
    if kind == "tanh":
        plain = nn.RNN(memory.N_INPUTS, memory.WIDTH, bias=False, dtype=torch.float64)
        weights = dict(plain.named_parameters())
        nn.init.normal_(weights["weight_hh_l0"], std=setting / math.sqrt(memory.WIDTH))
        nn.init.normal_(weights["weight_ih_l0"], std=1 / math.sqrt(memory.N_INPUTS))
        return plain
    gated = nn.GRU(memory.N_INPUTS, memory.WIDTH, dtype=torch.float64)  # its own random start
    biases = dict(gated.named_parameters())
    nn.init.zeros_(biases["bias_ih_l0"])
    nn.init.zeros_(biases["bias_hh_l0"])
    with torch.no_grad():  # torch keeps the gates in the order reset, update, new
        biases["bias_ih_l0"][memory.WIDTH : 2 * memory.WIDTH] = math.log(setting / (1 - setting))
    return gated


def by_distance(net: nn.RNNBase, sequences: Tensor) -> list[float]:
    """How strongly the last output depends on the input 0, 1, … steps back, the newest input being 1.

    ``sequences`` is (steps, sequences, inputs). Every output's gradient is taken on its own.
    """
    sequences = sequences.clone().requires_grad_()
    last = net(sequences)[0][-1]
    total = torch.zeros(len(sequences), dtype=torch.float64)
    for unit in range(last.shape[1]):
        (found,) = torch.autograd.grad(last[:, unit].sum(), sequences, retain_graph=True)
        total += found.square().mean(dim=(1, 2))
    back = total.sqrt().flip(0)[: memory.FARTHEST + 1]
    return [float(one) for one in back / back[0]]


def memory_rows(n_starts: int = N_STARTS) -> list[dict[str, Any]]:
    """One row for each strength of plain recurrent weights, and for each gate."""
    rows = []
    for kind, settings in memory.MEASURED.items():
        for setting in settings:
            runs = []
            for seed in range(n_starts):
                net = recurrent(kind, setting, seed)
                drawn = torch.randn(LENGTH, SEQUENCES, memory.N_INPUTS, dtype=torch.float64)
                runs.append(by_distance(net, drawn))
            rows.append({"kind": kind, "setting": setting, **spread_of(runs)})
    return rows


def measured() -> dict[str, Any]:
    """Both measurements as they are committed, and how they were made."""
    inputs, _ = examples()
    date = datetime.date.today().isoformat()
    return {
        "date": date,
        "machine": f"{platform.machine()}, torch {torch.__version__}, one thread, double precision",
        "seeds": f"0 to {N_STARTS - 1}; the examples are drawn with seed 0",
        "kept": "median, smallest and largest of all starts, as logarithms to base 10",
        "layers": {
            "date": date,
            "data": "UCI handwritten digits, cells with mean 0 and spread 1; untrained networks",
            "n_starts": N_STARTS,
            "n_examples": N_EXAMPLES,
            "width": WIDTH,
            "input_square": round(float(inputs.square().mean()), 6),
            "networks": layer_rows(),
        },
        "memory": {
            "date": date,
            "data": "random sequences, every input from a normal curve of spread 1; untrained networks",
            "n_starts": N_STARTS,
            "n_sequences": SEQUENCES,
            "n_steps": LENGTH,
            "width": memory.WIDTH,
            "networks": memory_rows(),
        },
    }


def main() -> None:
    """Measure both and write the table."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--out", type=Path, required=True, help="the table to write, JSON")
    chosen = reader.parse_args()
    torch.set_num_threads(1)
    table = {"command": f"python -m dl_core.offline.gradient_by_layer --out {chosen.out}", **measured()}
    chosen.out.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
