"""The optional network: found, checked and refused with files that are made here. No internet."""

from __future__ import annotations

import hashlib
import io
import pickle
import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from dl_core import backbone_answer
from dl_core.backbone_answer import (
    SecondOpinion,
    same_thing,
    second_opinion,
    second_opinion_sentence,
    trouble_sentence,
)
from dl_core.photos import photo, sample_photo
from dl_core.vision import Prediction, classes, imagenet
from dl_core.vision.imagenet import (
    FILE_NAME,
    FOLDER_VARIABLE,
    Backbone,
    NoBackbone,
    backbone_folder,
    backbone_input,
    find_backbone,
    imagenet_names,
    middle_square,
    name_probabilities,
)
from dl_core.vision.resnet18 import ResNet18
from tests.readability import read


def as_file(things: object) -> bytes:
    file = io.BytesIO()
    torch.save(things, file)
    return file.getvalue()


@pytest.fixture(scope="module")
def weights() -> OrderedDict[str, Tensor]:
    torch.manual_seed(0)
    return OrderedDict(ResNet18().state_dict())


@pytest.fixture(scope="module")
def official(weights: OrderedDict[str, Tensor]) -> bytes:
    """A file with random weights that the tests call the official one."""
    return as_file(weights)


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a file into the folder of this test; by default its own SHA-256 is the pinned one."""

    def puts(data: bytes, sha256: str | None = None) -> Path:
        (tmp_path / FILE_NAME).write_bytes(data)
        monkeypatch.setattr(imagenet, "SHA256", sha256 or hashlib.sha256(data).hexdigest())
        monkeypatch.setattr(imagenet, "_LATEST", {})
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
        return tmp_path

    return puts


def refused(folder: Path) -> str:
    found = find_backbone(folder)
    assert isinstance(found, NoBackbone)
    assert not found.is_absent
    assert found.sentence.endswith("The page stays with its own network.")
    reading = read([found.sentence])
    assert all(len(one.split()) <= 25 for one in reading.sentences)
    return found.sentence


def test_the_names_are_the_thousand_of_imagenet() -> None:
    names = imagenet_names()
    assert len(names) == len(set(names)) == 1000
    assert all(name == name.strip() and name for name in names)
    known = {
        0: "tench",
        1: "goldfish",
        281: "tabby",
        504: "coffee mug",
        967: "espresso",
        999: "toilet tissue",
    }
    assert {i: names[i] for i in known} == known


def test_the_shipped_network_s_names_are_almost_all_among_them() -> None:
    # Tiny ImageNet's 200 things are of ImageNet's 21,841; all but a few are also of its 1,000
    names = {name.casefold() for name in imagenet_names()}
    among = [thing for thing in classes() if names & {name.casefold() for name in thing.names}]
    assert len(among) >= 160


def test_the_pinned_file_is_the_official_one() -> None:
    # torchvision names its files by the first eight digits of their SHA-256
    assert f"resnet18-{imagenet.SHA256[:8]}.pth" == FILE_NAME
    assert len(imagenet.SHA256) == 64
    assert imagenet.MOST_BYTES >= 46_830_571


def test_an_empty_folder_is_nothing_to_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    found = find_backbone()
    assert isinstance(found, NoBackbone)
    assert found.is_absent
    assert trouble_sentence() == ""
    assert second_opinion(sample_photo("coffee")) is None
    assert isinstance(find_backbone(tmp_path / "nowhere"), NoBackbone)


def test_the_folder_is_the_environment_s_or_the_usual_one(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert backbone_folder() == tmp_path
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    assert backbone_folder().parts[-2:] == ("assets", "backbone")


def test_the_official_file_is_read_once_for_everybody(put, official: bytes, monkeypatch) -> None:
    folder, times = put(official), []
    read_file = imagenet._read
    monkeypatch.setattr(imagenet, "_read", lambda *given: (times.append(1), read_file(*given))[1])
    found: list[object] = []
    viewers = [threading.Thread(target=lambda: found.append(find_backbone(folder))) for _ in range(4)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    assert isinstance(found[0], Backbone)
    assert all(one is found[0] for one in found)
    assert len(times) == 1
    assert not any(p.requires_grad for p in found[0].network.parameters())


def test_a_file_that_changes_is_looked_at_again(put, official: bytes) -> None:
    folder = put(official)
    assert isinstance(find_backbone(folder), Backbone)
    (folder / FILE_NAME).write_bytes(official[:-1])
    assert "not the official one" in refused(folder)


def test_one_changed_byte_is_noticed(put, official: bytes) -> None:
    altered = bytearray(official)
    altered[len(altered) // 2] ^= 1
    assert "not the official one" in refused(put(bytes(altered), hashlib.sha256(official).hexdigest()))


def test_a_wrong_file_is_never_even_opened_by_torch(put, monkeypatch) -> None:
    folder = put(b"anything", "0" * 64)
    monkeypatch.setattr(torch, "load", lambda *_, **__: pytest.fail("torch opened it"))
    assert "not the official one" in refused(folder)


def test_too_large_a_file_is_not_read(put, monkeypatch) -> None:
    folder = put(b"x" * 2000)
    monkeypatch.setattr(imagenet, "MOST_BYTES", 1999)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    assert "right size" in refused(folder)


def test_a_folder_of_that_name_is_refused(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / FILE_NAME).mkdir()
    monkeypatch.setattr(imagenet, "_LATEST", {})
    assert "right size" in refused(tmp_path)


@pytest.mark.parametrize("data", [b"", b"not a network", b"PK\x03\x04 broken", bytes(1000)], ids=range(4))
def test_a_broken_file_is_one_sentence(put, data: bytes) -> None:
    assert "is broken" in refused(put(data))


def test_a_file_cut_short_is_one_sentence(put, official: bytes) -> None:
    assert "is broken" in refused(put(official[: len(official) // 2]))


class Bomb:
    """What an attacker would write: a pickle that runs a program when it is read."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return (Path.touch, (self.mark,))


