"""What is written beside the shipped weights."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from PIL import Image

from dl_core.offline.off_list import digits, textures
from dl_core.offline.publish import figures_on_test_photos, read_full_size, read_rows, write_weights
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.weights import read_weights, unfolded


def test_weights_survive_half_precision(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = ResidualNetwork(200).eval()
    network.stem[1].running_var.fill_(1e-6)  # too small for half precision: vectors must stay single
    torch.save({"averaged": network.state_dict(), "network": {}}, tmp_path / "checkpoint.pt")
    sha256 = write_weights(tmp_path / "checkpoint.pt", tmp_path / "weights.safetensors")
    data = (tmp_path / "weights.safetensors").read_bytes()
    assert hashlib.sha256(data).hexdigest() == sha256
    assert len(data) < 12_000_000
    back = unfolded(read_weights(tmp_path / "weights.safetensors", sha256))
    assert torch.equal(back.stem[1].running_var, network.stem[1].running_var)
    # half precision keeps 11 binary digits: relative error at most 2 ** -11
    assert torch.allclose(back.head.weight, network.head.weight, rtol=2**-11, atol=1e-7)


def test_only_the_first_photos_of_a_class_were_kept_aside(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("L", (64, 64), 90).save(file, "JPEG")
    frame = pd.DataFrame({"image": [file.getvalue()] * 5, "label": [1, 0, 1, 1, 0]})
    frame.to_parquet(tmp_path / "train.parquet")
    photos, labels = read_rows([tmp_path / "train.parquet"], per_class=2)
    assert labels.tolist() == [1, 0, 1, 0]
    assert photos[0].mode == "RGB"


def test_full_size_photos_get_their_label_from_the_file_name(tmp_path: Path) -> None:
    for name in ("n01443537_goldfish", "n12267677_acorn"):
        Image.new("RGB", (90, 60)).save(tmp_path / f"{name}.jpg")
    photos, labels = read_full_size(tmp_path)
    assert labels.tolist() == [0, 199]
    assert photos[0].size == (90, 60)


def test_figures_are_counted_from_scores() -> None:
    # six names, three photos; right first, right second, right last
    scores = np.log(np.array([[30, 1, 1, 1, 1, 1], [30, 9, 1, 1, 1, 1], [9, 8, 7, 6, 5, 1.0]]))
    found = figures_on_test_photos(scores, np.array([0, 1, 5]), temperature=1.0)
    assert found["top1"] == {"hits": 1, "n": 3}
    assert found["top5"] == {"hits": 2, "n": 3}
    assert found["right_per_class"][0] == {"hits": 1, "n": 1}
    assert found["right_per_class"][2] == {"hits": 0, "n": 0}
    # sure: 30/35 = 0.857 right, 30/43 = 0.698 wrong, 9/36 = 0.25 wrong; three bins
    # (0.142857 + 0.697674 + 0.25) / 3 = 0.363510
    assert found["ece"] == pytest.approx(0.3635, abs=1e-4)
    assert sum(one["n"] for one in found["reliability"]) == 3


def test_piles_of_unlisted_things_come_from_the_dependencies() -> None:
    drawn, bare = digits(), textures()
    assert len(drawn) == 400
    assert {picture.size for picture in drawn} == {(64, 64)}
    # 512 px, pieces of 128 every 64: 7 x 7 a texture, three textures
    assert len(bare) == 147
    assert np.asarray(drawn[0])[0, 0].tolist() == [255, 255, 255]
