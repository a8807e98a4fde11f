import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.piles import split_piles

LABELS = np.repeat([0, 1, 2], [50, 30, 20])


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    st.lists(st.integers(0, 4), min_size=20, max_size=80),
    st.floats(0.1, 0.6),
    st.floats(0.1, 0.3),
    st.integers(0, 99),
)
def test_every_example_lies_in_exactly_one_pile(labels, train, validation, seed):
    piles = split_piles(np.array(labels), train, validation, seed)
    everything = np.concatenate([piles.train, piles.validation, piles.test])
    assert sorted(everything.tolist()) == list(range(len(labels)))


def test_each_class_has_the_same_share_of_each_pile():
    piles = split_piles(LABELS, 0.5, 0.2, seed=1)
    # 50 %, 20 % and 30 % of 50, 30 and 20
    assert np.bincount(LABELS[piles.train]).tolist() == [25, 15, 10]
    assert np.bincount(LABELS[piles.validation]).tolist() == [10, 6, 4]
    assert np.bincount(LABELS[piles.test]).tolist() == [15, 9, 6]


def test_same_seed_same_piles_other_seed_other_piles():
    one, two, other = (split_piles(LABELS, 0.5, 0.2, seed).train.tolist() for seed in (1, 1, 2))
    assert one == two != other


@pytest.mark.parametrize("shares", [(0.6, 0.5), (0, 0.2), (0.5, 0)])
def test_shares_that_leave_a_pile_empty_are_refused(shares):
    with pytest.raises(ValueError, match="do not make three piles"):
        split_piles(LABELS, *shares, seed=0)