def test_a_program_in_the_file_is_not_run(put, tmp_path: Path) -> None:
    mark = tmp_path / "it ran"
    for data in (as_file({"fc.bias": Bomb(mark)}), pickle.dumps(Bomb(mark))):
        assert "is broken" in refused(put(data))
    assert not mark.exists()
    pickle.loads(pickle.dumps(Bomb(mark)))  # the bomb is a real one
    assert mark.exists()


def test_something_else_than_weights_is_refused(put) -> None:
    assert "holds no weights" in refused(put(as_file([torch.zeros(3)])))
    assert "holds no weights" in refused(put(as_file({"fc.bias": 3})))


def test_another_network_s_weights_are_refused(put, weights: OrderedDict[str, Tensor]) -> None:
    assert "weights of another network" in refused(put(as_file({"fc.bias": torch.zeros(1000)})))
    assert "weights of another network" in refused(put(as_file({})))
    less = {name: tensor for name, tensor in weights.items() if name != "layer4.1.conv2.weight"}
    assert "weights of another network" in refused(put(as_file(less)))


def test_ten_classes_are_not_a_thousand(put, weights: OrderedDict[str, Tensor]) -> None:
    ten = {**weights, "fc.weight": torch.zeros(10, 512), "fc.bias": torch.zeros(10)}
    assert "does not answer with 1,000 names" in refused(put(as_file(ten)))


def official_way(picture: Image.Image) -> np.ndarray:
    """The published steps one after the other: shrink the shorter side to 256, then cut the middle 224."""
    width, height = picture.size
    short = min(width, height)
    wide, high = (256 if side == short else int(256 * side / short) for side in picture.size)
    left, top = round((wide - 224) / 2), round((high - 224) / 2)
    whole = picture.resize((wide, high), Image.Resampling.BILINEAR)
    return np.asarray(whole.crop((left, top, left + 224, top + 224)))


