"""The command that counts the shipped network's answers, on a few pictures made here."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from dl_core.held_out_answers import FILE_NAME, STEPS
from dl_core.offline import held_out_answers
from dl_core.offline.held_out_answers import answers, in_steps, main
from dl_core.vision import classify, read_card
from dl_core.vision.classes import classes
from dl_core.vision.weights import shipped_network


def pictures(n: int) -> list[Image.Image]:
    rng = np.random.default_rng(5)
    return [
        Image.fromarray(np.kron(rng.integers(0, 255, (8, 8, 3)), np.ones((8, 8, 1))).astype(np.uint8))
        for _ in range(n)
    ]


def as_png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_rounding_down_keeps_every_answer_on_its_side_of_every_bar() -> None:
    rng = np.random.default_rng(0)
    sure = np.concatenate([rng.random(20_000), np.arange(1, 1000) / 1000, np.arange(1, 1000) / 1000 - 1e-6])
    steps = in_steps(sure).astype(int)
    for bar in (0.001, 0.1, 0.372, 0.5, 0.9, 0.999):
        np.testing.assert_array_equal(steps >= round(bar * STEPS), sure >= bar)


def test_nothing_is_certain() -> None:
    assert in_steps(np.array([1.0])).tolist() == [STEPS - 1]


def test_answers_are_those_of_classify() -> None:
    photos = pictures(5)
    sure, named = answers(shipped_network(), photos, read_card())
    for photo, how_sure, label in zip(photos, sure, named, strict=True):
        found = classify(photo, k=1)
        assert found.label == classes()[int(label)].name
        assert found.probability == pytest.approx(float(how_sure), abs=1e-4)


def test_the_command_writes_numbers_and_no_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = pictures(9)
    _, named = answers(shipped_network(), photos, read_card())
    labels = named.copy()
    labels[:3] = (labels[:3] + 1) % 200  # three of nine are wrong
    (tmp_path / "tiny_imagenet").mkdir()
    table = pd.DataFrame({"image": [as_png(photo) for photo in photos], "label": labels})
    table.to_parquet(tmp_path / "tiny_imagenet" / "val.parquet")
    monkeypatch.setattr(held_out_answers, "off_list_photos", lambda data: {"odd things": pictures(4)})
    main(["--data", str(tmp_path), "--out", str(tmp_path)])
    assert "6 of 9 right" in capsys.readouterr().out
    with np.load(tmp_path / FILE_NAME, allow_pickle=False) as stored:
        assert sorted(stored) == ["names", "pile_0", "right", "sure", "weights"]
        assert np.unpackbits(stored["right"], count=9).tolist() == [0, 0, 0, 1, 1, 1, 1, 1, 1]
        assert stored["sure"].dtype == np.uint16
        assert stored["names"].tolist() == ["odd things"]
        np.testing.assert_array_equal(stored["pile_0"], stored["sure"][:4])  # the same four pictures
        assert str(stored["weights"]) == read_card().sha256
