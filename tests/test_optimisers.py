import dataclasses
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.optimisers import BLOWN_UP, OPTIMISERS, Walk, overshoot_factor, walk
from dl_core.surfaces import SURFACES, surface

every_surface = pytest.mark.parametrize("ground", SURFACES, ids=lambda one: one.key)
every_optimiser = pytest.mark.parametrize("optimiser", OPTIMISERS)
TORCH = {
    "gd": lambda p, lr: torch.optim.SGD(p, lr=lr),
    "momentum": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9),
    "nesterov": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9, nesterov=True),
    "adagrad": lambda p, lr: torch.optim.Adagrad(p, lr=lr),
    "rmsprop": lambda p, lr: torch.optim.RMSprop(p, lr=lr),
    "adam": lambda p, lr: torch.optim.Adam(p, lr=lr),
}


def by_torch(ground, optimiser, learning_rate, n_steps, schedule=None):
    """The same walk by PyTorch, which also works out the gradients itself."""
    at = torch.tensor(ground.start, dtype=torch.float64, requires_grad=True)
    stepper = TORCH[optimiser]([at], learning_rate)
    rates = torch.optim.lr_scheduler.LambdaLR(stepper, schedule) if schedule else None
    places = [tuple(at.tolist())]
    for _ in range(n_steps):
        stepper.zero_grad()
        ground.height(at[0], at[1]).backward()
        stepper.step()
        if rates:
            rates.step()
        places.append(tuple(at.tolist()))
    return places


@every_optimiser
@pytest.mark.parametrize(
    ("key", "learning_rate"),
    [
        ("curve", 0.05),
        ("bowl", 0.1),
        ("ravine", 0.02),
        ("valleys", 0.02),
        ("saddle", 0.05),
        ("plateau", 0.02),
    ],
)
def test_every_step_is_pytorchs_step(optimiser, key, learning_rate):
    ground = surface(key)
    ours = walk(ground, learning_rate, ground.start, 200, optimiser)
    theirs = by_torch(ground, optimiser, learning_rate, 200)
    assert ours.n_done == 200
    for step, (x, y) in enumerate(theirs):
        assert (ours.xs[step], ours.ys[step]) == (
            pytest.approx(x, rel=1e-12, abs=1e-12),
            pytest.approx(y, rel=1e-12, abs=1e-12),
        )


@every_optimiser
def test_a_schedule_is_pytorchs_schedule(optimiser):
    def halving(step):
        return 0.5 ** (step // 10)

    ours = walk(surface("ravine"), 0.02, surface("ravine").start, 60, optimiser, halving)
    theirs = by_torch(surface("ravine"), optimiser, 0.02, 60, halving)
    assert list(zip(ours.xs, ours.ys, strict=True)) == [pytest.approx(each, rel=1e-12) for each in theirs]


@pytest.mark.parametrize(
    ("learning_rate", "ends_at"),
    [
        (0.01, 6.68),  # 10 · 0.98²⁰ = 6.676
        (0.1, 0.115),  # 10 · 0.8²⁰ = 0.1153
        (0.5, 0.0),  # 10 · 0²⁰
        (1.0, 10.0),  # 10 · (-1)²⁰
        (1.1, 383.0),  # 10 · (-1.2)²⁰ = 383.4
    ],
)
def test_twenty_steps_down_a_curve_as_in_n26(learning_rate, ends_at):
    taken = walk(surface("curve"), learning_rate, (10.0, 0.0), 20)
    assert taken.xs[-1] == pytest.approx(ends_at, rel=3e-3)
    assert taken.losses[-1] == pytest.approx(taken.xs[-1] ** 2)


def test_a_rate_of_one_half_is_there_in_one_step_and_a_rate_of_one_bounces():
    assert set(walk(surface("curve"), 0.5, (10.0, 0.0), 20).xs[1:]) == {0.0}
    assert walk(surface("curve"), 1.0, (10.0, 0.0), 3).xs == (10.0, -10.0, 10.0, -10.0)


def test_the_step_that_leaves_the_picture_is_named():
    # 10, -12, 14.4: the picture ends at 12.5
    taken = walk(surface("curve"), 1.1, (10.0, 0.0), 20)
    assert (taken.left_picture_at, taken.stopped_early, taken.rose) == (2, False, True)
    assert walk(surface("curve"), 0.1, (10.0, 0.0), 20).left_picture_at is None
    assert walk(surface("curve"), 0.1, (20.0, 0.0), 20).left_picture_at == 0


def test_a_walk_that_blows_up_is_ended_and_its_last_place_cut():
    taken = walk(surface("bowl"), 1000.0, (3.0, -2.0), 500)
    assert taken.stopped_early
    assert 1 < taken.n_done < 10
    assert (abs(taken.xs[-1]), abs(taken.ys[-1])) <= (BLOWN_UP, BLOWN_UP)
    assert max(abs(taken.xs[-1]), abs(taken.ys[-1])) == BLOWN_UP
    assert taken.left_picture_at == 1


@every_optimiser
@every_surface
@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    st.floats(0, 1e300),
    st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.floats(-1e15, 1e15)),
    st.integers(0, 30),
)
def test_no_rate_and_no_start_gives_an_error_or_an_endless_number(
    ground, optimiser, learning_rate, start, n_steps
):
    taken = walk(ground, learning_rate, start, n_steps, optimiser)
    assert all(map(math.isfinite, (*taken.xs, *taken.ys, *taken.losses)))
    assert len(taken.xs) == len(taken.ys) == len(taken.losses)
    assert taken.n_done == n_steps or taken.stopped_early
    assert taken.left_picture_at is None or 0 <= taken.left_picture_at <= taken.n_done


