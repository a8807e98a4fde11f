import math

import pytest

from dl_core.cost_of_use import Workload, cost_of_use
from dl_core.figures.cost_of_use import cost_curves
from dl_core.figures.picture import ACCENT


def trace(picture, name):
    return next(line for line in picture.checked_figure.data if line.name.startswith(name))


def test_the_lines_meet_at_the_marked_crossing():
    both = cost_of_use(Workload())
    mark = trace(cost_curves(both), "crossing")
    assert mark.x[0] == pytest.approx(both.crossing_requests)
    assert mark.y[0] == pytest.approx(
        both.softmax.training_seconds + both.crossing_requests * both.softmax.seconds_per_answer
    )


def test_before_the_crossing_knn_is_cheaper_and_after_it_softmax():
    picture = cost_curves(cost_of_use(Workload()))
    knn, softmax = trace(picture, "kNN"), trace(picture, "softmax")
    assert knn.y[0] < softmax.y[0]
    assert knn.y[-1] > softmax.y[-1]


def test_the_readers_day_is_marked_in_the_accent_colour():
    figure = cost_curves(cost_of_use(Workload(requests_per_day=30_000))).checked_figure
    assert [(line.x0, line.line.color) for line in figure.layout.shapes] == [(30_000, ACCENT)]
    label = next(note for note in figure.layout.annotations if note.text == "your day")
    assert label.x == pytest.approx(math.log10(30_000))


def test_without_a_crossing_the_title_says_so():
    picture = cost_curves(cost_of_use(Workload(n_examples=5, n_classes=10)))
    assert picture.checked_figure.layout.title.text == "Here kNN stays cheaper"
    assert "crossing" not in {line.name for line in picture.checked_figure.data}


def test_summary_and_table_hold_the_numbers():
    both = cost_of_use(Workload())
    assert "after 2,000 answers" in cost_curves(both).summary
    assert cost_curves(both).table["memory"].tolist() == ["150 MB", "120 kB"]
    assert "5,000 times as many steps" in cost_curves(both).summary
