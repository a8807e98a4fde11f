from dl_core.mlp.plan import Plan
from dl_core.mlp_builder import PRESETS, Settings, story
from dl_core.mlp_run_log import run_row


def test_a_line_says_what_was_chosen_and_what_came_of_it():
    built = story(Settings(plan=Plan(hidden=(5,), learning_rate=0.1, n_epochs=7, seed=3)))
    row = run_row(4, built)
    assert row["Run"] == "4"
    assert row["Layers"] == "2-5-2"
    assert row["Rate"] == "0.1, sgd"
    assert row["Epochs"] == "7"
    assert row["Start"] == "3"
    # 2 · 5 + 5 + 5 · 2 + 2
    assert row["Numbers"] == "27"
    right = built.judgement.test.right
    assert row["Test score"] == f"{right.hits} of {right.n}"


def test_every_line_has_the_same_columns_and_no_gap():
    rows = [run_row(i, story(chosen)) for i, chosen in enumerate(PRESETS.values(), 1)]
    assert len({tuple(row) for row in rows}) == 1
    assert all(cell for row in rows for cell in row.values())