@every_optimiser
@every_surface
def test_on_a_minimum_and_at_rate_zero_nothing_moves(ground, optimiser):
    for floor in ground.minima:
        taken = walk(ground, 0.3, floor, 20, optimiser)
        assert set(zip(taken.xs, taken.ys, strict=True)) == {floor}
    still = walk(ground, 0.0, ground.start, 5, optimiser)
    assert set(still.xs) == {ground.start[0]}
    assert not still.rose


def test_from_the_usual_start_the_two_valleys_part_small_and_larger_rates():
    ground = surface("valleys")
    lowest, other = ground.minima
    assert walk(ground, 0.1, ground.start, 100).xs[-1] == pytest.approx(other[0])
    assert walk(ground, 0.2, ground.start, 100).xs[-1] == pytest.approx(lowest[0])
    assert walk(ground, 0.1, (1.0, 1.0), 100).xs[-1] == pytest.approx(lowest[0])
    assert walk(ground, 0.03, ground.start, 100).xs[-1] == pytest.approx(other[0])
    assert walk(ground, 0.03, ground.start, 100, "momentum").xs[-1] == pytest.approx(lowest[0], abs=0.05)


def test_a_walk_lingers_near_the_saddle_and_stays_there_from_the_ridge():
    ground = surface("saddle")
    losses = walk(ground, 0.1, ground.start, 100).losses
    saddle = ground.value(0.0, 0.0)
    assert sum(abs(loss - saddle) < 0.15 * saddle for loss in losses) >= 5  # steps spent about its height
    assert losses[-1] < 0.01
    ridge = walk(ground, 0.1, (-3.0, 0.0), 500)
    assert (ridge.xs[-1], ridge.ys[-1]) == (pytest.approx(0, abs=1e-12), 0.0)


def test_on_the_plateau_plain_descent_hardly_moves():
    taken = walk(surface("plateau"), 0.1, surface("plateau").start, 100)
    assert taken.losses[-1] > 0.98


def test_the_loss_settles_at_the_first_step_that_it_never_rises_from():
    taken = Walk((0.0,) * 5, (0.0,) * 5, (9.0, 1.0, 4.0, 1.0, 0.5), None, False)
    assert taken.settles_at(1.0) == 3
    assert taken.settles_at(9.0) == 0
    assert taken.settles_at(0.4) is None


def test_the_overshoot_factor_is_what_each_step_multiplies_by():
    taken = walk(surface("curve"), 1.1, (10.0, 0.0), 5)
    assert abs(taken.xs[3] / taken.xs[2]) == pytest.approx(overshoot_factor(surface("curve"), 1.1))
    steep = walk(surface("ravine"), 0.1, (0.0, 1.0), 3)
    assert abs(steep.ys[3] / steep.ys[2]) == pytest.approx(overshoot_factor(surface("ravine"), 0.1))
    assert overshoot_factor(surface("valleys"), 0.1) is None


def test_only_x_moves_on_a_surface_of_one_dimension():
    assert set(walk(surface("curve"), 0.1, (5.0, 3.0), 10, "adam").ys) == {0.0}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"optimiser": "sgd"}, 'no optimiser "sgd": choose one of gd, momentum'),
        ({"learning_rate": -0.1}, "give 0 or more"),
        ({"learning_rate": math.inf}, "give 0 or more"),
        ({"start": (math.nan, 0.0)}, "give two numbers"),
        ({"n_steps": -1}, "give 0 or more"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(changed, says):
    usual = {"surface": surface("bowl"), "learning_rate": 0.1, "start": (1.0, 1.0), "n_steps": 5}
    with pytest.raises(ValueError, match=says):
        walk(**(usual | changed))


def test_a_walk_cannot_be_changed_after_it_was_taken():
    with pytest.raises(dataclasses.FrozenInstanceError):
        walk(surface("bowl"), 0.1, (1.0, 1.0), 5).xs = ()
