"""What a reader takes to the engineers: a network as a PyTorch script, its data, and the log of all runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pprint import pformat
from textwrap import fill
from typing import Any

import numpy as np

from dl_core.mlp import _torch_script as part
from dl_core.mlp._dataset import Floats
from dl_core.mlp.data import Dealt, Settings
from dl_core.mlp.engine import Training
from dl_core.mlp.plan import Plan

MOST_WRITTEN_IN = 2_000  # rows; a larger table stands in a file beside the script
SCRIPT_FILE, DATA_FILE = "network.py", "network_data.csv"

_ACTIVATIONS = {
    "linear": "nn.Identity", "sigmoid": "nn.Sigmoid", "tanh": "nn.Tanh", "relu": "nn.ReLU",
    "leaky relu": "nn.LeakyReLU",
}  # fmt: skip
_OPTIMISERS = {
    "sgd": ("torch.optim.SGD", "{}"),
    "momentum": ("torch.optim.SGD", '{"momentum": 0.9}'),
    "adam": ("torch.optim.Adam", "{}"),
}
# A spreadsheet runs a text that begins like this as a formula; see dl_core/documents/tables.py.
_FORMULA = re.compile("^[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:e[+-]?\d+)?\s?%?", re.IGNORECASE)


def script(training: Training, dealt: Dealt, settings: Settings | None = None) -> str:
    """A self-contained PyTorch script that builds this network and prints its score.

    Run as it is, it answers with the final weights; with ``--train`` it trains again, from the same start.
    Up to 2,000 rows stand in the script; for more it reads `data_csv` beside it (`needs_data_file`).

    Parameters
    ----------
    training
        The network.
    dealt
        The data it was trained on.
    settings
        How the data was chosen here, to be named; None for a reader's own.
    """
    return "".join(
        (
            part.HEAD.format(file=SCRIPT_FILE),
            _choices(training, dealt, settings),
            part.NETWORK,
            part.CLASSES if training.task == "classes" else part.VALUES,
            part.CHANCE,
            part.DROPOUT_FORWARD if training.plan.dropout else part.PLAIN_FORWARD,
            part.TRAIN,
            _numbers(training, dealt),
            '\nif __name__ == "__main__":\n    main()\n',
        )
    )


def needs_data_file(dealt: Dealt) -> bool:
    """Whether the script reads its rows from `data_csv`, saved beside it as ``network_data.csv``."""
    return len(dealt.data.targets) > MOST_WRITTEN_IN


def data_csv(dealt: Dealt) -> str:
    """The rows as CSV: the columns in their own units, the target or the class's number, 1 for the test pile.

    Headings that a spreadsheet would run as a formula have an apostrophe before them.
    """
    written = io.StringIO()
    target = "class" if dealt.data.task == "classes" else "target"
    csv.writer(written, lineterminator="\n").writerow(map(_harmless, (*dealt.data.columns, target, "test")))
    return written.getvalue() + _rows(dealt)


def run_log_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """The log of all runs as CSV for a spreadsheet; a run without a column's value leaves it empty.

    Parameters
    ----------
    rows
        One mapping a run, from heading to value. A text that a spreadsheet would run as a formula has an
        apostrophe before it; numbers stay numbers.

    Examples
    --------
    >>> print(run_log_csv([{"run": 1, "data": "=1+1"}, {"run": 2, "accuracy": -0.5}]), end="")
    run,data,accuracy
    1,'=1+1,
    2,,-0.5
    """
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(map(_harmless, headings))
    writer.writerows([_harmless(row.get(heading, "")) for heading in headings] for row in rows)
    return written.getvalue()


def _harmless(cell: Any) -> Any:
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _choices(training: Training, dealt: Dealt, settings: Settings | None) -> str:
    """The constants at the top. Whatever a reader named stands in them as a quoted text, never as code."""
    plan, data = training.plan, dealt.data
    optimiser, more = _OPTIMISERS[plan.optimiser]
    lines = [
        f"NAME = {data.name!r}",
        f"SOURCE = {data.made!r}",
        *([f"# chosen: {settings}"] if settings else []),
        f"COLUMNS = {pformat(data.columns, width=100, compact=True)}",
        *([f"CLASSES = {data.classes!r}"] if data.classes else [f"UNIT = {data.unit!r}"]),
        "",
        f"WIDTHS = {training.layers!r}  # numbers in each layer",
        f"ACTIVATION = {_ACTIVATIONS[plan.activation]}",
        f"OPTIMISER, MORE = {optimiser}, {more}",
        f"LEARNING_RATE, SCHEDULE = {float(plan.learning_rate)!r}, {plan.schedule!r}",
        f"BATCH_SIZE = {plan.batch_size or len(dealt.train)}  # rows per step",
        f"N_EPOCHS, N_PLANNED = {int(training.epochs[-1])}, {plan.n_epochs}  # {_ending(plan, training)}",
        f"L1, L2 = {float(plan.l1)!r}, {float(plan.l2)!r}  # penalties on the weights, not on the biases",
        f"DROPOUT = {float(plan.dropout)!r}",
        f"SEED = {plan.seed}  # of the order of the rows; the start ({plan.start}) is written in below",
    ]
    return "\n".join(lines) + "\n"


def _ending(plan: Plan, training: Training) -> str:
    if training.stopped == "patience":
        return f"stopped after {plan.patience} epochs without a better test loss"
    return {"reader": "stopped by hand", "diverged": "the loss blew up"}.get(
        training.stopped, "trained to the end"
    )


def _numbers(training: Training, dealt: Dealt) -> str:
    """The constants at the bottom: where the rows are, and the weights at the start and at the end."""
    rows = f'DATA, SKIP = "{DATA_FILE}", 1  # saved beside this script; its first line holds the headings\n'
    if not needs_data_file(dealt):
        rows = f'DATA, SKIP = io.StringIO("""\\\n{_rows(dealt)}"""), 0\n'
    start, end = (_wrapped(training.parameters[moment]) for moment in (0, -1))
    target = "the class's number in CLASSES" if dealt.data.task == "classes" else "the target"
    return (
        f"\n# Each row: the columns in their own units, {target}, and 1 if it is kept for the test.\n"
        f'{rows}\n# Weights and biases before training …\nSTART = """\n{start}\n"""\n'
        f'\n# … and after it.\nEND = """\n{end}\n"""\n\n'
    )


def _rows(dealt: Dealt) -> str:
    is_test = np.isin(np.arange(len(dealt.data.targets)), dealt.test)
    targets = dealt.data.targets.tolist()
    return "".join(
        ",".join(map(repr, (*row, target, int(test)))) + "\n"
        for row, target, test in zip(dealt.data.inputs.tolist(), targets, is_test, strict=True)
    )


def _wrapped(parameters: Floats) -> str:
    return fill(" ".join(map(repr, parameters.astype(np.float64).tolist())), 100)
