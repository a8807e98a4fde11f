import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from dl_core.decide.route import (
    DAYS,
    LIMITS,
    NAMES,
    PRESETS,
    Route,
    Settings,
    crossing_of,
    fewer_labels,
    story,
)
from dl_core.decide.route_in_words import (
    bills,
    crossing_sentence,
    measured_sentence,
    price_sentence,
    takeaway,
)
from dl_core.documents import still
from dl_core.documents.brief import BadBrief, from_plain, to_plain
from dl_core.figures.decide_route import three_routes, title
from dl_core.figures.picture import ACCENT
from dl_core.transfer.cifar_features import load_runs
from dl_core.vision.card import read_card
from pages._words import decide_plan as words
from tests.readability import read
from tests.readability import words as words_of

lawful = run_with(deadline=None, derandomize=True, max_examples=60)
FREE = {name: low for name, (low, _) in LIMITS.items() if name not in ("busy", "engineers", "label_hours")}
EDGES = {
    "as it opens": Settings(),
    "near the crossing": Settings(per_day=150_000),
    "one a day": Settings(per_day=1),
    "the most": Settings(per_day=LIMITS["per_day"][1]),
    "all for nothing": Settings(**{**FREE, "per_day": 1}),
    "slow and dear to run": Settings(per_day=5, milliseconds=1e5, buy_months=40),
    "always dearer": Settings(buy_months=300),
    "kept in and cheaper": Settings(per_day=3_000_000, may_leave=False),
}
every_setting = pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), *EDGES.values()], ids=[*PRESETS, *EDGES]
)


def test_the_bills_by_hand():
    chosen = Settings(
        per_day=1000, buy_thousand=2, person_month=10_000, buy_months=2, tune_months=5, build_months=20,
        buy_team=0.1, tune_team=0.5, build_team=1, buy_labels=1000, tune_labels=5000, build_labels=50_000,
        label_price=0.2, server_month=100, core_hour=0.36, busy=10, milliseconds=100,
    )  # fmt: skip
    told = story(chosen)
    # 1,095,000 answers in three years. Bought: 2 × 10,000 + 200 + 36 × 1,000 + 1,095,000 × 0.002
    assert told.routes[0].total == pytest.approx(20_000 + 200 + 36_000 + 2_190)
    # an own answer: 0.1 s of a core that is busy one tenth of the time, 0.36 / 3,600 a second: 0.0001
    assert told.routes[1].per_answer == pytest.approx(0.0001)
    assert told.routes[1].total == pytest.approx(50_000 + 1_000 + 36 * 5_000 + 3_600 + 109.5)
    assert told.routes[2].total == pytest.approx(200_000 + 10_000 + 36 * 10_000 + 3_600 + 109.5)
    # buy and fine-tune cross where 0.0019 × 1,095 × v = 234,600 - 56,200
    assert told.crossing == pytest.approx(178_400 / (0.0019 * 1095))


def test_the_first_help_by_hand():
    # 5,000 labels × 10 s = 13.89 h, at 40 h a week 0.3472 weeks = 0.0801 months; and 6 months of work by two
    told = story(Settings(tune_labels=5000, label_seconds=10, label_hours=40, tune_months=6, engineers=2))
    assert told.routes[1].months == pytest.approx(0.3472 / (52 / 12) + 3, rel=1e-3)


prices = st.floats(0, 1e5)


@lawful
@given(prices, prices, st.floats(0, 0.1), st.floats(0, 0.1))
def test_at_the_crossing_both_cost_the_same(fixed, other_fixed, each, other_each):
    one = Route("buy", 0, 0, 0, fixed, each, 0, 0, True)
    other = Route("build", 0, 0, 0, other_fixed, other_each, 0, 0, True)
    at = crossing_of(one, other)
    if 0 < at < math.inf:
        answers = at * DAYS
        assert one.cost_of(answers) == pytest.approx(other.cost_of(answers), rel=1e-6, abs=1e-3)
        assert one.cost_of(answers * 2 + 1) > other.cost_of(answers * 2 + 1)
        assert one.cost_of(answers / 2) <= other.cost_of(answers / 2) + 1e-3
    elif at == 0:
        assert one.cost_of(0) >= other.cost_of(0)
        assert one.cost_of(1e6) >= other.cost_of(1e6)
    else:
        assert one.cost_of(1e12) <= other.cost_of(1e12) or each == other_each


@lawful
@given(st.floats(1, 9))
def test_the_crossing_is_where_the_choice_turns(power):
    per_day = round(10**power)
    told = story(Settings(per_day=per_day))
    assert (told.cheapest.name == "buy") == (per_day < told.crossing)
    assert [one.total for one in told.ranked] == sorted(one.total for one in told.routes)


@every_setting
def test_at_the_fair_price_buying_costs_as_much_as_the_own_way(chosen):
    told = story(chosen)
    if 0 <= told.fair_price <= LIMITS["buy_thousand"][1]:
        fair = story(replace(chosen, buy_thousand=told.fair_price))
        assert fair.routes[0].total == pytest.approx(told.own.total, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    "name", [name for name in LIMITS if name not in ("per_day", "engineers", "busy", "label_hours")]
)
def test_what_costs_more_never_makes_the_bill_smaller(name):
    before, after = story(Settings()), story(replace(Settings(), **{name: getattr(Settings(), name) * 2}))
    pairs = list(zip(before.routes, after.routes, strict=True))
    assert all(new.total >= old.total and new.months >= old.months for old, new in pairs)
    assert any(new.total > old.total or new.months > old.months for old, new in pairs)


