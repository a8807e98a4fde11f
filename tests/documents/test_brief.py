import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl_core.cost_of_use import Workload, cost_of_use
from dl_core.documents.brief import (
    FIELDS,
    LARGEST_FILE,
    LONGEST_FIELD,
    BadBrief,
    SavedBrief,
    SavedCard,
    SavedScene,
    cut,
    filled,
    from_plain,
    read,
    to_plain,
    written,
)
from dl_core.documents.content import MOST_CARDS
from dl_core.knn_vs_softmax import Settings, story
from dl_core.running_case import CASES

CARD = SavedCard(lesson="knn_vs_softmax", scenes=[SavedScene(scene="plane", settings={"k": 9})])
words = st.text(max_size=300)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(title=words, note=words, field=words)
def test_what_is_written_is_read_back(title, note, field):
    card = CARD.model_copy(update={"title": title, "note": note})
    brief = SavedBrief(title=title, cards=[card], fields={"Goal": field})
    assert read(written(brief)) == brief


@given(st.binary(max_size=400) | plain.map(lambda value: json.dumps(value).encode()))
def test_any_other_file_gets_one_kind_sentence(file):
    with pytest.raises(BadBrief, match=r"^This is not a brief from here\. Choose one"):
        read(file)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("kind", "a deck"),
        ("version", 2),
        ("title", "t" * 301),
        ("title", 3),
        ("cards", [{"lesson": "../../etc/passwd", "scenes": []}]),
        ("cards", [{"lesson": "knn_vs_softmax", "scenes": [{"scene": "plane", "run": "rm"}]}]),
        ("fields", {"Goal": ["not", "text"]}),
        ("macro", "=cmd()"),
    ],
)
def test_one_wrong_part_is_enough_to_refuse(change, value):
    good = json.loads(written(SavedBrief(cards=[CARD])))
    assert read(json.dumps(good).encode()).cards == [CARD]
    with pytest.raises(BadBrief, match="not a brief from here"):
        read(json.dumps(good | {change: value}).encode())


def test_too_large_and_too_many_are_said():
    with pytest.raises(BadBrief, match="larger than 200 kB"):
        read(b" " * (LARGEST_FILE + 1))
    with pytest.raises(BadBrief, match=f"{MOST_CARDS + 1} cards; {MOST_CARDS} is the most"):
        read(written(SavedBrief(cards=[CARD] * (MOST_CARDS + 1))))


@given(
    k=st.integers(1, 20),
    n_points=st.integers(20, 200),
    noise=st.floats(0, 1),
    query=st.tuples(st.floats(-50, 50), st.floats(-50, 50)),
)
def test_settings_survive_the_file(k, n_points, noise, query):
    settings = Settings(k=k, n_points=n_points, noise=noise, query=query)
    through_the_file = json.loads(json.dumps(to_plain(settings)))
    assert from_plain(story, through_the_file) == settings


@given(plain)
def test_settings_that_do_not_fit_are_refused(value):
    fits = isinstance(value, dict) and set(value) <= set(to_plain(Settings()))
    if not fits:
        with pytest.raises(BadBrief, match="a setting that its lesson does not have"):
            from_plain(story, value)


@pytest.mark.parametrize("wrong", [{"k": 0}, {"k": "9"}, {"metric": "L7"}, {"query": [1.0]}, {"noise": 1e9}])
def test_the_lessons_own_rules_hold_for_a_file(wrong):
    with pytest.raises(BadBrief, match="a setting that its lesson does not have"):
        from_plain(story, to_plain(Settings()) | wrong)


def test_the_price_is_open_until_a_scene_has_told_one():
    assert filled(CASES[0], [])["Error cost"].endswith("The price of each is open.")
    told = filled(CASES[0], [{}, {"Error cost": "A miss: $40."}])["Error cost"]
    assert told == f"A miss: {CASES[0].miss}. A false alarm: {CASES[0].false_alarm}. A miss: $40."


@given(st.lists(st.text("ab ", min_size=1, max_size=900), max_size=6))
def test_a_field_holds_at_most_what_its_place_on_the_page_takes(told):
    full = " ".join(dict.fromkeys(told))
    found = filled(CASES[0], [{"Latency": sentence} for sentence in told])["Latency"]
    assert len(found) <= LONGEST_FIELD
    if not told:
        assert found.startswith("Open: ")
    elif len(full) <= LONGEST_FIELD:
        assert found == full
    else:
        assert found.endswith("…")
        assert full.startswith(found[:-1])


def test_cut_keeps_whole_words():
    assert cut("one two three", 9) == "one two…"
    assert cut("one two three", 13) == "one two three"
    assert cut("onetwothree", 4) == "one…"


def test_a_scene_without_settings_stays_without():
    assert to_plain(None) is None
    assert from_plain(cost_of_use, to_plain(Workload(n_classes=7))).n_classes == 7


def test_the_sheet_has_every_field_and_says_what_is_open():
    sheet = filled(CASES[2], [{"Latency": "12 ms."}, {"Latency": "Photos: 15 ms."}, {"Latency": "12 ms."}])
    assert list(sheet) == [field for field, _ in FIELDS]
    assert sheet["Latency"] == "12 ms. Photos: 15 ms."  # in order, nothing twice
    assert CASES[2].items in sheet["Goal"]
    assert CASES[2].miss in sheet["Error cost"]
    assert sheet["Review"] == "Open: Which answers does a person check, and how fast?"
