import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sklearn.metrics import log_loss

from dl_core import digit_batches
from dl_core.batch_sizes import WAYS
from dl_core.batch_times import ASSET, load_times
from dl_core.batch_ways import pass_sentence, pass_times, ways_table
from dl_core.digit_batches import (
    AXES,
    RATES,
    TARGET,
    Curve,
    Settings,
    gradient,
    in_units,
    story,
    takeaway,
    train,
    training_pile,
)
from dl_core.digit_question import shared_study
from dl_core.softmax_regression import loss_and_gradient, softmax
from tests.readability import read, sentences, words

every_axis = pytest.mark.parametrize("axis", AXES)


def test_the_piles_are_those_of_the_lesson_on_knn_and_softmax():
    study, pile = shared_study(), training_pile()
    np.testing.assert_array_equal(pile.inputs[:, :-1], study.digits.features[study.piles.train])
    np.testing.assert_array_equal(pile.held_inputs[:, :-1], study.digits.features[study.piles.validation])
    np.testing.assert_array_equal(pile.held_targets.argmax(1), study.digits.labels[study.piles.validation])


@pytest.mark.parametrize("n", [1, 32, 898])
def test_the_gradient_agrees_with_central_differences(n):
    pile, rng, step = training_pile(), np.random.default_rng(1), 1e-5
    parameters = rng.normal(0, 0.3, (10, 65))
    inputs, targets = pile.inputs[:n], pile.targets[:n]
    found = gradient(parameters, inputs, targets)
    for row, column in rng.integers(0, (10, 65), (25, 2)):
        moved = np.zeros_like(parameters)
        moved[row, column] = step
        up, _ = loss_and_gradient(parameters + moved, inputs, targets, 0.0)
        down, _ = loss_and_gradient(parameters - moved, inputs, targets, 0.0)
        assert found[row, column] == pytest.approx((up - down) / (2 * step), abs=1e-7)


