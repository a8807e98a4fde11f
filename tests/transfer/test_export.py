"""The exported model answers as the page does, on the same files, and so does the script beside it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import runpy
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from onnx import helper
from PIL import Image

from dl_core.transfer.export import CARD, EXAMPLE, HEAD, LABELS, MODEL, USE_IT, model_file, package
from dl_core.transfer.features import features_of
from dl_core.transfer.head_file import (
    read_head,
    write_head,
)
from dl_core.transfer.heads import Head, fit_head
from dl_core.transfer.onnx_graph import INPUT, IR_VERSION, OPSET, _Graph, _shrunk
from dl_core.transfer.opening import Opening, at_rest, story
from dl_core.transfer.tasks import ready_made
from dl_core.vision import read_photo
from dl_core.vision.card import read_card
from dl_core.vision.gallery import gallery
from dl_core.vision.views import WayIn, view

NAMES = ("cup", "cat", "rocket", "lemon", "flower")
MADE_ON = date(2026, 11, 30)
AS_PAGE = WayIn(("centre",), 64, "area")


def session_of(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def encoded(pixels: np.ndarray, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **how)
    return file.getvalue()


def smooth(width: int, height: int, seed: int, channels: int = 3) -> np.ndarray:
    small = np.random.default_rng(seed).integers(0, 256, (7, 7, channels), np.uint8)
    mode = {3: "RGB", 4: "RGBA"}[channels]
    return np.asarray(Image.fromarray(small, mode).resize((width, height), Image.Resampling.BICUBIC))


SIZES = (
    (8, 8), (9, 300), (300, 9), (63, 64), (64, 64), (65, 64), (64, 65), (100, 75), (75, 100), (97, 193),
    (128, 128), (150, 239), (200, 333), (333, 200), (427, 640), (640, 427), (1023, 767), (767, 1024),
)  # fmt: skip


def files() -> dict[str, bytes]:
    found = {f"{w} x {h}": encoded(smooth(w, h, w + h), ("PNG", "JPEG")[(w + h) % 2]) for w, h in SIZES}
    found |= {sample.key: sample.path.read_bytes() for sample in gallery()}
    for turned in (3, 6, 8):
        exif = Image.Exif()
        exif[0x0112] = turned
        found[f"camera held {turned}"] = encoded(smooth(240, 160, turned), "JPEG", exif=exif)
    large = smooth(2500, 1700, 5)
    found |= {
        "large PNG": encoded(large, "PNG", compress_level=1),
        "large JPEG": encoded(large, "JPEG"),
        "large, tall JPEG": encoded(smooth(700, 2600, 6), "JPEG"),
        "transparent": encoded(smooth(120, 90, 7, 4), "PNG"),
        "grey": encoded(smooth(120, 90, 8)[:, :, 0], "PNG"),
        "WebP": encoded(smooth(200, 100, 9), "WEBP", lossless=True),
    }
    palette = io.BytesIO()
    Image.fromarray(smooth(90, 120, 10)).quantize(16).save(palette, "PNG", transparency=3)
    return found | {"palette": palette.getvalue()}


FILES = files()


@dataclass(frozen=True)
class Exported:
    head: Head
    session: onnxruntime.InferenceSession

    def asked(self, pixels: np.ndarray) -> np.ndarray:
        return self.session.run(None, {INPUT: pixels})[0]


@pytest.fixture(scope="module")
def exported() -> Exported:
    task = ready_made("corners")
    rows = np.arange(0, len(task.labels), 3)
    head = fit_head(features_of(task.pixels[rows]), task.labels[rows], len(task.names))
    return Exported(head, session_of(model_file(head, NAMES)))


@pytest.fixture(scope="module")
def opening() -> Opening:
    found = story(at_rest())
    assert found is not None
    return found


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    file = tmp_path_factory.mktemp("script") / EXAMPLE
    file.write_text(USE_IT, encoding="utf-8")
    return SimpleNamespace(**runpy.run_path(str(file)))


def page_answers(head: Head, data: bytes) -> np.ndarray:
    """The page's own way: read the stranger's file, look at its middle, then features and head."""
    return head.probabilities(features_of(view(read_photo(data), "centre", AS_PAGE)[None]))[0]


@pytest.mark.parametrize("name", FILES)
def test_the_file_gives_the_pages_answers(
    exported: Exported, script: SimpleNamespace, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "a picture"
    file.write_bytes(FILES[name])
    found = exported.asked(np.asarray(script.opened(file))[None])[0]
    expected = page_answers(exported.head, FILES[name])
    assert found == pytest.approx(expected, abs=1e-4)
    assert found.argmax() == expected.argmax()


def test_at_least_thirty_files_of_different_sizes_are_compared() -> None:
    assert len({read_photo(data).size for data in FILES.values()}) >= 30


def test_the_pictures_do_not_all_get_one_answer(exported: Exported) -> None:
    answers = [page_answers(exported.head, data).argmax() for data in FILES.values()]
    assert len(set(answers)) >= 3


def test_pictures_together_get_the_answers_they_get_alone(exported: Exported) -> None:
    together = np.stack([smooth(150, 110, seed) for seed in range(5)])
    alone = [exported.asked(picture[None])[0] for picture in together]
    np.testing.assert_allclose(exported.asked(together), alone, atol=1e-6)


def test_the_held_out_pictures_get_the_pages_answers(opening: Opening) -> None:
    pictures, held = opening.pictures, opening.split.held_out
    found = session_of(model_file(opening.head, pictures.names)).run(None, {INPUT: pictures.pixels[held]})[0]
    expected = opening.head.probabilities(features_of(pictures.pixels[held]))
    np.testing.assert_allclose(found, expected, atol=1e-4)
    assert opening.right is not None
    assert int((found.argmax(axis=1) == pictures.labels[held]).sum()) == opening.right.hits


@pytest.fixture(scope="module")
def shrink() -> onnxruntime.InferenceSession:
    """The first part of the graph alone: what the network would look at."""
    graph = _Graph()
    last = _shrunk(graph)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "shrink",
            [helper.make_tensor_value_info(INPUT, onnx.TensorProto.UINT8, ["N", "H", "W", 3])],
            [helper.make_tensor_value_info(last, onnx.TensorProto.FLOAT, ["N", 3, 64, 64])],
            [onnx.numpy_helper.from_array(array, name) for name, array in graph.numbers.items()],
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    return session_of(model.SerializeToString())


@given(width=st.integers(1, 500), height=st.integers(1, 500), seed=st.integers(0, 1000), noisy=st.booleans())
@hypothesis_settings(max_examples=40, deadline=None)
def test_pictures_are_shrunk_as_pillow_does_to_the_last_bit(
    shrink: onnxruntime.InferenceSession, width: int, height: int, seed: int, noisy: bool
) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    pixels = noise if noisy else smooth(width, height, seed)
    found = shrink.run(None, {INPUT: pixels[None]})[0][0].transpose(1, 2, 0)
    np.testing.assert_array_equal(found, view(Image.fromarray(pixels), "centre", AS_PAGE))


@pytest.mark.parametrize(
    ("width", "height"), [(96, 128), (96, 129), (65, 66), (65, 67), (300, 536), (300, 537)]
)
def test_the_order_of_the_passes_turns_where_pillows_does(
    shrink: onnxruntime.InferenceSession, width: int, height: int
) -> None:
    # Pillow 13 shrinks columns first where height - 64 > 2 (width - 64): 129 - 64 = 65 > 2 * 32, 128 is not
    for seed in range(3):
        pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
        found = shrink.run(None, {INPUT: pixels[None]})[0][0].transpose(1, 2, 0)
        np.testing.assert_array_equal(found, view(Image.fromarray(pixels), "centre", AS_PAGE))


def test_the_model_says_its_names_and_fingerprints_itself(exported: Exported) -> None:
    told = exported.session.get_modelmeta().custom_metadata_map
    assert tuple(json.loads(told["labels"])) == NAMES
    assert told["network_sha256"] == read_card().sha256
    assert told["head_sha256"] == hashlib.sha256(write_head(exported.head, NAMES)).hexdigest()
    assert "not to sell" in told["licence"]


def test_the_package_holds_five_files_and_is_the_same_every_time(opening: Opening) -> None:
    packed = package(opening, MADE_ON)
    assert packed == package(opening, MADE_ON)
    bundle = zipfile.ZipFile(io.BytesIO(packed))
    assert bundle.namelist() == [MODEL, LABELS, CARD, EXAMPLE, HEAD]
    assert {entry.date_time for entry in bundle.infolist()} == {(2026, 11, 30, 0, 0, 0)}
    assert len(packed) < 12_000_000  # the weights stay in half precision
    names = bundle.read(LABELS).decode().splitlines()
    assert read_head(bundle.read(HEAD)).names == tuple(names) == opening.pictures.names
    assert hashlib.sha256(bundle.read(HEAD)).hexdigest() in bundle.read(CARD).decode()


def test_a_date_before_zip_files_is_no_problem(opening: Opening) -> None:
    bundle = zipfile.ZipFile(io.BytesIO(package(opening, date(1970, 1, 1))))
    assert bundle.infolist()[0].date_time[0] == 1980


def test_the_script_in_the_package_runs_and_says_what_the_page_says(opening: Opening, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(package(opening, MADE_ON))).extractall(tmp_path)
    picture = gallery()[0].path
    command = [sys.executable, EXAMPLE, str(picture)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    run = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr
    expected = page_answers(opening.head, picture.read_bytes())
    best = int(expected.argmax())
    first = run.stdout.splitlines()[0]
    assert first == f"{expected[best]:.4f} {opening.pictures.names[best]}"
    assert len(run.stdout.splitlines()) == len(opening.pictures.names)
