import numpy as np
import pytest
from sklearn.datasets import load_wine

from dl_core.wine import load_wines


def test_our_copy_is_the_one_that_ships_with_scikit_learn():
    reference = load_wine()
    assert np.array_equal(load_wines().measurements, reference.data)
    assert list(load_wines().names) == reference.feature_names


def test_a_column_is_read_by_its_name_and_left_out_by_it():
    wines = load_wines()
    proline = wines.measurements[:, -1]
    assert np.array_equal(wines.column("proline"), proline)
    assert np.array_equal(wines.without("proline"), wines.measurements[:, :-1])


def test_an_unknown_measurement_says_which_there_are():
    with pytest.raises(ValueError, match="there is no measurement 'sugar'; choose one of alcohol, "):
        load_wines().column("sugar")


def test_nobody_can_change_what_all_readers_share():
    with pytest.raises(ValueError, match="read-only"):
        load_wines().measurements[0, 0] = 1.0


def test_the_three_cultivars_are_the_ones_that_ship_with_scikit_learn():
    wines = load_wines()
    assert np.array_equal(wines.cultivars, load_wine().target)
    # 59, 71 and 48 wines: the counts in the repository's description
    assert np.bincount(wines.cultivars).tolist() == [59, 71, 48]
    with pytest.raises(ValueError, match="read-only"):
        wines.cultivars[0] = 1
