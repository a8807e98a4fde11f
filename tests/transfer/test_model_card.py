"""The card says what was counted, and nothing in a class's name can become markup or a formula."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dl_core.intervals import share_of
from dl_core.transfer.export import card_file, head_file, held_out_score
from dl_core.transfer.head_file import NamedHead, clean_names, read_head
from dl_core.transfer.model_card import Facts, facts_of, model_card
from dl_core.transfer.opening import Opening, Settings, at_rest, n_frozen, story
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import features_for, ready_made
from dl_core.vision.card import read_card
from tests.readability import read, sentences, words

MADE_ON = date(2026, 11, 30)
FACTS = Facts(
    task="Mugs",
    names=("cup", "mug"),
    learned_from=(20, 12),
    held_out=(10, 30),
    right=(9, 27),
    by="burst",
    is_own=True,
    n_trained=642,
    head_sha256="ab" * 32,
    made_on=MADE_ON,
    always=0.75,
    bar=0.61,
    strangers=share_of(30, 40),
)


@pytest.fixture(scope="module")
def opening() -> Opening:
    found = story(at_rest())
    assert found is not None
    return found


def test_the_score_and_its_interval_stand_on_the_card() -> None:
    # 36 of 40; Wilson: centre (0.9 + 1.9207/40) / (1 + 3.8415/40) = 0.8649, half width
    # 1.96 · sqrt(0.9 · 0.1 / 40 + 3.8415 / 6400) / 1.0960 = 0.0954: 76.95 % to 96.03 %
    text = model_card(FACTS)
    assert "36 of 40 held-out pictures right: 90 %, 95 % interval 77 % to 96 %." in text
    assert "One answer for everything would get 75 %." in text
    assert "| `cup` | 20 | 10 | 9 |" in text
    assert "| `mug` | 12 | 30 | 27 |" in text


def test_the_card_says_what_must_be_known_before_use() -> None:
    text = model_card(FACTS)
    assert "to learn, not to sell" in text
    assert "Tiny ImageNet" in text
    assert "the maker's own photos, which are not included" in text
    assert "cut by burst" in text
    assert "probability is below 0.610" in text
    assert "So do 30 of 40 pictures of other things." in text
    assert f"Trained: 642 numbers, the new head. Frozen: {n_frozen():,}" in text
    assert "The smallest class had 12 pictures" in text
    assert FACTS.head_sha256 in text
    assert read_card().sha256 in text
    assert "2026-11-30" in text


def test_a_random_split_is_named_a_risk() -> None:
    text = model_card(replace(FACTS, by="random"))
    assert "near copies can be in both" in text
    assert "cut by burst:" not in text


def test_a_model_that_was_never_checked_claims_nothing() -> None:
    text = model_card(replace(FACTS, held_out=(0, 0), right=(0, 0), bar=None, strangers=None))
    assert "Not measured: no picture was held out." in text
    assert "%" not in text.partition("## How often it was right")[2].partition("## Where it fails")[0]
    assert "No threshold was found" in text


def test_without_strangers_none_are_mentioned() -> None:
    assert "other things" not in model_card(replace(FACTS, strangers=None))


def test_a_ready_made_task_is_named() -> None:
    assert "of the task “Mugs” of the page" in model_card(replace(FACTS, is_own=False))


def test_the_card_is_one_page_in_plain_words() -> None:
    text = model_card(FACTS)
    assert len(text) < 3500
    assert len(text.splitlines()) < 60
    prose = [line for line in text.splitlines() if line and line[0] not in "#|`"]
    assert read(prose).grade <= 9
    assert max(len(words(sentence)) for line in prose for sentence in sentences(line)) <= 25


@given(st.lists(st.text(max_size=60), min_size=2, max_size=6), st.text(max_size=80))
@hypothesis_settings(max_examples=100, deadline=None)
def test_names_cannot_become_markup_rows_or_formulas(names: list[str], task: str) -> None:
    n = len(names)
    facts = replace(
        FACTS,
        task=task,
        names=clean_names(names),
        learned_from=(1,) * n,
        held_out=(1,) * n,
        right=(1,) * n,
        is_own=False,
    )
    text = model_card(facts)
    assert len(text.splitlines()) == len(model_card(replace(FACTS, names=("a",) * n, learned_from=(1,) * n,
        held_out=(1,) * n, right=(1,) * n)).splitlines())  # fmt: skip
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == n
    assert all(re.fullmatch(r"\| `[^`|<>]+` \| 1 \| 1 \| 1 \|", row) for row in rows)
    assert "<" not in text
    assert not any(line.startswith(("=", "+", "@")) for line in text.splitlines())


def test_the_facts_are_counted_as_the_page_counts(opening: Opening) -> None:
    facts = facts_of(opening, features_for(opening.pictures), MADE_ON)
    assert opening.right is not None
    assert facts.score == opening.right
    assert facts.learned_from == opening.counts
    assert facts.n_trained == 321 * len(opening.pictures.names)  # 320 weights and a bias for each class
    assert facts.head_sha256 == hashlib.sha256(head_file(opening)).hexdigest()
    assert card_file(opening, MADE_ON).decode() == model_card(facts)


def test_a_head_that_came_back_is_scored_on_the_same_names_only(opening: Opening) -> None:
    found = read_head(head_file(opening))
    assert held_out_score(found, opening) == opening.right
    assert held_out_score(NamedHead(found.head, ("cup", "mug")), opening) is None


def test_a_task_that_is_one_burst_gives_a_card_without_a_score() -> None:
    task = ready_made("parts")
    rows = np.concatenate([np.flatnonzero(task.labels == label)[:6] for label in (0, 1)])
    bursts = task.labels[rows].copy()
    mine = Pictures("mine", task.names, task.pixels[rows], task.labels[rows], bursts, is_own=True)
    told = story(Settings(mine))
    assert told is not None
    assert "Not measured" in card_file(told, MADE_ON).decode()
    assert held_out_score(read_head(head_file(told)), told) is None
