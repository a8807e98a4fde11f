from dataclasses import replace

import numpy as np
import pytest

from dl_core.figures.knn_vs_softmax import SHADES, plane, shades
from dl_core.figures.picture import ACCENT
from dl_core.knn_vs_softmax import PRESETS, Settings, story
from dl_core.plane_regions import TIE


def test_the_title_states_the_finding_of_each_case():
    titles = {name: plane(story(chosen)).checked_figure.layout.title.text for name, chosen in PRESETS.items()}
    assert titles["Two clear groups"] == "Both say blue, in different ways"
    assert titles["Tangled rings"].startswith("A straight line fails")
    assert "over 99.99 %" in titles["A question far from all data"]
    assert plane(story(Settings())).checked_figure.layout.title.text == "kNN says green, softmax says orange"


def test_every_voter_is_tied_to_the_question():
    shown = story(Settings(k=7))
    threads = next(trace for trace in plane(shown).checked_figure.data if trace.name == "voters")
    assert len(threads.x) == 7 * 3
    ends = np.array([threads.x[1::3], threads.y[1::3]], dtype=float).T
    np.testing.assert_allclose(ends, shown.points[shown.voters], atol=1e-3)


def test_both_panels_show_the_same_points_and_the_readers_question():
    shown = story(Settings(n_classes=4))
    traces = plane(shown).checked_figure.data
    for label in ("blue", "orange", "green", "pink"):
        left, right = (trace for trace in traces if trace.name == label)
        assert (left.x == right.x).all()
    stars = [trace for trace in traces if trace.name == "question"]
    assert [star.marker.color for star in stars] == [ACCENT, ACCENT]
    assert [star.x for star in stars] == [(-1.7,), (-1.7,)]


def test_regions_travel_as_bytes_and_ties_keep_their_own_code():
    shown = story(replace(PRESETS["Two clear groups"], k=6, noise=0.6, query=(0.1, 0.4)))
    packed = shades(shown.knn, 2)
    assert packed.dtype == np.uint8
    assert ((packed == TIE) == (shown.knn.grid == TIE)).all()
    clear = packed[packed != TIE]
    assert (clear // SHADES == shown.knn.grid[packed != TIE]).all()
    assert plane(shown).checked_figure.data[0].z.dtype == np.uint8
    assert len(plane(shown).json) < 40_000


def test_the_table_says_what_the_picture_says():
    picture = plane(story(Settings()))
    assert picture.table["answer"].tolist() == ["green", "orange"]
    assert picture.table["numbers kept"].tolist() == [360, 9]
    assert "4 of 5 neighbours say green" in picture.summary


@pytest.mark.parametrize("n_classes", [2, 5])
def test_surest_places_get_the_strongest_shade(n_classes):
    shown = story(Settings(n_classes=n_classes))
    packed = shades(shown.softmax, n_classes)
    surest = np.unravel_index(shown.softmax.confidence_grid.argmax(), packed.shape)
    assert packed[surest] % SHADES >= SHADES - 2