@pytest.mark.parametrize("batch_size", [1, 32, 898])
def test_a_pass_is_what_torch_makes_of_the_same_order(batch_size):
    pile, rng = training_pile(), np.random.default_rng(digit_batches.SEED)
    order = rng.permutation(898) if batch_size < 898 else np.arange(898)
    weights = torch.zeros(10, 65, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([weights], lr=0.3)
    inputs, targets = torch.tensor(pile.inputs), torch.tensor(pile.targets.argmax(1))
    for start in range(0, 898 - batch_size + 1, batch_size):
        rows = order[start : start + batch_size]
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(inputs[rows] @ weights.T, targets[rows]).backward()
        optimiser.step()
    ours, _ = train(pile, batch_size, 1, 0.3)
    np.testing.assert_allclose(ours, weights.detach().numpy(), atol=1e-9)


def test_what_is_seen_on_the_way_is_the_loss_and_the_share_right_on_the_validation_pile():
    pile = training_pile()
    parameters, seen = train(pile, 32, 2, 0.5, frozenset({0, 56}))
    assert seen[0][0] == pytest.approx(np.log(10))  # all zeros: every digit has a tenth
    shares = softmax(pile.held_inputs @ parameters.T)
    truth = pile.held_targets.argmax(1)
    assert seen[1] == pytest.approx(
        (log_loss(truth, shares, labels=range(10)), (shares.argmax(1) == truth).mean())
    )


def test_a_pass_has_1_28_and_898_updates():
    # 898 = 28 · 32 + 2: the last two digits of a pass are left out, others each time
    assert [curve.updates_per_pass for curve in story(Settings()).curves] == [1, 28, 898]
    assert pass_times().updates == (1, 28, 898)


@pytest.mark.parametrize("rate", RATES)
def test_the_winner_changes_with_what_is_counted(rate):
    shown = story(Settings("seconds", rate))
    assert shown.winners == ("full batch and mini-batch", "one example", "mini-batch")


def test_at_a_smaller_rate_one_example_keeps_up_with_mini_batch_by_the_clock():
    """What the words under "where it lies" say of a rate of 0.1."""
    _, mini, one = digit_batches._curves.__wrapped__(0.1)
    assert one.reached("seconds") == pytest.approx(mini.reached("seconds"), rel=0.25)


def test_same_settings_same_curves():
    first, second = story(Settings()).curves[2], digit_batches._curves.__wrapped__(0.5)[2]
    np.testing.assert_array_equal(first.losses, second.losses)


def toy(losses, way="full batch", each=2):
    n = len(losses)
    return Curve(way, 4, each, 0.01, np.arange(n), np.array(losses), np.linspace(0.1, 0.9, n))


def test_a_target_counts_only_where_a_run_stays_for_three_looks():
    # below 0.3 at look 1 only, then at looks 3, 4 and 5
    curve = toy([2.3, 0.2, 0.4, 0.3, 0.25, 0.1])
    assert curve.reached("updates") == 3
    assert curve.reached("passes") == 1.5  # two updates are a pass
    assert curve.reached("seconds") == pytest.approx(0.015)  # a pass of two takes 0.01 s
    assert curve.right_at() == pytest.approx(0.1 + 0.8 * 3 / 5)
    assert toy([2.3, 0.2, 0.2, 0.4, 0.2, 0.2]).reached("updates") is None


def test_between_two_looks_the_last_one_holds():
    curve = toy([2.3, 1.0, 0.5])
    assert curve.loss_at("updates", np.array([0, 0.99, 1, 1.5, 2, 9])).tolist() == [
        2.3,
        2.3,
        1.0,
        1.0,
        0.5,
        0.5,
    ]


@every_axis
def test_who_arrives_within_a_tenth_of_the_first_arrives_with_it(axis):
    shown = story(Settings(axis))
    places = {curve.way: curve.reached(axis) for curve in shown.curves}
    best = min(places.values())
    assert {curve.way for curve in shown.first(axis)} == {
        w for w, place in places.items() if place <= 1.1 * best
    }


@every_axis
@pytest.mark.parametrize("rate", RATES)
def test_the_sentence_names_the_ways_in_the_order_they_arrive(axis, rate):
    shown = story(Settings(axis, rate))
    told = takeaway(shown)
    places = [curve.reached(axis) for curve in shown.curves]
    order = [curve.way for curve in sorted(shown.curves, key=lambda curve: curve.reached(axis))]
    assert sorted(WAYS, key=told.index) == order
    assert in_units(axis, min(places)) in told
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert read([told]).grade <= 9


def test_a_way_that_does_not_arrive_is_named():
    shown = story(Settings("passes"))
    full, mini, one = shown.curves
    late = replace(shown, curves=(replace(full, losses=full.losses + 1), mini, one))
    assert "Full batch did not get there in 700 passes." in takeaway(late)
    none = replace(shown, curves=tuple(replace(curve, losses=curve.losses + 1) for curve in shown.curves))
    assert takeaway(none) == f"At a rate of 0.5, no way reaches a validation loss of {TARGET}."
    assert none.winners == ("", "", "")


def test_the_shipped_times_say_who_measured_what_and_how():
    told = json.loads(ASSET.read_text(encoding="utf-8"))
    assert set(told["seconds_per_pass"]) == set(WAYS)
    assert told["command"] == "python -m dl_core.offline.batch_times --out assets/batch_times.json"
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ 20\d\d", told["date"])
    full, mini, one = load_times().seconds_per_pass
    # many numbers at once: the same digits, and more time the smaller the batch
    assert 0 < full < mini < one


def test_the_table_is_the_corrected_one_with_measured_figures():
    shown = story(Settings())
    header, *rows = ways_table(shown)
    assert [row[0] for row in rows] == ["full batch", "mini-batch (32)", "one example"]
    assert all(len(row) == len(header) for row in rows)
    assert "non-convex" in rows[0][6]  # not "convex", as an article has it
    assert "networks that read images" in rows[1][7]  # not under full batch
    assert "read in parts, which is slow" in rows[0][5]  # not "must load everything"
    assert "across examples" in rows[2][6]
    assert "per example seen" in rows[2][6]
    # 65 numbers of 8 bytes: 520 bytes; times 32 is 16,640; times 898 is 466,960
    assert [row[5].split(";")[0] for row in rows] == ["470 kB", "17 kB", "520 bytes"]
    # measured, not typed: after the 8 passes that one example takes, full batch has made 8 updates
    _, seen = train(training_pile(), 898, 8, 0.5, frozenset({8}))
    assert rows[0][3] == f"{seen[0][0]:.1f}"


def test_the_time_of_a_pass_is_told_with_its_ratio():
    shown = pass_times()
    full, _, one = shown.times.seconds_per_pass
    assert shown.longer == pytest.approx(one / full)
    assert "28 mini-batches" in pass_sentence(shown)
    assert read([pass_sentence(shown)]).grade <= 9


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"axis": "miles"}, "choose updates, passes, seconds"),
        ({"learning_rate": 1000}, "A learning rate of 1000 is not on offer: choose one of 0.2, 0.3, 0.5"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**wrong)


def test_a_page_gets_it_without_torch():
    command = (
        "import sys; from dl_core.figures.digit_batches import loss_curves; "
        "from dl_core.digit_batches import Settings, story; loss_curves(story(Settings())); "
        "print(sorted({'torch', 'sklearn', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", command], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
