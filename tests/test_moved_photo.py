"""The moved photo: exact transformations, laws of convolution, and an answer that agrees with the page's."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import rotate

from dl_core.moved_photo import (
    AMOUNTS,
    LAYERS,
    STAYS,
    Moved,
    Point,
    Settings,
    in_words,
    nearest,
    place,
    story,
    takeaway,
)
from dl_core.photos import Photo, photo, sample_photo
from dl_core.vision import classify
from dl_core.vision.moving import EDGES, SIDE, apart, moved, square_of

RNG = np.random.default_rng(0)
SQUARE = RNG.integers(0, 256, (32, 32, 3), dtype=np.uint8)


def own(pixels: np.ndarray) -> Photo:
    return photo("your photo", Image.fromarray(pixels))


def drawn(way: str, amounts: dict[float, tuple[str, float]]) -> Moved:
    """A result by hand: amount → best guess now, and how sure it still is of the first."""
    look = np.zeros((64, 64, 3), np.uint8)
    points = tuple(
        Point(amount, name, kept if name == "teapot" else max(kept, 0.5), kept, look)
        for amount, (name, kept) in amounts.items()
    )
    return Moved(Settings(sample_photo("coffee"), way, AMOUNTS[way][0]), points)


@pytest.mark.parametrize("way", AMOUNTS)
@pytest.mark.parametrize("edge", EDGES)
def test_the_amount_that_stays_changes_no_pixel(way, edge):
    np.testing.assert_array_equal(moved(SQUARE, way, STAYS[way], edge), SQUARE)


def test_a_shift_moves_columns_and_fills_with_the_average():
    # a quarter of 32 pixels is 8
    there = moved(SQUARE, "shift", 25.0)
    np.testing.assert_array_equal(there[:, 8:], SQUARE[:, :-8])
    np.testing.assert_array_equal(there[:, :8], np.broadcast_to(np.rint(SQUARE.mean((0, 1))), (32, 8, 3)))
    mirrored = moved(SQUARE, "shift", 25.0, "mirror")
    np.testing.assert_array_equal(mirrored[:, :8], SQUARE[:, :8][:, ::-1])
    back = moved(SQUARE, "pixels", -3.0)
    np.testing.assert_array_equal(back[:, :-3], SQUARE[:, 3:])


def test_right_angles_turn_clockwise_and_lose_nothing():
    np.testing.assert_array_equal(moved(SQUARE, "turn", 90.0), np.rot90(SQUARE, -1))
    np.testing.assert_array_equal(moved(SQUARE, "turn", 180.0), np.rot90(SQUARE, 2))
    np.testing.assert_array_equal(moved(SQUARE, "turn", -90.0), np.rot90(SQUARE, 1))


def test_a_slanted_turn_is_that_of_scipy():
    smooth = np.asarray(Image.fromarray(SQUARE[:6, :6]).resize((64, 64), Image.Resampling.BICUBIC))
    ours = moved(smooth, "turn", 22.5)[16:48, 16:48].astype(float)
    theirs = rotate(smooth.astype(float), -22.5, reshape=False, order=3)[16:48, 16:48]
    assert np.abs(ours - np.clip(theirs, 0, 255)).mean() < 1.5  # both interpolate, not in the same way


def test_half_the_size_is_the_average_of_four_pixels_in_the_middle():
    half = moved(SQUARE, "size", 0.5)
    four = SQUARE.reshape(16, 2, 16, 2, 3).mean((1, 3))
    assert np.abs(half[8:24, 8:24] - four).max() <= 1
    np.testing.assert_array_equal(half[:8], np.broadcast_to(np.rint(SQUARE.mean((0, 1))), (8, 32, 3)))
    assert moved(SQUARE, "size", 0.25, "mirror").shape == (32, 32, 3)
    twice = moved(SQUARE, "size", 2.0)
    theirs = Image.fromarray(SQUARE[8:24, 8:24]).resize((32, 32), Image.Resampling.BICUBIC)
    assert np.abs(twice[4:-4, 4:-4].astype(int) - np.asarray(theirs)[4:-4, 4:-4]).max() <= 1


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize(("way", "amount"), [("turn", 67.5), ("size", 0.25), ("shift", -40.0)])
def test_a_flat_photo_stays_flat(way, amount, edge):
    flat = np.full((20, 20, 3), (30, 120, 40), np.uint8)
    np.testing.assert_array_equal(moved(flat, way, amount, edge), flat)


@pytest.mark.parametrize("size", [(1, 1), (3, 90), (640, 20), (300, 200), (64, 64)])
def test_any_photo_has_a_middle_square(size):
    square = square_of(Image.new("RGB", size, (9, 200, 77)))
    assert square.shape == (SIDE, SIDE, 3)
    assert (square == (9, 200, 77)).all()


def test_the_unmoved_photo_is_answered_as_at_the_top_of_the_page():
    for key in ("coffee", "cat"):
        told, found = story(Settings(sample_photo(key), "size", 0.5)), classify(sample_photo(key).image)
        assert told.first.label == found.label
        assert told.first.kept == told.first.probability == pytest.approx(found.probability, abs=1e-9)
        assert [one.amount for one in told.points] == sorted(AMOUNTS["size"])
        assert told.is_whole
        assert told.chosen.amount == 0.5
        assert all(one.kept <= one.probability + 1e-12 for one in told.points)
        assert told.n_held == sum(one.label == found.label for one in told.points) - 1


def test_a_point_is_the_answer_to_the_moved_photo():
    told = story(Settings(sample_photo("cat"), "turn", 90.0))
    turned = Image.fromarray(moved(square_of(sample_photo("cat").image), "turn", 90.0))
    found = classify(turned)
    assert (told.chosen.label, told.chosen.probability) == (
        found.label,
        pytest.approx(found.probability, abs=1e-6),
    )
    assert told.chosen.look.shape == (64, 64, 3)
    assert not told.chosen.look.flags.writeable


def test_the_first_layers_map_moves_along_exactly_and_the_second_at_every_second_pixel():
    """A convolution with stride s gives the same map, s places on, when its input moves by s (the proof is
    one line: the same kernel meets the same pixels). So the first layer is off by nothing at any shift, and
    the second, which keeps every second place, at even shifts."""
    for pixels in (
        sample_photo("coffee").image,
        Image.fromarray(RNG.integers(0, 256, (80, 80, 3), np.uint8)),
    ):
        told = story(Settings(photo("x", pixels), "pixels", 1.0))
        for one in told.points:
            first, second, last = one.apart
            assert first < 1e-5
            assert second < 1e-5 if one.amount % 2 == 0 else second > 0.2
            assert (last < 1e-6) == (one.amount == 0)


def test_apart_is_the_relative_difference():
    before = np.zeros((1, 1, 4), np.float32)
    before[0, 0] = (3, 0, 4, 0)
    now = np.zeros_like(before)
    now[0, 0] = (9, 3, 0, 1)  # moved by one, and 4 has become 1
    # overlap: (3, 0, 1) beside (3, 0, 4): 3 / 5
    assert apart(now, before, 1) == pytest.approx(0.6)
    assert apart(now, np.zeros_like(before), 1) == 0.0


def test_a_stop_gives_a_valid_part_that_nobody_keeps():
    asked: list[float] = []

    def go_on(share: float) -> bool:
        asked.append(share)
        return len(asked) < 4

    settings = Settings(own(SQUARE), "shift", 40.0)
    part = story(settings, go_on)
    assert {abs(one.amount) for one in part.points} == {0.0, 5.0, 10.0}
    assert len(part.points) == 4
    assert not part.is_whole
    assert part.first.amount == 0.0
    assert part.chosen.amount == max(one.amount for one in part.points)
    assert takeaway(part).startswith("Stopped early. Moved ")
    assert asked == sorted(asked)
    assert asked[0] > 0
    assert asked[-1] < 1
    whole = story(settings)
    assert whole.is_whole
    again = story(settings, lambda share: pytest.fail("what is known is not measured again"))
    assert again == whole


def test_nothing_at_all_is_still_a_result():
    part = story(Settings(own(SQUARE[:3]), "turn", 90.0), lambda share: False)
    assert part.points == (part.first,)
    assert part.others == ()
    assert part.n_held == 0
    assert takeaway(part).startswith("Stopped early. As it is, the network is ")


def test_places_and_words():
    assert [place("size", amount) for amount in (0.25, 1.0, 2.0)] == [-2, 0, 1]
    assert (nearest("turn", 80.0), nearest("size", 0.1), nearest("pixels", 3.6)) == (90.0, 1.0, 4.0)
    assert in_words("turn", -180.0) == "180° left"
    for way, amounts in AMOUNTS.items():
        assert STAYS[way] in amounts
        assert len({in_words(way, amount) for amount in amounts}) == len(amounts)  # the link holds the words


def test_sentences_say_what_held_and_what_became_of_it():
    told = drawn("shift", {-40.0: ("wok", 0.1), -35.0: ("teapot", 0.4), 0.0: ("teapot", 0.8)})
    assert takeaway(told) == (
        "Stopped early. Moved 40 % to the left, **“teapot” goes from 80 % to 10 %** and the answer becomes "
        "**“wok”** (50 %). It is the best guess at 1 of 2 shifts."
    )
    same = drawn("size", dict.fromkeys(AMOUNTS["size"], ("teapot", 0.8)))
    assert takeaway(same) == (
        "At 0.25× its size, **“teapot” stays at 80 %** and is still the answer. "
        "It is the best guess at 12 of 12 sizes."
    )
    told = story(Settings(sample_photo("coffee"), "pixels", 8.0))
    said = takeaway(told)
    assert (
        "The maps of “First filters” move along exactly; those of “Second filters” move along exactly" in said
    )
    assert ", those of “Block 7” differ by 62 %." in said
    odd = takeaway(story(Settings(sample_photo("coffee"), "pixels", 1.0)))
    assert "those of “Second filters” differ by 57 %, those of “Block 7” differ by " in odd
    assert len(LAYERS) == len(told.chosen.apart)
    still = takeaway(story(Settings(sample_photo("coffee"), "pixels", 0.0)))
    assert still.endswith("Move it, and see which layers' maps move along.")


def test_where_it_would_not_answer_nobody_says_that_it_did():
    # 0.2 is below the threshold of any card, 0.9 above
    sure, unsure = ("teapot", 0.9), ("teapot", 0.2)
    never = drawn("size", dict.fromkeys(AMOUNTS["size"], unsure))
    assert (never.n_held, never.n_refused) == (12, 12)
    assert takeaway(never) == (
        "At 0.25× its size, **“teapot” stays at 20 %** and is still the best guess, too unsure to answer. "
        "It is the best guess at 12 of 12 sizes; at all of them, the network is too unsure to answer."
    )
    sometimes = drawn("size", dict.fromkeys(AMOUNTS["size"], sure) | {0.25: unsure, 2.0: unsure})
    assert sometimes.n_refused == 2
    assert takeaway(sometimes).endswith("at 2 of them, the network is too unsure to answer.")
    as_it_is = story(Settings(own(np.full((8, 8, 3), 128, np.uint8)), "size", 1.0))
    assert takeaway(as_it_is).split(". ")[0].endswith(": too little to answer")


@pytest.mark.parametrize(
    ("change", "words"),
    [({"way": "jump"}, "no way"), ({"amount": 91.0}, "not measured"), ({"edge": "torn"}, "no edge")],
)
def test_nonsense_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        Settings(sample_photo("coffee"), **change)
