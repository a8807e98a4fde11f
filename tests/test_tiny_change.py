"""The attack at every strength, the noise beside it, and what is said of them."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core import tiny_change
from dl_core.kept_with_photo import _KEPT
from dl_core.photos import photo, sample_photo
from dl_core.tiny_change import (
    N_DRAWS,
    PRESETS,
    STRENGTHS,
    Settings,
    Sweep,
    TinyChange,
    best_so_far,
    story,
    sweep,
    takeaway,
)
from dl_core.vision import classify
from dl_core.vision.centre_view import answers, centre_view
from tests.readability import sentences, words

CAT = sample_photo("cat")


@pytest.fixture(scope="module")
def cat() -> TinyChange:
    return story(Settings(CAT, 2, "away"))


def example(strength: int, **changes: object) -> TinyChange:
    """A teapot that turns into a wok at 3 of 255."""
    shown = Sweep(
        first="teapot",
        target="wok",
        pictures=np.zeros((7, 64, 64, 3), np.uint8),
        sure=(0.82, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05),
        answers=("teapot", "teapot", "teapot", "wok", "wok", "wok", "wok"),
        answers_sure=(0.82, 0.7, 0.5, 0.35, 0.64, 0.8, 0.9),
        noise=((0.82, 0.82, 0.81, 0.8, 0.79, 0.78, 0.77), (0.82, 0.82, 0.82, 0.82, 0.83, 0.83, 0.84)),
        is_whole=True,
    )
    return TinyChange(Settings(CAT, strength), replace(shown, **changes), 0.4)  # type: ignore[arg-type]


def test_without_a_change_it_is_the_networks_own_answer(cat: TinyChange) -> None:
    found, shown = classify(CAT.image), cat.sweep
    assert (shown.first, shown.target) == found.labels[:2]
    assert shown.sure[0] == shown.answers_sure[0] == pytest.approx(found.probability, abs=1e-6)
    np.testing.assert_array_equal(shown.pictures[0], centre_view(CAT.image))
    assert {draw[0] for draw in shown.noise} == {shown.sure[0]}


def test_what_is_said_of_each_strength_is_what_the_network_says_of_its_picture(cat: TinyChange) -> None:
    for at, picture in enumerate(cat.sweep.pictures):
        found = classify(Image.fromarray(picture))
        assert cat.sweep.answers[at] == found.label
        assert cat.sweep.answers_sure[at] == pytest.approx(found.probability, abs=1e-5)


@pytest.mark.parametrize("aim", tiny_change.AIMS)
def test_every_strength_keeps_its_limit_and_none_is_weaker_than_a_smaller_one(aim: str) -> None:
    told = story(Settings(CAT, 8, aim))
    start = told.sweep.pictures[0].astype(int)
    for strength, picture in zip(STRENGTHS, told.sweep.pictures, strict=True):
        assert abs(picture - start).max() <= strength
    if aim == "away":
        assert list(told.sweep.sure) == sorted(told.sweep.sure, reverse=True)
    else:
        assert told.answer == told.sweep.target


def test_the_strongest_kept_picture_is_the_best_of_the_smaller_ones() -> None:
    # the gains in order: the second of 0.5 is no better than the first, so the earlier picture stays
    assert best_so_far(np.array([0.1, 0.5, 0.5, 0.2, 0.6])).tolist() == [0, 1, 1, 1, 4]


def test_a_stronger_attack_that_found_less_keeps_the_smaller_ones_picture(
    cat: TinyChange, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, strong = cat.sweep.pictures[0], cat.sweep.pictures[2]
    clumsy = np.stack([look, strong, look, look, look, look])  # for 1, 2, 3, 4, 6 and 8 of 255
    monkeypatch.setattr(tiny_change, "strongest_change", lambda *given, **named: clumsy)
    found = sweep(CAT, "away", lambda share: False)
    np.testing.assert_array_equal(found.pictures, np.stack([look, look, *[strong] * 5]))
    assert found.sure == pytest.approx([cat.sweep.sure[0]] * 2 + [cat.sweep.sure[2]] * 5, abs=1e-6)
    assert found.answers == (cat.sweep.answers[0],) * 2 + (cat.sweep.answers[2],) * 5
    assert found.answers_sure[-1] == pytest.approx(cat.sweep.answers_sure[2], abs=1e-6)


def test_the_built_change_does_more_than_chance(cat: TinyChange) -> None:
    low, _ = cat.noise_range or (0, 0)
    assert len(cat.sweep.noise) == N_DRAWS
    assert cat.sweep.sure[cat.at] < 0.2 * low
    assert cat.flips_first_at == 1


def test_another_strength_looks_at_the_same_sweep(cat: TinyChange) -> None:
    assert story(Settings(CAT, 4, "away")).sweep is cat.sweep
    assert not cat.sweep.pictures.flags.writeable


def test_the_same_photo_gives_the_same_sweep(cat: TinyChange) -> None:
    again = sweep(CAT, "away", lambda share: True)
    assert (again.sure, again.noise, again.answers) == (cat.sweep.sure, cat.sweep.noise, cat.sweep.answers)


def test_a_readers_own_photo_is_forgotten_with_the_visit() -> None:
    own = photo("your photo", Image.new("RGB", (20, 30), (200, 30, 60)))
    story(Settings(own))
    assert own in _KEPT
    gc.collect()  # photos that other tests have let go of
    kept = len(_KEPT)
    del own
    gc.collect()
    assert len(_KEPT) == kept - 1


def test_it_can_be_stopped_and_a_part_is_not_kept() -> None:
    own = photo(
        "your photo", Image.fromarray(np.random.default_rng(5).integers(0, 256, (30, 30, 3), np.uint8))
    )
    shares: list[float] = []
    told = story(Settings(own), lambda share: shares.append(share) or False)
    assert len(shares) == 1
    assert told.sweep.noise == ()
    assert told.noise_range is None
    assert not told.sweep.is_whole
    assert own not in _KEPT
    assert "stopped before the comparison" in takeaway(told)
    draws = story(Settings(own), lambda share: share < 0.75).sweep.noise
    assert 0 < len(draws) < N_DRAWS


@pytest.mark.parametrize("size", [(1, 1), (300, 8)])
def test_any_photo_can_be_attacked(size: tuple[int, int]) -> None:
    shown = photo("plain", Image.new("RGB", size, (255, 255, 255)))
    told = story(Settings(shown, 8), lambda share: False)
    assert told.sweep.pictures.shape == (7, 64, 64, 3)
    assert takeaway(told)


def test_noise_by_hand(cat: TinyChange) -> None:
    look = centre_view(CAT.image).astype(int)
    signs = np.random.default_rng(3).choice((-1, 1), look.shape)
    shaken = np.clip(look + 4 * signs, 0, 255).astype(np.uint8)
    index = int(answers(look[None].astype(np.uint8))[0].argmax())
    assert cat.sweep.noise[3][STRENGTHS.index(4)] == pytest.approx(answers(shaken[None])[0, index], abs=1e-6)


def test_the_sentences() -> None:
    flips = "The smallest strength on our list that changes the answer is 3."
    assert takeaway(example(4)) == (
        "A change of at most 4 of 255 per pixel turns “teapot” (82 %) into “wok” (64 %). "
        f"Under random noise of that size “teapot” stands at 79 % to 83 % (2 draws). {flips}"
    )
    assert "into “wok” (35 %, too unsure to answer)." in takeaway(example(3))
    assert "from 82 % to 50 %: the answer stays." in takeaway(example(2))
    assert takeaway(example(0)) == f"Nothing is changed yet: “teapot”, 82 % sure. {flips}"
    held = {"answers": ("teapot",) * 7, "answers_sure": (0.82,) * 6 + (0.2,)}
    assert takeaway(example(8, **held)).endswith("No strength on our list changes the answer.")
    assert "to 5.0 %: now it holds its answer back." in takeaway(example(8, **held))
    held["sure"] = (0.2, 0.15, 0.13, 0.12, 0.1, 0.08, 0.05)  # of 0.4: it had no answer before
    held["answers_sure"] = (0.2,) * 7
    assert "from 20 % to 5.0 %: it still holds its answer back." in takeaway(example(8, **held))


def test_noise_that_takes_it_down_as_far_is_said() -> None:
    # the attack takes 0.82 to 0.05, by 0.77; nine tenths of that is 0.693, so noise at 0.127 is enough
    for at_most, as_far in ((0.12, True), (0.14, False)):
        told = example(8, noise=((0.82,) * 6 + (at_most - 0.02,), (0.82,) * 6 + (at_most + 0.02,)))
        assert told.noise_does_as_much == as_far
        assert ("shows no special weakness." in takeaway(told)) == as_far
        assert ("The smallest strength" in takeaway(told)) != as_far
    assert not example(0).noise_does_as_much  # nothing fell
    assert not example(8, noise=()).noise_does_as_much


def test_sentences_are_short() -> None:
    long = {"first": "steel arch bridge", "answers": ("European fire salamander",) * 7}
    for strength in STRENGTHS:
        said = takeaway(example(strength, **long))
        assert max(len(words(one)) for one in sentences(said)) <= 25
        assert len(words(said)) <= 60


@pytest.mark.parametrize("bad", [{"strength": 64}, {"strength": 5}, {"aim": "up"}])
def test_nonsense_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="choose of"):
        Settings(CAT, **bad)  # type: ignore[arg-type]


def test_presets_are_settings() -> None:
    assert len({Settings(CAT, *one) for one in PRESETS.values()}) == 3
