"""How far a task lies: measured against photos the network never saw, and no forecast claimed from it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from dl_core.course_models import read_models
from dl_core.transfer.distance import (
    CASES,
    FILE,
    LINE_AT,
    LOOKED_AT,
    MANY,
    Distance,
    DistanceProblem,
    Settings,
    dealt,
    measured,
    shares_farther,
    side,
    story,
    tenth_angles,
)
from dl_core.transfer.distance_in_words import forecast_rows, forecast_sentences, others, takeaway
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import TASKS, features_for, ready_made


@pytest.fixture(scope="module")
def told() -> dict[str, Distance]:
    return {key: story(Settings(ready_made(key))) for key in TASKS}


def own(n: int = 8) -> Pictures:
    """A reader's own pictures: parts of a ready-made task under another name."""
    part = ready_made("parts").part(np.arange(n))
    return Pictures("mine", part.names, part.pixels, part.labels, part.bursts, is_own=True)


def test_the_distance_is_the_angle_to_the_tenth_nearest() -> None:
    features = features_for(ready_made("corners"))[:3]
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    degrees = np.sort(
        np.degrees(np.arccos(unit.astype(float) @ read_models().neighbours.T.astype(float))), axis=1
    )
    np.testing.assert_allclose(tenth_angles(features), degrees[:, 9], atol=0.02)


def test_the_yardstick_measures_itself_as_50() -> None:
    quantiles = np.array(measured().quantiles)
    rng = np.random.default_rng(0)
    drawn = np.interp(
        rng.random(20_000), np.linspace(0, 1, 101), quantiles
    )  # as the unseen photos are spread
    assert 100 * shares_farther(drawn, quantiles).mean() == pytest.approx(50, abs=1)


def test_the_networks_own_classes_lie_at_about_50() -> None:
    (found,) = [task for task in measured().tasks if task.key == "own"]
    assert found.similarity == pytest.approx(50, abs=8)  # ten of 200 classes


def test_a_stored_training_photo_is_as_near_as_can_be() -> None:
    angles = tenth_angles(read_models().neighbours[[3, 5000]])
    assert (shares_farther(angles, np.array(measured().quantiles)) > 0.2).all()
    assert shares_farther(np.array([0.0, 90.0]), np.array(measured().quantiles)).tolist() == [1.0, 0.0]


@given(st.lists(st.floats(0, 90), min_size=2, max_size=20))
def test_farther_out_is_never_more_similar(angles: list[float]) -> None:
    found = shares_farther(np.sort(angles), np.array(measured().quantiles))
    assert (np.diff(found) <= 1e-12).all()
    assert 0 <= found.min() <= found.max() <= 1


@pytest.mark.parametrize("key", TASKS)
def test_a_ready_made_task_lies_where_the_committed_file_says(told: dict[str, Distance], key: str) -> None:
    (row,) = [task for task in measured().tasks if task.key == key]
    assert told[key].known == key
    assert told[key].similarity == pytest.approx(row.similarity, abs=1.5)  # here of at most 300 pictures


def test_the_committed_file_was_measured_on_todays_pictures() -> None:
    rows = {row["key"]: row for row in json.loads(FILE.read_text(encoding="utf-8"))["tasks"]}
    assert set(rows) == {*TASKS, "cifar10", "own"}, (
        "measure again: python -m dl_core.offline.transfer_distance"
    )
    for key in TASKS:
        assert rows[key]["sha256"] == ready_made(key).sha256, f"{key} has changed: measure again"
        assert rows[key]["n_held"] == min(ready_made(key).counts)


def test_the_rank_correlations_are_those_of_the_rows() -> None:
    found = measured()
    similarity, frozen, pixels = (
        np.array([getattr(task, name) for task in found.tasks]) for name in ("similarity", "frozen", "pixels")
    )
    assert found.rank_with_score == pytest.approx(spearmanr(similarity, frozen).statistic, abs=0.006)
    assert found.rank_with_gain == pytest.approx(spearmanr(similarity, frozen - pixels).statistic, abs=0.006)


def test_no_forecast_is_claimed_from_few_tasks() -> None:
    first, second = forecast_sentences()
    assert "So few tasks prove nothing." in first
    assert second.endswith("Far is a warning, not a forecast.")
    strong = replace(measured(), rank_with_score=0.9)
    assert "It seems so" in forecast_sentences(strong)[0]
    assert "So few tasks prove nothing." in forecast_sentences(strong)[0]
    assert "No:" in forecast_sentences(replace(measured(), rank_with_score=-0.9))[0]
    many = replace(measured(), tasks=measured().tasks * 4)
    assert "prove nothing" not in forecast_sentences(many)[0]


