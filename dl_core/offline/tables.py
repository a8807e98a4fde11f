"""Write two tables that ship with scikit-learn to a small file the pages read.

    python -m dl_core.offline.tables --out assets/tables.npz

So the first screen of a page about tables need not import scikit-learn, which takes a second.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def main() -> None:
    """Write rows (n, d) and answers (n,) of the breast cancer and the diabetes table, in their own units."""
    from sklearn.datasets import load_breast_cancer, load_diabetes  # only this command needs it

    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the file to write, .npz")
    chosen = reader.parse_args()
    cancer, diabetes = load_breast_cancer(), load_diabetes(scaled=False)
    np.savez_compressed(
        chosen.out,
        cancer_rows=cancer.data,
        cancer_names=np.array(cancer.feature_names),
        malignant=cancer.target == 0,
        diabetes_rows=diabetes.data,
        progression=diabetes.target,
    )


if __name__ == "__main__":
    main()
