"""Plotly's own script: where it lies, under which name it is served, and which chart needs which.

The whole of Plotly is 4.8 MB, and a browser takes longer to read it than for the rest of a page. Its
authors' own smaller build, a third of that, draws all flat charts; it lies in ``assets/`` because the
package does not have it. A chart it cannot draw, such as a surface, asks for the whole.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import plotly

WHOLE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FLAT = Path(__file__).parents[2] / "assets" / "plotly-cartesian.min.js"
FLAT_TRACES = frozenset({
    "bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie",
    "scatter", "violin",
})  # fmt: skip


def script_version(file: Path) -> str:
    """What the script says of itself in its first lines, such as "4.1.1"; empty if it says nothing."""
    with file.open(encoding="utf-8") as script:
        found = re.search(r"plotly\.js \D*v?([\d.]+)", script.read(200))
    return found[1] if found else ""


# the version is part of the name, so a browser may keep the file for good; looked up once, because asking
# the package index at every rerun costs milliseconds
NAME = f"plotly-{version('plotly')}.min.js"
# of another version than the package's, the small script is not used: a chart must not depend on which
SAME = script_version(FLAT) == script_version(WHOLE)
FLAT_NAME = f"plotly-flat-{version('plotly')}.min.js" if SAME else NAME
FILES = {FLAT_NAME: FLAT, NAME: WHOLE} if SAME else {NAME: WHOLE}


def name_for(figure: Any) -> str:
    """The name of the smallest script that draws this figure, plain data or Plotly's own.

    >>> name_for({"data": [{"type": "bar"}]}) == FLAT_NAME, name_for({"data": [{"type": "surface"}]}) == NAME
    (True, True)
    """
    kinds = {getattr(trace, "type", None) or trace["type"] for trace in figure["data"]}
    return FLAT_NAME if kinds <= FLAT_TRACES else NAME
