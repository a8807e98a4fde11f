import pytest

from dl_core.documents import still
from dl_core.figures.interpretability_shuffle import HATCH, shuffle_chart
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.shuffle import PAGE, Settings, story
from dl_core.interpretability.tables import TABLES, ready_made

PRESETS = [Settings(at_rest(), model=model) for model in ("ebm", "forest", "tree")]
EVERY = [*PRESETS, *(Settings(Question(ready_made(key)), PAGE, "logistic") for key in TABLES)]
every_setting = pytest.mark.parametrize("chosen", EVERY, ids=lambda one: f"{one.table.key}, {one.model}")


@every_setting
def test_bars_are_as_long_as_their_money_with_whiskers_as_wide_as_the_interval(chosen):
    told = story(chosen)
    bars = shuffle_chart(told).checked_figure.data
    gaps = [*(bar.gap for bar in told.alone), told.added, told.together.gap, told.without]
    assert len(bars) == len(gaps)
    for bar, gap in zip(bars, gaps, strict=True):
        assert bar.x[0] == pytest.approx(gap.mean.value, rel=1e-3, abs=0.1)
        assert bar.error_x.array[0] == pytest.approx(gap.mean.half, rel=1e-3, abs=0.1)
    places = [bar.y[0] for bar in bars]
    assert places == sorted(places)


@every_setting
def test_every_bar_is_within_the_axis_and_has_words_after_it(chosen):
    figure = shuffle_chart(story(chosen)).checked_figure
    low, high = figure.layout.xaxis.range
    for bar in figure.data:
        assert low <= bar.x[0] - bar.error_x.array[0]
        assert bar.x[0] + bar.error_x.array[0] < high
    words = [note for note in figure.layout.annotations if note.xref != "paper"]
    assert [note.y for note in words] == [bar.y[0] for bar in figure.data]
    assert all(0 <= note.x < low + 0.7 * (high - low) for note in words)  # room for a price
    assert min(note.font.size for note in figure.layout.annotations) >= 13


def test_each_kind_of_bar_has_a_second_cue_that_shows_on_any_ground():
    bars = shuffle_chart(story(PRESETS[0])).checked_figure.data
    assert len(set(HATCH.values())) == len(HATCH)
    for bar in bars:
        assert bar.marker.pattern.shape == HATCH[bar.marker.color]
        assert bar.marker.pattern.bgcolor == bar.marker.color  # without it the browser draws no bar


def test_titles_tell_the_finding():
    hidden, twice, one = (shuffle_chart(story(chosen)).title for chosen in PRESETS)
    assert hidden == "Alone at most $1,900, together $36,000"
    assert twice.startswith("The bars sum to")
    assert one.startswith("“worst area” carries all")
    loans = Question(ready_made("loans"))
    assert shuffle_chart(story(Settings(loans, PAGE, "forest"))).title.endswith("it may be nothing")
    assert shuffle_chart(story(Settings(loans, PAGE, "tree"))).title.endswith("no case differs")


def test_what_no_case_feels_is_told_as_that_and_what_may_be_nothing_too():
    notes = [note.text for note in shuffle_chart(story(PRESETS[2])).checked_figure.layout.annotations]
    assert notes.count("no case differs") == 5
    assert any(note.endswith("may be 0") for note in notes)


def test_the_table_holds_every_bar_with_its_range_over_shuffles():
    told = story(PRESETS[0])
    table = shuffle_chart(told).table
    assert table["what is shuffled"].tolist()[:6] == [bar.name for bar in told.alone]
    assert table.iloc[6]["what is shuffled"] == "all of them together"
    assert len(table) == 10
    assert table.iloc[6]["unlike any real one (%)"] == "5.6"
    assert " to " in table.iloc[0]["of ten shuffles, lowest to highest"]


@every_setting
def test_the_picture_is_small_and_can_be_drawn_without_a_browser(chosen):
    picture = shuffle_chart(story(chosen))
    assert len(picture.json) < 12_000
    assert picture.summary
    assert still.png(picture, pixels_per_inch=40).startswith(b"\x89PNG")
