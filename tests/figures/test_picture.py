import json

import pandas as pd
import pytest

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
    Picture,
    blank_figure,
    house_layout,
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


def test_plain_data_and_plotlys_own_object_give_the_same_chart():
    figure = blank_figure("A finding")
    figure.add_scatter(x=[1, 2], y=[3, 4])
    plain = {"data": [{"type": "scatter", "x": [1, 2], "y": [3, 4]}], "layout": house_layout("A finding")}
    ours = json.loads(Picture(plain, "", pd.DataFrame()).json)
    theirs = json.loads(Picture(figure, "", pd.DataFrame()).json)
    theirs["layout"].pop("template")  # plotly's own defaults, which every house style overrides
    assert ours["layout"] == theirs["layout"]
    assert ours["data"] == theirs["data"]


def test_a_property_that_plotly_does_not_know_is_noticed():
    slip = Picture({"data": [{"type": "scatter", "colour": "red"}], "layout": {}}, "", pd.DataFrame())
    with pytest.raises(ValueError, match="colour"):
        _ = slip.checked_figure
