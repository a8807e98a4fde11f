"""Train without the protected columns of the ready-made tables, and keep what the models said.

    python -m dl_core.offline.proxy --out assets

Takes half a minute. The page reads it instead of training 360 models before that picture.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from dl_core.interpretability.cross_validation import N_FOLDS, N_REPEATS, SEED, packed
from dl_core.interpretability.groups import groups_of, protected
from dl_core.interpretability.proxy import MODELS, measure
from dl_core.interpretability.tables import TABLES, ready_made


def main() -> None:
    """Write proxy.npz (two trainings, repeats, rows) of each table, column and model, and proxy.json."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the folder to write to")
    chosen = reader.parse_args()
    said: dict[str, Any] = {}
    runs = {}
    for key in TABLES:
        table = ready_made(key)
        for column in protected(table):
            for model in MODELS:
                found = measure(table, groups_of(table, column), model)
                assert found is not None  # nobody stops it here
                name = f"{key}_{column}_{model}"
                said[name] = packed(found.probability)
                runs[name] = {
                    "sha256": table.sha256,
                    "proxy": found.proxy,
                    "alone": round(found.alone, 4),
                    "tells": np.round(found.tells, 4).tolist(),
                }
                print(name, found.proxy, np.round(found.tells.mean(axis=1), 3))
    np.savez_compressed(chosen.out / "proxy.npz", **said)
    about = {
        "command": "python -m dl_core.offline.proxy --out assets",
        "date": date.today().isoformat(),
        "folds": N_FOLDS,
        "repeats": N_REPEATS,
        "seed": SEED,
        "versions": {name: version(name) for name in ("scikit-learn", "interpret-core", "numpy")},
        "runs": runs,
    }
    (chosen.out / "proxy.json").write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    main()