@pytest.mark.parametrize(
    "size", [(640, 480), (300, 451), (256, 256), (343, 256), (100, 40), (1000, 999), (37, 500)]
)
def test_the_middle_is_what_the_published_steps_cut(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(2)
    picture = Image.fromarray(rng.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))
    apart = np.abs(middle_square(picture).astype(int) - official_way(picture).astype(int))
    assert apart.max() <= 1  # rounding to whole brightness


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (20_000, 2), (224, 224), (3, 5)])
def test_any_shape_has_a_middle(size: tuple[int, int]) -> None:
    square = middle_square(Image.new("RGB", size, (120, 7, 201)))
    assert square.shape == (224, 224, 3)
    assert np.unique(square.reshape(-1, 3), axis=0).tolist() == [[120, 7, 201]]


def test_the_input_by_hand() -> None:
    # (124/255 − 0.485) / 0.229 = 0.0056 for red; (0 − 0.456) / 0.224 = −2.0357; (1 − 0.406) / 0.225 = 2.64
    x = backbone_input(np.full((2, 2, 3), (124, 0, 255), np.uint8))
    assert x.shape == (1, 3, 2, 2)
    assert x[0, :, 0, 0].tolist() == pytest.approx([0.00557, -2.03571, 2.64], abs=1e-5)


def test_the_answer_is_the_network_s(put, official: bytes, weights: OrderedDict[str, Tensor]) -> None:
    found = find_backbone(put(official))
    assert isinstance(found, Backbone)
    picture = sample_photo("coffee").image
    plain = ResNet18()
    plain.load_state_dict(weights, strict=True)  # the file's names are the network's
    with torch.inference_mode():
        expected = torch.softmax(plain.eval()(backbone_input(middle_square(picture)))[0].double(), 0)
    shares = name_probabilities(found, picture)
    np.testing.assert_allclose(shares, expected.numpy(), rtol=1e-3, atol=1e-6)
    assert shares.sum() == pytest.approx(1)


def test_the_second_opinion_is_asked_once_for_a_photo(put, official: bytes, monkeypatch) -> None:
    put(official)
    mine = photo("your photo", Image.new("RGB", (90, 60), (10, 200, 90)))
    asked = backbone_answer.asked
    times: list[int] = []
    monkeypatch.setattr(backbone_answer, "asked", lambda *given: (times.append(1), asked(*given))[1])
    opinion = second_opinion(mine)
    assert opinion is second_opinion(mine)
    assert len(times) == 1
    assert len(opinion.labels) == len(opinion.probabilities) == 5
    assert list(opinion.probabilities) == sorted(opinion.probabilities, reverse=True)
    assert set(opinion.labels) <= set(imagenet_names())
    assert trouble_sentence() == ""
    monkeypatch.setattr(imagenet, "_LATEST", {})  # the host has put another file there
    assert second_opinion(mine) is not opinion


def test_a_broken_file_is_told_and_gives_no_opinion(put) -> None:
    put(b"broken")
    assert trouble_sentence().startswith("The larger network is not used: its file is broken.")
    assert second_opinion(sample_photo("cat")) is None


def test_names_of_one_thing_agree() -> None:
    assert same_thing("ladybug", "ladybug")
    other = next(thing for thing in classes() if len(thing.names) > 1)
    assert same_thing(other.names[1].upper(), other.name)
    assert not same_thing("tench", other.name)
    assert not same_thing("tench", "no such thing")


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (("espresso", "cup"), "Both networks name the same thing."),
        (("cup", "espresso"), "is among its five guesses, but not its first"),
        (("cup", "saucepan"), "is not among its five guesses, which is a good reason to ask a person"),
    ],
)
def test_the_sentence_says_whether_both_agree_and_what_the_number_is_worth(labels, says) -> None:
    said = second_opinion_sentence(
        SecondOpinion(labels, (0.7, 0.2), 0.05), Prediction(("espresso",), (0.9,), False, 0.01)
    )
    assert says in said
    assert "Nobody has checked its percentages against counts" in said
    reading = read([said, backbone_answer.how_to_add_sentence()])
    assert reading.grade <= 9
    assert all(len(one.split()) <= 25 for one in reading.sentences)
