import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.numbers_in_words import bytes_in_words, percent, seconds_in_words, two_figures


@pytest.mark.parametrize(
    ("value", "words"),
    [(9.96, "10"), (0.0996, "0.10"), (153.6, "150"), (-48.4, "-48"), (5000.0, "5,000"), (1, "1.0")],
)
def test_two_figures_count(value, words):
    assert two_figures(value) == words


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.floats(0, 1))
def test_a_percentage_never_rounds_up_to_certainty(share):
    words = percent(share)
    assert (words == "100 %") == (share == 1)
    assert (words == "0 %") == (share == 0)


@pytest.mark.parametrize(
    ("n", "words"), [(999, "999 bytes"), (1000, "1.0 kB"), (999_999, "1.0 MB"), (4e15, "4,000 TB")]
)
def test_memory_takes_the_unit_that_fits(n, words):
    assert bytes_in_words(n) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1.5, "1.5 seconds"), (119, "120 seconds"), (600, "10 minutes"), (1e-9, "0.0010 microseconds")],
)
def test_time_takes_the_unit_that_fits(seconds, words):
    assert seconds_in_words(seconds) == words
