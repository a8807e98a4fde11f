"""The nearest training photos: near ones rank near, strange ones rank far, and what distance is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.course_models import read_models
from dl_core.near_photos import (
    FAR,
    GAIN,
    LOOKED_AT,
    MIDDLE,
    RUNNERS_UP,
    SHOWN,
    NearStory,
    Neighbour,
    Settings,
    class_average,
    raised,
    share_nearer,
    spotting_rows,
    spotting_sentence,
    story,
    summary,
    takeaway,
)
from dl_core.photos import photo, sample_photo
from dl_core.vision import classify
from dl_core.vision.features import photo_features
from dl_core.vision.gallery import gallery


@pytest.fixture(scope="module")
def told() -> dict[str, NearStory]:
    return {sample.key: story(Settings(sample_photo(sample.key))) for sample in gallery()}


def test_the_distances_are_angles_between_features(told: dict[str, NearStory]) -> None:
    models, asked = read_models(), photo_features(sample_photo("lemon").image)
    likeness = models.neighbours.astype(float) @ (asked / np.linalg.norm(asked))
    expected = np.sort(np.degrees(np.arccos(likeness)))[:SHOWN]
    found = [neighbour.degrees for neighbour in told["lemon"].neighbours]
    np.testing.assert_allclose(found, expected, atol=0.01)


def test_a_stored_photos_own_features_are_found_at_no_distance() -> None:
    from dl_core.course_models import nearest

    models = read_models()
    rows, angles = nearest(models.neighbours, models.neighbours[[7, 4321]].astype(np.float64), 3)
    assert rows[:, 0].tolist() == [7, 4321]
    assert angles[:, 0] == pytest.approx([0, 0], abs=0.1)


@pytest.mark.parametrize("key", ["galaxies", "coins"])
def test_what_is_not_on_the_list_lies_far(told: dict[str, NearStory], key: str) -> None:
    assert told[key].far
    assert told[key].nearer > FAR
    assert takeaway(told[key]).startswith("Hardly any training photo is near")
    assert "treat the answer with doubt" in takeaway(told[key])


def test_the_speaker_finds_the_galaxies_very_sure_and_very_far(told: dict[str, NearStory]) -> None:
    assert told["galaxies"].sure > 0.8
    assert not told["galaxies"].refused
    # one neighbour alone would not have warned: that is why the tenth is measured
    assert told["galaxies"].nearer_first < 0.5


def test_a_cup_of_espresso_lies_near_others(told: dict[str, NearStory]) -> None:
    near = told["coffee"]
    assert near.agree == SHOWN
    assert near.nearer < 0.05
    assert takeaway(near).startswith("**All 10** nearest training photos show **espresso**")


@pytest.mark.parametrize("key", [sample.key for sample in gallery()])
def test_classes_hold_all_ten_and_the_answer_is_the_pages(told: dict[str, NearStory], key: str) -> None:
    near = told[key]
    assert near.label == classify(sample_photo(key).image).label
    assert sum(len(places) for _, places in near.by_class) == SHOWN
    assert [n.degrees for n in near.neighbours] == sorted(n.degrees for n in near.neighbours)
    assert len(near.others) == RUNNERS_UP
    assert not {one.label for one in near.others} & {label for label, _ in near.by_class}
    assert all(one.degrees >= near.neighbours[-1].degrees for one in near.others)
    assert len(takeaway(near).split()) <= 45


def test_enough_are_looked_up_for_four_classes() -> None:
    assert read_models().about["neighbours_per_class"] * RUNNERS_UP < LOOKED_AT


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (20, 20)])
def test_odd_photos_have_neighbours_too(size: tuple[int, int]) -> None:
    near = story(Settings(photo("odd", Image.new("RGB", size, (90, 90, 90)))))
    assert len(near.neighbours) == SHOWN
    assert 0 <= near.nearer <= 1


def test_a_share_is_read_off_the_quantiles() -> None:
    rising = np.linspace(20, 70, 101, dtype=np.float32)
    assert share_nearer(rising, 32.5) == pytest.approx(0.25)
    yard = read_models().yardstick
    assert set(yard) == {
        f"{which} {part}" for which in ("first", "tenth") for part in ("all", "right", "wrong")
    }
    for quantiles in yard.values():
        assert len(quantiles) == 101
        assert (np.diff(quantiles) >= 0).all()
    assert (yard["tenth all"] >= yard["first all"]).all()
    # wrong answers lie farther out, but the two overlap widely
    assert yard["tenth right"][50] < yard["tenth wrong"][50] < yard["tenth right"][95]


def test_sentences_for_one_none_and_other_classes(told: dict[str, NearStory]) -> None:
    base = told["coffee"]
    names = ("wok", *["teapot"] * 5, *["acorn"] * 4)
    row = tuple(Neighbour(name, 30.0 + i) for i, name in enumerate(names))
    one = replace(base, label="wok", neighbours=row, nearer=0.6)
    assert takeaway(one) == (
        "**1 of the 10** nearest training photos shows **wok**, the network's answer. "
        "Teapot comes more often: 5 times. "
        "They lie **farther than the ten of 60 %** of held-out photos do."
    )
    most = replace(
        one, neighbours=tuple(replace(n, label="teapot") if n.label == "acorn" else n for n in row)
    )
    assert " Most show teapot: 9. They lie" in takeaway(most)
    names = ("wok", *("teapot", "lemon") * 2, *("acorn", "orange") * 2, "bucket")
    level = replace(one, neighbours=tuple(Neighbour(name, 30.0) for name in names))
    assert " No name comes more than twice. They lie" in takeaway(level)  # nobody leads
    apart = tuple(Neighbour(name, 30.0) for name in "abcdefghij")
    assert " No name comes more than once. They lie" in takeaway(replace(one, neighbours=apart))
    backed = replace(one, label="teapot")  # none more often than the answer: nothing to add
    assert "network's answer. They lie" in takeaway(backed)
    none = replace(one, label="lemon", nearer=0.3)
    assert takeaway(none).startswith("**None of the 10** nearest")
    assert "nearer than the ten of 70 %" in takeaway(none)
    assert "any held-out photo" in takeaway(replace(one, nearer=1.0))
    assert summary(one).startswith("teapot: 5 photos, the nearest at 31°")


def test_what_distance_is_worth_was_counted() -> None:
    wrong, *strangers = read_models().spotting
    assert wrong.pile == "wrong answers"
    for row in (wrong, *strangers):
        for value, low, high in (row.sure, row.far, row.far_first):
            assert 0 <= low <= value <= high <= 1
    # what the notes say: nothing added for wrong answers, a warning of strange photos
    assert wrong.both is not None
    assert wrong.both[0] < wrong.sure[0] + 0.005
    assert wrong.far[2] < wrong.sure[1]
    assert max(row.far[1] for row in strangers) > 0.9
    assert "so distance adds next to nothing" in spotting_sentence()
    assert len(spotting_rows()) == 1 + len(strangers)


def test_each_class_has_an_average_without_detail() -> None:
    for label in (0, 19, 20, 199):
        found = class_average(label)
        assert found.shape == (16, 16, 3)
        # an average of hundreds of photos: neighbouring pixels hardly differ
        assert np.abs(np.diff(found.astype(int), axis=0)).mean() < 8
    assert not np.array_equal(class_average(19), class_average(20))


def test_all_averages_are_raised_alike_about_their_mean() -> None:
    sheet = np.stack([class_average(label) for label in range(200)])
    assert round(float(sheet.mean())) == MIDDLE
    higher = raised(sheet).astype(int)
    spread = higher.reshape(200, -1, 3).mean(axis=1).std(axis=0)
    assert (spread > 2.5 * sheet.reshape(200, -1, 3).mean(axis=1).std(axis=0)).all()  # hardly anything is cut
    one = sheet[3, 5, 5].astype(int)
    assert (higher[3, 5, 5] == np.clip(128 + GAIN * (one - MIDDLE), 0, 255)).all()
