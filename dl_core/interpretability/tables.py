"""The ready-made tables: one that we make, three real ones that ship with scikit-learn."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from dl_core.interpretability.loans import loans
from dl_core.interpretability.table import Column, Floats, Table, step_of
from dl_core.wine import load_wines

ASSET = Path(__file__).parents[2] / "assets" / "tables.npz"
SICKEST = 0.25  # share of the diabetes patients who count as "got much worse"

_DIABETES = (
    Column("age", "years", 1, is_fixed=True, is_protected=True),
    Column("sex", levels=("one", "other"), is_fixed=True, is_protected=True),
    Column("body mass index", "", 0.1),
    Column("blood pressure", "mm Hg", 1),
    Column("total cholesterol", "mg/dl", 1),
    Column("LDL cholesterol", "mg/dl", 1),
    Column("HDL cholesterol", "mg/dl", 1),
    Column("cholesterol ratio", "", 0.1),
    Column("log triglycerides", "", 0.1),
    Column("blood sugar", "mg/dl", 1),
)


def _stored(name: str) -> Floats:
    with np.load(ASSET, allow_pickle=False) as stored:
        return np.asarray(stored[name])


def _cancer() -> Table:
    rows = np.asarray(_stored("cancer_rows"), np.float64)
    columns = tuple(
        Column(str(name), "", step_of(rows[:, at])) for at, name in enumerate(_stored("cancer_names"))
    )
    return Table(
        "cancer", "Breast cancer cells", "sample", "samples", "malignant", "benign", columns, rows,
        np.asarray(_stored("malignant"), np.bool_),
        "569 samples of breast tissue, 30 measurements each (Wolberg et al., 1995, CC BY 4.0).",
    )  # fmt: skip


def _wine() -> Table:
    wines = load_wines()
    columns = tuple(
        Column(name.replace("_", " ").replace("/", " to "), "", step_of(wines.measurements[:, at]))
        for at, name in enumerate(wines.names)
    )
    return Table(
        "wine", "Wines", "wine", "wines", "of the second grape", "of another grape", columns,
        np.array(wines.measurements), wines.cultivars == 1,
        "178 Italian wines, 13 measurements each, made yes or no by us (Aeberhard, Forina, 1991, CC BY 4.0).",
    )  # fmt: skip


def _diabetes() -> Table:
    rows = np.asarray(_stored("diabetes_rows"), np.float64)
    rows[:, 1] -= 1  # 1 and 2 in the file, which does not say which is which
    progression = np.asarray(_stored("progression"), np.float64)
    return Table(
        "diabetes", "Diabetes patients", "patient", "patients", "got much worse", "did not", _DIABETES, rows,
        progression > np.quantile(progression, 1 - SICKEST),
        "442 patients, a year on; the worst quarter is our yes (Efron et al., 2004).",
    )  # fmt: skip


TABLES: dict[str, Callable[[], Table]] = {
    "loans": loans,
    "cancer": _cancer,
    "diabetes": _diabetes,
    "wine": _wine,
}
NAMES = {
    "loans": "Home loans (made)",
    "cancer": "Breast cancer cells",
    "diabetes": "Diabetes patients",
    "wine": "Wines",
}


@cache
def ready_made(key: str) -> Table:
    """One of `TABLES`.

    Raises
    ------
    ValueError
        If there is no such table.

    Examples
    --------
    >>> cancer = ready_made("cancer")
    >>> cancer.rows.shape, round(cancer.bad_share, 3)  # 212 of 569 are malignant
    ((569, 30), 0.373)
    """
    if key not in TABLES:
        raise ValueError(f"There is no ready-made table {key!r}; choose one of {', '.join(TABLES)}.")
    return TABLES[key]()
