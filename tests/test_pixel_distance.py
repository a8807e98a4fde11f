import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from sklearn.metrics import pairwise_distances

from dl_core.nearest_neighbours import distances
from dl_core.pixel_distance import (
    METRICS,
    MOST_SHIFT,
    PHOTOS,
    PRESETS,
    SIDE,
    PixelDistance,
    Settings,
    blank,
    darker,
    distance,
    moved,
    nearest_other,
    small_photo,
    story,
    takeaway,
)
from dl_core.vision.gallery import sample
from tests.readability import sentences, words

# two rows of two pixels, each red, green, blue
TINY = np.array([[[0, 0, 0], [60, 30, 0]], [[100, 0, 0], [40, 10, 8]]], np.uint8)
every_metric = pytest.mark.parametrize("metric", METRICS)
every_setting = pytest.mark.parametrize(
    "chosen",
    [Settings(photo, metric, shift) for photo in PHOTOS for metric in METRICS for shift in (0, 1, 4, 14, 20)],
    ids=str,
)
pictures = arrays(np.uint8, (3, 4, 3))
lawful = settings(deadline=None, derandomize=True, max_examples=60)


def test_a_tiny_picture_against_its_moved_copy_by_hand():
    # moved by 1, each row repeats its left pixel: differences |60|, |30|, 0 in the first row and
    # |40 - 100| = 60, 10, 8 in the second, all at the right; the left pixels do not change: six zeros
    other = moved(TINY, 1)
    assert other.tolist() == [[[0, 0, 0], [0, 0, 0]], [[100, 0, 0], [100, 0, 0]]]
    # (60 + 30 + 0 + 60 + 10 + 8) / 12 = 168 / 12 = 14
    assert distance(TINY, other, "L1") == pytest.approx(14)
    # (3600 + 900 + 0 + 3600 + 100 + 64) / 12 = 8264 / 12 = 688.67; its root is 26.24
    assert distance(TINY, other, "L2") == pytest.approx(26.2424, abs=1e-4)


def test_a_tiny_picture_against_its_blank_square_by_hand():
    # red (0 + 60 + 100 + 40) / 4 = 50, green (0 + 30 + 0 + 10) / 4 = 10, blue 8 / 4 = 2
    flat = blank(TINY)
    assert flat.tolist() == [[[50, 10, 2]] * 2] * 2
    # (50 + 10 + 50 + 10) + (10 + 20 + 10 + 0) + (2 + 2 + 2 + 6) = 120 + 40 + 12 = 172; / 12 = 14.33
    assert distance(TINY, flat, "L1") == pytest.approx(172 / 12)
    # (2500 + 100 + 2500 + 100) + (100 + 400 + 100 + 0) + (4 + 4 + 4 + 36) = 5848; / 12 = 487.33; root 22.08
    assert distance(TINY, flat, "L2") == pytest.approx(22.0756, abs=1e-4)


def test_a_tiny_picture_against_its_darker_copy_by_hand():
    # 0.6 of each value: 36, 18, 60, 24, 6 and 4.8, which rounds to 5
    other = darker(TINY)
    assert other.tolist() == [[[0, 0, 0], [36, 18, 0]], [[60, 0, 0], [24, 6, 5]]]
    # (24 + 12 + 40 + 16 + 4 + 3) / 12 = 99 / 12
    assert distance(TINY, other, "L1") == pytest.approx(8.25)


@lawful
@given(pictures, pictures, st.sampled_from(METRICS))
def test_a_distance_is_zero_to_itself_symmetric_and_within_the_scale(one, two, metric):
    assert distance(one, one, metric) == 0
    assert distance(one, two, metric) == distance(two, one, metric)
    assert 0 <= distance(one, two, metric) <= 255
    assert (distance(one, two, metric) == 0) == bool((one == two).all())


@lawful
@given(pictures, pictures, pictures, st.sampled_from(METRICS))
def test_a_detour_is_never_shorter(one, two, three, metric):
    direct, detour = distance(one, three, metric), distance(one, two, metric) + distance(two, three, metric)
    assert direct <= detour + 1e-9


@lawful
@given(pictures, pictures)
def test_l2_is_never_below_l1(one, two):
    assert distance(one, two, "L2") >= distance(one, two, "L1") - 1e-9


@lawful
@given(pictures)
def test_a_blank_squares_l2_is_the_pictures_own_spread(picture):
    # the variance around each colour's mean, and what rounding that mean to whole steps adds
    means = picture.mean(axis=(0, 1))
    spread = picture.var(axis=(0, 1)).mean() + ((np.rint(means) - means) ** 2).mean()
    assert distance(picture, blank(picture), "L2") == pytest.approx(np.sqrt(spread))


