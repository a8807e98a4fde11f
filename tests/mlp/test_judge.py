"""Scores against scikit-learn, verdicts on networks whose trouble is known, remedies that help."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, log_loss, root_mean_squared_error
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from dl_core.mlp._remedy import remedy_for
from dl_core.mlp.data import Dealt, Settings, make
from dl_core.mlp.engine import Training, outputs, train
from dl_core.mlp.judge import Judgement, judge, meter, meter_of
from dl_core.mlp.plan import Plan

KINDS = ("diverged", "stuck", "memorises", "underfits", "no better than guessing", "fits")
PLAN = Plan(hidden=(8,), optimiser="adam", learning_rate=0.03, n_epochs=100)


@cache
def trained(settings: Settings, plan: Plan) -> tuple[Dealt, Training, Judgement]:
    dealt = make(settings)
    rows, targets = dealt.inputs, dealt.targets
    training = train(
        plan, rows[dealt.train], targets[dealt.train], rows[dealt.test], targets[dealt.test],
        dealt.data.task, dealt.n_outputs,
    )  # fmt: skip
    return dealt, training, judge(training, dealt)


def verdict(settings: Settings, plan: Plan) -> str:
    return trained(settings, plan)[2].verdict.kind


def test_the_meter_counts_what_the_textbook_counts():
    # 784·30 + 30 + 30·10 + 10 and 784·128 + 128 + 128·10 + 10 and 784·10 + 10
    assert [meter(784, hidden, 10).parameters for hidden in ((30,), (128,), ())] == [23_860, 101_770, 7_850]
    small = meter(2, (4, 2), 1)
    # weights 2·4 + 4·2 + 2·1 = 18, biases 4 + 2 + 1 = 7
    assert (small.multiplications, small.parameters, small.bytes) == (18, 25, 100)
    assert small.in_words() == "25 parameters (100 bytes) and 18 multiplications for one answer."


def test_the_meter_of_a_trained_network_knows_its_shape_and_its_seconds():
    _, training, said = trained(Settings("iris"), PLAN)
    assert said.meter == meter_of(training) == meter(4, (8,), 3, training.seconds)
    assert said.meter.parameters == training.parameters.shape[1]
    assert "trained in" in said.meter.in_words()


def test_scores_of_classes_are_those_of_scikit_learn():
    dealt, training, said = trained(Settings("returns", noise=0.4), PLAN)
    shares = outputs(training, dealt.inputs)
    for score, pile in ((said.train, dealt.train), (said.test, dealt.test)):
        truth = dealt.data.targets[pile]
        assert score.n == len(pile)
        assert score.loss == pytest.approx(log_loss(truth, shares[pile], labels=[0, 1]), rel=1e-9)
        assert score.right.value == (shares[pile].argmax(axis=1) == truth).mean()
        assert score.guess_right == (truth == 0).mean()  # most orders are kept
        assert score.rmse is None
    guess = np.bincount(dealt.data.targets[dealt.train]) / len(dealt.train)
    assert said.train.guess_loss == pytest.approx(-(guess * np.log(guess)).sum())


def test_the_losses_are_those_that_the_engine_reports():
    for settings in (Settings("wine"), Settings("surface")):
        _, training, said = trained(settings, PLAN)
        assert said.train.loss == pytest.approx(training.train_loss[-1], rel=1e-6)
        assert said.test.loss == pytest.approx(training.test_loss[-1], rel=1e-6)


def test_scores_of_values_are_those_of_scikit_learn_in_the_targets_own_unit():
    dealt, training, said = trained(Settings("delivery"), PLAN)
    values = outputs(training, dealt.inputs).reshape(-1) * dealt.target_spread + dealt.target_mean
    truth = dealt.data.targets
    assert said.answers == pytest.approx(values)
    assert said.test.rmse == pytest.approx(root_mean_squared_error(truth[dealt.test], values[dealt.test]))
    assert said.train.guess_rmse == pytest.approx(truth[dealt.train].std())
    assert (said.confusion, said.test.right, said.wrong_test_rows) == ((), None, ())
    assert np.array_equal(said.wrong, np.abs(values - truth) > 2 * said.test.rmse)


def test_the_cells_of_the_confusion_matrix_list_their_rows():
    dealt, _, said = trained(Settings("iris", test_share=0.5), replace(PLAN, n_epochs=5))
    truth, answers = dealt.data.targets[dealt.test], said.answers[dealt.test]
    counts = [[len(cell) for cell in row] for row in said.confusion]
    assert counts == confusion_matrix(truth, answers).tolist()
    for true, row in enumerate(said.confusion):
        for answered, cell in enumerate(row):
            assert all(dealt.data.targets[number] == true for number in cell)
            assert all(said.answers[number] == answered for number in cell)
            assert set(cell) <= set(dealt.test.tolist())
    assert said.wrong_test_rows == tuple(dealt.test[said.wrong[dealt.test]].tolist())
    assert 0 < len(said.wrong_test_rows) < len(dealt.test)


def test_an_earlier_snapshot_is_judged_by_its_own_weights():
    dealt, training, said = trained(Settings("circle"), PLAN)
    first = judge(training, dealt, snapshot=0)
    assert first.train.loss == pytest.approx(training.train_loss[0], rel=1e-6)
    assert first.train.loss > said.train.loss


CASES = {
    "diverged": (Settings("surface"), replace(PLAN, activation="relu", optimiser="sgd", learning_rate=10.0)),
    "stuck": (Settings("circle"), replace(PLAN, start="zero")),
    "memorises": (Settings("returns", noise=0.6), replace(PLAN, hidden=(32, 32), n_epochs=300)),
    "underfits": (Settings("xor"), replace(PLAN, hidden=())),
    "no better than guessing": (Settings("returns", noise=1.0, test_share=0.1), replace(PLAN, hidden=())),
    "fits": (Settings("moons"), PLAN),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_with_a_known_trouble_gets_its_verdict(kind):
    assert verdict(*CASES[kind]) == kind


@pytest.mark.parametrize(
    ("kind", "settings", "plan"),
    [
        ("underfits", Settings("circle"), replace(PLAN, activation="linear")),
        ("underfits", Settings("surface"), replace(PLAN, hidden=())),
        ("underfits", Settings("spiral"), replace(PLAN, hidden=(4,), n_epochs=20)),
        ("memorises", Settings("delivery", noise=0.6), replace(PLAN, hidden=(32, 32), n_epochs=400)),
        ("stuck", Settings("spiral"), replace(PLAN, hidden=(8,) * 5, activation="sigmoid", optimiser="sgd")),
        ("stuck", Settings("delivery"), replace(PLAN, l1=1.0)),
        ("fits", Settings("surface"), PLAN),
        ("fits", Settings("iris"), PLAN),
        ("fits", Settings("blobs"), replace(PLAN, hidden=())),  # straight borders are enough here
    ],
)
def test_the_same_trouble_elsewhere_gets_the_same_verdict(kind, settings, plan):
    assert verdict(settings, plan) == kind


@pytest.mark.parametrize("kind", ["diverged", "stuck", "underfits", "memorises"])
def test_the_remedy_lowers_the_loss_on_rows_never_seen(kind):
    settings, plan = CASES[kind]
    before = trained(settings, plan)[2]
    after = trained(settings, before.verdict.remedy.plan)[2]
    assert after.test.loss < before.test.loss


@pytest.mark.parametrize("kind", KINDS)
def test_a_verdict_is_short_and_says_what_to_try(kind):
    said = trained(*CASES[kind])[2].verdict
    assert said.sentence.endswith(".")
    assert len(said.sentence.split()) <= 30
    assert len(said.remedy.words.split()) <= 20
    assert "nan" not in said.sentence
    assert "inf" not in said.sentence


def test_the_sentence_says_the_scores():
    _, _, said = trained(*CASES["memorises"])
    seen, unseen = (round(100 * score.right.value) for score in (said.train, said.test))
    assert said.verdict.sentence == (
        f"It gets {seen} % of the rows it learned from right, but {unseen} % of those it never saw."
    )


def test_every_remedy_changes_the_plan_and_is_a_plan():
    crowded = Plan((32,) * 6, "relu", "he", "adam", 0.01, l2=0.01, dropout=0.3, patience=5, n_epochs=2000)
    bare = Plan(hidden=(), optimiser="adam", learning_rate=0.01, l2=0.01, patience=5, n_epochs=1)
    for plan in (PLAN, crowded, bare, replace(bare, activation="linear"), replace(PLAN, start="zero")):
        for kind in KINDS:
            for still_falling in (False, True):
                assert remedy_for(kind, plan, still_falling).plan != plan


def test_neighbours_are_those_of_scikit_learn():
    from dl_core.mlp.judge import _neighbours

    for settings, model in ((Settings("moons", noise=0.5), KNeighborsClassifier(5)),
                            (Settings("delivery"), KNeighborsRegressor(5))):  # fmt: skip
        dealt = make(settings)
        model.fit(dealt.inputs[dealt.train], dealt.data.targets[dealt.train])
        answers, truth = model.predict(dealt.inputs[dealt.test]), dealt.data.targets[dealt.test]
        right = (answers == truth).mean() if dealt.data.classes else root_mean_squared_error(truth, answers)
        assert _neighbours(dealt) == pytest.approx(right)


def test_weights_that_cannot_be_calculated_with_never_reach_a_sentence():
    dealt, training, _ = trained(Settings("surface"), PLAN)
    broken = replace(training, parameters=np.full_like(training.parameters, np.nan), diverged=True)
    said = judge(broken, dealt)
    assert said.verdict.kind == "diverged"
    assert np.isfinite(said.answers).all()
    assert np.isfinite([said.test.loss, said.test.rmse]).all()
