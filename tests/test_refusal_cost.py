import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from dl_core.held_out_answers import (
    RESAMPLES,
    STEPS,
    counted,
    held_out,
    in_steps,
    recounted,
    strangers_that_pass,
)
from dl_core.photos import sample_photo
from dl_core.refusal_cost import (
    PRICES,
    Settings,
    counts_sentence,
    formula,
    of_thousand,
    story,
    takeaway,
)
from dl_core.refusal_in_words import (
    flat_sentence,
    formula_sentence,
    photo_sentence,
    strangers_sentence,
)
from dl_core.vision import classify, read_card
from tests.readability import read

lawful = run_with(deadline=None, derandomize=True, max_examples=40)
prices = st.floats(0.01, 1e6)
bars = st.integers(0, 100)
COFFEE, CAT = sample_photo("coffee"), sample_photo("cat")
every_price = pytest.mark.parametrize(
    ("wrong", "look"), [*PRICES.values(), (0.01, 1e6), (1e6, 0.01), (0.01, 0.01)]
)


def test_the_shipped_answers_are_those_of_the_card():
    """Right answers and every refusal, pile by pile: the same counts, not about the same."""
    card, found = read_card(), held_out()
    assert found.weights == card.sha256
    assert (int(found.right.sum()), len(found.right)) == (card.top1.hits, card.top1.n)
    at, place = counted(), counted().place_of(100 * card.threshold)
    assert at.bars[place] == pytest.approx(100 * card.threshold)
    right, wrong = card.refusals["right answers"], card.refusals["wrong answers"]
    assert right.n - at.right[place] == right.hits
    assert wrong.n - at.wrong[place] == wrong.hits
    piles = {name: (share.n - share.hits, share.n) for name, share in card.refusals.items()}
    del piles["right answers"], piles["wrong answers"]
    assert strangers_that_pass(100 * card.threshold) == piles


def test_the_counts_by_sureness_are_the_card_s():
    at = counted()
    for one in read_card().reliability:
        low, high = at.place_of(100 * one.low), at.place_of(100 * one.high)
        assert at.right[low] - at.right[high] == one.right
        assert at.wrong[low] - at.wrong[high] == one.n - one.right


def test_the_file_is_small_and_needs_no_pickle():
    from dl_core.held_out_answers import FILE_NAME
    from dl_core.vision.classes import ASSETS

    assert (ASSETS / "vision" / FILE_NAME).stat().st_size <= 40_000


def test_each_count_is_the_long_way_s():
    at, found = counted(), held_out()
    for bar in (0, 1, 37.2, 50, 99, 100):
        passes = found.sure.astype(int) >= in_steps(bar)
        assert at.right[at.place_of(bar)] == (passes & found.right).sum()
        assert at.wrong[at.place_of(bar)] == (passes & ~found.right).sum()


def test_a_higher_bar_lets_no_more_through():
    at = counted()
    for counts in (at.right, at.wrong):
        assert all(after <= before for before, after in pairwise(counts.tolist()))
    assert at.to_a_person[0] == 0
    assert at.to_a_person[-1] == at.n_photos


def test_nobody_can_change_what_all_viewers_look_at():
    with pytest.raises(ValueError, match="read-only"):
        counted().right[0] = 0


def test_resamples_spread_as_a_binomial_does():
    # each resample draws 5,000 photos; the wrong ones that pass a bar of 50 % are then binomial:
    # mean n·p, variance n·p·(1 − p). 1,000 draws know the mean to 1/32 of the spread, the spread to 2.2 %
    at, (wrong, person) = counted(), recounted()
    place = at.place_of(50)
    for drawn, counts in ((wrong, at.wrong), (person, at.to_a_person)):
        p = counts[place] / at.n_photos
        spread = math.sqrt(at.n_photos * p * (1 - p))
        assert abs(drawn[:, place].mean() - counts[place]) < 4 * spread / math.sqrt(RESAMPLES)
        assert drawn[:, place].std() == pytest.approx(spread, rel=0.09)
    assert np.array_equal(person[:, -1], np.full(RESAMPLES, at.n_photos))
    assert np.array_equal(person[:, 0], np.zeros(RESAMPLES))


