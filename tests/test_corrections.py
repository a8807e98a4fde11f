"""The corrections: each number worked out here once more, by other means; nothing scorned or missing."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from dl_core.corrections import ARTICLES, Correction, by_article, corrections
from pages._shared import catalogue
from pages._words.glossary_corrections import LEAD, counted, legend, told
from tests.course_rows import ROWS, Corrected
from tests.readability import read, sentences, words

ROOT = Path(__file__).parents[1]
LESSONS = {entry.name for entry in catalogue.LESSONS}
REFUSED = (
    "wrong",
    "error",
    "mistake",
    "false claim",
    "fail to",
    "sloppy",
    "silly",
    "nonsense",
    "should know",
)


def one(printed: str) -> Correction:
    """The one correction of what is printed so."""
    (found,) = [each for each in corrections() if printed in each.printed]
    return found


def test_three_scores_cost_1_04_by_the_natural_log_and_0_45_by_base_10():
    # e^-2.85 = 0.0578, e^0.86 = 2.3632, e^0.28 = 1.3231: share 1.3231 / 3.7441 = 0.3534
    share = math.exp(0.28) / sum(map(math.exp, (-2.85, 0.86, 0.28)))
    found = one("a loss of 0.45")
    assert f"{-math.log(share):.2f}." in found.right.split(" ")
    assert f"{-math.log10(share):.2f}" == "0.45"


def test_the_hot_dogs_by_both_logs():
    found = one("one hot dog")
    for share in (0.78, 0.35):
        assert f"{-math.log10(share):.4f}" in found.printed
        assert f"{-math.log(share):.4f}" in found.right
    # ln 0.35 / ln 0.78 = 1.0498 / 0.2485
    assert f"{math.log(0.35) / math.log(0.78):.2f}" == "4.23"
    assert "4.23" in found.checked


def test_the_driving_test_by_hand():
    def chance(parking: float, road: float) -> str:
        return f"{100 / (1 + math.exp(3 - 0.01 * parking - 0.025 * road)):.2f} %"

    found = one("driving test")
    # age 50, 20 lessons, sex s: −200 + 3 · 50 − 0.5 s + 10 · 20 and −200 + 6 · 50 + 0.5 s + 4 · 20
    for text, s in ((found.right, 0), (found.printed, -1)):
        parking, road = -200 + 150 - 0.5 * s + 200, -200 + 300 + 0.5 * s + 80
        assert f"{parking:g} and {road:g}" in text
        assert chance(parking, road) in text
    assert "95.26 %" in found.right
    assert "95.22 %" in found.printed


def test_the_picture_of_224_by_224_has_50_176_pixels():
    found = one("224 by 224")
    assert "65,536" in found.printed
    assert 256 * 256 == 65_536
    assert f"{224 * 224:,}" in found.right
    # 50,176,000 and 3 · 50,176,000 = 150,528,000 weights; with 1,000 biases 4 · 150,529,000 bytes = 602 MB
    assert "50.2 million" in found.right
    assert "150.5 million" in found.right
    assert "602 MB" in found.checked
    assert round(4 * (3 * 224 * 224 * 1000 + 1000) / 1e6) == 602


def test_the_house_is_priced_below_zero():
    # 100 · 100 + 1,000 · 2 − 30 · 500 = −3,000; 90.3 · 100 + 1,006.2 · 2 − 40.5 · 500 = −9,207.6
    found = one("a house price")
    assert "−3,000" in found.right
    assert "−9,207.6" in found.right
    assert round(90.3 * 100 + 1006.2 * 2 - 40.5 * 500, 1) == -9207.6


def test_published_and_own_shares_are_those_of_the_committed_runs():
    cifar10 = json.loads((ROOT / "assets" / "cifar10.json").read_text(encoding="utf-8"))
    published = {row["name"]: f"{100 * row['accuracy']:.3g} %" for row in cifar10["published"]}
    own = {row["name"]: f"{100 * row['hits'] / row['n']:.0f} %" for row in cifar10["rows"]}
    study, people = one("from a study"), one("for people")
    assert published["one neighbour, L1"] == "38.6 %"
    assert "38.6 %" in study.right
    assert published["one neighbour, L2"] == "35.4 %"
    assert "35.4 %" in study.right
    assert own["one neighbour, L1"] in study.checked
    assert published["a person"] in people.printed
    assert published["best network"] in people.right
    luck = json.loads((ROOT / "assets" / "random_search.json").read_text(encoding="utf-8"))
    found = one("random search")
    assert f"{100 * luck['published']['accuracy']:.3g} %" == "15.5 %"
    assert "15.5 %" in found.right
    for row in luck["rows"]:
        assert f"{100 * row['hits'] / row['n']:.0f} %" in found.checked


def test_on_the_parabola_the_edge_is_one():
    # x becomes (1 − 2 · rate) x: the size stays at a rate of 1 and grows above
    assert "a rate of 1 on" in one("a convex loss").checked


def test_the_walk_that_rests_in_the_higher_valley_is_walked_again():
    from dl_core.gradient_descent import PRESETS
    from dl_core.surfaces import surface

    stuck, ground = PRESETS["Stuck"], surface("valleys")
    x, y = stuck.start
    h = 1e-6
    for _ in range(stuck.n_steps):  # by differences of heights, not by the core's own slopes
        along_x = (ground.value(x + h, y) - ground.value(x - h, y)) / (2 * h)
        along_y = (ground.value(x, y + h) - ground.value(x, y - h)) / (2 * h)
        x, y = x - stuck.learning_rate * along_x, y - stuck.learning_rate * along_y
    assert f"rests {ground.value(x, y):.1f} high" in one("ends at the global minimum").checked


def test_the_first_of_twenty_layers_starves():
    study = json.loads((ROOT / "assets" / "gradient_by_layer.json").read_text(encoding="utf-8"))["layers"]
    (network,) = [
        row
        for row in study["networks"]
        if row["activation"] == "sigmoid" and row["start"] == "xavier" and len(row["median"]) == 20
    ]
    trillions = 10 ** -network["median"][0] / 1e12
    assert f"1 part in {trillions:.2g} trillion" in one("deeper layers").checked


def test_the_threshold_of_five_is_a_bias_of_minus_five():
    assert "threshold of 5 is our bias of −5" in one("threshold signs").right


def test_every_article_page_and_text_is_there():
    assert set("".join(each.articles for each in corrections())) == set(ARTICLES) == set("ABCDE")
    assert {each.page for each in corrections()} <= LESSONS
    assert len({each.printed for each in corrections()}) == len(corrections())
    for letter in ARTICLES:
        assert by_article(letter) == tuple(each for each in corrections() if letter in each.articles)


@pytest.mark.parametrize("row", [key for key in ROWS if key[0] == "E"])
def test_each_row_of_errors_and_clashes_is_in_the_panel(row):
    homes = [home for home in ROWS[row].homes if isinstance(home, Corrected)]
    assert homes, f"{row} is in no correction"
    for home in homes:
        assert home.articles == one(home.printed).articles


def test_words_are_plain_short_and_without_scorn():
    texts = [LEAD, legend(), counted(corrections(), ""), *map(told, corrections())]
    found = read(texts)
    assert found.grade <= 9
    assert found.words_per_sentence <= 15
    assert [s for text in texts for s in sentences(text) if len(words(s)) > 25] == []
    for each in corrections():
        assert len(sentences(each.right)) <= 3
        assert len(sentences(each.checked)) <= 2
        assert each.right.endswith(".")
        assert each.checked.endswith(".")
        assert not each.printed.endswith(".")
        assert not [word for word in REFUSED if word in f"{each.printed} {each.right}".lower()]


@pytest.mark.parametrize(("articles", "printed"), [("", "x"), ("F", "x"), ("A", "")])
def test_a_correction_without_article_or_words_is_refused(articles, printed):
    with pytest.raises(ValueError, match=r"article|correction"):
        Correction(articles, printed, "y.", "z.", "start")