def test_the_presenters_example_holds() -> None:
    # the notes say that cloth lies farthest out and does well
    farthest = min(measured().tasks, key=lambda task: task.similarity)
    assert farthest.key == "fabrics"
    assert farthest.frozen > 0.9 > 0.6 > farthest.pixels


def test_one_ready_made_task_lies_near_and_one_far(told: dict[str, Distance]) -> None:
    sides = {key: found.side for key, found in told.items()}
    assert sides["fruit"] == "near"
    assert sides["fabrics"] == sides["numbers"] == "far"
    assert "near and few" in takeaway(told["fruit"])


def test_the_table_holds_every_task_the_nearest_first() -> None:
    rows = forecast_rows()
    assert len(rows) == len(measured().tasks)
    assert [int(row[1]) for row in rows] == sorted((int(row[1]) for row in rows), reverse=True)


def test_the_line_is_within_its_interval_and_named_as_such() -> None:
    middle, low, high = measured().line
    assert 0 < low < middle < high < 50
    assert LINE_AT == 0.05
    assert [side(low - 0.1), side(low), side(high), side(high + 0.1)] == ["far", "line", "line", "near"]


@pytest.mark.parametrize(
    ("similarity", "n_per_class", "case"),
    [(5, 20, "few far"), (5, MANY, "many far"), (45, MANY - 1, "few near"), (45, 1000, "many near")],
)
def test_each_of_the_four_cases_is_reached(
    told: dict[str, Distance], similarity: float, n_per_class: int, case: str
) -> None:
    found = replace(told["parts"], similarity=similarity, settings=Settings(ready_made("parts"), n_per_class))
    assert found.case.key == case
    assert ("far" if similarity < 20 else "near") in takeaway(found)
    assert ("many" if n_per_class >= MANY else "few") in takeaway(found)
    assert {each.key for each in CASES} >= {found.case.key}


def test_on_the_line_is_called_so(told: dict[str, Distance]) -> None:
    found = replace(told["parts"], similarity=measured().line[0])
    assert "on the line between near and far" in takeaway(found)


def test_every_advice_has_three_to_six_words() -> None:
    assert all(3 <= len(case.advice.split()) <= 6 for case in CASES)


@pytest.mark.parametrize("key", TASKS)
def test_the_sentence_is_short_and_says_the_measured_number(told: dict[str, Distance], key: str) -> None:
    sentence = takeaway(told[key])
    assert f"**{told[key].similarity:.0f} of 100**" in sentence
    assert len(sentence.split()) <= 45
    assert "measure yours" in sentence
    assert not any(task.key == key for task in others(told[key]))


def test_a_readers_own_pictures_are_measured_and_known_as_nothing() -> None:
    found = story(Settings(own()))
    assert found.known == ""
    assert len(others(found)) == len(measured().tasks)
    low, high = found.usual
    assert 0 <= low <= found.similarity <= high <= 100


def test_one_picture_is_enough_to_be_measured() -> None:
    assert story(Settings(own(1), 1)).n_looked_at == 1


@given(st.integers(1, 2000))
def test_pictures_are_dealt_evenly(n_pictures: int) -> None:
    rows = dealt(n_pictures)
    assert len(rows) == min(n_pictures, LOOKED_AT)
    assert (rows[0], rows[-1]) == (0, n_pictures - 1)
    gaps = np.diff(rows)
    assert not len(gaps) or gaps.max() - gaps.min() <= 1


@pytest.mark.parametrize("n_per_class", [0, -1, 1001])
def test_nonsense_is_refused(n_per_class: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Settings(ready_made("parts"), n_per_class)


def test_a_task_without_pictures_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        Settings(ready_made("parts").part(np.zeros(0, np.int64)))


def test_a_file_of_another_network_is_refused(tmp_path: Path) -> None:
    told = json.loads(FILE.read_text(encoding="utf-8")) | {"network_sha256": "0" * 64}
    file = tmp_path / "distance.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(DistanceProblem, match="another network"):
        measured(file)
    with pytest.raises(DistanceProblem, match="is missing"):
        measured(tmp_path / "nothing.json")
