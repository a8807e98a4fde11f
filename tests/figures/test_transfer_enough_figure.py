import math

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.picture import ACCENT
from dl_core.figures.transfer_enough import enough_picture
from dl_core.transfer.cifar_features import KINDS, SIZES, load_runs
from dl_core.transfer.enough import PRESETS, Settings, story
from dl_core.transfer.learning_curve import Curve

FIVE = PRESETS["Five classes, 20 photos"]
every_setting = pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), Settings(("cat", "dog"), 1), Settings(("airplane", "frog"), 50)], ids=str
)


def trace(picture, name):
    return next(line for line in picture.checked_figure.data if line.name == name)


@every_setting
def test_the_line_is_the_mean_of_the_draws_within_their_band(chosen):
    told = story(chosen)
    line, band = (trace(enough_picture(told), name) for name in ("new head", "most draws"))
    assert list(line.x) == list(SIZES)
    assert list(line.y) == pytest.approx([100 * point.mean for point in told.curve.points], abs=0.01)
    sizes, low, high = band.x[::3], band.y[::3], band.y[1::3]
    assert list(sizes) == [point.n_per_class for point in told.curve.points if len(point.right) > 1]
    means = list(line.y)[: len(sizes)]  # 500 photos are drawn in one way only
    assert all(a < b < c for a, b, c in zip(low, means, high, strict=True))
    assert set(band.x[2::3]) == {None}  # no bar hangs on the next


def test_every_committed_run_is_a_mark_and_the_line_goes_through_their_means():
    picture = enough_picture(story(Settings()))
    for kind in KINDS:
        marks, line = trace(picture, f"{kind}, each run"), trace(picture, kind)
        mine = [run for run in load_runs() if run.kind == kind]
        assert len(marks.x) == len(mine)
        at = list(line.x).index(50)
        values = [y for x, y in zip(marks.x, marks.y, strict=True) if x == 50]
        assert line.y[at] == pytest.approx(sum(values) / len(values), abs=0.01)
    styles = [
        (trace(picture, kind).line.dash, trace(picture, f"{kind}, each run").marker.symbol) for kind in KINDS
    ]
    assert len(set(styles)) == 2  # a second cue beside the colour


def test_fewer_classes_show_no_runs_of_all_ten():
    names = [line.name for line in enough_picture(story(FIVE)).checked_figure.data]
    assert not any(name.startswith(kind) for kind in KINDS for name in names)


@every_setting
def test_the_chosen_size_is_marked_with_the_range_of_the_photos_asked(chosen):
    told = story(chosen)
    mark = trace(enough_picture(told), "your choice")
    assert mark.marker.color == ACCENT
    assert list(mark.x) == [chosen.photos_per_class]
    assert mark.y[0] + mark.error_y.array[0] == pytest.approx(100 * told.asked.high, abs=0.02)
    assert mark.y[0] - mark.error_y.arrayminus[0] == pytest.approx(100 * told.asked.low, abs=0.02)


@every_setting
def test_guessing_is_one_in_so_many_classes(chosen):
    figure = enough_picture(story(chosen)).checked_figure
    guess = next(shape for shape in figure.layout.shapes if shape.xref == "x domain")
    assert guess.y0 == pytest.approx(100 / len(chosen.classes), abs=0.01)


@every_setting
def test_the_names_stand_within_the_picture_and_apart(chosen):
    figure = enough_picture(story(chosen)).checked_figure
    notes = {note.text: note for note in figure.layout.annotations}
    low, high = figure.layout.xaxis.range
    for note in notes.values():
        assert 0 < note.y < 100
        if note.xref != "x domain":
            assert low < note.x < high
    mine = next(note for text, note in notes.items() if text == "your choice")
    guess = next(note for text, note in notes.items() if text.startswith("guessing"))
    assert (guess.xanchor == "right") == (mine.x <= math.log10(20))  # at the other side


@every_setting
def test_the_picture_is_small_and_native_and_its_title_tells_the_finding(chosen):
    told = story(chosen)
    picture = enough_picture(told)
    assert len(picture.json) < 12_000
    assert can_be_native(picture)
    assert len(picture.title.split()) <= 16
    assert f"{100 * told.chosen.mean:.0f} %" in picture.title
    assert ("from scratch" in picture.title) == (len(chosen.classes) == 10)


def test_a_stopped_curve_can_be_drawn():
    told = story(Settings())
    part = type(told)(told.settings, Curve(told.curve.classes, told.curve.points[:1]), told.runs, told.budget)
    picture = enough_picture(part)
    assert picture.checked_figure
    assert picture.table["training photos of each class"].tolist() == [1]


def test_a_still_can_be_drawn_and_the_table_holds_scores_and_bills():
    picture = enough_picture(story(Settings()))
    assert still.png(picture, pixels_per_inch=40).startswith(b"\x89PNG")
    table = picture.table
    assert table["training photos of each class"].tolist() == list(SIZES)
    # ten classes × 200 photos, one label each of 0.05 and 5 seconds
    row = table[table["training photos of each class"] == 200].iloc[0]
    assert (row["labels"], row["money for labels"], row["hours of labelling"]) == (2000, 100.0, 2.78)
    assert row["weeks of one person"] == 0.14
    few = enough_picture(story(FIVE)).table
    assert set(few["from scratch, right (%)"]) == {"not measured"}
