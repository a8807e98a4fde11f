import json

import pytest

from dl_core.figures.film import LARGEST, Film
from pages._shared import catalogue
from pages._shared.lessons import lesson as lesson_named

LESSONS = [entry.name for entry in catalogue.LESSONS]


def test_a_film_is_sent_with_no_more_figures_than_an_eye_sees():
    film = Film(
        ("a", "b"),
        grows=(3,),
        changes={1: {"y": [[123456.0, 1e-9], [0.0, -0.98765]], "text": [["x"], ["y"]]}},
    )
    assert json.loads(film.json) == {
        "captions": ["a", "b"], "grows": [3], "shown": [1, 2],
        "changes": [[1, "y", [[123500.0, 1e-9], [0.0, -0.9877]]], [1, "text", [["x"], ["y"]]]],
    }  # fmt: skip


def test_growing_traces_may_show_more_than_one_point_a_frame():
    assert json.loads(Film(("a", "b", "c"), grows=(0,), shown=(1, 10, 100)).json)["shown"] == [1, 10, 100]


@pytest.mark.parametrize(
    "wrong",
    [
        {"shown": (1,)},
        {"shown": (1, 2, 3)},
        {"changes": {0: {"x": [[1.0]]}}},
        {"changes": {0: {"x": [[1.0]] * 3}}},
    ],
)
def test_a_frame_without_its_caption_is_refused(wrong):
    with pytest.raises(ValueError, match="give each frame one caption"):
        Film(("a", "b"), **wrong)


def test_an_endless_number_never_reaches_the_browser():
    with pytest.raises(ValueError, match="not JSON compliant"):
        _ = Film(("a",), changes={0: {"x": [[float("inf")]]}}).json


@pytest.mark.parametrize("path", LESSONS)
def test_every_film_ends_with_the_picture_and_is_small(path, open_page, pictures):
    """Presets included: the last frame shows all points of what grows, and what changes as it stands."""
    app = open_page(f"{path}.py")
    seen = 0
    for key in [None, *(str(group.key) for group in app.button_group if str(group.key).endswith("_preset"))]:
        for preset in app.button_group(key=key).options if key else [None]:
            if preset:
                app.button_group(key=key).set_value(preset).run()
            for chart in pictures(app).values():
                if chart["film"]:
                    seen += 1
                    check(json.loads(chart["film"]), json.loads(chart["figure"])["data"])
                    assert len(chart["film"]) + len(chart["figure"]) <= LARGEST
    films = [
        scene.key for scene in lesson_named(path).scenes if scene.key in {"path", "race", "hand", "better"}
    ]
    assert seen or not films, "a film is no longer sent"


def check(film, traces):
    assert all(caption.strip() for caption in film["captions"])
    for place in film["grows"]:
        assert isinstance(traces[place]["x"], list), "the browser cuts plain lists only"
        assert film["shown"][-1] >= len(traces[place]["x"])
        assert list(film["shown"]) == sorted(film["shown"])
    for place, name, frames in film["changes"]:
        stands = traces[place][name]
        if isinstance(stands, list) and all(isinstance(value, float | int) for value in stands):
            assert frames[-1] == pytest.approx(stands, rel=2e-3, abs=1e-9)
