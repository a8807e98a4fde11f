from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dl_core.mlp.data import DataSet, Settings, deal, make
from dl_core.mlp.engine import Training
from dl_core.mlp.plan import Plan, n_parameters, widths
from dl_core.mlp.view import LARGEST, MOST_ROWS, NetworkView, _short, _spaced


def invented(dealt, hidden=(4, 4), n_snapshots=50):
    """A training that nobody ran: random parameters, falling losses."""
    plan = Plan(hidden=hidden)
    size = n_parameters(widths(plan, dealt.n_inputs, dealt.n_outputs))
    parameters = np.random.default_rng(1).normal(size=(n_snapshots, size)).astype(np.float32)
    losses = np.linspace(1, 0.25, n_snapshots)
    return Training(
        plan, dealt.n_inputs, dealt.n_outputs, dealt.data.task, np.arange(n_snapshots) * 4, parameters,
        losses, losses + 0.1, False, "end", 0.1,
    )  # fmt: skip


def captions(training):
    return [f"After {epoch} epochs." for epoch in training.epochs]


def view_of(kind="moons", hidden=(4, 4), n_snapshots=50, **more):
    dealt = make(Settings(kind, **more))
    training = invented(dealt, hidden, n_snapshots)
    return NetworkView.of(training, dealt, captions(training)), training, dealt


def wide_table(n, columns=20):
    rng = np.random.default_rng(2)
    names = tuple(f"measurement {i + 1}" for i in range(columns))
    return DataSet(
        "wide", "classes", rng.normal(size=(n, columns)), np.arange(n) % 5, tuple("abcde"), names, "", "Made."
    )


@pytest.mark.parametrize("kind", ["moons", "surface", "wine"])
def test_a_short_number_is_off_by_half_a_step_at_most(kind):
    view, training, dealt = view_of(kind)
    half = view.scales[:, None] / 2
    assert (np.abs(view.parameters * view.scales[:, None] - training.parameters) <= half * (1 + 1e-9)).all()
    assert (np.abs(view.inputs * view.steps - dealt.inputs) <= view.steps / 2 * (1 + 1e-9)).all()
    # the largest parameter of a frame is 32,767 steps
    assert (np.abs(view.parameters).max(axis=1) == 32_767).all()


@budget(deadline=None, max_examples=50)
@given(arrays(np.float64, (3, 5), elements=st.floats(-1e6, 1e6, allow_subnormal=False, width=32)))
def test_rows_of_any_size_come_back_within_half_a_step(rows):
    short, steps = _short(rows)
    assert (np.abs(short * steps[:, None] - rows) <= steps[:, None] * 0.500001).all()


def test_rows_keep_their_pile_their_class_and_their_number():
    view, _, dealt = view_of("moons", n=120)
    assert view.rows.tolist() == list(range(120))
    assert np.flatnonzero(view.is_test).tolist() == dealt.test.tolist()
    assert view.targets.tolist() == dealt.data.targets.tolist()


def test_values_stay_in_their_own_unit():
    view, _, dealt = view_of("delivery")
    assert view.target == ("hours", dealt.target_mean, dealt.target_spread)
    assert view.targets.tolist() == dealt.data.targets.tolist()


def test_every_row_lies_inside_the_picture():
    view, _, dealt = view_of("iris")
    assert (dealt.inputs > view.ranges[:, 0]).all()
    assert (dealt.inputs < view.ranges[:, 1]).all()


def test_a_column_that_never_varies_has_a_picture_too():
    inputs = np.column_stack([np.arange(8.0), np.full(8, 3.0)])
    data = DataSet("flat", "classes", inputs, np.arange(8) % 2, ("a", "b"), ("x", "flat"), "", "Made.")
    dealt = deal(data, 0.25, seed=0)
    training = invented(dealt)
    view = NetworkView.of(training, dealt, captions(training))
    assert view.ranges[1].tolist() == [
        -1,
        1,
    ]  # scaled it is 0 everywhere, and has a spread of 1 to either side


def test_the_default_keeps_every_moment():
    view, training, _ = view_of("moons")
    assert view.epochs.tolist() == training.epochs.tolist()
    assert view.captions[-1] == "After 196 epochs."


def test_a_large_network_keeps_fewer_moments_evenly_with_the_first_and_the_last():
    # 2·32 + 32 + 5 · (32·32 + 32) + 32·2 + 2 = 5,442 parameters, 10,884 bytes a moment, 50 of them too many
    view, training, _ = view_of("spiral", hidden=(32,) * 6, n=2000)
    assert 20 <= len(view.epochs) < 50
    assert [view.epochs[0], view.epochs[-1]] == [training.epochs[0], training.epochs[-1]]
    gaps = np.diff(view.epochs) / 4
    assert gaps.max() - gaps.min() <= 1
    assert view.captions == tuple(f"After {epoch} epochs." for epoch in view.epochs)
    assert len(view.payload) <= LARGEST


def test_the_widest_table_and_the_largest_network_fit():
    dealt = deal(wide_table(5000), 0.3, seed=0)
    training = invented(dealt, (32,) * 6)
    view = NetworkView.of(training, dealt, captions(training))
    assert len(view.rows) == MOST_ROWS
    assert view.n_all == 5000
    assert [view.rows[0], view.rows[-1]] == [0, 4999]
    assert len(view.payload) <= LARGEST - 40_000
    assert len(view.epochs) > 20


def test_places_are_spread_evenly():
    assert _spaced(5, 9).tolist() == [0, 1, 2, 3, 4]
    assert _spaced(101, 5).tolist() == [0, 25, 50, 75, 100]


def test_a_moment_without_its_sentence_is_refused():
    dealt = make(Settings())
    training = invented(dealt)
    with pytest.raises(ValueError, match="3 captions for 50 snapshots"):
        NetworkView.of(training, dealt, ["one", "two", "three"])
    with pytest.raises(ValueError, match="1 captions for 50 frames"):
        replace(NetworkView.of(training, dealt, captions(training)), captions=("one",))


@pytest.mark.parametrize("axes", [(0, 0), (0, 2), (-1, 1)])
def test_axes_are_two_columns_that_exist(axes):
    dealt = make(Settings())
    training = invented(dealt)
    with pytest.raises(ValueError, match="choose two different columns, 0 to 1"):
        NetworkView.of(training, dealt, captions(training), axes)


def test_the_summary_says_what_stands_there():
    view, _, _ = view_of("moons")
    assert view.summary == (
        "A network with 2 inputs and 2 hidden layers of 4 and 4 neurons. After 196 epochs it tells "
        "upper moon and lower moon apart. Its loss is 0.25 on the training rows and 0.35 on the test rows."
    )
    assert "no hidden layer" in view_of("surface", hidden=())[0].summary
