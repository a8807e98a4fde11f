"""The measuring command, on a table whose figures are known by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dl_core.vision import classes, classify, read_card
from dl_core.vision.classes import label_of
from dl_core.vision.evaluate import evaluate, main
from dl_core.vision.gallery import gallery


def table() -> tuple[pd.DataFrame, float]:
    """Four photos: two labelled with the first guess, one with the third, one with a name not guessed."""
    data = [one.path.read_bytes() for one in gallery()[:4]]
    answers = [classify(one) for one in data]
    strange = next(thing.name for thing in classes() if thing.name not in answers[3].labels)
    names = [answers[0].label, answers[1].label, answers[2].labels[2], strange]
    gaps = [abs((i < 2) - answer.probability) for i, answer in enumerate(answers)]
    photos = pd.DataFrame({"image": data, "label": [label_of(name) for name in names]})
    # an upper bound: no bin can be further off than its answers are one by one
    return photos, sum(gaps) / 4


def test_command_prints_one_json_object_with_the_known_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos, most_off = table()
    photos.to_parquet(tmp_path / "photos.parquet")
    main([str(tmp_path / "photos.parquet")])
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["n", "top1", "top5", "ece", "parameters", "weights_bytes", "median_ms_per_image"]
    assert (told["n"], told["top1"], told["top5"]) == (4, 0.5, 0.75)
    assert 0 <= told["ece"] <= most_off + 1e-4
    assert told["parameters"] == read_card().parameters
    assert told["median_ms_per_image"] > 0


def test_wrong_tables_are_refused_in_words() -> None:
    photos, _ = table()
    with pytest.raises(ValueError, match=r"missing: \['label'\]"):
        evaluate(photos[["image"]])
    with pytest.raises(ValueError, match="needs rows"):
        evaluate(photos.head(0))
    with pytest.raises(ValueError, match="from 0 to 199"):
        evaluate(photos.assign(label=200))
