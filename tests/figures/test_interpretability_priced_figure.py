import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.interpretability_priced import MODEL_AT, priced_chart
from dl_core.figures.picture import ACCENT, BLUE, VERMILLION
from dl_core.interpretability.priced import BARS, USUAL, Settings, at_rest, headline, story
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import ready_made
from tests.readability import words

CHOSEN = {
    "opening": at_rest(),
    "loans at 50 %": Settings(Question(ready_made("loans"), own_bar=0.5), "forest"),
    "equal prices": Settings(Question(ready_made("loans"), 100.0, 100.0), "tree"),
    "dear misses": Settings(Question(ready_made("loans"), 250.0, 5.0)),
    "cells": Settings(Question(ready_made("cancer"), 10_000.0, 500.0), "boosted"),
    "wines": Settings(Question(ready_made("wine")), "mlp"),
}
every_setting = pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)


@every_setting
def test_each_model_is_a_line_and_a_ring_on_its_lowest_point(chosen):
    told = story(chosen)
    figure = priced_chart(told).checked_figure
    top = figure.layout.yaxis.range[1]
    rings = {
        text.split(":")[0]: (x, y)
        for trace in figure.data if trace.mode == "markers"
        for text, x, y in zip(trace.text, trace.x, trace.y, strict=True)
    }  # fmt: skip
    lines = {trace.name: trace for trace in figure.data if trace.mode == "lines"}
    for line in told.lines:
        drawn = lines[line.kind.name]
        shown = {
            bar: cost for bar, cost in zip(BARS.tolist(), line.costs.tolist(), strict=True) if cost <= top
        }
        assert list(drawn.x) == list(shown)
        assert list(drawn.y) == pytest.approx(list(shown.values()), rel=1e-3)
        assert rings[line.kind.name] == pytest.approx((line.bar, min(line.costs)), rel=1e-3)
        look = (BLUE, "solid") if line.kind.is_readable else (VERMILLION, "dash")
        assert (drawn.line.color, drawn.line.dash) == look
    assert figure.data[6].name == told.mine.kind.name  # drawn over the others
    assert figure.data[6].line.width > 2 * figure.data[0].line.width


@every_setting
def test_the_brackets_are_as_long_as_what_they_tell(chosen):
    told = story(chosen)
    figure = priced_chart(told).checked_figure
    upright = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1 and shape.yref != "y domain"]
    bar, model = sorted(upright, key=lambda shape: shape.x0)
    assert (bar.x0, model.x0) == (USUAL, MODEL_AT)
    assert (bar.y0, bar.y1) == pytest.approx((told.mine.cheapest, told.mine.usual.value), rel=1e-3)
    ends = sorted(line.cheapest for line in told.lines if line.kind in (told.best, told.worst))
    assert sorted((model.y0, model.y1)) == pytest.approx(ends, rel=1e-3)


@every_setting
def test_the_pages_bar_is_a_line_with_its_name(chosen):
    figure = priced_chart(story(chosen)).checked_figure
    (mine,) = [shape for shape in figure.layout.shapes if shape.line.color == ACCENT]
    assert mine.x0 == pytest.approx(chosen.question.bar, rel=1e-3)
    assert any(note.text.startswith("your bar:") for note in figure.layout.annotations)


@every_setting
def test_it_can_be_read_and_drawn_everywhere(chosen):
    told = story(chosen)
    picture = priced_chart(told)
    assert len(words(f"{headline(told)} {picture.title}")) <= 25
    assert ("too close to call" in picture.title) == (told.verdict == "tie")
    assert "**" not in picture.summary
    assert len(picture.table) == 7
    assert can_be_native(picture)
    assert len(picture.json) < 20_000
    assert still.png(picture, width=4, height=4)[:4] == b"\x89PNG"
