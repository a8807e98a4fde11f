"""Laboratory measurements of 178 Italian wines: a small real table with three classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ASSET = Path(__file__).parents[1] / "assets" / "wine.npz"


@dataclass(frozen=True)
class Wines:
    """What a laboratory measured of each wine."""

    measurements: Floats  # (178, 13), each column in its own unit, not to be written to
    names: tuple[str, ...]  # of the 13 columns, as the repository names them: "alcohol", "proline", …
    cultivars: NDArray[np.int64]  # (178,) which of the three grapes each wine was made of: 0, 1 or 2

    def column(self, name: str) -> Floats:
        """One measurement of all wines, (178,).

        Raises
        ------
        ValueError
            If there is no such measurement; says which there are.

        Examples
        --------
        >>> round(float(load_wines().column("alcohol").mean()), 1)  # percent by volume
        13.0
        """
        if name not in self.names:
            raise ValueError(f"there is no measurement {name!r}; choose one of {', '.join(self.names)}")
        return self.measurements[:, self.names.index(name)]

    def without(self, name: str) -> Floats:
        """All other measurements, (178, 12): what ``name`` is to be guessed from."""
        others: Floats = np.delete(self.measurements, self.names.index(name), axis=1)
        return others


@cache
def load_wines() -> Wines:
    """The wines that ship with scikit-learn, from this project's own small copy.

    Examples
    --------
    >>> load_wines().measurements.shape
    (178, 13)

    Source: S. Aeberhard and M. Forina, "Wine", UCI Machine Learning Repository (1991), CC BY 4.0.
    """
    with np.load(ASSET, allow_pickle=False) as stored:
        measurements = stored["measurements"].astype(np.float64)
        names = tuple(str(name) for name in stored["names"])
        cultivars = stored["cultivars"].astype(np.int64)
    measurements.setflags(write=False)
    cultivars.setflags(write=False)
    return Wines(measurements, names, cultivars)
