import pytest

from dl_core.documents.still import png
from dl_core.figures.kernel_fit import cell_at, fit_map, fit_slide
from dl_core.kernel_fit import PRESETS, Settings, formula, story

every_preset = pytest.mark.parametrize("settings", PRESETS.values(), ids=list(PRESETS))


def drawn(settings):
    return fit_map(story(settings))


def numbers(picture):
    """What stands in the cells, and where: (x, y) → text."""
    traces = [trace for trace in picture.checked_figure.data if trace.type == "scatter"]
    return {(x, y): text for trace in traces for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)}


def taps(picture, colour):
    shapes = picture.checked_figure.layout.shapes
    return [s for s in shapes if s.type == "rect" and s.line.color == colour and s.line.width == 2]


def test_the_demonstrations_numbers_stand_there():
    found = numbers(drawn(Settings()))
    assert [found[(x + 0.5, 0.5)] for x in range(4)] == ["0", "30", "30", "0"]
    assert [found[(x - 8 + 0.5, 0.5)] for x in range(6)] == ["10"] * 3 + ["0"] * 3
    assert len(found) == 36 + 16


def test_padding_is_dashed_and_filled_with_zeros():
    picture = drawn(PRESETS["Padded: size stays"])
    found = numbers(picture)
    assert len(found) == 8 * 8 + 36
    (ring,) = [s for s in picture.checked_figure.layout.shapes if s.type == "path"]
    assert ring.line.dash == "dash"
    assert ring.path.count("M") == 8 * 8 - 6 * 6
    assert not [s for s in drawn(Settings()).checked_figure.layout.shapes if s.type == "path"]


def test_each_weight_has_its_own_colour_and_line():
    picture = drawn(Settings())
    for colour, dash in (("#D55E00", "solid"), ("#5C626B", "dot"), ("#0072B2", "dash")):
        (one, *_), n = taps(picture, colour), len(taps(picture, colour))
        assert n == 3
        assert one.line.dash == dash


def test_gaps_are_seen_between_the_cells_that_are_read():
    tops = sorted(s.y0 for s in taps(drawn(PRESETS["Gaps: dilation 2"]), "#D55E00"))
    assert tops == pytest.approx([0.09, 2.09, 4.09])


def test_unread_cells_are_crossed_out():
    picture = drawn(Settings(stride=2, row=1, column=1))
    (crosses,) = [s for s in picture.checked_figure.layout.shapes if s.type == "path"]
    assert crosses.path.count("M") == 11  # the last row and column of 6 × 6
    assert any("never read" in note.text for note in picture.checked_figure.layout.annotations)


def test_a_window_that_does_not_fit_sticks_out_and_no_number_comes_out():
    picture = drawn(PRESETS["Does not fit"])
    (window,) = [
        s for s in picture.checked_figure.layout.shapes if s.line.dash == "dash" and s.type == "rect"
    ]
    assert window.x1 - window.x0 == 7
    assert len(numbers(picture)) == 36
    assert picture.table.shape == (1, 1)
    assert "no place for it" in picture.table.iloc[0, 0]


def test_a_click_on_the_map_finds_its_cell_and_elsewhere_none():
    settings = Settings()
    assert cell_at(settings, 3.9, 0.1) == (1, 4)
    assert cell_at(settings, 4.1, 0.1) is None
    assert cell_at(settings, -1.0, 1.0) is None
    assert cell_at(PRESETS["Does not fit"], 0.5, 0.5) is None


def test_the_table_is_the_arithmetic_of_the_place():
    table = drawn(Settings()).table
    assert list(table["product"]) == ["10", "0", "0"] * 3 + ["30"]
    assert list(drawn(PRESETS["Pool 2 × 2"]).table["number"]) == ["10", "0", "10", "0", "10"]
    assert list(drawn(PRESETS["Padded: size stays"]).table["cell"][:3]) == ["padding"] * 3


@every_preset
def test_every_preset_can_be_drawn_on_paper(settings):
    assert png(drawn(settings), pixels_per_inch=40)[1:4] == b"PNG"


@every_preset
def test_the_formula_stands_under_the_picture(settings):
    assert any("rounded down" in note.text for note in drawn(settings).checked_figure.layout.annotations)


@pytest.mark.parametrize("settings", PRESETS.values(), ids=list(PRESETS))
def test_a_slide_has_its_words_beside_the_map_and_all_cells_of_the_page(settings):
    told = story(settings)
    page, slide = fit_map(told).checked_figure, fit_slide(told).checked_figure
    on_page, on_slide = ([t.z for t in figure.data if t.type == "heatmap"] for figure in (page, slide))
    assert on_page == on_slide
    assert slide.layout.yaxis.range == page.layout.yaxis.range
    assert slide.layout.xaxis.range[1] > page.layout.xaxis.range[1]
    beside = [
        note
        for note in slide.layout.annotations
        if note.xref != "paper" and note.x > page.layout.xaxis.range[1]
    ]
    said = " ".join(note.text.replace("<br>", " ") for note in beside)
    assert formula(settings) in said
    assert png(fit_slide(told), pixels_per_inch=40)[1:4] == b"PNG"
