"""The builder's story: presets keep their promise, the sentence counts, a stop and an own table work."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, root_mean_squared_error
from sklearn.preprocessing import StandardScaler

from dl_core.mlp import data, upload
from dl_core.mlp.plan import Plan
from dl_core.mlp_areas import N_PLACES, areas
from dl_core.mlp_builder import (
    PRESETS,
    OwnTable,
    Settings,
    captions,
    own_table,
    restored,
    saved,
    story,
    takeaway,
    view,
)
from dl_core.mlp_confusion import confusion_takeaway, far_off, mistakes, order_by_error
from dl_core.mlp_losses import losses, losses_takeaway, stop_of
from dl_core.mlp_unseen import amount, span, sure_of, unseen
from tests.readability import read, words

built = cache(story)
DIVERGES = Settings(data.Settings("surface"), Plan(learning_rate=1.0))
STUCK = Settings(data.Settings(), Plan(start="zero"))
PATIENT = replace(
    PRESETS["Few rows, memorises"], plan=replace(PRESETS["Few rows, memorises"].plan, patience=20)
)
MORE = {
    "diverges": DIVERGES,
    "stuck": STUCK,
    "patient": PATIENT,
    "wine": Settings(data.Settings("wine"), Plan(hidden=(8,))),
    "a line": Settings(data.Settings("blobs", noise=0.5), Plan(hidden=())),
    "one epoch": Settings(plan=Plan(n_epochs=1)),
}
EVERY = {**PRESETS, **MORE}
every_case = pytest.mark.parametrize("chosen", EVERY.values(), ids=EVERY)
TABLE = "\n".join(
    ["size,age,kind", *(f"{i},{(i * 7) % 11},{'large' if i > 20 else 'small'}" for i in range(40))]
).encode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Circle, fits", "fits"),
        ("Spiral, too small", "underfits"),
        ("Spiral, big enough", "fits"),
        ("Few rows, memorises", "memorises"),
        ("Delivery hours, fits", "fits"),
    ],
)
def test_each_preset_ends_in_what_its_name_says(name, kind):
    assert built(PRESETS[name]).judgement.verdict.kind == kind


def test_every_preset_is_listed_above_and_the_default_is_the_first():
    assert next(iter(PRESETS)) == "Circle, fits"
    assert PRESETS["Circle, fits"] == Settings()
    assert len(PRESETS) == 5


def test_both_spirals_differ_in_nothing_but_their_neurons():
    small, large = PRESETS["Spiral, too small"], PRESETS["Spiral, big enough"]
    assert small.data == large.data
    assert replace(small.plan, hidden=large.plan.hidden) == large.plan
    assert built(large).unseen.low > built(small).unseen.high


def test_the_memorising_preset_does_so_from_other_starts_too():
    preset = PRESETS["Few rows, memorises"]
    kinds = [
        built(replace(preset, plan=replace(preset.plan, seed=seed))).judgement.verdict.kind
        for seed in range(4)
    ]
    assert kinds == ["memorises"] * 4


def test_importing_the_story_loads_no_numba():
    code = "import sys, dl_core.mlp_builder; print({'numba', 'torch', 'pandas', 'plotly'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_the_same_settings_give_the_same_network():
    again = story(Settings())
    assert np.array_equal(again.training.parameters, built(Settings()).training.parameters)


def test_the_score_is_what_scikit_learn_counts():
    told = built(Settings())
    test = told.dealt.test
    truth, said = told.dealt.data.targets[test], told.judgement.answers[test]
    assert told.unseen.value == accuracy_score(truth, said)
    assert np.array_equal(np.array(mistakes(told).counts), confusion_matrix(truth, said))
    hours = built(PRESETS["Delivery hours, fits"])
    test = hours.dealt.test
    error = root_mean_squared_error(hours.dealt.data.targets[test], hours.judgement.answers[test])
    assert hours.unseen.value == pytest.approx(error)
    assert hours.unseen.low < error < hours.unseen.high


def test_the_interval_of_an_error_is_what_drawing_rows_again_gives():
    hours = built(PRESETS["Delivery hours, fits"])
    test = hours.dealt.test
    squares = (hours.judgement.answers[test] - hours.dealt.data.targets[test]) ** 2
    draws = np.random.default_rng(0).integers(0, len(test), (4000, len(test)))
    errors = np.sqrt(squares[draws].mean(axis=1))
    low, high = np.quantile(errors, [0.025, 0.975])
    assert hours.unseen.low == pytest.approx(low, abs=0.03)
    assert hours.unseen.high == pytest.approx(high, abs=0.03)


@every_case
def test_the_sentence_counts_compares_and_advises_in_plain_words(chosen):
    told = built(chosen)
    said = takeaway(told)
    assert told.unseen.interval in said
    assert told.guess_in_words in said
    assert told.own_in_words in said
    assert said.endswith(told.judgement.verdict.remedy.words)
    if told.is_classes:
        assert f"{told.unseen.hits} of {told.unseen.n} unseen rows right" in said
    assert "nan" not in said
    reading = read([said])
    assert reading.grade <= 9
    assert all(len(words(one)) <= 25 for one in reading.sentences)


@every_case
def test_the_sentences_under_curves_and_squares_are_plain(chosen):
    told = built(chosen)
    for said in (losses_takeaway(told), confusion_takeaway(told)):
        assert "nan" not in said
        assert all(len(words(one)) <= 25 for one in read([said]).sentences)


def test_guessing_means_the_commonest_class_of_the_training_rows():
    told = built(Settings(data.Settings("returns", n=300)))
    test = told.dealt.data.targets[told.dealt.test]
    assert told.guess == "“kept”"
    assert told.guess_in_words == amount(float((test == 0).mean()), True)


@every_case
def test_there_is_a_caption_for_each_snapshot_and_the_last_is_the_result(chosen):
    told = built(chosen)
    said = captions(told)
    assert len(said) == len(told.training.epochs) == len(told.by_snapshot)
    assert said[0].startswith("Before training")
    assert told.by_snapshot[-1] == told.unseen
    if told.last_epoch and told.is_classes:
        assert said[-1].startswith(f"After epoch {told.last_epoch:,}: ")
        assert said[-1].endswith(f"{told.unseen.counted} test rows right.")


def test_the_view_for_the_browser_has_the_captions():
    told = built(Settings())
    assert view(told).captions[-1] == captions(told)[-1]


def test_a_stop_keeps_what_was_learned_and_says_so():
    told = story(Settings(plan=Plan(n_epochs=2000)), lambda share: False)
    assert told.training.stopped == "reader"
    assert 0 < told.last_epoch < 2000
    assert takeaway(told).startswith(f"Stopped after {told.last_epoch:,} epochs, it gets")


def test_progress_only_rises():
    seen: list[float] = []
    story(replace(Settings(), plan=Plan(hidden=(32, 32), n_epochs=400)), lambda share: not seen.append(share))
    assert seen == sorted(seen)
    assert 0 < seen[0] <= seen[-1] <= 1


def test_an_own_table_is_the_same_when_its_content_is():
    one, two = (own_table(upload.read_csv(TABLE)) for _ in range(2))
    other = own_table(upload.read_csv(TABLE.replace(b"39,9,large", b"39,8,large")))
    assert one == two
    assert hash(one) == hash(two)
    assert one != other
    assert Settings(one) != Settings(own_table(upload.read_csv(TABLE), seed=1))
    assert Settings(one).is_own
    assert not Settings().is_own


def test_an_own_table_is_dealt_trained_and_judged_but_never_saved():
    chosen = Settings(own_table(upload.read_csv(TABLE), test_share=0.5))
    told = story(chosen)
    assert told.unseen.n == 20
    assert told.dealt.data.classes == ("large", "small")
    assert saved(chosen) is None


@pytest.mark.parametrize(("share", "seed"), [(0.0, 0), (1.0, 0), (0.3, -1)])
def test_a_nonsense_split_of_an_own_table_is_refused(share, seed):
    with pytest.raises(ValueError, match="choose"):
        OwnTable("x", built(Settings()).dealt.data, share, seed)


@every_case
def test_saved_settings_come_back_the_same(chosen):
    assert restored(saved(chosen)) == chosen


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {},
        {"data": {}, "plan": {}, "more": 1},
        {"data": {"kind": "cats"}, "plan": {}},
        {"data": {}, "plan": {"hidden": [99]}},
        {"data": {}, "plan": {"hidden": "__import__('os')"}},
        {"data": {"n": "100"}, "plan": {}},
        {"data": object(), "plan": {}},
    ],
    ids=lambda plain: type(plain).__name__,
)
def test_nonsense_in_a_brief_is_refused(plain):
    with pytest.raises(ValueError, match="cannot be built here"):
        restored(plain)


def test_the_areas_are_the_networks_answers_with_other_columns_at_their_mean():
    told = built(Settings(data.Settings("wine"), Plan(hidden=(8,))))
    over = areas(told)
    assert over.n_fixed == 11
    assert over.answers.shape == (N_PLACES, N_PLACES)
    # scikit-learn's scaler as the referee of the scale, our own layers as sums of its numbers
    scaler = StandardScaler().fit(told.dealt.data.inputs[told.dealt.train])
    row = told.dealt.data.inputs[told.dealt.train].mean(axis=0)
    row[0], row[1] = over.across[7], over.up[40]
    flat = told.training.parameters[-1].astype(float)
    n, h, k = 13, 8, 3
    first, flat = flat[: n * h].reshape(h, n), flat[n * h :]
    bias, flat = flat[:h], flat[h:]
    second, last = flat[: h * k].reshape(k, h), flat[h * k :]
    scores = second @ np.tanh(first @ scaler.transform([row])[0] + bias) + last
    assert over.answers[40, 7] == scores.argmax()
    assert over.sure[40, 7] == pytest.approx(np.exp(scores).max() / np.exp(scores).sum())


def test_patience_waits_for_a_better_loss_than_the_best():
    epochs, test = np.array([0, 5, 10, 20, 30]), np.array([5.0, 2.0, 3.0, 1.0, 1.5])
    assert stop_of(epochs, test, 5) == 2  # at 10, five after the best at 5
    assert stop_of(epochs, test, 6) == 4  # 1.0 at 20 comes too late: 10 - 5 < 6, then 30 - 20
    assert stop_of(epochs, test, 11) is None
    # better than the one before is not enough: 1.0 after epoch 5 stays the best
    assert stop_of(np.array([0, 5, 10, 15, 20]), np.array([5.0, 1.0, 3.0, 2.0, 2.5]), 15) == 4


def test_the_losses_know_where_the_curves_part():
    told = losses(built(PRESETS["Few rows, memorises"]))
    assert told.rises
    assert told.test[told.best] == told.test.min()
    assert told.gap == pytest.approx(told.test[-1] - told.train[-1])
    assert not losses(built(Settings())).rises


def test_a_patient_training_stops_where_the_engine_stopped():
    told, curves = built(PATIENT), losses(built(PATIENT))
    assert told.training.stopped == "patience"
    assert curves.stop == len(curves.epochs) - 1
    assert curves.patience == 20


def test_the_square_names_the_commonest_mistake_and_a_hidden_class():
    told = built(Settings(data.Settings("returns", n=1000, noise=0.6), Plan(hidden=(), n_epochs=20)))
    square = mistakes(told)
    truth, said = square.commonest
    cells = [square.counts[t][s] for t in range(2) for s in range(2) if t != s]
    assert square.counts[truth][said] == max(cells)
    assert square.classes[square.weakest] == "returned"  # the rarer class
    assert "hides that of “returned” it finds only" in confusion_takeaway(told)
    assert square.said(0) + square.said(1) == told.unseen.n


def test_without_a_mistake_there_is_no_commonest_one():
    told = built(Settings(data.Settings("blobs", noise=0.0)))
    assert mistakes(told).commonest is None
    assert "None of the" in confusion_takeaway(told)


def test_far_off_rows_are_test_rows_and_the_worst_come_first():
    told = built(PRESETS["Delivery hours, fits"])
    far, ordered = far_off(told), order_by_error(told)
    assert set(far) <= set(told.dealt.test.tolist())
    assert set(ordered[: len(far)]) == set(far)  # over twice the error: the largest ones


def test_shares_add_up_to_one_and_no_rows_give_none():
    told = built(Settings())
    assert sure_of(told.training, told.dealt, [0, 5]).sum(axis=1) == pytest.approx(1)
    assert sure_of(told.training, told.dealt, []).shape == (0, 2)


def test_the_first_snapshot_has_learned_nothing():
    told = built(PRESETS["Spiral, big enough"])
    first = unseen(told.training, told.dealt, 0)
    assert 0.3 < first.value < 0.7


def test_scores_in_words():
    assert amount(2e9, False, "m") == "over a million m"
    assert span(0.996, 1.0, True) == "99.6 to 100 %"
    assert span(0.9999, 1.0, True) == "99.9 to 100 %"  # never rounded up to certainty
    assert span(1.0, 2.0, False) == "1.0 to 2.0"
