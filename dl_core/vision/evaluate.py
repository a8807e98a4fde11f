"""Measure the shipped network on labelled photos, one photo at a time, as a reader would meet it.

python -m dl_core.vision.evaluate FILE.parquet

The file has the columns ``image`` (bytes of a picture) and ``label`` (0 to 199). Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dl_core.vision.calibration import calibration_error
from dl_core.vision.card import read_card
from dl_core.vision.classes import classes
from dl_core.vision.predict import classify


def evaluate(photos: pd.DataFrame) -> dict[str, Any]:
    """Accuracy, calibration and time on a table of photos.

    Parameters
    ----------
    photos
        Columns ``image`` (bytes) and ``label`` (whole numbers, 0 to 199); at least one row.

    Returns
    -------
    dict
        ``n``, ``top1``, ``top5``, ``ece`` (shares of 1), ``parameters``, ``weights_bytes``,
        ``median_ms_per_image``.

    Raises
    ------
    ValueError
        When a column is missing, there is no row, or a label is not on the list.
    """
    missing = {"image", "label"} - set(photos.columns)
    if missing or photos.empty:
        raise ValueError(f"The table needs rows and the columns image and label; missing: {sorted(missing)}.")
    if not photos["label"].between(0, len(classes()) - 1).all():
        raise ValueError(f"Labels must be whole numbers from 0 to {len(classes()) - 1}.")
    answers = [classify(bytes(data)) for data in photos["image"]]
    names = [classes()[int(label)].name for label in photos["label"]]
    right = np.array([answer.label == name for answer, name in zip(answers, names, strict=True)])
    among = np.array([name in answer.labels for answer, name in zip(answers, names, strict=True)])
    sure = np.array([answer.probability for answer in answers])
    # the first answer pays for loading; it is left out where there is another
    seconds = [answer.seconds for answer in answers][1:] or [answers[0].seconds]
    card = read_card()
    return {
        "n": len(answers),
        "top1": round(float(right.mean()), 4),
        "top5": round(float(among.mean()), 4),
        "ece": round(calibration_error(sure, right), 4),
        "parameters": card.parameters,
        "weights_bytes": card.weights_bytes,
        "median_ms_per_image": round(1000 * float(np.median(seconds)), 2),
    }


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure on one core, print JSON."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="parquet file with the columns image and label")
    torch.set_num_threads(1)
    print(json.dumps(evaluate(pd.read_parquet(parser.parse_args(arguments).file))))


if __name__ == "__main__":
    main()
