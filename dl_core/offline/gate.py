"""Measure what four ways to learn reach on a small table and on small pictures, and what each costs.

    python -m dl_core.offline.gate --out assets/start_gate.json

Writes the table that the page's rule reads (``start_gate.npz``, beside it) and the run itself. Each row or
picture is answered once by a model that never saw it: fifths are held out in turn. Five deals of the fifths
show how far luck moves the counts; the answers of the first deal are kept. Settings are the library's own,
or fixed beforehand; nothing is tuned. Times are processor seconds on one thread.
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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.digits import N_CLASSES, load_digits
from dl_core.start.gate import first_rule
from dl_core.start.measured import digit_link, measured
from dl_core.start.rules import DATA, DIGIT, HOLES, MEASURES, Data, asked, says_yes
from dl_core.start.sides import WAYS, Way, gain

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Truth = NDArray[np.bool_]

FOLDS, DEALS, SEED = 5, 5, 0
HIDDEN = 32  # neurons of the small network's one hidden layer
CUTS = 24  # thresholds tried for each measurement
LARGEST = slice(20, 30)  # of the table's columns: the means of the three largest nuclei
NUMBER_BYTES = 8
SHOWN = 4  # digits in the picture's corner


def ways(data: Data) -> dict[Way, Any]:
    """A fresh model for each way. The table's columns are brought to one scale; ink has one already."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    first = [StandardScaler()] if data == "table" else []
    return {
        "linear": make_pipeline(*first, LogisticRegression(max_iter=2_000)),
        "knn": make_pipeline(*first, KNeighborsClassifier()),
        "boosted": make_pipeline(HistGradientBoostingClassifier(random_state=SEED)),
        "network": make_pipeline(*first, MLPClassifier((HIDDEN,), max_iter=2_000, random_state=SEED)),
    }


def numbers_kept(way: Way, model: Any, n_train: int, n_inputs: int) -> tuple[int, int]:
    """Bytes that an answer needs, eight for each number, and how many parts a person would have to read.

    Of neighbours the stored rows are counted, of trees each split and leaf, of the others every weight; and
    what brings the columns to one scale.
    """
    scale = 2 * n_inputs if len(model.steps) == 2 else 0
    last = model[-1]
    if way == "knn":
        return NUMBER_BYTES * (n_train * (n_inputs + 1) + scale), int(last.n_neighbors)
    if way == "linear":
        weights = int(last.coef_.size + last.intercept_.size)
        return NUMBER_BYTES * (weights + scale), weights
    if way == "network":
        weights = sum(part.size for part in (*last.coefs_, *last.intercepts_))
        return NUMBER_BYTES * (weights + scale), weights
    trees = [tree.nodes for each in last._predictors for tree in each]
    splits = sum(int((~nodes["is_leaf"].astype(bool)).sum()) for nodes in trees)
    # a split holds a column and a threshold, a leaf one number
    return NUMBER_BYTES * (2 * splits + splits + len(trees)), splits


def timed(work: Callable[[], Any], repeats: int = 5) -> float:
    """Processor seconds, the median of several goes."""
    spent = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def measure(data: Data, inputs: Floats, labels: Labels, deals: int = DEALS) -> dict[Way, dict[str, Any]]:
    """Every way on the same folds.

    Parameters
    ----------
    inputs, labels
        ``(n, columns)`` and ``(n,)``.
    deals
        How often the fifths are dealt anew, at least 1.
    """
    from sklearn.model_selection import StratifiedKFold

    told: dict[Way, dict[str, Any]] = {}
    for way in WAYS:
        wrong, first = [], np.zeros_like(labels)
        fits, asks, sizes, parts = [], [], [], []
        for deal in range(deals):
            answers = np.zeros_like(labels)
            folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED + deal)
            for train, held in folds.split(inputs, labels):
                model = ways(data)[way]
                began = time.process_time()
                model.fit(inputs[train], labels[train])
                fits.append(time.process_time() - began)
                answers[held] = model.predict(inputs[held])
                if deal == 0:
                    asks.append(timed(lambda: model.predict(inputs[held])) / len(held))  # noqa: B023 - used at once
                    size, part = numbers_kept(way, model, len(train), inputs.shape[1])
                    sizes.append(size)
                    parts.append(part)
            wrong.append(int((_yes(data, answers) != _yes(data, labels)).sum()))
            first = answers if deal == 0 else first
        told[way] = {
            "wrong_in_each_deal": wrong,
            "train_seconds": _three(statistics.median(fits)),
            "answer_seconds": _three(statistics.median(asks)),
            "bytes": int(statistics.median(sizes)),
            "parts": int(statistics.median(parts)),
            "answers": "".join(map(str, first.tolist())),
        }
    return told


def _yes(data: Data, answers: Labels) -> Truth:
    yes: Truth = answers == (1 if data == "table" else DIGIT)
    return yes


def _three(value: float) -> float:
    return float(f"{value:.3g}")


def search(values: Floats, truth: Truth, labels: Labels) -> dict[str, int]:
    """What a computer finds that tries every rule of the page's kind, looking at the answers and not.

    Parameters
    ----------
    values
        ``(n, measurements)``.
    truth, labels
        ``(n,)`` whether yes is right, and the classes by which the fifths are dealt.
    """
    from sklearn.model_selection import StratifiedKFold

    conditions = _conditions(values)
    every = np.arange(len(truth))
    peeking = int((_best(conditions, every, truth)(every) != truth).sum())
    fair = 0
    for train, held in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(values, labels):
        fair += int((_best(conditions, train, truth)(held) != truth[held]).sum())
    n = len(conditions)
    return {"rules": n + n * (n - 1), "wrong": fair, "wrong_if_it_looks": peeking}


