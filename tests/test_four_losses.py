import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.four_losses import LOSSES, right_share, score_of

every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
every_label = pytest.mark.parametrize("label", [1, -1])
scores = st.floats(-30, 30)
lawful = settings(deadline=None, derandomize=True, max_examples=100)


@every_loss
@every_label
@pytest.mark.parametrize("side", [-1, 1])
def test_each_slope_is_the_central_difference_on_both_sides_of_the_kink(loss, label, side):
    # the kink of hinge lies at a score of 1 for yes and -1 for no; step around it, never over it
    step = 1e-6
    at = np.concatenate([np.linspace(-8, 8, 41) + 0.013, [label + side * 1e-3, side * 1e-3]])
    difference = (loss.value(at + step, label) - loss.value(at - step, label)) / (2 * step)
    np.testing.assert_allclose(loss.slope(at, label), difference, atol=1e-8, rtol=1e-6)


@every_label
def test_hinge_stops_pushing_at_its_kink(label):
    hinge = LOSSES[1]
    assert hinge.slope(np.array([label * 1.0]), label).tolist() == [0.0]
    assert hinge.slope(np.array([label * 0.999]), label).tolist() == [-label]


@every_label
def test_values_and_slopes_are_those_of_torch(label):
    at = torch.linspace(-9, 9, 61, dtype=torch.float64, requires_grad=True)
    truth = torch.full_like(at, (label + 1) / 2)
    share = torch.sigmoid(at)
    theirs = (
        torch.nn.functional.binary_cross_entropy_with_logits(at, truth, reduction="none"),
        torch.nn.functional.relu(1 - label * at),
        torch.nn.functional.mse_loss(share, truth, reduction="none"),
        torch.nn.functional.l1_loss(share, truth, reduction="none"),
    )
    for loss, their in zip(LOSSES, theirs, strict=True):
        (slope,) = torch.autograd.grad(their.sum(), at, retain_graph=True)
        ours = at.detach().numpy()
        np.testing.assert_allclose(loss.value(ours, label), their.detach().numpy(), atol=1e-12)
        np.testing.assert_allclose(loss.slope(ours, label), slope.numpy(), atol=1e-12)


@lawful
@given(scores, scores)
def test_a_worse_score_never_costs_less(one, other):
    low, high = sorted((one, other))
    for loss in LOSSES:
        for_yes, for_no = loss.value(np.array([low, high]), 1), loss.value(np.array([low, high]), -1)
        assert for_yes[0] >= for_yes[1]
        assert for_no[0] <= for_no[1]


@lawful
@given(scores)
def test_yes_and_no_are_mirror_images(score):
    for loss in LOSSES:
        mirrored = loss.value(np.array([-score]), -1)
        assert loss.value(np.array([score]), 1) == pytest.approx(mirrored)
        assert loss.slope(np.array([score]), 1) == pytest.approx(-loss.slope(np.array([-score]), -1))


@lawful
@given(scores)
def test_the_shares_of_both_truths_add_up_to_one(score):
    at = np.array([score])
    assert right_share(at, 1) + right_share(at, -1) == pytest.approx(1)
    assert score_of(0.5) == 0


@every_loss
def test_no_charge_is_below_zero_or_above_what_the_loss_can_charge(loss):
    at = np.linspace(-800, 800, 401)  # where e to the score overflows
    flips = loss.value(at, 1) / loss.coin_flip
    assert (flips >= 0).all()
    assert (flips <= loss.most + 1e-12).all()
    if math.isfinite(loss.most):
        assert flips.max() == pytest.approx(loss.most)  # the ceiling is reached, not only announced
    assert np.isfinite(loss.slope(at, 1)).all()
