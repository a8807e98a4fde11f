"""Covering a photo patch by patch: orders, areas, and when a map counts as faithful."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.deletion_curve import (
    FILLS,
    N_DRAWS,
    N_PATCHES,
    RIVALS,
    STEPS,
    TOLD,
    VERDICTS,
    Curve,
    Deletion,
    Settings,
    area_under,
    covered,
    filled,
    orders,
    patch_scores,
    square_of,
    story,
    strongest_first,
    verdict,
)
from dl_core.deletion_in_words import COUNTS_FILE, counted, counted_in_words, takeaway
from dl_core.photos import photo, sample_photo
from dl_core.vision.card import read_card
from dl_core.vision.centre_view import answers, centre_view
from dl_core.vision.classes import label_of
from dl_core.vision.explain import evidence
from dl_core.vision.predict import class_probabilities
from dl_core.vision.views import WayIn
from dl_core.vision.weights import shipped_network
from tests.readability import sentences, words

COFFEE = Settings(sample_photo("coffee"), "espresso")


@pytest.fixture(scope="module")
def coffee() -> Deletion:
    return story(COFFEE)


def flat(height: float) -> Curve:
    return Curve((0.9,) + (height,) * (len(STEPS) - 1))


def made(by_map: float, *draws: float, rival: str = "random") -> Deletion:
    look = np.zeros((64, 64, 3), np.uint8)
    return Deletion(
        replace(COFFEE, rival=rival), flat(by_map), flat(0.5), tuple(flat(one) for one in draws), look, look
    )


def test_area_by_hand() -> None:
    # 1 at no patch, 0 from 2 patches on: a triangle of width 2 / 64 and height 1
    assert area_under((1.0,) + (0.0,) * (len(STEPS) - 1)) == pytest.approx(0.5 * 2 / 64)
    # 1 up to 48 patches, then down to 0 at 64: 48 / 64 and a triangle of 16 / 64
    assert area_under((1.0,) * (len(STEPS) - 1) + (0.0,)) == pytest.approx(48 / 64 + 0.5 * 16 / 64)
    assert STEPS[0] == 0
    assert STEPS[-1] == N_PATCHES
    assert TOLD in STEPS


def test_only_the_named_patches_change() -> None:
    look = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    found = covered(look, filled(look, "grey"), np.array([0, 9, 63]))
    assert (found[:8, :8] == 128).all()
    assert (found[8:16, 8:16] == 128).all()
    assert (found[56:, 56:] == 128).all()
    changed = (found != look).any(axis=2)
    assert changed.sum() <= 3 * 64
    assert not changed[:8, 8:].any()
    np.testing.assert_array_equal(covered(look, filled(look, "grey"), np.array([], np.int64)), look)


def test_a_blur_keeps_the_colour_and_loses_the_detail() -> None:
    look = np.zeros((64, 64, 3), np.uint8)
    look[::2] = 200  # stripes of one pixel average to 100
    blurred = filled(look, "blur").astype(float)
    assert blurred[20:44].std() < 2
    assert blurred[20:44].mean() == pytest.approx(100, abs=3)


def test_the_order_is_by_score_and_ties_go_row_by_row() -> None:
    score = np.zeros((8, 8))
    score[3, 4], score[7, 0] = 2.0, 5.0
    assert strongest_first(score)[:4].tolist() == [56, 28, 0, 1]
    assert sorted(strongest_first(score)) == list(range(64))


def test_patches_average_the_heat_map_where_the_network_looked() -> None:
    shown = photo("square", sample_photo("lemon").image)  # square: the whole photo is the view
    index = label_of("lemon")
    whole = evidence(shipped_network(), shown.image, index, WayIn(("centre",), 64, "area", mirrored=True))
    by_hand = whole.reshape(8, 20, 8, 20).mean(axis=(1, 3))  # 160 pixels a side are 20 for each patch
    np.testing.assert_allclose(patch_scores(shipped_network(), shown.image, index), by_hand, atol=1e-3)


def test_curves_start_at_the_photo_and_end_where_all_is_covered(coffee: Deletion) -> None:
    start = class_probabilities(COFFEE.photo.image)[label_of("espresso")]
    end = answers(np.full((1, 64, 64, 3), 128, np.uint8))[0, label_of("espresso")]
    assert len(coffee.draws) == N_DRAWS
    for curve in (coffee.by_map, coffee.by_scrambled, *coffee.draws):
        assert curve is not None
        assert curve.sure[0] == pytest.approx(start, abs=1e-6)
        assert curve.sure[-1] == pytest.approx(end, abs=1e-6)
        assert 0 <= min(curve.sure) <= curve.area <= max(curve.sure) <= 1
    assert len({draw.sure for draw in coffee.draws}) == N_DRAWS


def test_a_point_of_the_maps_curve_by_hand(coffee: Deletion) -> None:
    index = label_of("espresso")
    look = centre_view(COFFEE.photo.image).copy()
    score = patch_scores(shipped_network(), COFFEE.photo.image, index)
    for place in sorted(range(64), key=lambda at: -score.flat[at])[:TOLD]:
        row, column = divmod(place, 8)
        look[8 * row : 8 * row + 8, 8 * column : 8 * column + 8] = 128
    np.testing.assert_array_equal(coffee.covered, look)
    assert coffee.at(TOLD)[0] == pytest.approx(class_probabilities(Image.fromarray(look))[index], abs=1e-6)


def test_the_same_settings_give_the_same_curves(coffee: Deletion) -> None:
    again = story(COFFEE, lambda share: share < 0.35)
    assert (again.by_map, again.by_scrambled) == (coffee.by_map, coffee.by_scrambled)
    assert again.draws == coffee.draws[:2]


def test_a_moved_map_is_the_map_elsewhere(coffee: Deletion) -> None:
    told = story(replace(COFFEE, rival="moved"), lambda share: share < 0.25)
    assert told.by_map == coffee.by_map
    assert told.rival is not None
    grey = (told.rival == 128).all(axis=2).reshape(8, 8, 8, 8).all(axis=(1, 3))
    assert grey.sum() == TOLD
    assert not np.array_equal(told.rival, told.covered)


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("size", [(8, 8), (200, 10)])
def test_a_photo_without_any_difference_is_no_test(fill: str, size: tuple[int, int]) -> None:
    shown = photo("grey", Image.new("RGB", size, (128, 128, 128)))
    name = "goldfish"
    told = story(Settings(shown, name, fill), lambda share: share < 0.25)
    for curve in (told.by_map, *told.draws):
        assert np.ptp(curve.sure) < 1e-9  # covering grey with grey is nothing
    assert told.verdict in ("tie", "too low")


def test_it_can_be_stopped_after_any_curve() -> None:
    for stop_at in (1, 2, 4):
        shares: list[float] = []

        def go_on(share: float, after: int = stop_at, seen: list[float] = shares) -> bool:
            seen.append(share)
            return len(seen) < after

        told = story(COFFEE, go_on)
        assert len(shares) == stop_at
        assert len(told.draws) == max(0, stop_at - 2)
        assert (told.by_scrambled is None) == (stop_at == 1)
        assert (told.rival is None) == (stop_at < 3)
        assert takeaway(told)
    assert shares == pytest.approx([0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (made(0.1, 0.2, 0.3), "faster"),
        (made(0.4, 0.2, 0.3), "slower"),
        (made(0.25, 0.2, 0.3), "tie"),
        (made(0.2, 0.2, 0.3), "tie"),  # as good as the best draw is not better
        (made(0.1), "tie"),
    ],
)
def test_a_map_wins_only_against_every_draw(told: Deletion, verdict: str) -> None:
    assert told.verdict == verdict


def test_a_name_that_starts_low_is_no_test() -> None:
    low = replace(made(0.1, 0.2), by_map=Curve((0.01,) * len(STEPS)))
    assert low.verdict == "too low"
    assert takeaway(low).startswith("“espresso” starts at 1.0 %. From under 5.0 %")


def test_more_draws_never_undo_a_tie() -> None:
    low, middle, high = flat(0.2), flat(0.5), flat(0.8)
    assert verdict(middle, [low]) == "slower"
    assert verdict(middle, [low, high]) == verdict(middle, [low, high, low, high]) == "tie"


def test_any_order_starts_and_ends_alike(coffee: Deletion) -> None:
    square, order = square_of(COFFEE), next(iter(orders(COFFEE)))
    looks = np.stack([covered(square.look, square.filling, order[:n]) for n in STEPS])
    expected = answers(looks)[:, label_of("espresso")]
    assert coffee.by_map.sure == pytest.approx(expected, abs=1e-6)
    assert {draw.sure[0] for draw in coffee.draws} == {coffee.by_map.sure[0]}
    assert {draw.sure[-1] for draw in coffee.draws} == {coffee.by_map.sure[-1]}


def test_the_count_on_held_out_photos_belongs_to_the_shipped_network() -> None:
    told = json.loads(COUNTS_FILE.read_text(encoding="utf-8"))
    assert told["weights_sha256"] == read_card().sha256
    assert set(told["counts"]) == {f"{rival} {fill}" for rival in RIVALS for fill in FILLS}
    for counts in told["counts"].values():
        assert tuple(counts) == VERDICTS
        assert sum(counts.values()) == told["n"] >= 100
    share = counted(COFFEE)
    assert share.n == told["n"] - told["counts"]["random grey"]["too low"]
    assert counted_in_words(COFFEE).startswith(f"{share.hits} of {share.n} held-out photos (95 % range ")
    moved = told["counts"]["moved blur"]
    assert counted(replace(COFFEE, rival="moved", fill="blur"), "slower").hits == moved["slower"]


def test_the_sentence_has_the_numbers_and_the_verdict() -> None:
    photos = counted_in_words(COFFEE)
    assert takeaway(made(0.12, 0.7, 0.8, 0.55)) == (
        "Covering the map's strongest 8 of 64 patches takes “espresso” from 90 % to 12 %. "
        "8 patches by chance take it to between 55 % and 80 %. "
        f"Over the whole curve it beats all 3 draws, as on {photos}."
    )
    assert "The same map, moved elsewhere, takes it to 50 %" in takeaway(made(0.6, 0.5, rival="moved"))
    assert takeaway(made(0.6, 0.5, 0.55)).endswith(f"all 2 draws beat it. It wins on {photos}.")
    assert takeaway(made(0.55, 0.5, 0.6)).endswith(f"it lies among the 2 draws: a tie. It wins on {photos}.")
    assert "stopped before the comparison" in takeaway(made(0.1))


def test_sentences_are_short() -> None:
    for told in (made(0.12, 0.7, 0.8), made(0.6, 0.5, 0.55, rival="moved"), made(0.1)):
        said = takeaway(told)
        assert len(words(said)) <= 60
        assert max(len(words(one)) for one in sentences(said)) <= 25


@pytest.mark.parametrize("bad", [{"label": "unicorn"}, {"fill": "red"}, {"rival": "best"}])
def test_nonsense_is_refused(bad: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad.values()))):
        replace(COFFEE, **bad)
