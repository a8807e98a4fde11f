"""Write the wines that ship with scikit-learn to a small file the pages read.

    python -m dl_core.offline.wine --out assets/wine.npz

So a page that fits lines to wines need not import scikit-learn, which takes over a second.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def main() -> None:
    """Write the measurements (178, 13), their names and each wine's cultivar (178,)."""
    from sklearn.datasets import load_wine  # only this command needs it

    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the file to write, .npz")
    chosen = reader.parse_args()
    wine = load_wine()
    names, cultivars = np.array(wine.feature_names), wine.target.astype(np.uint8)
    np.savez_compressed(chosen.out, measurements=wine.data, names=names, cultivars=cultivars)


if __name__ == "__main__":
    main()
