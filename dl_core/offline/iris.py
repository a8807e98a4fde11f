"""Write the iris flowers that ship with scikit-learn to a small file the pages read.

    python -m dl_core.offline.iris --out assets/iris.npz

So a page that trains on flowers need not import scikit-learn, which takes over a second.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def main() -> None:
    """Write the measurements (150, 4) in centimetres and each flower's species (150,)."""
    from sklearn.datasets import load_iris  # only this command needs it

    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the file to write, .npz")
    chosen = reader.parse_args()
    iris = load_iris()
    labels, names = iris.target.astype(np.uint8), np.array(iris.target_names.tolist())
    np.savez_compressed(
        chosen.out, measurements=iris.data, columns=np.array(iris.feature_names), species=labels, names=names
    )


if __name__ == "__main__":
    main()