@pytest.mark.parametrize("key", PHOTOS)
def test_for_a_real_photo_that_is_its_standard_deviation(key):
    photo = small_photo(key)
    deviation = np.sqrt(photo.reshape(-1, 3).var(axis=0).mean())
    assert distance(photo, blank(photo), "L2") == pytest.approx(deviation, abs=0.005)


@lawful
@given(pictures, st.sampled_from(METRICS))
def test_mirroring_both_changes_no_distance(picture, metric):
    flat = blank(picture)
    assert distance(picture[:, ::-1], flat, metric) == pytest.approx(distance(picture, flat, metric))


@every_metric
def test_the_photos_lie_as_far_apart_as_scikit_learn_says(metric):
    rows = np.stack([small_photo(key).ravel() for key in PHOTOS]).astype(np.float64)
    n_values = SIDE * SIDE * 3
    theirs = (
        pairwise_distances(rows, metric="manhattan") / n_values
        if metric == "L1"
        else pairwise_distances(rows, metric="euclidean") / np.sqrt(n_values)
    )
    ours = [[distance(small_photo(a), small_photo(b), metric) for b in PHOTOS] for a in PHOTOS]
    np.testing.assert_allclose(ours, theirs, atol=1e-6)
    np.fill_diagonal(theirs, np.inf)
    for key, row in zip(PHOTOS, theirs, strict=True):
        assert nearest_other(key, metric) == PHOTOS[row.argmin()]


@every_metric
def test_per_value_and_the_plain_sum_of_the_lessons_formula_agree(metric):
    rows = np.stack([TINY.ravel(), darker(TINY).ravel()]).astype(np.float64)
    total = distances(rows[:1], rows[1:], metric)[0, 0]
    # 12 values: L1 divides the sum by 12, L2 the sum under the root
    per_value = total / 12 if metric == "L1" else total / np.sqrt(12)
    assert distance(TINY, darker(TINY), metric) == pytest.approx(per_value)


@pytest.mark.parametrize("key", PHOTOS)
def test_a_photo_is_the_centre_square_of_its_file_and_cannot_be_written_to(key):
    photo = small_photo(key)
    assert (photo.shape, photo.dtype) == ((SIDE, SIDE, 3), np.uint8)
    with Image.open(sample(key).path) as file:
        whole = np.asarray(file.convert("RGB"), np.float64)
    side = min(whole.shape[:2])
    top, left = (whole.shape[0] - side) // 2, (whole.shape[1] - side) // 2
    centre = whole[top : top + side, left : left + side]
    np.testing.assert_allclose(photo.mean(axis=(0, 1)), centre.mean(axis=(0, 1)), atol=1)
    with pytest.raises(ValueError, match="read-only"):
        photo[0, 0] = 0


@pytest.mark.parametrize("shift", [0, 1, 12, 20])
def test_a_moved_photo_is_the_photo_further_right_with_its_left_edge_repeated(shift):
    photo = small_photo("rocket")
    other = moved(photo, shift)
    np.testing.assert_array_equal(other[:, shift:], photo[:, : SIDE - shift])
    for column in range(shift):
        np.testing.assert_array_equal(other[:, column], photo[:, 0])


def test_the_default_shows_an_empty_square_as_the_nearest_of_all():
    # checked outside of this program with NumPy on the same squares: 31.2, 35.1, 41.8, 48.0, 70.2
    shown = story(Settings())
    assert [(one.kind, one.distance("L2")) for one in shown.candidates] == [
        ("blank", 31.2),
        ("moved", 35.1),
        ("mirrored", 41.8),
        ("darker", 48.0),
        ("other", 70.2),
    ]
    assert not shown.nearest[0].shows_the_same


def test_the_presets_show_three_different_findings():
    found = {name: story(chosen) for name, chosen in PRESETS.items()}
    rivals = [(shown.rival.kind, shown.relation) for shown in found.values()]
    assert rivals == [("blank", "nearer"), ("other", "nearer"), ("blank", "farther")]
    assert found["Where pixels work"].copies_behind_blank == 0
    strangers = [one.kind for one in found["Where pixels work"].candidates if not one.shows_the_same]
    assert strangers == [one.kind for one in found["Where pixels work"].candidates[-2:]]


@every_setting
def test_the_pictures_stand_in_the_order_of_their_distance_from_the_photo(chosen):
    shown = story(chosen)
    told = [distance(shown.photo, one.pixels, chosen.metric) for one in shown.candidates]
    assert told == sorted(told)
    assert {one.kind for one in shown.candidates} == {"moved", "mirrored", "darker", "blank", "other"}
    assert shown.of("mirrored").pixels[:, 0].tolist() == shown.photo[:, -1].tolist()


