"""Measure all models on all ready-made tables, and keep what they said about every row.

    python -m dl_core.offline.leaderboards --out assets

Takes ten seconds. The pages read it instead of training 280 models before their first screen.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from dl_core.interpretability.cross_validation import N_FOLDS, N_REPEATS, SEED, measure, packed
from dl_core.interpretability.models import KINDS, fit
from dl_core.interpretability.tables import TABLES, ready_made


def main() -> None:
    """Write leaderboards.npz (models, repeats, rows) of each table, and leaderboards.json about the run."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the folder to write to")
    chosen = reader.parse_args()
    wine = ready_made("wine")
    for kind in KINDS:  # the first of each kind also pays for the import
        fit(kind, wine.rows, wine.bad)
    said: dict[str, Any] = {}
    told = {}
    for key in TABLES:
        table = ready_made(key)
        found = measure(table)
        assert found is not None  # nobody stops it here
        said[key] = packed(found.probability)
        told[key] = {
            "sha256": table.sha256,
            "seconds": found.seconds,
            "microseconds": found.microseconds,
            "sizes": found.sizes,
        }
        print(key, [round(each, 3) for each in found.seconds])
    np.savez_compressed(chosen.out / "leaderboards.npz", **said)
    about = {
        "command": "python -m dl_core.offline.leaderboards --out assets",
        "date": date.today().isoformat(),
        "models": list(KINDS),
        "folds": N_FOLDS,
        "repeats": N_REPEATS,
        "seed": SEED,
        "versions": {name: version(name) for name in ("scikit-learn", "interpret-core", "numpy")},
        "tables": told,
    }
    (chosen.out / "leaderboards.json").write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    main()
