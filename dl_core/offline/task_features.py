"""Write what the shipped network makes of the ready-made tasks' pictures, so that their page needs no torch.

    python -m dl_core.offline.task_features --out assets/transfer

Half precision: three figures of each number are kept. To be run again when the pictures or the shipped
network change; a test compares both.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from dl_core.transfer.features import features_of
from dl_core.transfer.tasks import TASKS, ready_made


def main() -> None:
    """Write a file for each task: features (N, 320)."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True, help="the folder to write to")
    folder: Path = reader.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    for key in TASKS:
        features = features_of(ready_made(key).pixels).astype(np.float16)
        np.savez_compressed(folder / f"{key}.npz", features=features)
        print(f"{key}: {len(features)} pictures, {(folder / f'{key}.npz').stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
