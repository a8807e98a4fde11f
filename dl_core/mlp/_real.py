"""Two small real tables that ship with scikit-learn, from this project's own copies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from dl_core.mlp._dataset import DataSet
from dl_core.wine import load_wines

IRIS = Path(__file__).parents[2] / "assets" / "iris.npz"


@cache
def flowers() -> DataSet:
    """150 iris flowers of three species, four lengths each.

    Source: R. A. Fisher, "Iris", UCI Machine Learning Repository (1936), CC BY 4.0.
    """
    with np.load(IRIS, allow_pickle=False) as stored:
        inputs = stored["measurements"].astype(np.float64)
        species = stored["species"].astype(np.int64)
        columns, names = (tuple(str(text) for text in stored[key]) for key in ("columns", "names"))
    inputs.setflags(write=False)
    species.setflags(write=False)
    made = "Real: 150 flowers measured by E. Anderson, published by R. A. Fisher in 1936."
    return DataSet("iris flowers", "classes", inputs, species, names, columns, "", made)


@cache
def grapes() -> DataSet:
    """178 wines of three cultivars, 13 laboratory measurements each."""
    wines = load_wines()
    columns = tuple(name.replace("_", " ") for name in wines.names)
    classes = ("cultivar 1", "cultivar 2", "cultivar 3")
    made = "Real: 178 Italian wines measured in a laboratory by M. Forina and others, published in 1991."
    return DataSet("wines", "classes", wines.measurements, wines.cultivars, classes, columns, "", made)
