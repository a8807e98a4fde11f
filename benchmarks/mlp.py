"""Our training engine in epochs a second: ``python -m benchmarks.mlp``.

Three networks, each on 250 points with mini-batches of 10, tanh, squared error and a learning rate of 0.03,
in one thread. Ours is timed as the page calls it: `train`, with its snapshots and the losses of both piles.
In the same run, and taking turns with it, a plain PyTorch loop and a plain numpy loop take the same steps.

The measure to beat is TensorFlow Playground's engine (`nn.ts`, Apache 2.0; github.com/tensorflow/playground),
which made 5,179, 995 and 429 epochs a second under Node 20 on two cores of an AMD EPYC; ``times_playground``
compares with these. To run it beside ours, compile it to a JavaScript module and name that:
``--playground nn.mjs``. It then takes its turns too, ``times_playground`` compares with what it makes, and
``playground_measured`` is true. It puts a tanh on its output neuron too; ours leaves the output a plain sum.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import torch

from benchmarks.numbers import percentile, ratio
from dl_core.mlp.compile import kernels
from dl_core.mlp.engine import train
from dl_core.mlp.plan import Plan, by_layer, first_parameters, widths

SHAPES: dict[str, tuple[int, ...]] = {
    "2-4-2-1": (2, 4, 2, 1),
    "2-8-8-8-1": (2, 8, 8, 8, 1),
    "7-8-8-8-8-8-8-1": (7, 8, 8, 8, 8, 8, 8, 1),
}
PLAYGROUND = {"2-4-2-1": 5179.0, "2-8-8-8-1": 995.0, "7-8-8-8-8-8-8-1": 429.0}
N_POINTS, BATCH, RATE = 250, 10, 0.03
N_EPOCHS = 2000  # of ours in one turn
SLOW_EPOCHS = 20  # of the plain loops in one turn
NODE_EPOCHS = 400

# drives the engine's own functions as Playground's page does: point by point, weights after every tenth
DRIVER = """
import(process.argv[1]).then((nn) => {
  const [shape, points, batch, rate, epochs] = JSON.parse(process.argv[2]);
  const tanh = nn.Activations.TANH, ids = shape.slice(0, 1).flatMap((n) => [...Array(n).keys()].map(String));
  const net = nn.buildNetwork(shape, tanh, tanh, null, ids);
  const rows = [...Array(points)].map(() => ids.map(() => Math.random() * 2 - 1));
  const epoch = () => rows.forEach((row, i) => {
    nn.forwardProp(net, row);
    nn.backProp(net, row[0] * row[1] > 0 ? 1 : -1, nn.Errors.SQUARE);
    if ((i + 1) % batch === 0) nn.updateWeights(net, rate, 0);
  });
  for (let i = 0; i < 200; i++) epoch();  // Node compiles what it has seen often
  const began = process.hrtime.bigint();
  for (let i = 0; i < epochs; i++) epoch();
  console.log(epochs / (Number(process.hrtime.bigint() - began) / 1e9));
});
"""


def points(n_inputs: int) -> tuple[np.ndarray, np.ndarray]:
    """250 points and which of two groups each belongs to, −1 or 1."""
    inputs = np.random.default_rng(0).normal(0, 1, (N_POINTS, n_inputs))
    return inputs, np.sign(inputs[:, 0] * inputs[:, 1])


def plan_of(shape: tuple[int, ...], n_epochs: int) -> Plan:
    """The network of a shape, trained as the measure asks."""
    return Plan(hidden=shape[1:-1], learning_rate=RATE, batch_size=BATCH, n_epochs=n_epochs)


def ours(shape: tuple[int, ...]) -> float:
    """Epochs a second of one training, from call to return."""
    inputs, targets = points(shape[0])
    result = train(plan_of(shape, N_EPOCHS), inputs, targets, inputs, targets, "regression", 1)
    if result.stopped != "end":
        raise RuntimeError(
            f"{shape}: the training ended by {result.stopped} after {result.epochs[-1]} epochs."
        )
    return N_EPOCHS / result.seconds


def torchs(shape: tuple[int, ...]) -> float:
    """Epochs a second of a loop as PyTorch's tutorials write it."""
    inputs, targets = (torch.tensor(one) for one in points(shape[0]))
    stack: list[torch.nn.Module] = []
    for n_in, n_out in pairwise(shape):
        stack += [torch.nn.Linear(n_in, n_out, dtype=torch.float64), torch.nn.Tanh()]
    net = torch.nn.Sequential(*stack[:-1])
    optimiser = torch.optim.SGD(net.parameters(), lr=RATE)
    loss_of = torch.nn.MSELoss()
    began = perf_counter()
    for _ in range(SLOW_EPOCHS):
        for rows in torch.randperm(N_POINTS).split(BATCH):
            optimiser.zero_grad()
            loss_of(net(inputs[rows])[:, 0], targets[rows]).backward()
            optimiser.step()
    return SLOW_EPOCHS / (perf_counter() - began)


