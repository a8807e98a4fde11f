import re

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from dl_core.collapsing_layers import DEPTHS, VIEWS, Settings, decimals, story, takeaway
from dl_core.moon_networks import moons
from tests.readability import sentences, words

every_depth = pytest.mark.parametrize("n_layers", DEPTHS)


@every_depth
def test_plain_layers_come_to_one_line_to_rounding(n_layers):
    shown = story(Settings(n_layers))
    assert shown.line.weights.shape == (1, 2)
    assert shown.difference < 1e-12
    assert len(shown.products) == n_layers


@every_depth
def test_the_plain_border_is_straight_and_the_one_with_relu_is_not(n_layers):
    shown = story(Settings(n_layers))

    def bend(surface):  # second differences along both axes: 0 for a plane, whatever its slope
        return max(np.abs(np.diff(surface, 2, axis=axis)).max() for axis in (0, 1))

    assert bend(shown.plain.map) < 1e-12
    assert bend(shown.bent.map) > 0.1


@every_depth
def test_no_depth_beats_the_best_line_and_relu_does(n_layers):
    shown = story(Settings(n_layers))
    new, truth = moons(shown.plain.new.n, seed=2)
    line = LogisticRegression(C=1e6).fit(shown.points, shown.labels)
    best_line = line.score(new, truth)
    assert shown.plain.new.value < best_line + 0.03
    assert shown.bent.new.value > best_line + 0.07
    assert shown.bent.seen_right.all()
    assert not shown.plain.seen_right.all()


@every_depth
def test_the_right_answers_are_counted_on_points_that_nobody_learned_from(n_layers):
    shown = story(Settings(n_layers))
    new, truth = moons(500, seed=2)
    for one in (shown.plain, shown.bent):
        assert one.new.hits == ((one.network.scores(new) > 0) == (truth == 1)).sum()
    assert not (new[:, None] == shown.points[None]).all(axis=2).any()


def test_the_sentence_counts_the_numbers():
    # five layers: 2·4 + 4, three times 4·4 + 4, and 4 + 1: 12 + 60 + 5 = 77; a line has 2 weights and a bias
    told = takeaway(story(Settings()))
    assert "5 layers with 77 numbers come to one line with 3" in told
    assert "Without activation 2 layers with 17 numbers" in takeaway(story(Settings(2)))  # 12 + 5
    assert "it says upper moon" in takeaway(story(Settings(5, "sums")))


@pytest.mark.parametrize(("difference", "n"), [(0.0, 15), (3e-15, 14), (1e-3, 3), (0.002, 2), (1e-20, 15)])
def test_the_same_to_so_many_decimals(difference, n):
    assert decimals(difference) == n


@every_depth
@pytest.mark.parametrize("view", VIEWS)
def test_no_setting_makes_a_long_sentence_or_a_broken_number(n_layers, view):
    told = takeaway(story(Settings(n_layers, view)))
    assert not re.search(r"nan|inf|\de[+−-]?\d|-\d", told)
    assert max(len(words(each)) for each in sentences(told)) <= 25


@pytest.mark.parametrize("chosen", [(1, "borders"), (6, "borders"), (3, "film")])
def test_nonsense_is_refused_with_a_way_on(chosen):
    with pytest.raises(ValueError, match="choose"):
        Settings(*chosen)