def test_the_cost_by_hand():
    # at 50 %: wrong answers that pass and photos for a person, times price, for 2,000 photos a day
    found, told = held_out(), story(Settings(COFFEE, 50, wrong=5, look=0.5, per_day=2000))
    passes = found.sure >= STEPS // 2
    money = ((passes & ~found.right).sum() * 5 + (~passes).sum() * 0.5) / 5000 * 2000
    assert told.cost_of(50) == pytest.approx(money)
    assert told.cost_of(100) == pytest.approx(1000)  # a person for each of 2,000, 0.5 each
    assert told.cost_of(0) == pytest.approx(1939 / 5000 * 2000 * 5)  # every wrong answer goes through


def test_the_formula_by_hand():
    # 1 − look / wrong: 1 − 0.5/5 = 0.9; 1 − 0.5/20 = 0.975; a look dearer than a mistake never pays
    assert formula(5, 0.5) == pytest.approx(90)
    assert formula(20, 0.5) == pytest.approx(97.5)
    assert formula(1, 3) == 0


@lawful
@given(prices, prices)
def test_at_the_formula_s_bar_an_answer_risks_what_a_look_costs(wrong, look):
    p = formula(wrong, look) / 100
    if p > 0:
        assert (1 - p) * wrong == pytest.approx(look, rel=1e-6, abs=wrong * 1e-12)
    else:
        assert wrong <= look


@pytest.mark.parametrize(("wrong", "look"), PRICES.values())
def test_the_count_and_the_formula_agree_as_the_network_is_calibrated(wrong, look):
    low, high = story(Settings(COFFEE, wrong=wrong, look=look)).among
    assert low - 1 <= formula(wrong, look) <= high + 1


@lawful
@given(prices, prices, bars)
def test_no_bar_is_cheaper_than_the_best_and_the_saving_is_the_difference(wrong, look, bar):
    told = story(Settings(COFFEE, bar, wrong, look))
    assert told.cost_of(told.best) <= told.costs.min() * (1 + 1e-9)
    least, saved, most = told.saving
    tolerance = 1e-9 * told.costs.max()
    assert saved == pytest.approx(told.cost_of(bar) - told.cost_of(told.best), abs=tolerance)
    assert least - tolerance <= most
    assert told.among[0] <= told.best <= told.among[1]
    assert told.premium >= -1e-9


@lawful
@given(st.floats(0.1, 1e3), st.floats(0.1, 1e3), st.floats(0.2, 900), st.integers(1, 1000))
def test_only_the_ratio_of_prices_moves_the_best_bar(wrong, look, factor, per_day):
    one = story(Settings(COFFEE, 60, wrong, look))
    other = story(Settings(COFFEE, 60, wrong * factor, look * factor, per_day))
    assert other.best == one.best
    assert other.among == one.among
    assert other.cost_of(60) == pytest.approx(one.cost_of(60) * factor * per_day / one.settings.per_day)


def test_dear_mistakes_raise_the_bar():
    found = [story(Settings(COFFEE, wrong=wrong)).best for wrong in (0.1, 1, 5, 20, 10_000)]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] == 99


def test_no_mistake_among_so_many_is_not_called_never():
    # the surest answers held no mistake, so a resample of them holds none either: the interval of zero
    # hits says what chance allows. Wilson's upper end for 0 of n is z² / (n + z²), z² = 3.8415
    told, at = story(Settings(COFFEE, wrong=1e6)), counted()
    place = at.place_of(told.best)
    assert at.wrong[place] == 0
    n = int(at.right[place])
    said = flat_sentence(told)
    assert f"None of the {n:,} answers above the cheapest bar was wrong" in said
    assert f"up to {100 * 3.8415 / (n + 3.8415):.2f} % of them could be" in said


def test_the_best_bar_and_its_neighbours_are_a_tie_and_a_far_one_is_not():
    told = story(Settings(COFFEE))
    at_best = story(Settings(COFFEE, int(told.best)))
    assert at_best.tied
    assert at_best.saving == (0, 0, 0)
    assert "No bar is clearly cheaper" in takeaway(at_best)
    assert not story(Settings(COFFEE, 30)).tied
    assert story(Settings(COFFEE, int(told.among[1]))).tied


def test_the_interval_holds_what_other_photos_would_save():
    """Choose on one half of the photos and count on the other: the saving lies where the interval says."""
    found, told = held_out(), story(Settings(COFFEE, 60))
    rng, inside = np.random.default_rng(1), 0
    for _ in range(40):
        half = rng.random(len(found.sure)) < 0.5
        costs = []
        for bar in (60, told.best):
            passes = found.sure[half] >= in_steps(bar)
            costs.append(
                ((passes & ~found.right[half]).sum() * 5 + (~passes).sum() * 0.5)
                / half.sum()
                * told.settings.per_day
            )
        inside += told.saving[0] <= costs[0] - costs[1] <= told.saving[2]
    assert inside >= 34  # a half of the same photos spreads as 5,000 fresh ones do: about 38 of 40


