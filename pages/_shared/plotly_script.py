"""Plotly's own script: where the installed package keeps it, and the name under which it is served."""

from importlib.metadata import version
from pathlib import Path

import plotly

FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# the version is part of the name, so a browser may keep the file for good; looked up once, because asking
# the package index at every rerun costs milliseconds
NAME = f"plotly-{version('plotly')}.min.js"
