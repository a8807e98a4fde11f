"""Write the handwritten digits that ship with scikit-learn to a small file the pages read.

    python -m dl_core.offline.digits --out assets/digits.npz

So a page that shows digits need not import scikit-learn, which takes over a second.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def main() -> None:
    """Write images (1797, 8, 8) from 0 to 16 and labels (1797,) as bytes."""
    from sklearn.datasets import load_digits  # only this command needs it

    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the file to write, .npz")
    chosen = reader.parse_args()
    digits = load_digits()
    np.savez_compressed(
        chosen.out, images=digits.images.astype(np.uint8), labels=digits.target.astype(np.uint8)
    )


if __name__ == "__main__":
    main()