def test_the_photo_stands_where_classify_puts_it():
    for photo in (COFFEE, CAT):
        told, found = story(Settings(photo)), classify(photo.image, k=1)
        assert (told.guess, told.sure) == (found.label, found.probability)
    assert photo_sentence(story(Settings(COFFEE))).endswith("At your bar of 60 % it would be answered.")
    assert photo_sentence(story(Settings(CAT))).endswith("At your bar of 60 % it would go to a person.")


def test_a_photo_a_hair_below_the_bar_does_not_read_as_if_it_reached_it():
    rocket = story(Settings(sample_photo("rocket"), 60))
    assert 0.595 < rocket.sure < 0.6
    assert "59.9 % sure" in photo_sentence(rocket)
    assert "to a person" in photo_sentence(rocket)


def test_at_the_shipped_bar_the_photo_is_refused_as_the_page_refuses_it():
    # the shipped bar is 37.2 %; whole percents on both sides of it decide like it for these photos
    for key in ("coffee", "cat", "rocket", "flower", "galaxies", "coins", "lemon"):
        photo = sample_photo(key)
        told = story(Settings(photo, round(100 * read_card().threshold)))
        assert told.answered == (not classify(photo.image).refused)


def test_a_bar_of_a_hundred_answers_nothing_not_even_the_surest():
    told = story(Settings(COFFEE, 100, wrong=1e6))
    assert not told.answered
    assert strangers_that_pass(100)["drawn digits (scikit-learn)"] == (0, 400)
    assert "none of the things" in strangers_sentence(told)


@lawful
@given(bars)
def test_the_three_ways_make_a_thousand(bar):
    told = story(Settings(COFFEE, bar))
    three = of_thousand(told, bar)
    assert sum(three) == 1000
    assert min(three) >= 0
    for shown, counts in zip(three[:2], (told.at.right, told.at.wrong), strict=True):
        assert abs(shown - counts[told.at.place_of(bar)] / 5) <= 0.5


@every_price
@pytest.mark.parametrize("bar", [0, 1, 37, 60, 89, 99, 100])
def test_what_is_said_is_plain_and_holds_the_numbers(wrong, look, bar):
    told = story(Settings(CAT, bar, wrong, look))
    said = [takeaway(told), flat_sentence(told), photo_sentence(told), strangers_sentence(told)]
    said.append(formula_sentence(told))
    assert said[0].startswith(counts_sentence(told, bar))
    assert len(said[0].split()) <= 46
    assert not any(word in " ".join(said) for word in ("nan", "inf ", "endless", "e+"))
    reading = read(said)
    assert reading.grade <= 9
    assert all(len(one.split()) <= 25 for one in reading.sentences)


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"threshold": -1}, "choose 0 to 100"),
        ({"threshold": 101}, "A bar of 101 % cannot be"),
        ({"wrong": 0}, "A wrong answer cannot cost 0"),
        ({"look": float("inf")}, "A person's look cannot cost inf"),
        ({"look": float("nan")}, "cannot cost nan"),
        ({"wrong": 2e6}, "give a price from 0.01 to 1,000,000"),
        ({"per_day": 0}, "0 photos a day cannot be"),
        ({"per_day": 10**9}, "give 1 to 100,000,000"),
    ],
)
def test_nonsense_is_refused_in_the_reader_s_words(given_, says):
    with pytest.raises(ValueError, match=says):
        Settings(COFFEE, **given_)


def test_moving_the_bar_does_not_ask_the_network_again(monkeypatch):
    story(Settings(CAT))
    monkeypatch.setattr("dl_core.refusal_cost.classify", lambda *_, **__: pytest.fail("asked again"))
    assert story(Settings(CAT, 20)).guess == "Egyptian cat"


def test_a_saved_brief_brings_the_settings_back_and_never_holds_an_own_photo():
    from PIL import Image

    from dl_core.documents.brief import BadBrief, from_plain, to_plain
    from dl_core.photos import photo

    chosen = Settings(CAT, 88, 12.5, 0.25, 500)
    plain = to_plain(chosen)
    assert plain["photo"] == "cat"
    assert from_plain(story, plain) == chosen
    with pytest.raises(BadBrief):
        from_plain(story, {**plain, "threshold": 400})
    assert to_plain(Settings(photo("your photo", Image.new("RGB", (40, 40))))) is None
