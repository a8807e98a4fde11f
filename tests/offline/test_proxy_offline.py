"""The command that trains without protected columns: what it writes is what the page reads."""

from __future__ import annotations

import json
import sys

import numpy as np

from dl_core.interpretability.cross_validation import FINE
from dl_core.interpretability.groups import groups_of
from dl_core.interpretability.proxy import measure
from dl_core.interpretability.tables import ready_made
from dl_core.offline import proxy as command


def test_it_writes_both_files(tmp_path, monkeypatch):
    monkeypatch.setattr(
        command, "TABLES", ("diabetes", "wine")
    )  # one with two protected columns, one with none
    monkeypatch.setattr(command, "MODELS", ("logistic",))
    monkeypatch.setattr(sys, "argv", ["proxy", "--out", str(tmp_path)])
    command.main()
    told = json.loads((tmp_path / "proxy.json").read_text())
    assert set(told["runs"]) == {"diabetes_sex_logistic", "diabetes_age_logistic"}
    diabetes = ready_made("diabetes")
    found = measure(diabetes, groups_of(diabetes, "sex"), "logistic")
    run = told["runs"]["diabetes_sex_logistic"]
    assert run["sha256"] == diabetes.sha256
    assert run["proxy"] == found.proxy == "HDL cholesterol"
    assert np.allclose(run["tells"], found.tells, atol=1e-4)
    with np.load(tmp_path / "proxy.npz") as stored:
        kept = stored["diabetes_sex_logistic"]
    assert kept.dtype == np.uint16
    assert np.abs(kept / FINE - found.probability).max() < 1 / FINE