def numpys(shape: tuple[int, ...]) -> float:
    """Epochs a second of the same steps, a mini-batch at a time in numpy."""
    inputs, targets = points(shape[0])
    plan = plan_of(shape, SLOW_EPOCHS)
    net = by_layer(first_parameters(plan, shape[0], 1), widths(plan, shape[0], 1))
    draws = np.random.default_rng(0)
    began = perf_counter()
    for _ in range(SLOW_EPOCHS):
        for rows in np.split(draws.permutation(N_POINTS), N_POINTS // BATCH):
            said = [inputs[rows]]
            for weights, bias in net[:-1]:
                said.append(np.tanh(said[-1] @ weights.T + bias))
            weights, bias = net[-1]
            slope = 2 / BATCH * (said[-1] @ weights.T + bias - targets[rows, None])
            for (weights, bias), below in zip(net[::-1], said[::-1], strict=True):
                arriving = slope @ weights * (1 - below * below)
                weights -= RATE * slope.T @ below
                bias -= RATE * slope.sum(axis=0)
                slope = arriving
    return SLOW_EPOCHS / (perf_counter() - began)


def playgrounds(module: Path) -> Callable[[tuple[int, ...]], float]:
    """Epochs a second of TensorFlow Playground's engine under Node."""

    def run(shape: tuple[int, ...]) -> float:
        given = json.dumps([shape, N_POINTS, BATCH, RATE, NODE_EPOCHS])
        command = ["node", "-e", DRIVER, module.resolve().as_uri(), given]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    return run


def measure(repeats: int, playground: Path | None) -> dict[str, Any]:
    """Let everybody take turns and return the JSON object: medians over the repetitions."""
    torch.set_num_threads(1)
    began = perf_counter()
    kernels()
    first_use = perf_counter() - began
    takes_part: dict[str, Callable[[tuple[int, ...]], float]] = {
        "ours": ours,
        "torch": torchs,
        "numpy": numpys,
    }
    if playground:
        takes_part["playground"] = playgrounds(playground)
    made: dict[str, dict[str, list[float]]] = {who: {key: [] for key in SHAPES} for who in takes_part}
    for _ in range(repeats):
        for key, shape in SHAPES.items():
            for who, run in takes_part.items():
                made[who][key].append(run(shape))
    typical = {who: {key: percentile(made[who][key], 50) for key in SHAPES} for who in made}
    beaten = typical.get("playground", PLAYGROUND)
    return {
        "epochs_per_second": typical["ours"],
        "times_playground": {key: ratio(typical["ours"][key], beaten[key]) for key in SHAPES},
        "times_torch_loop": {key: ratio(typical["ours"][key], typical["torch"][key]) for key in SHAPES},
        "times_numpy_loop": {key: ratio(typical["ours"][key], typical["numpy"][key]) for key in SHAPES},
        "playground_epochs_per_second": beaten,
        "playground_measured": playground is not None,
        "torch_epochs_per_second": typical["torch"],
        "numpy_epochs_per_second": typical["numpy"],
        "repeats": repeats,
        "first_use_seconds": round(first_use, 2),  # fetching machine code; making it, where there was none
    }


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--playground", type=Path, help="Playground's nn.ts as a JavaScript module")
    args = parser.parse_args()
    if args.repeats < 1:
        parser.error("at least one repetition")
    if args.playground and not (args.playground.exists() and shutil.which("node")):
        parser.error("the module or Node is not there")
    print(json.dumps(measure(args.repeats, args.playground), indent=2))


if __name__ == "__main__":
    main()
