import json

import pytest

from dl_core.backpropagation import EDGES, LAST, PRESETS, Settings, story
from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.backpropagation import small_network

CASES = [
    *PRESETS.values(),
    *(Settings(step=step) for step in (0, 1, 6, 7, 13, 20)),
    Settings(24, "sigmoid", 0.5, -5, 5),
    Settings(24, "relu", 0.5, 5, 5),
]
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


def texts(chosen):
    return {
        trace.name: trace.text for trace in small_network(story(chosen)).checked_figure.data if trace.text
    }


def test_forward_numbers_stand_above_slopes_below_and_weights_on_the_lines():
    end = texts(Settings())
    assert end["forward"] == ("1", "2", "1 → 1", "2 → 2", "2 → <b>0.975</b>", "0.5 → <b>0.0003125</b>")
    assert end["backward"] == ("1 ← 1", "0.5 ← 0.5", "1")
    assert end["weights"] == tuple(
        f"{old} → <b>{new}</b>"
        for old, new in zip(("0.5", "0.25", "−1", "1.5", "1", "0.5"),
                            ("0.4", "0.05", "−1.05", "1.4", "0.9", "0.3"), strict=True)
    )  # fmt: skip
    assert end["slopes"] == ("1", "2", "0.5", "1", "1", "2")


def test_what_is_not_computed_yet_does_not_stand_there():
    early = texts(Settings(step=3))
    assert early["forward"] == ("1", "2", "1 → 1", "2", "", "")
    assert early["backward"] == ("", "", "")
    assert early["slopes"] == ("",) * 6
    assert texts(Settings(step=9))["slopes"] == ("", "", "", "", "1", "2")
    assert texts(Settings(step=18))["weights"][4:] == ("1 → <b>0.9</b>", "0.5")


def test_each_step_adds_one_text_at_the_halo():
    for step in range(1, LAST):
        before, now = texts(Settings(step=step - 1)), texts(Settings(step=step))
        changed = [
            (name, i) for name in before for i, text in enumerate(now[name]) if text != before[name][i]
        ]
        assert len(changed) == 1
        figure = small_network(story(Settings(step=step))).checked_figure
        halo = next(trace for trace in figure.data if trace.name == "now")
        ((name, i),) = changed
        there = next(trace for trace in figure.data if trace.name == name)
        assert halo.x[0] == pytest.approx(there.x[i], abs=1e-3)
        assert abs(halo.y[0] - there.y[i]) < 0.15


@every_case
def test_the_film_tells_each_number_and_ends_with_the_picture(chosen):
    picture = small_network(story(chosen))
    film = json.loads(picture.film.json)
    assert film["captions"] == [one.told for one in story(chosen).numbers[: chosen.step + 1]]
    for place, attribute, frames in film["changes"]:
        assert len(frames) == chosen.step + 1
        last = list(picture.figure["data"][place][attribute])
        assert frames[-1] == (last if attribute == "text" else pytest.approx(last, rel=1e-3))
    assert len(picture.film.json) < 20_000


@every_case
def test_it_is_short_and_can_be_drawn_everywhere(chosen):
    picture = small_network(story(chosen))
    figure = picture.checked_figure
    assert 4 <= len(figure.layout.title.text.split()) <= 14
    assert all(0 <= y <= 1 for trace in figure.data for y in trace.y)
    assert "NaN" not in picture.json
    assert len(picture.json) < 8_000
    assert can_be_native(picture)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == chosen.step
    assert set(EDGES) <= {trace.name for trace in figure.data}
