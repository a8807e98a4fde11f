import json

import numpy as np
import pytest

from dl_core.language.embeddings import (
    CARD,
    DRAWERS,
    NO_DRAWER,
    NUMBERS,
    base_of,
    embeddings,
    is_form_of,
    kind_name,
    likeness,
    odd_score,
    same_kind_score,
)
from dl_core.offline.language_embeddings import TIE

KNOWN = embeddings()


def test_the_asset_is_small_and_whole():
    assert NUMBERS.stat().st_size + CARD.stat().st_size <= 900_000
    n = len(KNOWN.words)
    assert n == len(set(KNOWN.words)) <= 8000
    assert KNOWN.vectors.shape == (n, KNOWN.size)
    assert KNOWN.size <= 96
    assert np.linalg.norm(KNOWN.vectors, axis=1) == pytest.approx(np.ones(n), abs=1e-5)
    assert KNOWN.drawers.shape == (n, 3)
    assert KNOWN.opposites.max() < n
    assert not KNOWN.vectors.flags.writeable


@pytest.mark.parametrize(
    "word",
    [
        "refund",
        "parcel",
        "delivery",
        "camera",
        "damage",
        "engine",
        "invoice",
        "customer",
        "screen",
        "battery",
        "shoe",
        "jacket",
        "doctor",
        "nurse",
        "bank",
        "mouse",
        "crane",
        "spring",
        "bat",
        "bark",
        "coupon",
        "password",
        "warranty",
        "receipt",
        "laptop",
        "email",
    ],
)
def test_words_that_products_use_are_known(word):
    assert word in KNOWN.place


def test_slurs_and_coarse_words_are_not():
    unwanted = (
        "bastard whore slut shit fuck bitch nigger kike chink retard faggot penis vagina rape nazi gypsy"
    )
    assert not set(unwanted.split()) & set(KNOWN.words)
    assert all(word.isalpha() and word == word.lower() and len(word) > 2 for word in KNOWN.words)


def test_cosines_are_those_of_scipy():
    from scipy.spatial.distance import cosine

    table = likeness(("doctor", "nurse", "banana"), KNOWN)
    one, two = KNOWN.of(("doctor", "banana")).astype(np.float64)
    assert table[0, 2] == pytest.approx(1 - cosine(one, two), abs=1e-6)
    assert table == pytest.approx(table.T)
    assert np.diag(table) == pytest.approx(np.ones(3), abs=1e-5)


def test_the_nearest_are_the_largest_cosines():
    vector = KNOWN.of(("camera",))[0]
    found = KNOWN.nearest(vector, 10, ("camera", "lens").__contains__)
    cosines = KNOWN.vectors @ vector
    left = [i for i, word in enumerate(KNOWN.words) if word not in ("camera", "lens")]
    expected = sorted((float(cosines[i]) for i in left), reverse=True)[:10]
    assert [value for _, value in found] == pytest.approx(expected, abs=1e-4)


def test_base_forms():
    assert base_of("refunds", KNOWN.place) == "refund"
    assert base_of("batteries", KNOWN.place) == "battery"
    assert base_of("shipped", {"ship"}) == "ship"
    assert base_of("knives", {"knife"}) == "knife"
    assert base_of("women", {"woman"}) == "woman"
    assert base_of("colour", {"color"}) == "color"
    assert base_of("", KNOWN.place) is None
    assert base_of("s", KNOWN.place) is None
    assert base_of("退", KNOWN.place) is None


def test_forms_of_a_word():
    assert is_form_of("nurse", "nursing")
    assert is_form_of("battery", "batteries")
    assert is_form_of("ship", "shipping")
    assert is_form_of("bake", "baker")
    assert not is_form_of("bank", "bankrupt")
    assert not is_form_of("car", "card")


def test_every_kind_has_a_name():
    assert {kind_name(drawer) for drawer in range(45)} >= set(DRAWERS.values())
    assert all(kind_name(int(drawer)) for drawer in np.unique(KNOWN.drawers) if drawer != NO_DRAWER)


def test_the_measured_scores_beat_chance_and_agree_with_their_counts():
    score = odd_score(KNOWN)
    assert score.n == 200
    assert score.low > KNOWN.card["odd"]["by_chance"]
    assert [round(score.low, 4), round(score.high, 4)] == [
        KNOWN.card["odd"][name] for name in ("low", "high")
    ]
    margins = KNOWN.card["odd"]["margins"]
    assert (len(margins), sum(right for _, right in margins)) == (score.n, score.hits)
    assert same_kind_score(KNOWN).low > KNOWN.card["same_drawer"]["by_chance"]


def test_the_chosen_way_ties_with_the_best_of_those_tried():
    tried = KNOWN.card["tried_on_choosing_sets"]
    best = max(one["right"] for one in tried)
    chosen = [one for one in tried if (one["size"], one["window"]) == (KNOWN.size, KNOWN.card["window"])]
    assert max(one["right"] for one in chosen) >= best - TIE
    assert any("skip-gram" in one["way"] for one in tried)


def test_opposites_go_both_ways():
    assert "sell" in KNOWN.opposites_of("buy")
    assert "buy" in KNOWN.opposites_of("sell")
    assert not KNOWN.opposites_of("battery")


def test_the_card_is_plain_json():
    assert json.loads(CARD.read_text(encoding="utf-8")) == KNOWN.card
