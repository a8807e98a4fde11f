"""The exported script, run by a Python of its own, prints what the page reported."""

from __future__ import annotations

import ast
import csv
import io
import re
import subprocess
import sys

import numpy as np
import pytest

from dl_core.mlp.data import DataSet, Dealt, Settings, deal, make
from dl_core.mlp.engine import Training, train
from dl_core.mlp.export import DATA_FILE, SCRIPT_FILE, data_csv, needs_data_file, run_log_csv, script
from dl_core.mlp.judge import judge
from dl_core.mlp.plan import Plan


def trained(dealt: Dealt, plan: Plan) -> Training:
    rows, targets = dealt.inputs, dealt.targets
    return train(
        plan, rows[dealt.train], targets[dealt.train], rows[dealt.test], targets[dealt.test],
        dealt.data.task, dealt.n_outputs,
    )  # fmt: skip


def printed(folder, text: str, *arguments: str) -> float:
    """The figure that the script prints when it is run alone in this folder."""
    (folder / SCRIPT_FILE).write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-W", "error", SCRIPT_FILE, *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return float(re.match(r"test (?:accuracy|RMSE): (\d+\.\d+)", run.stdout)[1])


def reported(training: Training, dealt: Dealt) -> float:
    test = judge(training, dealt).test
    return test.right.value if test.right else test.rmse


PLANS = [
    ("returns", Plan((6, 4), "leaky relu", "he", "adam", 0.01, "cosine", n_epochs=12, l1=0.001, seed=3)),
    ("delivery", Plan((8,), "tanh", "xavier", "momentum", 0.01, "steps", batch_size=0, n_epochs=15, l2=0.01)),
    ("wine", Plan((5, 5), "sigmoid", "xavier", "sgd", 0.3, n_epochs=10, batch_size=7, dropout=0.2)),
]


@pytest.mark.parametrize(("kind", "plan"), PLANS, ids=[kind for kind, _ in PLANS])
def test_the_script_prints_the_reported_figure_and_trains_to_it_again(kind, plan, tmp_path):
    settings = Settings(kind, n=200, noise=0.3)
    dealt = make(settings)
    training = trained(dealt, plan)
    text, figure = script(training, dealt, settings), reported(training, dealt)
    assert printed(tmp_path, text) == pytest.approx(figure, abs=1e-6)
    # the same start, the same batches, the same steps: torch arrives where our engine did
    assert printed(tmp_path, text, "--train") == pytest.approx(figure, abs=1e-5)
    start = make(settings), Plan(**{**plan.__dict__, "n_epochs": 1})
    assert reported(trained(*start), dealt) != pytest.approx(figure, abs=1e-5)  # training did matter


def test_a_training_that_was_cut_short_is_trained_as_far(tmp_path):
    dealt = make(Settings("moons", n=100, noise=0.4))
    training = trained(dealt, Plan((16,), "tanh", "xavier", "adam", 0.1, "cosine", patience=3))
    assert training.stopped == "patience"
    text = script(training, dealt)
    assert f"N_EPOCHS, N_PLANNED = {training.epochs[-1]}, 200  # stopped after 3 epochs without" in text
    assert printed(tmp_path, text, "--train") == pytest.approx(reported(training, dealt), abs=1e-6)


def large() -> Dealt:
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(2500, 3)) * [1, 100, 1e-4]
    targets = inputs[:, 0] * 3 + (inputs[:, 1] > 0)
    return deal(
        DataSet("large", "regression", inputs, targets, (), ("a", "b, with", '=c"d'), "€", "Made up."), 0.4, 1
    )


def test_a_large_table_is_read_from_the_file_beside_the_script(tmp_path):
    dealt = large()
    training = trained(dealt, Plan(hidden=(4,), n_epochs=2))
    assert needs_data_file(dealt)
    assert not needs_data_file(make(Settings("moons", n=2000)))
    (tmp_path / DATA_FILE).write_text(data_csv(dealt), encoding="utf-8")
    text = script(training, dealt)
    assert len(text) < 12_000
    assert printed(tmp_path, text) == pytest.approx(reported(training, dealt), abs=1e-6)


def test_the_data_file_is_a_table_with_harmless_headings():
    dealt = large()
    head, *rows = csv.reader(io.StringIO(data_csv(dealt)))
    assert head == ["a", "b, with", "'=c\"d", "target", "test"]
    numbers = np.array(rows, dtype=float)
    assert np.array_equal(numbers[:, :3], dealt.data.inputs)
    assert np.array_equal(np.flatnonzero(numbers[:, -1]), dealt.test)


NASTY = '"""\n\\"); import os; os.abort() #\u2028\\'


def test_names_of_a_foreign_table_stay_text_in_the_script(tmp_path):
    rows = np.random.default_rng(0).normal(size=(40, 2))
    labels = (rows[:, 0] > 0).astype(np.int64)
    data = DataSet(NASTY, "classes", rows, labels, (NASTY, "b"), (NASTY, "y"), "", NASTY)
    dealt = deal(data, 0.5, seed=0)
    training = trained(dealt, Plan(hidden=(), n_epochs=3))
    text = script(training, dealt)
    assert printed(tmp_path, text) == pytest.approx(reported(training, dealt), abs=1e-6)
    named = ("NAME", "SOURCE", "COLUMNS", "CLASSES")
    constants = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in named
    }
    assert constants == {"NAME": NASTY, "SOURCE": NASTY, "COLUMNS": (NASTY, "y"), "CLASSES": (NASTY, "b")}


def test_the_script_says_which_settings_made_it():
    settings = Settings("moons", n=40, noise=0.25, seed=7)
    dealt = make(settings)
    text = script(trained(dealt, Plan(hidden=(3,), n_epochs=2, l2=0.125)), dealt, settings)
    for line in (
        "# chosen: Settings(kind='moons', n=40, noise=0.25, test_share=0.3, seed=7)",
        "WIDTHS = (2, 3, 2)  # numbers in each layer",
        "ACTIVATION = nn.Tanh",
        "L1, L2 = 0.0, 0.125  # penalties on the weights, not on the biases",
        "N_EPOCHS, N_PLANNED = 2, 2  # trained to the end",
    ):
        assert line in text.splitlines()
    imported = {
        alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported == {"io", "math", "sys", "numpy", "torch"}


def test_the_run_log_opens_in_a_spreadsheet_without_harm():
    log = run_log_csv([
        {"run": 1, "data": "two moons", "test right": 0.97, "start": "-1"},
        {"run": 2, "data": "=cmd|' /C calc'!A0", "test RMSE": -1.5, "@note": "a, b\n\"c\""},
    ])  # fmt: skip
    assert list(csv.reader(io.StringIO(log))) == [
        ["run", "data", "test right", "start", "test RMSE", "'@note"],
        ["1", "two moons", "0.97", "-1", "", ""],
        ["2", "'=cmd|' /C calc'!A0", "", "", "-1.5", 'a, b\n"c"'],
    ]
    assert run_log_csv([]) == "\n"
