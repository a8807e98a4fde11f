from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    GREEN,
    INK,
    PAPER,
    PURPLE,
    QUIET,
    VERMILLION,
    blank_figure,
)


def test_a_new_figure_keeps_the_readers_zoom_and_shows_its_finding():
    figure = blank_figure("Loss falls fastest near 0.3", height=300)
    assert figure.layout.title.text == "Loss falls fastest near 0.3"
    assert figure.layout.uirevision == "kept"
    assert (figure.layout.height, figure.layout.showlegend) == (300, False)


def test_theme_colours_can_be_told_from_data_colours():
    # the page replaces the first five by the theme's own; a data colour among them would be repainted
    theme, data = {INK, QUIET, FAINT, PAPER, ACCENT}, {BLUE, VERMILLION, GREEN, PURPLE}
    assert len(theme) == 5
    assert not theme & data
