import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from dl_core.figures.start_piles import piles_picture
from dl_core.start.piles import (
    CANDIDATES,
    N_DEALS,
    PRESETS,
    SIZES,
    Settings,
    Way,
    _columns,
    _masks,
    fit_all,
    in_cases,
    points,
    story,
    takeaway,
)
from pages._words import start_more as words

every_preset = pytest.mark.parametrize("chosen", PRESETS.values(), ids=list(PRESETS))


def test_the_columns_are_the_reference_library_s():
    data, target = load_diabetes(return_X_y=True, scaled=False)
    made = PolynomialFeatures(2).fit_transform(StandardScaler().fit_transform(data[:, 2:]))
    inputs, truth = _columns()
    assert inputs.shape == (442, 45)  # 1 + 8 + 8 · 9 / 2
    assert np.allclose(inputs, made)
    # half of the patients are worse than the middle one, which lies between the two in the middle
    assert truth.sum() == 221
    assert np.array_equal(truth, target > np.median(target))


def test_each_candidate_is_the_reference_library_s_own_fit():
    inputs, truth = _columns()
    rows, wanted = inputs[:140], truth[:140].astype(float)
    masks = _masks(10)
    ours = fit_all(rows, wanted, masks)
    assert np.array_equal(ours != 0, masks == 1)
    for weights, mask in zip(ours, masks == 1, strict=True):
        model = LinearRegression(fit_intercept=False).fit(rows[:, mask], wanted)
        assert rows @ weights == pytest.approx(model.predict(rows[:, mask]), abs=1e-3)


def test_fewer_candidates_are_the_first_of_more():
    assert np.array_equal(_masks(10), _masks(100)[:10])


def test_one_deal_by_hand():
    """The first deal of ten candidates, chosen with plain loops over the reference library's fits."""
    inputs, truth = _columns()
    order = np.random.default_rng([0, 8]).permutation(442)
    train, validation, test, new = order[:100], order[100:150], order[150:200], order[200:]

    def right(model, mask, pile):
        return ((model.predict(inputs[pile][:, mask]) > 0.5) == truth[pile]).mean()

    scores = []
    for mask in _masks(10) == 1:
        model = LinearRegression(fit_intercept=False).fit(inputs[train][:, mask], truth[train].astype(float))
        scores.append([right(model, mask, pile) for pile in (train, validation, test, new)])
    on_train, on_validation, on_test, on_new = np.array(scores).T
    told = story(Settings(candidates=10))
    for way, chosen, promised in (
        (told.by_train, on_train.argmax(), on_train),
        (told.by_test, on_test.argmax(), on_test),
        (told.honest, on_validation.argmax(), on_test),
    ):
        assert way.promised[0] == pytest.approx(promised[chosen])
        assert way.kept[0] == pytest.approx(on_new[chosen])


@every_preset
def test_the_best_on_a_pile_is_never_below_another_choice_on_it(chosen):
    told = story(chosen)
    assert (np.array(told.by_test.promised) >= np.array(told.honest.promised)).all()
    assert len(told.by_test.promised) == N_DEALS
    assert told.new == 442 - chosen.train - 2 * chosen.test


def test_with_one_candidate_a_peek_is_no_peek():
    told = story(Settings(candidates=1))
    assert told.by_test.promised == told.honest.promised
    assert told.by_train.kept == told.honest.kept
    assert told.by_train.flattery > 0.02


def test_more_candidates_flatter_more_and_a_larger_pile_less():
    flattery = [story(Settings(candidates=n)).by_test.flattery for n in CANDIDATES]
    assert flattery == sorted(flattery)
    assert flattery[-1] > 0.08
    flattery = [story(Settings(test=n)).by_test.flattery for n in SIZES]
    assert flattery == sorted(flattery, reverse=True)


def test_an_unopened_pile_tells_the_truth():
    """The mean of 60 deals of a pile of 50: its standard error is at most √(¼ / 50 / 60 · 1.3) = 1 point."""
    told = story(Settings())
    assert abs(told.honest.flattery) < 0.025
    assert told.by_train.flattery > told.by_test.flattery > 0.08
    assert told.by_train.truth < told.honest.truth
    assert 0.4 < told.always < 0.55


def test_most_deals_are_the_middle_four_fifths():
    way = Way("test", tuple(np.arange(11) / 100 + 0.5), (0.5,) * 11)
    assert way.most == pytest.approx((0.01, 0.09))
    assert way.flattery == pytest.approx(0.05)


def test_counts_are_the_shares():
    told = story(Settings())
    promised, came = round(1000 * told.by_test.promise), round(1000 * told.by_test.truth)
    assert f"promises {promised} right answers. {came} come: {promised - came} wrong" in in_cases(told)
    assert points(told.by_test.flattery) in takeaway(told)


@pytest.mark.parametrize("bad", [(99,), (100, 25), (100, 50, 7), (100, 50, 0)])
def test_nonsense_is_refused(bad):
    with pytest.raises(ValueError, match="is not offered: choose"):
        Settings(*bad)


@every_preset
def test_the_picture_says_what_was_counted(chosen):
    told = story(chosen)
    picture = piles_picture(told)
    marks = {
        name: [trace.x[0] for trace in picture.checked_figure.data if trace.name == name]
        for name in ("promised", "new patients")
    }
    assert marks["promised"] == pytest.approx([100 * way.promise for way in told.ways], abs=0.051)
    assert marks["new patients"] == pytest.approx([100 * way.truth for way in told.ways], abs=0.051)
    sheets = [shape for shape in picture.figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert len(sheets) == chosen.train // 10 + 2 * (chosen.test // 10) + -(-told.new // 10)
    assert picture.table.shape == (3, 6)
    assert takeaway(told) in picture.summary
    assert len(takeaway(told).split()) <= 45
    assert 2 <= len(words.piles_headline(told).split()) <= 12
    assert len(f"{words.piles_headline(told)} {picture.title}".split()) <= 25
