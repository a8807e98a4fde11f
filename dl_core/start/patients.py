"""A small real table for the start page: 442 people with diabetes, and how ill they were a year later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

SEED = 0  # of the deal
ASSET = Path(__file__).parents[2] / "assets" / "start" / "patients.npz"
# the table's own short name → what the page calls it
IN_WORDS = {
    "bmi": "body mass",
    "bp": "pressure",
    "s1": "cholesterol",
    "s2": "LDL",
    "s3": "HDL",
    "s4": "cholesterol by HDL",
    "s5": "blood fat (log)",
    "s6": "blood sugar",
}


@dataclass(frozen=True)
class Patients:
    """What was measured of each of them, and the score a year later."""

    measurements: Floats  # (442, 8), each column in its own unit, not to be written to
    names: tuple[str, ...]  # of the columns: the keys of IN_WORDS
    progress: Floats  # (442,) points of a score of the disease, 25 to 346: more is worse
    dealt: Labels  # (442,) row numbers in the order in which they are dealt into piles, fixed once for all

    def column(self, name: str) -> Floats:
        """One measurement of everybody, (442,).

        Raises
        ------
        ValueError
            If there is no such measurement; says which there are.

        Examples
        --------
        >>> round(float(load_patients().column("bmi").mean()), 1)  # kilograms per square metre
        26.4
        """
        if name not in self.names:
            raise ValueError(f"there is no measurement {name!r}; choose one of {', '.join(self.names)}")
        return self.measurements[:, self.names.index(name)]


@cache
def load_patients() -> Patients:
    """The diabetes table that ships with scikit-learn, without age and sex, from our own small copy.

    Examples
    --------
    >>> load_patients().measurements.shape
    (442, 8)

    Source: B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, "Least angle regression", Annals of
    Statistics 32 (2004).
    """
    with np.load(ASSET, allow_pickle=False) as stored:
        measurements = stored["measurements"].astype(np.float64)
        names = tuple(str(name) for name in stored["names"])
        progress = stored["progress"].astype(np.float64)
        dealt = stored["dealt"].astype(np.int64)
    for array in (measurements, progress, dealt):
        array.setflags(write=False)
    return Patients(measurements, names, progress, dealt)
