import math
import re
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_wine
from sklearn.linear_model import LinearRegression

from dl_core.rate_schedules import (
    END_RATES,
    N_PASSES,
    PRESETS,
    SHAPES,
    START_RATES,
    Settings,
    best_possible,
    decimal,
    drops,
    schedule,
    story,
    takeaway,
    train,
    wines,
)
from tests.readability import sentences, words

every_setting = pytest.mark.parametrize(
    "chosen",
    [Settings(start, end, shape) for start in START_RATES for end in END_RATES for shape in SHAPES],
    ids=str,
)


def torch_rates(make, start, n_passes):
    """The rates of a torch scheduler, pass by pass."""
    weight = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([weight], lr=start)
    scheduler = make(optimiser)
    rates = []
    for _ in range(n_passes):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    return rates


def test_from_a_tenth_to_a_ten_thousandth_are_three_factors_of_ten():
    # N17: 0.1 / 0.0001 = 1000 = 10 · 10 · 10
    assert drops(0.1, 0.0001) == 3
    rates = schedule("steps", 0.1, 0.0001, 60)
    assert rates == (0.1,) * 15 + (0.01,) * 15 + (0.001,) * 15 + (0.0001,) * 15
    assert "by 3 factors of 10" in takeaway(story(Settings()))


def test_drops_are_torchs_step_schedule():
    ours = schedule("steps", 0.1, 0.0001, 60)
    theirs = torch_rates(lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=15, gamma=0.1), 0.1, 60)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@pytest.mark.parametrize(("start", "end"), [(0.1, 0.0001), (0.3, 0.01)])
def test_half_a_wave_is_torchs_cosine_annealing(start, end):
    make = lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=N_PASSES - 1, eta_min=end)  # noqa: E731
    theirs = torch_rates(make, start, N_PASSES)
    np.testing.assert_allclose(schedule("cosine", start, end, N_PASSES), theirs, rtol=1e-9)


@pytest.mark.parametrize(("start", "end"), [(0.1, 0.0001), (0.3, 0.01)])
def test_one_over_t_is_torchs_lambda_schedule(start, end):
    decay = (start / end - 1) / (N_PASSES - 1)
    make = lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda t: 1 / (1 + decay * t))  # noqa: E731
    theirs = torch_rates(make, start, N_PASSES)
    np.testing.assert_allclose(schedule("1/t", start, end, N_PASSES), theirs, rtol=1e-9)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(st.sampled_from(SHAPES), st.floats(0.001, 1), st.floats(0.001, 1), st.integers(12, 80))
def test_a_schedule_starts_at_the_start_ends_at_the_end_and_never_climbs(shape, start, share, n_passes):
    end = start * share
    rates = schedule(shape, start, end, n_passes)
    assert len(rates) == n_passes
    assert rates[0] == pytest.approx(start)
    assert rates[-1] == pytest.approx(start if shape == "constant" else end)
    assert all(later <= earlier * (1 + 1e-12) for earlier, later in pairwise(rates))


def test_a_run_is_what_torch_gets_from_the_same_wines_in_the_same_order():
    data, rates = wines(), schedule("cosine", 0.1, 0.01, 3)
    line = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimiser, rng = torch.optim.SGD([line], lr=0.1), np.random.default_rng(0)
    x, y = (torch.tensor(each[data.train]) for each in (data.inputs, data.targets))
    for n, rate in enumerate(rates):
        optimiser.param_groups[0]["lr"] = rate
        for i in rng.permutation(len(x)):
            optimiser.zero_grad()
            (0.5 * (line[0] * x[i] + line[1] - y[i]) ** 2).backward()
            optimiser.step()
        for pile, told in ((data.train, train(rates).train), (data.validation, train(rates).validation)):
            errors = line[0].item() * data.inputs[pile] + line[1].item() - data.targets[pile]
            assert told[n] == pytest.approx(math.sqrt((errors**2).mean()), rel=1e-9)


def test_the_wines_are_scikit_learns_and_the_piles_share_none():
    data, theirs = wines(), load_wine()
    assert not set(data.train) & set(data.validation)
    assert len(data.train) + len(data.validation) == 178
    alcohol = theirs.data[:, theirs.feature_names.index("alcohol")]
    np.testing.assert_allclose(data.targets, alcohol - alcohol[data.train].mean())
    assert data.inputs[data.train].std() == pytest.approx(1)


def test_no_run_beats_the_best_line_of_scikit_learn_and_a_falling_rate_comes_close():
    data = wines()
    x, y = data.inputs[data.train][:, None], data.targets[data.train]
    errors = LinearRegression().fit(x, y).predict(x) - y
    best = math.sqrt((errors**2).mean())
    assert best_possible() == pytest.approx(best)
    for shape in SHAPES:
        assert min(story(Settings(shape=shape)).chosen.train) >= best - 1e-12
    for shape in SHAPES[1:]:
        assert story(Settings(shape=shape)).chosen.train[-1] < best + 0.0005
    assert story(Settings(shape="constant")).chosen.train[-1] > best + 0.01


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_a_falling_rate_settles_where_the_constant_one_keeps_jumping(shape):
    told = story(Settings(0.1, 0.0001, shape))
    assert told.chosen.settled
    assert not told.constant.settled
    assert told.small.validation[-1] > told.chosen.validation[-1] + 0.05  # calm, and not there yet


@every_setting
def test_the_sentence_says_what_the_numbers_say(chosen):
    told = story(chosen)
    text = takeaway(told)
    assert max(len(words(each)) for each in sentences(text)) <= 25
    first = sentences(text)[0]
    assert first.startswith(f"Held at {decimal(chosen.start_rate)}")
    last = told.constant.validation[-10:]
    low, high = f"{min(last):.2g}", f"{max(last):.2g}"
    rests = max(last) - min(last) < 0.01 or low == high
    assert ("settles at" in first) == rests
    assert (f"between {low} and {high} %" in first) == (not rests)
    assert ("Falling from" in text) == (chosen.shape != "constant" and chosen.end_rate < chosen.start_rate)
    assert not re.search(r"nan|inf\b|e-\d", text)


def test_same_settings_same_result():
    assert story(Settings()) == story(Settings())
    assert len(set(PRESETS.values())) == 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"start_rate": 0}, "choose above 0"),
        ({"start_rate": math.nan}, "choose above 0"),
        ({"start_rate": 2}, "up to 1"),
        ({"start_rate": 0.01, "end_rate": 0.1}, "choose an end below the start"),
        ({"shape": "zigzag"}, "choose one of constant, steps, cosine, 1/t"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**wrong)