def test_secret_data_cannot_be_bought_and_that_has_a_price():
    told, free = story(PRESETS["Secret data"]), story(Settings())
    assert "buy" not in {one.name for one in told.ranked}
    assert told.price_of_secrecy == pytest.approx(free.routes[1].total - free.routes[0].total)
    assert crossing_sentence(told) == "Keeping the data in costs about $200,000 more than buying would."
    assert "costs nothing here" in crossing_sentence(story(EDGES["kept in and cheaper"]))


def test_the_presets_tell_three_stories():
    assert [story(one).cheapest.name for one in PRESETS.values()] == ["buy", "fine-tune", "fine-tune"]


def test_near_the_crossing_it_is_called_a_tie():
    told = story(EDGES["near the crossing"])
    assert told.is_close
    assert "cost about the same" in title(told)
    assert "let time and control decide" in takeaway(told)
    assert not story(Settings()).is_close


def test_the_measured_pieces_come_from_their_files():
    assert Settings().milliseconds == read_card().milliseconds
    most, too_few, enough = fewer_labels()

    def mean(kind, n):
        found = [run.score.value for run in load_runs() if (run.kind, run.n_per_class) == (kind, n)]
        return sum(found) / len(found)

    assert mean("fine-tuned", too_few) < mean("from scratch", most) <= mean("fine-tuned", enough)
    assert f"{too_few} to {enough}" in measured_sentence()


@every_setting
def test_what_is_said_is_plain_and_holds_the_numbers(chosen):
    told = story(chosen)
    said = [takeaway(told), price_sentence(told), words.route_headline(told), title(told)]
    said += words.route_tells(told).values()
    text = " ".join(said)
    assert not any(word in text for word in ("nan", "inf ", "endless", "e+", "$-"))
    assert len(said[0].split()) <= 45
    reading = read(said)
    assert reading.grade <= 9
    assert all(len(words_of(one)) <= 25 for one in reading.sentences)
    assert 2 <= len(said[2].split()) <= 12
    assert len(f"{said[2]} {said[3]}".split()) <= 25


def test_the_sentence_as_it_opens():
    assert takeaway(story(Settings(milliseconds=12.1))) == (
        "In three years buying costs about $96,000, fine-tuning $290,000 and building $730,000. "
        "From about 130,000 a day on, buying is dearer. It can first help after 1.5 months."
    )


@pytest.mark.parametrize(("chosen", "says"), [
    (EDGES["always dearer"], "Buying is dearer at any volume."),
    (EDGES["slow and dear to run"], "From about 38,000 a day on, buying is cheaper."),
    (Settings(buy_thousand=0), "At these prices buying stays cheaper at any volume."),
])  # fmt: skip
def test_a_turn_that_never_comes_is_not_made_up(chosen, says):
    if says.startswith("Buying is dearer"):
        chosen = replace(chosen, per_day=1000)
    assert crossing_sentence(story(chosen)) == says


def test_the_rows_of_the_bills_add_up():
    told = story(Settings())
    one = told.routes[1]
    assert one.work + one.labels + one.running + one.servers + one.per_answer * one.answers == pytest.approx(
        one.total
    )
    rows = bills(told)
    assert rows[0] == ("In three years", "Buy", "Fine-tune", "Build")
    assert all(len(row) == 1 + len(NAMES) for row in rows)
    assert bills(story(PRESETS["Secret data"]))[0][1] == "Buy (not allowed)"


@pytest.mark.parametrize(
    ("name", "value"),
    [("per_day", 0), ("busy", 0), ("engineers", 0), ("person_month", -1), ("milliseconds", float("nan"))],
)
def test_nonsense_is_refused_in_the_reader_s_words(name, value):
    with pytest.raises(ValueError, match=f"{name.replace('_', ' ')} cannot be {value}"):
        Settings(**{name: value})


def test_a_saved_brief_brings_the_settings_back():
    chosen = PRESETS["Secret data"]
    plain = to_plain(chosen)
    assert from_plain(story, plain) == chosen
    with pytest.raises(BadBrief):
        from_plain(story, {**plain, "busy": 0})


@every_setting
def test_the_picture_is_drawn_and_the_reader_stands_on_the_cheapest_line(chosen):
    told = story(chosen)
    picture = three_routes(told)
    figure = picture.checked_figure
    you = figure.data[figure.layout.meta["drag"]["trace"]]
    assert (you.name, you.x, you.marker.color) == ("you", (chosen.per_day,), ACCENT)
    assert you.y[0] == pytest.approx(max(told.cheapest.total, 1), rel=1e-3)
    left, right = figure.layout.xaxis.range
    assert left < math.log10(chosen.per_day) < right
    assert len({line.line.dash for line in figure.data[:3]}) == 3  # not by colour alone
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.json) < 12_000
    assert len(picture.table) == 3


def test_the_ring_stands_where_both_lines_meet():
    told = story(Settings())
    figure = three_routes(told).checked_figure
    ring = next(one for one in figure.data if one.name == "buying turns dearer")
    assert ring.x[0] == pytest.approx(told.crossing, rel=1e-3)
    assert ring.y[0] == pytest.approx(told.routes[1].cost_of(told.crossing * DAYS), rel=1e-3)
    secret = three_routes(story(PRESETS["Secret data"])).checked_figure
    assert "buying turns dearer" not in {one.name for one in secret.data}
