"""Both scripts of the chart library are one version, and the small one draws what it is asked to draw."""

import re

import plotly.graph_objects as go

from dl_core.figures.knn_vs_softmax import plane
from dl_core.knn_vs_softmax import Settings, story
from pages._shared import plotly_script


def test_both_scripts_are_one_version():
    # renew assets/plotly-cartesian.min.js with the package: assets/README.md says how
    assert plotly_script.script_version(plotly_script.FLAT) == plotly_script.script_version(
        plotly_script.WHOLE
    )
    assert re.fullmatch(r"\d+\.\d+\.\d+", plotly_script.script_version(plotly_script.FLAT))


def test_every_flat_trace_is_in_the_small_script():
    script = plotly_script.FLAT.read_text(encoding="utf-8")
    for kind in plotly_script.FLAT_TRACES:
        assert re.search(rf'name:"{kind}"', script), kind
    assert not re.search(r'name:"surface"', script)


def test_a_chart_asks_for_the_smallest_script_that_draws_it():
    assert plotly_script.name_for(plane(story(Settings())).figure) == plotly_script.FLAT_NAME
    assert plotly_script.name_for(go.Figure(go.Scatter(x=[1], y=[1]))) == plotly_script.FLAT_NAME
    assert plotly_script.name_for(go.Figure(go.Surface(z=[[1]]))) == plotly_script.NAME
    assert plotly_script.name_for({"data": [{"type": "bar"}, {"type": "scatter3d"}]}) == plotly_script.NAME
