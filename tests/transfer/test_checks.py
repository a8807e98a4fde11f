"""What may spoil the training, and the piles it is counted on."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from dl_core.intervals import share_of
from dl_core.photos import sample_photo
from dl_core.transfer.checks import (
    KINDS,
    NAMED,
    SHARP,
    Finding,
    brightness_at,
    check,
    copies,
    places,
    sharpness,
)
from dl_core.transfer.likeness import ALIKE, SAME, Limits, alike, burst_numbers, groups, prints
from dl_core.transfer.own_photos import MOST_PHOTOS, OwnPhoto
from dl_core.transfer.own_piles import (
    OwnClass,
    PhotoPiles,
    added,
    all_pictures,
    moved,
    on_shared_rows,
    removed,
    renamed,
    to_pictures,
    usable,
    what_is_missing,
    with_class,
    without_class,
)
from dl_core.transfer.pictures import Pictures
from dl_core.vision.views import WayIn, view

KEYS = ("coffee", "cat", "rocket", "lemon", "flower", "galaxies", "coins")
WAY = WayIn(("centre",), 64, "area")


def seen(image: Image.Image) -> np.ndarray:
    return np.array(view(image, "centre", WAY))


def gallery() -> np.ndarray:
    return np.stack([seen(sample_photo(key).image) for key in KEYS])


def noise(n: int, seed: int = 0) -> np.ndarray:
    """Pictures of coloured patches that have nothing in common."""
    small = np.random.default_rng(seed).integers(60, 190, (n, 8, 8, 3), np.uint8)
    return small.repeat(8, axis=1).repeat(8, axis=2)


def task(pixels: np.ndarray, labels: list[int], names: tuple[str, ...] = ("Mug", "Cup")) -> Pictures:
    labels = np.array(labels)
    return Pictures("mine", names, pixels, labels, burst_numbers(pixels, labels, [None] * len(labels)), True)


def found(pictures: Pictures) -> dict[str, Finding]:
    return {finding.what: finding for finding in check(pictures)}


def own(pixels: np.ndarray, **more: object) -> OwnPhoto:
    return OwnPhoto(pixels, hashlib.sha256(pixels.tobytes()).hexdigest(), **more)


def piles_of(*counts: int) -> PhotoPiles:
    pictures = iter(noise(sum(counts), seed=5))
    piles = PhotoPiles(tuple(OwnClass(key, f"Class {key}") for key in range(1, len(counts) + 1)), 9)
    for key, n in enumerate(counts, 1):
        for _ in range(n):
            piles, why = added(piles, own(next(pictures)), key)
            assert why == ""
    return piles


# likeness


def test_the_hash_is_what_the_books_say_on_a_ramp():
    # brightness rises to the right everywhere: each of the 64 comparisons says "lighter"; mirrored: none does
    ramp = np.broadcast_to(np.arange(0, 256, 4, dtype=np.uint8)[None, :, None], (64, 64, 3))
    bits = prints(np.stack([ramp, ramp[:, ::-1]])).bits
    assert bits.sum(axis=1).tolist() == [64, 0]
    # its columns of 8 pixels have the means 14, 46, …, 238 (4 · 3.5 and 32 more each); their mean is 126
    colours = prints(ramp[None]).colours.reshape(8, 8, 3)
    np.testing.assert_allclose(colours[3, :, 1], (14 + 32 * np.arange(8)) / 126, rtol=1e-6)


@pytest.mark.parametrize("factor", [0.4, 0.7, 0.9])
def test_darker_or_lower_in_contrast_is_still_alike(factor):
    photos = gallery()
    darker = np.round(photos * factor).astype(np.uint8)
    near = alike(prints(np.concatenate([photos, darker])))
    assert near[:7, 7:].diagonal().all()
    exact = prints(np.stack([photos[0], photos[0]])).bits
    assert (exact[0] == exact[1]).all()


def test_a_copy_saved_anew_is_alike_and_a_mirrored_one_is_not():
    photos = gallery()
    halved = np.stack([seen(sample_photo(key).image.reduce(2)) for key in KEYS])
    near = alike(prints(np.concatenate([photos, halved, photos[:, :, ::-1]])))
    assert near[:7, 7:14].diagonal().all()
    # coins lie in regular rows, galaxies are specks, a flower and a lemon are nearly their own mirror images
    assert not near[:7, 14:].diagonal()[:3].any()
    off = ~np.eye(7, dtype=bool)
    assert not near[:7, :7][off].any()


def test_colour_tells_shapes_apart_that_the_hash_cannot():
    red, blue = np.zeros((2, 64, 64, 3), np.uint8)
    red[16:48, 16:48], blue[16:48, 16:48] = (200, 40, 40), (40, 94, 200)  # of the same brightness, nearly
    told = prints(np.stack([red, blue]))
    assert (told.bits[0] == told.bits[1]).all()
    assert not alike(told)[0, 1]
    walls = np.stack([np.full((64, 64, 3), colour, np.uint8) for colour in ((90, 90, 90), (90, 120, 60))])
    assert not alike(prints(walls))[0, 1]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(2, 12), st.integers(0, 10**6))
def test_groups_are_what_a_graph_library_finds(n, seed):
    from scipy.sparse.csgraph import connected_components

    near = np.random.default_rng(seed).random((n, n)) < 0.15
    near = near | near.T | np.eye(n, dtype=bool)
    number, told = groups(near), connected_components(near, directed=False)[1]
    assert ((number[:, None] == number) == (told[:, None] == told)).all()
    assert number[0] == 0
    assert (np.diff(np.unique(number)) == 1).all()


def test_alike_is_symmetric_and_wider_limits_find_more():
    told = prints(noise(40))
    for limits in (SAME, ALIKE, Limits(40, 1.0)):
        near = alike(told, limits)
        assert (near == near.T).all()
        assert near.diagonal().all()
    assert (alike(told, SAME) <= alike(told, ALIKE)).all()
    assert alike(told, Limits(64, 9.0)).all()


def test_the_bursts_of_the_camera_are_chains_of_ten_seconds_within_a_class():
    pixels = noise(6)
    labels = np.array([0, 0, 0, 0, 1, 1])
    # 0 – 9 – 18 hang together, 29 is 11 seconds later; the other class was taken in the same seconds
    bursts = burst_numbers(pixels, labels, [0.0, 18.0, 9.0, 29.0, 10.0, None])
    assert bursts.tolist() == [0, 0, 0, 1, 2, 3]
    twins = np.concatenate([pixels, pixels[:1]])
    assert burst_numbers(twins, np.array([0, 0, 0, 0, 1, 1, 1]), [None] * 7).tolist() == [0, 1, 2, 3, 4, 5, 0]


# blur and light


def test_sharpness_is_what_the_formula_gives_on_stripes():
    # columns of 0 and 100 in turn: a pixel's neighbours at its sides differ by 100 each, those above and
    # below by 0, so the Laplacian is +200 or −200, variance 40,000; brightness has the variance 2,500: 16
    stripes = np.zeros((1, 64, 64, 3), np.uint8)
    stripes[:, :, 1::2] = 100
    np.testing.assert_allclose(sharpness(stripes), [16.0], rtol=1e-5)


def test_sharpness_is_the_laplacian_of_scipy():
    from scipy.ndimage import laplace

    pixels = gallery()[:3]
    light = pixels @ np.array([0.299, 0.587, 0.114])
    told = [laplace(each)[1:-1, 1:-1].var() / each.var() for each in light]
    np.testing.assert_allclose(sharpness(pixels), told, rtol=1e-3)


@pytest.mark.parametrize("key", ["coffee", "cat", "rocket", "lemon", "flower", "coins"])
def test_known_sharp_photos_pass_and_their_blurred_copies_do_not(key):
    image = sample_photo(key).image
    blurred = image.filter(ImageFilter.GaussianBlur(1.5 * min(image.size) / 64))
    sharp, soft = sharpness(np.stack([seen(image), seen(blurred)]))
    assert soft < SHARP < sharp


def test_light_and_contrast_do_not_change_sharpness():
    pixels = noise(5)
    half = (pixels // 2).astype(np.uint8)
    np.testing.assert_allclose(sharpness(half), sharpness(pixels), rtol=0.02)
    assert sharpness(np.full((1, 64, 64, 3), 90, np.uint8)) == [0]


def test_brightness_is_the_quantile_of_numpy():
    pixels = gallery()
    light = (pixels @ np.array([0.299, 0.587, 0.114])).reshape(7, -1)
    np.testing.assert_allclose(brightness_at(pixels, 0.9), np.quantile(light, 0.9, axis=1), atol=1e-3)


# findings


def test_nothing_is_found_where_nothing_is_wrong():
    assert check(task(noise(40), [0] * 20 + [1] * 20)) == ()


def test_each_fault_is_found_where_it_is():
    pixels = noise(42)
    pixels[3] = pixels[3] // 8
    pixels[5] = 220 + pixels[5] // 16
    pixels[7] = 128
    pixels[21] = np.clip(pixels[20].astype(int) + 3, 0, 255)  # of the same class
    pixels[41] = pixels[2]  # of the other class
    told = found(task(pixels, [0] * 20 + [1] * 22))
    assert {what: finding.photos for what, finding in told.items()} == {
        "in two classes": (2, 41), "alike": (20, 21), "blurred": (7,), "dark": (3,), "white": (5,),
    }  # fmt: skip
    assert told["in two classes"].sentence.startswith(
        "2 photos look the same in two classes: “Mug” 3; “Cup” 22."
    )
    assert told["alike"].sentence.startswith(
        "2 photos look nearly like another one: “Cup” 1 and 2. They show 1 scene"
    )
    assert told["dark"].sentence.startswith("1 photo is very dark: “Mug” 4.")
    assert list(told) == [kind for kind in KINDS if kind in told]


def test_a_few_photos_come_with_the_range_that_a_check_on_them_leaves():
    finding = found(task(noise(25), [0] * 20 + [1] * 5))["too few"]
    # Wilson's interval of 4 right of 5: 38 to 96 %
    assert (round(share_of(4, 5).low, 2), round(share_of(4, 5).high, 2)) == (0.38, 0.96)
    assert "Few photos: “Cup” (5). Even if 4 of 5 come out right in a check" in finding.sentence
    assert "from 38 % to 96 %" in finding.sentence
    assert (finding.count, finding.photos) == (1, ())
    assert "too few" not in found(task(noise(20), [0] * 10 + [1] * 10))


def test_a_lopsided_task_says_what_blind_guessing_scores():
    finding = found(task(noise(50), [0] * 40 + [1] * 10))["lopsided"]
    # 40 of 10 is four times; 40 of 50 is 80 %
    assert "“Mug” has 4.0 times as many photos as “Cup”" in finding.sentence
    assert "is right for 80 % of these photos" in finding.sentence
    assert "lopsided" not in found(task(noise(40), [0] * 30 + [1] * 10))


def test_a_class_of_one_burst_cannot_be_checked():
    one = noise(1).astype(int)
    burst = np.concatenate([np.clip(one + shift, 0, 255) for shift in range(12)]).astype(np.uint8)
    told = found(task(np.concatenate([burst, noise(12, seed=1)]), [0] * 12 + [1] * 12))
    assert told["one moment"].photos == tuple(range(12))
    assert "All 12 photos of “Mug” were taken in one go." in told["one moment"].sentence
    pictures = task(np.concatenate([burst, noise(12, seed=1)]), [0] * 12 + [1] * 12)
    assert copies(pictures) == tuple(range(1, 12))


def test_long_lists_of_photos_are_cut():
    pictures = task(noise(30), [0] * 15 + [1] * 15)
    told = places(pictures, list(range(14, 30)))
    assert told == "“Mug” 15; “Cup” 1, 2, 3, 4 and 5; and 10 more"
    assert NAMED == 6


def test_findings_are_short_sentences_whatever_the_classes_are_called():
    names = ("Rather long name, with it", "Another name that is long")
    pixels = noise(60)
    pixels[30:] = pixels[:30]
    pixels[:9] //= 8
    for finding in check(task(pixels, [0] * 52 + [1] * 8, names)):
        for sentence in finding.sentence.rstrip(".").split(". "):
            assert len(sentence.split()) <= 30, sentence  # the list of numbers included


# piles


def test_photos_go_where_they_belong_and_never_twice():
    piles = PhotoPiles()
    first, second = (own(pixels) for pixels in noise(2))
    piles, why = added(piles, first, 1)
    assert (why, piles.n_photos) == ("", 1)
    assert added(piles, first, 1) == (piles, "again")
    both, _ = added(piles, first, 2)  # the same photo in another class is a finding, not a file to refuse
    assert [len(each.photos) for each in both.classes] == [1, 1]
    assert [len(each.photos) for each in moved(both, 1, [1], 2).classes] == [0, 1]
    piles, _ = added(piles, second, 1)
    assert moved(piles, 1, [2], 2).at(2).photos == (second,)
    assert removed(piles, 1, [1, 7]).at(1).photos == (second,)
    assert moved(piles, 1, [1], 1) is piles


def test_folders_name_classes_until_there_are_six():
    piles = PhotoPiles()
    for n, pixels in enumerate(noise(8)):
        piles, why = added(piles, own(pixels, folder=f"Thing {n}"), 1)
        assert why == ("" if n < 6 else "classes")
    assert [each.name for each in piles.classes] == [f"Thing {n}" for n in range(6)]
    piles, why = added(piles, own(noise(9)[8], folder="thing 0"), 2)
    assert (why, len(piles.at(1).photos)) == ("", 2)
    with pytest.raises(ValueError, match="6 classes are the most"):
        with_class(piles)


def test_names_stay_different_and_two_classes_stay():
    piles = renamed(PhotoPiles(), 1, "  <i>Mug</i> ")
    assert piles.at(1).name == "i Mug i"
    for name, told in (("class 2", "There is a class “class 2” already"), ("***", "needs a name")):
        with pytest.raises(ValueError, match=told):
            renamed(piles, 1, name)
    assert renamed(piles, 1, "I MUG I").at(1).name == "I MUG I"
    with pytest.raises(ValueError, match="2 classes are the least"):
        without_class(piles, 1)
    three = with_class(renamed(piles, 2, "Class 3"))
    assert [each.name for each in three.classes] == ["i Mug i", "Class 3", "Class 4"]
    assert [each.key for each in without_class(three, 1).classes] == [2, 4]
    with pytest.raises(ValueError, match="There is no class 9"):
        three.at(9)


def test_at_most_1500_photos_are_taken():
    tiny = np.zeros((64, 64, 3), np.uint8)
    photos = tuple(OwnPhoto(tiny, str(n)) for n in range(MOST_PHOTOS))
    piles = PhotoPiles((OwnClass(1, "Mug", photos), OwnClass(2, "Cup")), 3)
    assert added(piles, OwnPhoto(tiny, "one more"), 2) == (piles, "room")


def test_piles_become_a_task_once_two_classes_have_two_photos():
    assert to_pictures(piles_of(2, 1)) is None
    assert all_pictures(PhotoPiles()) is None
    piles = piles_of(3, 0, 2, 1)
    pictures = to_pictures(piles)
    assert (pictures.names, pictures.counts) == (("Class 1", "Class 3"), (3, 2))
    assert pictures.is_own
    np.testing.assert_array_equal(pictures.pixels[3], piles.at(3).photos[0].pixels)
    whole = all_pictures(piles)
    assert whole.counts == (3, 2, 1)
    assert usable(all_pictures(piles_of(2, 2))).counts == (2, 2)
    assert to_pictures(piles_of(3, 0, 2, 1)) == pictures
    assert to_pictures(renamed(piles, 1, "Mug")) != pictures


def test_shared_rows_are_the_same_photos_in_memory_once():
    piles = piles_of(3, 2)
    whole = all_pictures(piles)
    shared = on_shared_rows(piles, whole)
    assert all(
        np.shares_memory(photo.pixels, whole.pixels) for each in shared.classes for photo in each.photos
    )
    assert all_pictures(shared) == whole


def test_what_is_missing_is_said():
    assert what_is_missing(piles_of(2, 1)) == "Add 2 photos or more to “Class 2”. Then your own task begins."
    assert what_is_missing(piles_of(2, 2, 1)) == "“Class 3” counts from 2 photos on."
    assert what_is_missing(piles_of(2, 0, 2, 1)) == "“Class 2” and “Class 4” count from 2 photos on."
    assert what_is_missing(piles_of(2, 2)) == ""
