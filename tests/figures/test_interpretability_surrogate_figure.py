import pytest

from dl_core.documents import still
from dl_core.figures.interpretability_surrogate import LOOKS, surrogate_chart
from dl_core.figures.picture import ACCENT
from dl_core.interpretability.question import Question
from dl_core.interpretability.surrogate import Settings, story
from dl_core.interpretability.tables import TABLES, ready_made

LOANS = Question(ready_made("loans"))
EVERY = [
    *(Settings(LOANS, "boosted", depth) for depth in (1, 3, 6)),
    *(Settings(Question(ready_made(key)), model) for key in TABLES for model in ("forest", "mlp")),
]
every_setting = pytest.mark.parametrize(
    "chosen", EVERY, ids=lambda one: f"{one.question.table.key}, {one.model}, {one.depth}"
)


def trace(figure, name):
    return next(each for each in figure.data if each.name == name)


@every_setting
def test_the_curve_is_the_agreement_of_each_copy_within_its_interval(chosen):
    told = story(chosen)
    figure = surrogate_chart(told).checked_figure
    curve, ring = trace(figure, "the copy"), trace(figure, "your choice")
    assert list(curve.y) == pytest.approx([100 * copy.same.value for copy in told.copies], abs=0.05)
    tops = [y + more for y, more in zip(curve.y, curve.error_y.array, strict=True)]
    assert tops == pytest.approx([100 * copy.same.high for copy in told.copies], abs=0.1)
    assert list(figure.layout.xaxis.ticktext) == [str(copy.n_rules) for copy in told.copies]
    assert (ring.x[0], ring.marker.line.color) == (chosen.depth, ACCENT)
    low, high = figure.layout.yaxis.range
    bottoms = [y - less for y, less in zip(curve.y, curve.error_y.arrayminus, strict=True)]
    assert low < min(bottoms)
    assert high > max(tops)


@every_setting
def test_one_answer_for_all_is_the_dashed_line(chosen):
    told = story(chosen)
    line = surrogate_chart(told).checked_figure.layout.shapes[0]
    assert line.y0 == line.y1 == pytest.approx(100 * told.one_answer.value, abs=0.05)
    assert line.line.dash == "dash"


@every_setting
def test_four_bars_of_money_in_one_order_with_words_within_the_picture(chosen):
    told = story(chosen)
    figure = surrogate_chart(told).checked_figure
    bars = [each for each in figure.data if each.type == "bar"]
    assert [bar.x[0] for bar in bars] == pytest.approx(
        [each.cost for each in told.contenders], rel=1e-3, abs=0.1
    )
    assert [bar.marker.pattern.shape for bar in bars] == [hatch for _, hatch in LOOKS.values()]
    assert all(bar.marker.pattern.bgcolor == bar.marker.color for bar in bars)
    assert bars[0].error_x.array is None  # the model differs from itself nowhere
    notes = [note for note in figure.layout.annotations if note.xref == "x2"]
    _, high = figure.layout.xaxis2.range
    assert all(0 <= note.x <= 0.6 * high for note in notes)
    for note, each in zip(notes[1:], told.contenders[1:], strict=True):
        is_tie = told.verdict == "tie" if each.name == "readable" else each.behind.is_tie
        assert note.text.endswith("a tie") == is_tie
    # the luck of the training counts at the readable model
    half = max(told.over_all.half, told.of["readable"].behind.mean.half)
    assert bars[-1].error_x.array[0] == pytest.approx(half, rel=1e-3)
    assert min(note.font.size for note in figure.layout.annotations) >= 13


def test_the_title_tells_the_finding_and_the_table_holds_all():
    picture = surrogate_chart(story(EVERY[1]))
    assert picture.title == "8 rules repeat the boosted trees in 80 % of cases"
    table = picture.table
    assert table["rules"].tolist() == ["2", "4", "8", "15", "24", "35", "–", "8", "–"]
    # 399 of 500, Wilson
    assert table.iloc[2]["decides as the model (%)"] == "80 (76 to 83)"
    assert table.iloc[6]["who answers"] == "Boosted trees"


@every_setting
def test_the_picture_is_small_and_can_be_drawn_without_a_browser(chosen):
    picture = surrogate_chart(story(chosen))
    assert len(picture.json) < 9_000
    assert picture.summary
    assert still.png(picture, pixels_per_inch=40).startswith(b"\x89PNG")
