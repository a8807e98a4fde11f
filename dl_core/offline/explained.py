"""Explain every held-out case of the ready-made tables by all seven models, once.

    python -m dl_core.offline.explained --out assets/explained.npz

About three minutes of one core; every draw is seeded. Belongs to the tables whose SHA-256 it names: run it
again when a table, a model's settings or scikit-learn's version changes (a test compares some cases).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from dl_core.interpretability.cross_validation import packed
from dl_core.interpretability.explained import measure
from dl_core.interpretability.tables import TABLES, ready_made


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    parts: dict[str, Any] = {}
    for key in TABLES:
        table = ready_made(key)
        found = measure(table, lambda share: True, most=len(table.rows))
        assert found is not None  # nobody stops it
        parts[f"{key}-sha256"] = np.array(table.sha256)
        parts[f"{key}-probability"] = packed(found.probability)
        parts[f"{key}-contributions"] = found.contributions.astype(np.float16)
        if found.by_rule is not None:
            parts[f"{key}-by_rule"] = found.by_rule.astype(np.float16)
        print(f"{key}: {len(found.cases)} cases")
    np.savez_compressed(out, **parts)


if __name__ == "__main__":
    main()
