"""Write the diabetes table that ships with scikit-learn to a small file the start page reads.

    python -m dl_core.offline.start_patients --out assets/start/patients.npz

Age and sex stay out: the start page has no use for them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from dl_core.start.patients import SEED

LEFT_OUT = ("age", "sex")


def main() -> None:
    """Write the measurements (442, 8), names, each patient's progress (442,), the order of the deal."""
    from sklearn.datasets import load_diabetes  # only this command needs it

    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the file to write, .npz")
    chosen = reader.parse_args()
    table = load_diabetes(scaled=False)
    kept = [name not in LEFT_OUT for name in table.feature_names]
    names = np.array([name for name in table.feature_names if name not in LEFT_OUT])
    np.savez_compressed(
        chosen.out,
        measurements=table.data[:, kept],
        names=names,
        progress=table.target.astype(np.int16),
        dealt=np.random.default_rng(SEED).permutation(len(table.target)).astype(np.int16),
    )


if __name__ == "__main__":
    main()
