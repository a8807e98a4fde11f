"""The command that measures the gate: small models on small data, and the search for a rule."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold

from dl_core.digits import load_digits
from dl_core.offline.gate import DEALS, FOLDS, SEED, at_rest, measure, numbers_kept, search, timed, ways
from dl_core.start.measured import measured
from dl_core.start.rules import HOLES, asked
from dl_core.start.sides import ASSET, WAYS


def two_clouds(n: int = 80, seed: int = 0):
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % 2
    return rng.normal(size=(n, 3)) + 4 * labels[:, None], labels


@pytest.fixture(scope="module")
def told():
    return measure("table", *two_clouds(), deals=2)


def test_clouds_far_apart_are_told_apart(told):
    for way in WAYS:
        assert max(told[way]["wrong_in_each_deal"]) <= 3, way
        assert len(told[way]["answers"]) == 80
        assert told[way]["answer_seconds"] > 0


def test_every_row_is_answered_by_a_model_that_never_saw_it(told):
    inputs, labels = two_clouds()
    answers = np.zeros_like(labels)
    for train, held in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(inputs, labels):
        answers[held] = ways("table")["knn"].fit(inputs[train], labels[train]).predict(inputs[held])
    assert told["knn"]["answers"] == "".join(map(str, answers))


def test_chance_labels_cannot_be_learned():
    """A leak from the held-out rows would show as a score above a coin's."""
    inputs, _ = two_clouds(200, 1)
    labels = np.random.default_rng(2).integers(0, 2, 200)
    wrong = measure("table", inputs, labels, deals=1)
    for way in WAYS:
        assert 70 <= wrong[way]["wrong_in_each_deal"][0] <= 130, way


def test_sizes_are_counted():
    inputs, labels = two_clouds()
    models = ways("table")
    for model in models.values():
        model.fit(inputs, labels)
    # 3 weights, 1 bias, 3 means and 3 spreads; 80 rows of 3 and a label; 3·32 + 32 + 32·1 + 1 = 161
    assert numbers_kept("linear", models["linear"], 80, 3) == (8 * (4 + 6), 4)
    assert numbers_kept("knn", models["knn"], 80, 3) == (8 * (80 * 4 + 6), 5)
    assert numbers_kept("network", models["network"], 80, 3) == (8 * (161 + 6), 161)
    size, splits = numbers_kept("boosted", models["boosted"], 80, 3)
    trees = len(models["boosted"][-1]._predictors)
    assert size == 8 * (3 * splits + trees)


def test_the_search_finds_the_best_rule_there_is():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(60, 2))
    truth = (values[:, 0] > 0.2) & (values[:, 1] < 0.1)
    found = search(values, truth, truth.astype(int))
    best = len(truth)
    cuts = [np.quantile(column, np.linspace(0, 1, 26)[1:-1]) for column in values.T]
    sides = [s for j in (0, 1) for cut in cuts[j] for s in (values[:, j] > cut, values[:, j] <= cut)]
    for one, other in itertools.product(sides, repeat=2):
        best = min(best, int(((one & other) != truth).sum()), int(((one | other) != truth).sum()))
    assert found["wrong_if_it_looks"] == best
    assert found["wrong"] >= best
    assert found["rules"] == len(sides) + len(sides) * (len(sides) - 1)


def test_a_clock_runs():
    assert timed(lambda: sum(range(20_000))) > 0


def test_what_the_first_screen_keeps_is_what_comes_out_anew():
    run = json.loads(ASSET.read_text(encoding="utf-8"))
    kept, anew = run["at_rest"], at_rest(run)
    assert set(kept.pop("links")) == set(anew.pop("links"))  # their pixels: the figure's own test
    assert kept == anew
    assert kept["table"]["wrong"] < kept["table"]["wrong_without_peeking"]  # what the page says of it
    holes = np.load(ASSET.with_suffix(".npz"))
    images = load_digits().images
    for column, key in enumerate(HOLES):
        np.testing.assert_array_equal(holes["holes"][:, column], measured(images, (key,))[key])


def test_the_threshold_without_peeking_is_found_on_other_rows():
    values, truth = asked("table").measures["perimeter"], asked("table").truth
    wrong = 0
    for train, held in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(values, truth):
        cuts = sorted(values[train])
        cut = min(cuts, key=lambda cut: ((values[train] > cut) != truth[train]).sum())
        wrong += int(((values[held] > cut) != truth[held]).sum())
    assert json.loads(ASSET.read_text())["at_rest"]["table"]["wrong_without_peeking"] == wrong


def test_the_committed_run_is_of_this_command():
    run = json.loads(ASSET.read_text(encoding="utf-8"))
    assert (run["seed"], run["folds"], run["deals"]) == (SEED, FOLDS, DEALS)
    assert run["command"] == "python -m dl_core.offline.gate --out assets/start_gate.json"
    for data in ("table", "pictures"):
        assert set(run[data]["ways"]) == set(WAYS)
        for told in run[data]["ways"].values():
            assert len(told["wrong_in_each_deal"]) == DEALS
