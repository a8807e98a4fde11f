"""Four steps: what is counted is what happened, and what cannot be said is not said."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from dl_core.intervals import share_of, share_of_groups
from dl_core.transfer import opening
from dl_core.transfer.opening import Settings, at_rest, learned_from, n_frozen, story, stranger_to, takeaway
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import TASKS, features_for, ready_made


def own(bursts=None) -> Pictures:
    """Six pictures of each class of the parts, as if a reader had taken them."""
    parts = ready_made("parts")
    rows = np.r_[0:24:4, 96:120:4]
    bursts = np.arange(len(rows)) if bursts is None else np.array(bursts)
    return Pictures("your photos", parts.names, parts.pixels[rows], parts.labels[rows], bursts, is_own=True)


@pytest.fixture(scope="module")
def told():
    return story(at_rest())


def test_the_score_is_counted_on_the_held_out_pile(told):
    made, features = told.pictures, features_for(told.pictures)
    right = sum(
        int(told.head.answers(features[row : row + 1])[0] == made.labels[row]) for row in told.split.held_out
    )
    bursts = len(set(told.pictures.bursts[told.split.held_out].tolist()))
    assert told.right == share_of_groups(right, len(told.split.held_out), bursts)
    assert told.always == 0.25  # as many of each of four classes are held out
    assert told.counts == (20, 20, 20, 20)
    assert told.head.n_trained == 1284  # (320 + 1) · 4


def test_mistakes_are_wrong_sure_and_of_different_bursts(told):
    made, features = told.pictures, features_for(told.pictures)
    assert 1 <= len(told.mistakes) <= opening.SHOWN
    assert [one.sure for one in told.mistakes] == sorted((one.sure for one in told.mistakes), reverse=True)
    assert len({made.bursts[one.row] for one in told.mistakes}) == len(told.mistakes)
    for one in told.mistakes:
        assert one.row in told.split.held_out
        assert one.says != made.names[made.labels[one.row]]
        assert one.sure == pytest.approx(told.head.probabilities(features[one.row : one.row + 1]).max())
    wrong = told.head.probabilities(features[told.split.held_out])[
        told.head.answers(features[told.split.held_out]) != made.labels[told.split.held_out]
    ]
    assert told.mistakes[0].sure == pytest.approx(wrong.max())


def test_the_bar_lets_95_of_100_right_answers_pass():
    sure = np.linspace(0.51, 0.99, 40)
    bar = opening._bar(np.random.default_rng(0).permutation(sure))
    # 5 % of 40 are 2, so the third lowest is the bar: 38 of 40 pass
    assert bar == pytest.approx(sure[2])
    assert opening._bar(np.array([0.7])) == 0.7  # 5 % of one is none
    assert opening._bar(np.zeros(0)) is None


@pytest.mark.parametrize("key", TASKS)
def test_strangers_are_counted_at_the_bar(key):
    found = story(Settings(ready_made(key), 10, 3))
    others = found.strangers.pictures
    assert others is not found.pictures
    assert others.name != found.pictures.name
    sure = found.head.probabilities(features_for(others)).max(axis=1)
    assert found.strangers.answered == share_of(int((sure >= found.bar).sum()), len(others.labels))
    kept = found.head.probabilities(features_for(found.pictures)[found.split.held_out])
    right = kept.argmax(axis=1) == found.pictures.labels[found.split.held_out]
    assert (kept.max(axis=1)[right] >= found.bar).mean() >= 0.95


def test_more_pictures_help_on_average():
    scores = [
        np.mean([story(Settings(ready_made("fabrics"), n, seed)).right.value for seed in range(3)])
        for n in (2, 20)
    ]
    assert scores[1] > scores[0] + 0.1


def test_frozen_numbers_are_those_of_the_network_without_its_last_layer():
    from dl_core.vision.network import ResidualNetwork

    network = ResidualNetwork(200)
    assert network.head.in_features == opening.N_FEATURES
    without = sum(each.numel() for name, each in network.named_parameters() if not name.startswith("head"))
    assert n_frozen() == without


def test_own_pictures_are_trained_on_and_strangers_are_ready_made():
    found = story(Settings(own(), 4))
    assert found.pictures.is_own
    assert (found.counts, found.right.n) == ((4, 4), 4)  # 2 of 6 are held out
    assert found.strangers.pictures is ready_made("parts") is stranger_to(found.pictures)


def test_a_stopped_story_has_no_result():
    shares = []
    parts = ready_made("parts")
    many = Pictures(
        "mine", parts.names, parts.pixels[80:112], parts.labels[80:112], np.arange(32), is_own=True
    )
    assert story(Settings(many), lambda share: shares.append(share) or len(shares) < 2) is None
    assert shares == [0.0, 0.5]  # 16 of 32 were looked at


def test_where_nothing_can_be_held_out_nothing_is_claimed():
    found = story(Settings(own([0] * 6 + [1] * 6)))
    assert (found.right, found.bar, found.strangers, found.mistakes) == (None, None, None, ())
    assert not found.beats_guessing
    assert "Nothing is left to check" in takeaway(found)


def test_a_score_no_better_than_one_answer_is_called_so(told):
    low = replace(told, right=share_of(26, 84))  # 22 % to 41 %: holds the 25 % of one answer
    assert not low.beats_guessing
    assert "no proof that it learned" in takeaway(low)
    assert "no proof" not in takeaway(told)
    none = replace(told, right=share_of(0, 84), strangers=None)
    assert "other things" not in takeaway(none)


def test_sentences_say_the_counts(told):
    said = takeaway(told)
    assert "84 pictures it never saw" in said
    assert "of 192 pictures of other things" in said
    assert len(re.findall(r"\w+", said)) <= 48
    assert learned_from(told) == "20 pictures a class"
    assert learned_from(story(Settings(ready_made("parts"), 1))) == "1 picture a class"
    parts = ready_made("parts")
    uneven = Pictures(
        "mine", parts.names, parts.pixels[90:99], parts.labels[90:99], np.arange(9), is_own=True
    )
    # 6 and 3 pictures, 2 and 1 held out
    assert learned_from(story(Settings(uneven))) == "6 pictures"


def test_nonsense_is_refused():
    parts = ready_made("parts")
    with pytest.raises(ValueError, match="two classes need pictures"):
        Settings(parts.part(np.arange(5)))
    for n in (0, 1001):
        with pytest.raises(ValueError, match=f"{n} pictures a class cannot be"):
            Settings(parts, n)
    for seed in (-1, 100):
        with pytest.raises(ValueError, match="There is no draw"):
            Settings(parts, 5, seed)
    cloth = ready_made("fabrics")
    assert hash(Settings(cloth)) == hash(at_rest())
    assert Settings(cloth) == at_rest()
