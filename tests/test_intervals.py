import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.intervals import share_of, share_of_groups


def test_95_percent_of_1000_is_known_to_about_1_4_points():
    # +-1.96 * sqrt(0.95 * 0.05 / 1000) = +-0.0135 (SOURCES.md, trap 20); Wilson leans a little to the middle
    score = share_of(950, 1000)
    assert (score.high - score.low) / 2 == pytest.approx(0.0135, abs=3e-4)


def test_wilsons_interval_against_a_published_table():
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29
    table = (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    )
    for hits, n, low, high in table:
        score = share_of(hits, n)
        assert score.low == pytest.approx(low, abs=5e-5)
        assert score.high == pytest.approx(high, abs=5e-5)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval(counts):
    score = share_of(*counts)
    assert 0 <= score.low <= score.value + 1e-12
    assert score.value - 1e-12 <= score.high <= 1


@pytest.mark.parametrize("counts", [(3, 2), (-1, 5), (0, 0)])
def test_counts_that_contradict_each_other_are_refused(counts):
    with pytest.raises(ValueError, match="cannot be"):
        share_of(*counts)


def test_answers_in_groups_count_as_their_groups():
    # 28 groups of 3: the range of 0.9048 with n = 28 by Wilson's formula, z = 1.96:
    # (0.9048 + 0.0686 ± 1.96 · sqrt(0.9048 · 0.0952 / 28 + 0.00122)) / 1.1372 = 0.743 and 0.969
    score = share_of_groups(76, 84, 28)
    assert (score.hits, score.n) == (76, 84)
    assert score.low == pytest.approx(0.743, abs=2e-3)
    assert score.high == pytest.approx(0.969, abs=2e-3)
    assert share_of_groups(30, 40, 40) == share_of(30, 40)
    with pytest.raises(ValueError, match="cannot come in 9 groups"):
        share_of_groups(4, 8, 9)