def _conditions(values: Floats) -> Truth:
    """(conditions, n): each measurement above and below each of its thresholds."""
    told = []
    for column in values.T:
        for cut in np.unique(np.quantile(column, np.linspace(0, 1, CUTS + 2)[1:-1])):
            told += [column > cut, column <= cut]
    return np.array(told)


def _best(conditions: Truth, rows: Labels, truth: Truth) -> Callable[[Labels], Truth]:
    """The rule with the fewest mistakes on these rows, of all that join a condition with any."""
    yes = conditions[:, rows].astype(np.float32)
    right = truth[rows].astype(np.float32)
    found, both = (yes * right) @ yes.T, yes @ yes.T
    one, hits = yes.sum(axis=1), yes @ right
    wrong_and = right.sum() - found + (both - found)
    said, rightly = one[:, None] + one - both, hits[:, None] + hits - found
    wrong_or = right.sum() - rightly + (said - rightly)
    if wrong_and.min() <= wrong_or.min():
        i, j = np.unravel_index(int(wrong_and.argmin()), wrong_and.shape)
        return lambda asked_rows: conditions[i, asked_rows] & conditions[j, asked_rows]
    i, j = np.unravel_index(int(wrong_or.argmin()), wrong_or.shape)
    return lambda asked_rows: conditions[i, asked_rows] | conditions[j, asked_rows]


def main() -> None:
    """Write both files."""
    import sklearn
    from sklearn.datasets import load_breast_cancer

    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "--out", type=Path, required=True, help="the run, .json; the table, .npz, goes beside"
    )
    chosen = reader.parse_args()
    lumps, digits = load_breast_cancer(), load_digits()
    holes = measured(digits.images, HOLES)
    np.savez_compressed(
        chosen.out.with_suffix(".npz"),
        largest=lumps.data[:, LARGEST],
        malignant=lumps.target == 0,
        holes=np.column_stack([holes[key] for key in HOLES]).astype(np.uint8),
        eights=digits.labels == DIGIT,
    )
    inputs: dict[Data, Floats] = {"table": lumps.data, "pictures": digits.features}
    labels: dict[Data, Labels] = {"table": (lumps.target == 0).astype(np.int64), "pictures": digits.labels}
    told: dict[str, Any] = {
        "what": "answers of models that never saw the row, and what each model costs",
        "command": "python -m dl_core.offline.gate --out assets/start_gate.json",
        "date": f"{datetime.date.today():%-d %B %Y}",
        "machine": f"one thread of {os.cpu_count()} shared {platform.machine()} cores",
        "versions": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "seed": SEED, "folds": FOLDS, "deals": DEALS,
    }  # fmt: skip
    for data in DATA:
        rule, known = first_rule(data), asked(data)
        values = np.column_stack([known.measures[key] for key in MEASURES[data]])
        told[data] = {
            "ways": measure(data, inputs[data], labels[data]),
            "rule_answer_seconds": _three(timed(lambda: says_yes(rule), 201) / known.n),  # noqa: B023 - used at once
            "search": search(values, known.truth, labels[data]),
        }
    told["other_digits"] = _other_digits(digits.labels)
    told["at_rest"] = at_rest(told)
    chosen.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def at_rest(run: dict[str, Any]) -> dict[str, Any]:
    """What the page's first screen would otherwise work out at the first visit of a fresh server.

    Parameters
    ----------
    run
        Its table, its pictures and their ways, with the answers.

    Returns
    -------
    Of both data the rule that stands there at first, and the range of its gain; the mistakes of the table's
    rule if its threshold is found on four fifths and asked about the fifth; digits that the rule misses.
    """
    told: dict[str, Any] = {}
    for data in DATA:
        rule, truth = first_rule(data), asked(data).truth
        right = [_yes(data, _answers(run, data, way)) == truth for way in WAYS]
        best = max(right, key=lambda one: int(one.sum()))
        mine = says_yes(rule) == truth
        span = gain(~truth, mine, best)
        told[data] = {
            "rule": [rule.first.measure, rule.first.above, rule.first.threshold],
            "wrong": int((~mine).sum()),
            "gain": [round(span.low, 4), round(span.high, 4)],
        }
        missed = np.flatnonzero(truth & ~mine & best)[:SHOWN].tolist()
    told["table"]["wrong_without_peeking"] = _on_other_rows("table")
    told["links"] = {str(index): digit_link(index) for index in missed}
    return told


def _answers(run: dict[str, Any], data: Data, way: Way) -> Labels:
    return np.array([int(one) for one in run[data]["ways"][way]["answers"]])


def _on_other_rows(data: Data) -> int:
    """Mistakes of the first rule's measurement, its threshold chosen on four fifths, asked on the fifth."""
    from sklearn.model_selection import StratifiedKFold

    rule, known = first_rule(data), asked(data)
    values, wrong = known.measures[rule.first.measure], 0
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for train, held in folds.split(values, known.truth):
        cuts = np.unique(values[train])
        mistakes = ((values[train] > cuts[:, None]) != known.truth[train]).sum(axis=1)
        wrong += int(((values[held] > cuts[mistakes.argmin()]) != known.truth[held]).sum())
    return wrong


def _other_digits(labels: Labels) -> list[dict[str, int]]:
    """Were the question about another digit: mistakes of the best rule found without looking, and of "no"."""
    known = asked("pictures").measures
    values = np.column_stack([known[key] for key in MEASURES["pictures"]])
    return [
        {"rule": search(values, labels == digit, labels)["wrong"], "no": int((labels == digit).sum())}
        for digit in range(N_CLASSES)
    ]


if __name__ == "__main__":
    main()
