"""A grey box on the photo: where it lies, what it covers, and what it does to the guesses."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from dl_core.covered_photo import (
    GRID,
    PRESETS,
    Covered,
    Guess,
    Settings,
    covered,
    pixels_of_box,
    seen_square,
    story,
    takeaway,
    worst_place,
)
from dl_core.photos import Photo, photo, sample_photo
from dl_core.vision import classify
from dl_core.vision.predict import class_probabilities
from tests.readability import sentences, words


def plain(width: int, height: int, colour: tuple[int, int, int] = (200, 90, 30)) -> Photo:
    return photo("plain", Image.new("RGB", (width, height), colour))


def noisy(width: int, height: int) -> Photo:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return photo("noisy", Image.fromarray(pixels))


def test_the_box_lies_where_it_was_put() -> None:
    # 200 x 100: half of 100 is 50 pixels a side, so 25 each way from (60 % of 200, 40 % of 100) = (120, 40)
    assert pixels_of_box(Settings(plain(200, 100), 60, 40, 50)) == (95, 15, 145, 65)
    # at a corner three quarters hang over and are cut off
    assert pixels_of_box(Settings(plain(200, 100), 0, 0, 50)) == (0, 0, 25, 25)
    assert pixels_of_box(Settings(plain(200, 100), 100, 100, 50)) == (175, 75, 200, 100)


def test_what_is_covered_is_grey_and_the_rest_is_untouched() -> None:
    shown = noisy(40, 30)
    before = np.asarray(shown.image).copy()
    after = np.asarray(covered(shown.image, (10, 5, 20, 25)))
    assert (after[5:25, 10:20] == 128).all()
    kept = np.ones((30, 40), bool)
    kept[5:25, 10:20] = False
    np.testing.assert_array_equal(after[kept], before[kept])
    np.testing.assert_array_equal(np.asarray(shown.image), before)


def test_the_share_is_the_boxs_area_over_the_photos() -> None:
    # 50 x 50 pixels of 200 x 100 are an eighth
    told = story(Settings(noisy(200, 100), 50, 50, 50))
    assert told.share == pytest.approx(1 / 8)
    assert told.edges == pytest.approx((37.5, 25, 62.5, 75))


def test_both_answers_are_the_networks_own() -> None:
    shown = sample_photo("cat")
    told = story(Settings(shown, 40, 60, 40))
    whole, part = classify(shown.image), classify(covered(shown.image, pixels_of_box(told.settings)))
    assert [guess.name for guess in told.guesses[:5]] == list(whole.labels)
    assert [guess.before for guess in told.guesses[:5]] == pytest.approx(whole.probabilities)
    assert (told.answer.name, told.answer.after) == (part.label, pytest.approx(part.probability))
    assert told.first.name == "Egyptian cat"


def test_the_sixth_bar_is_the_best_of_the_others_so_the_answer_always_has_a_bar() -> None:
    for size in (25, 50, 100):
        told = story(Settings(sample_photo("lemon"), size=size))
        assert len({guess.name for guess in told.guesses}) == 6
        assert told.answer in told.guesses


def test_a_box_beside_the_square_that_is_looked_at_changes_nothing() -> None:
    told = story(Settings(noisy(400, 100), 5, 50, 30))  # the square spans 37.5 to 62.5 % of the width
    assert told.seen == (37.5, 0, 62.5, 100)
    assert not told.is_seen
    assert all(guess.before == guess.after for guess in told.guesses)
    assert takeaway(told).endswith("It lies where the network does not look, so nothing changes.")
    assert story(Settings(noisy(400, 100), 40, 50, 30)).is_seen


def test_a_box_as_grey_as_the_photo_changes_nothing() -> None:
    told = story(Settings(plain(90, 60, (128, 128, 128))))
    assert all(guess.before == guess.after for guess in told.guesses)
    assert "stays at" in takeaway(told)


def test_all_of_what_it_sees_can_be_covered() -> None:
    everything = story(Settings(sample_photo("lemon"), 50, 50, 100))
    grey = class_probabilities(Image.new("RGB", (64, 64), (128, 128, 128)))
    assert everything.share == 1
    assert everything.answer.after == pytest.approx(grey.max())


@pytest.mark.parametrize("size", [(8, 8), (1000, 8), (8, 1000)])
def test_the_smallest_box_covers_at_least_a_pixel_of_any_photo(size: tuple[int, int]) -> None:
    for x in (0, 50, 100):
        left, top, right, bottom = pixels_of_box(Settings(plain(*size), x, 100 - x, 5))
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]


def test_a_photo_of_one_pixel_is_covered_whole() -> None:
    assert pixels_of_box(Settings(plain(1, 1), 50, 50, 5)) == (0, 0, 1, 1)
    assert seen_square(plain(1, 1).image) == (0, 0, 100, 100)


def test_the_worst_place_is_the_worst_of_all_that_were_tried() -> None:
    shown = sample_photo("cat")
    left, _, right, _ = seen_square(shown.image)
    found = worst_place(shown, 40)
    tried = {
        (x, y): story(Settings(shown, x, y, 40)).first.after
        for y in GRID[::2]
        for x in (round(left + at * (right - left) / 100) for at in GRID[::2])
    }
    assert story(Settings(shown, *found, 40)).first.after <= min(tried.values()) + 1e-6
    assert left < found[0] < right


@pytest.mark.parametrize(
    ("bad", "said"),
    [({"x": 101}, "beside the photo"), ({"y": -1}, "beside the photo"), ({"size": 4}, "choose 5 to 100")],
)
def test_nonsense_is_refused(bad: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Settings(plain(8, 8), **bad)


def test_presets_are_settings_and_differ() -> None:
    assert len({story(Settings(sample_photo("coffee"), *one)).first.after for one in PRESETS.values()}) == 3


TEAPOT = Guess("teapot", 0.82, 0.31)


def example(answer: Guess, first: Guess = TEAPOT) -> Covered:
    return Covered(
        Settings(plain(10, 10)), (first, answer), answer, 0.3, (25, 25, 75, 75), (0, 0, 100, 100), 0.25
    )


def test_the_sentence_says_what_fell_and_what_it_says_now() -> None:
    assert takeaway(example(Guess("wok", 0.1, 0.4))) == (
        "The grey box covers 25 % of the photo. “teapot” falls from 82 % to 31 %, "
        "and now the best guess is “wok”, 40 % sure."
    )
    stays = Guess("teapot", 0.82, 0.9)
    assert takeaway(example(stays, stays)).endswith("rises from 82 % to 90 %, and is still the best guess.")
    assert takeaway(example(Guess("wok", 0.1, 0.2))).endswith("Under 30 % it holds its answer back.")


def test_sentences_are_short() -> None:
    long = Guess("Brabancon griffon of three words", 0.1, 0.2)
    said = takeaway(example(long, Guess("German shepherd of four", 0.82, 0.31)))
    assert len(words(said)) <= 60
    assert max(len(words(one)) for one in sentences(said)) <= 25