@every_setting
def test_the_sentence_says_what_the_numbers_say(chosen):
    shown, told = story(chosen), takeaway(story(chosen))
    by = {one.kind: distance(shown.photo, one.pixels, chosen.metric) for one in shown.candidates}
    first, copies, choice = sentences(told)
    rival = "other" if by["other"] < by["moved"] else "blank"
    assert re.findall(r"\d+\.\d", first) == [f"{by['moved']:.1f}", f"{by[rival]:.1f}"]
    assert ("only" in first) == (by[rival] < by["moved"])
    assert ("blank square" in first) == (rival == "blank")
    behind = sum(by[kind] > by["blank"] for kind in ("moved", "mirrored", "darker"))
    assert copies.startswith({0: "None of", 1: "1 of", 2: "2 of", 3: "All 3"}[behind])
    assert choice.endswith(f"kNN picks {shown.of(min(by, key=by.get)).phrase}.")


@every_setting
def test_the_sentence_is_short(chosen):
    told = sentences(takeaway(story(chosen)))
    assert max(len(words(each)) for each in told) <= 25


def with_distances(**steps: float) -> PixelDistance:
    """The default story with other numbers, as no photo of the gallery has them."""
    shown = story(Settings())
    changed = [replace(one, l2=steps.get(one.kind, one.l2)) for one in shown.candidates]
    return replace(shown, candidates=tuple(sorted(changed, key=lambda one: one.l2)))


def test_what_prints_the_same_is_called_a_tie():
    shown = with_distances(blank=35.12, moved=35.08)
    assert shown.relation == "as near"
    assert [one.kind for one in shown.nearest] == ["moved", "blank"]
    told = takeaway(shown)
    assert "“Chelsea the cat” moved 4 pixels and the blank square are both 35.1 steps away." in told
    assert "2 of its 3 copies are farther away than the blank square." in told  # a tie is not farther
    assert told.endswith("a tie: “Chelsea the cat” moved 4 pixels and the blank square.")


@pytest.mark.parametrize(("metric", "shift"), [("L1", 17), ("L2", 11)])
def test_the_coins_moved_by_about_one_coin_share_the_first_place(metric, shift):
    shown = story(Settings("coins", metric, shift))
    least, second = (one.distance(metric) for one in shown.candidates[:2])
    assert least == second
    assert sentences(takeaway(shown))[2].startswith("For kNN the first place is a tie: ")
    assert f"“Old coins” moved {shift} pixels" in sentences(takeaway(shown))[2]


def test_a_tenth_is_no_tie():
    shown = with_distances(blank=35.16, moved=35.08)
    assert (shown.relation, [one.kind for one in shown.nearest]) == ("farther", ["moved"])


@pytest.mark.parametrize(
    ("steps", "rival", "relation"),
    [
        ({"other": 35.1, "blank": 60}, "other", "as near"),
        ({"other": 30, "blank": 35.1}, "other", "nearer"),
        ({"other": 35.1, "blank": 30}, "blank", "nearer"),
        ({"other": 40, "blank": 60}, "blank", "farther"),
        ({"other": 35.1, "blank": 35.1}, "blank", "as near"),
    ],
)
def test_another_photo_is_named_only_where_it_says_more_than_the_blank_square(steps, rival, relation):
    shown = with_distances(moved=35.1, **steps)
    assert (shown.rival.kind, shown.relation) == (rival, relation)


def test_settings_can_be_shared_and_kept():
    assert hash(Settings()) == hash(Settings("cat", "L2", 4))
    assert len(set(PRESETS.values())) == 3


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (Settings(photo="dog"), "no sample 'dog', choose one of: coffee"),
        (Settings(metric="L3"), '"L1" or "L2", not "L3"'),
        (Settings(shift=-1), "choose 0 to 20"),
        (Settings(shift=MOST_SHIFT + 1), "choose 0 to 20"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(chosen, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        story(chosen)


def test_pictures_of_two_sizes_are_refused():
    with pytest.raises(ValueError, match="give both one size"):
        distance(TINY, small_photo("cat"), "L1")


def test_a_page_gets_it_without_torch():
    command = (
        "import sys; from dl_core.figures.pixel_distance import near_and_far; "
        "from dl_core.pixel_distance import Settings, story; near_and_far(story(Settings())); "
        "print(sorted({'torch', 'captum', 'sklearn'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", command], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
