"""The what-if's picture: the curve, the bar, two marks whose words keep apart, and the table."""

from __future__ import annotations

import pytest

from dl_core.documents import still
from dl_core.figures.interpretability_whatif import what_if
from dl_core.figures.picture import ACCENT
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import TABLES, ready_made
from dl_core.interpretability.whatif import story
from dl_core.interpretability.whatif_settings import Settings, at_rest

LOANS = Question(ready_made("loans"))
BOTH = Settings(LOANS, moved=(("debt payments", 30.0), ("loan in yearly incomes", 3.0)))
CASES = [
    at_rest(), BOTH, Settings(LOANS, number=1), Settings(LOANS, side="let through", number=1),
    Settings(LOANS, number=310), Settings(LOANS, may_change=()), Settings(LOANS, along="missed payments"),
]  # fmt: skip


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


def drawn(picture, mode):
    return [one for one in picture.checked_figure.data if one.type == "scatter" and one.mode == mode]


@pytest.mark.parametrize("settings", CASES, ids=range(len(CASES)))
def test_the_marks_lie_on_their_curves_and_within_the_axes(settings):
    told = story(settings)
    picture = what_if(told)
    figure = picture.checked_figure
    low, high = figure.layout.xaxis.range
    top = figure.layout.yaxis.range[1]
    marks = drawn(picture, "markers")
    assert [mark.marker.symbol for mark in marks] == ["circle", "diamond"][: 1 + (told.changed is not None)]
    for mark in marks:
        assert low < mark.x[0] < high
        assert 0 <= mark.y[0] < top
    assert marks[0].y[0] == pytest.approx(100 * told.before, rel=1e-3)
    if told.changed is not None:
        assert marks[1].y[0] == pytest.approx(100 * told.after, rel=1e-3)
        upper, lower = sorted(figure.layout.annotations[-2:], key=lambda note: -note.y)
        assert (upper.yanchor, lower.yanchor) == ("bottom", "top") or upper.y == lower.y


def test_the_bar_parts_the_picture_and_both_sides_have_a_name():
    figure = what_if(story(at_rest())).checked_figure
    line = next(shape for shape in figure.layout.shapes if shape.type == "line")
    assert line.y0 == line.y1 == pytest.approx(100 * LOANS.bar, rel=1e-3)
    assert (line.line.color, line.line.dash) == (ACCENT, "dash")
    let, held = (shape for shape in figure.layout.shapes if shape.type == "rect")
    assert let.y1 == held.y0 == line.y0
    texts = [note.text for note in figure.layout.annotations]
    assert any(text.startswith("▲ held back from 9.1 %") for text in texts)
    assert "▼ let through" in texts


def test_another_curve_is_drawn_only_where_other_columns_moved():
    alone, both = (what_if(story(settings)) for settings in (at_rest(), BOTH))
    assert [one.line.dash for one in drawn(alone, "lines")] == [None]
    assert [one.line.dash for one in drawn(both, "lines")] == ["dash", None]


def test_the_pale_bars_count_every_case_under_the_axis_of_risk():
    told = story(at_rest())
    bars = trace(what_if(told), "cases")
    assert sum(bars.customdata) == 2000
    assert max(base + y for base, y in zip([bars.base] * len(bars.y), bars.y, strict=True)) < 0


def test_the_last_mark_can_be_dragged_but_not_one_of_several_found_changes():
    figure = what_if(story(at_rest())).checked_figure
    assert figure.data[figure.layout.meta["drag"]["trace"]].name == "changed"
    several = story(Settings(LOANS, number=310))
    assert len(several.moves) > 1
    assert what_if(several).checked_figure.layout.meta is None


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("model", ["ebm", "tree", "knn"])
def test_every_table_can_be_drawn_small_with_a_still(key, model):
    picture = what_if(story(Settings(Question(ready_made(key)), model)))
    assert picture.checked_figure
    assert len(picture.json) < 12_000
    assert len(picture.title.split()) <= 18
    assert still.png(picture, pixels_per_inch=30).startswith(b"\x89PNG")


def test_the_table_names_every_column_with_its_lock():
    told = story(at_rest())
    table = what_if(told).table
    assert table["column"].tolist() == [*told.table.names, "risk: not paid back"]
    assert table["lock"].tolist() == ["may change"] * 5 + ["locked"] * 3 + [""]
    assert table.loc[1, ["as it is", "changed"]].tolist() == ["4.5", "4.0"]
    assert table.loc[8, ["as it is", "changed"]].tolist() == ["13 %", "6.9 %"]


def test_the_summary_tells_the_curve_and_the_models():
    told = story(at_rest())
    summary = what_if(told).summary
    assert "Along “loan in yearly incomes” alone" in summary
    assert "other readable models" in summary
    assert all(model not in summary for model in (KINDS["forest"].name, "**"))
