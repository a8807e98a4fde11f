import json

import plotly.graph_objects as go

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import Picture, house_drawing, house_layout


def drawn_on(figure) -> None:
    """The same calls for ours and for Plotly's own."""
    figure.add_scatter(x=[1, 2], y=[3, 4], mode="lines", line={"width": 3})
    figure.add_bar(x=[1], y=[2])
    figure.add_heatmap(z=[[0, 1]], showscale=False)
    figure.add_annotation(x=1, y=1, text="here", showarrow=False)
    figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=1)
    figure.add_vline(x=2, line={"dash": "dot"})
    figure.add_layout_image(source="data:,", x=0, y=1)
    figure.update_xaxes(type="log", title={"text": "answers"})
    figure.update_yaxes(visible=False, tickfont={"size": 11})
    figure.update_layout(margin={"t": 56})


def test_a_drawing_is_the_chart_that_plotlys_own_figure_would_be():
    ours, theirs = house_drawing("A finding"), go.Figure(layout=house_layout("A finding"))
    drawn_on(ours)
    drawn_on(theirs)
    shown, expected = (json.loads(Picture(figure, "", None).json) for figure in (ours, theirs))
    expected["layout"].pop("template")  # plotly's own defaults, which the house style overrides
    assert shown == expected


def test_every_axis_of_a_kind_is_updated_and_what_was_set_stays():
    drawing = Drawing({"xaxis": {"title": {"text": "k", "standoff": 8}}, "xaxis2": {}, "yaxis": {}})
    drawing.update_xaxes(title={"text": "answers"}, nticks=5)
    assert drawing["layout"] == {
        "xaxis": {"title": {"text": "answers", "standoff": 8}, "nticks": 5},
        "xaxis2": {"title": {"text": "answers"}, "nticks": 5},
        "yaxis": {},
    }


def test_two_drawings_share_nothing():
    one, two = house_drawing("one"), house_drawing("two")
    one.update_xaxes(visible=False)
    one.add_annotation(text="here")
    assert "visible" not in two["layout"]["xaxis"]
    assert "annotations" not in two["layout"]


def test_two_axes_share_nothing():
    drawing = Drawing({"xaxis": {}, "xaxis2": {}})
    drawing.update_xaxes(title={"text": "both"})
    drawing["layout"]["xaxis2"]["title"]["text"] = "second"
    assert drawing["layout"]["xaxis"]["title"]["text"] == "both"
