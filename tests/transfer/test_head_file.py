"""A head comes back to the last bit; any other bytes give one plain refusal."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

from dl_core.softmax_regression import SoftmaxRegression
from dl_core.transfer.export import model_file
from dl_core.transfer.head_file import (
    MOST_BYTES,
    N_FEATURES,
    UnreadableHead,
    clean_names,
    read_head,
    write_head,
)
from dl_core.transfer.heads import Head


def some_head(n_classes: int = 3, seed: int = 0) -> Head:
    rng = np.random.default_rng(seed)
    layer = SoftmaxRegression(rng.normal(size=(n_classes, N_FEATURES)), rng.normal(size=n_classes))
    return Head(rng.random(N_FEATURES), rng.random(N_FEATURES) + 0.1, layer)


@pytest.mark.parametrize("n_classes", [2, 6, 50])
def test_a_head_comes_back_to_the_last_bit(n_classes: int) -> None:
    head, names = some_head(n_classes), tuple(f"class {i}" for i in range(n_classes))
    found = read_head(write_head(head, names))
    assert found.names == names
    features = np.random.default_rng(1).random((7, N_FEATURES)).astype(np.float32)
    np.testing.assert_array_equal(found.head.probabilities(features), head.probabilities(features))


def test_what_came_back_is_exported_again_as_the_same_model() -> None:
    head = some_head()
    again = read_head(write_head(head, ("a", "b", "c")))
    assert model_file(again.head, again.names) == model_file(head, ("a", "b", "c"))


def changed(**parts: object) -> bytes:
    """A head's file with some of it replaced: arrays, or what is written beside them."""
    data = write_head(some_head(), ("a", "b", "c"))
    tensors = load(data)
    about = json.loads(json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])["__metadata__"]["about"])
    for name, value in parts.items():
        if isinstance(value, np.ndarray):
            tensors[name] = value
        else:
            about[name] = value
    return save(tensors, {"about": json.dumps(about)})


def with_one(value: float, name: str) -> np.ndarray:
    part = load(write_head(some_head(), ("a", "b", "c")))[name].copy()
    part.flat[5 % part.size] = value
    return part


WRONG = {
    "nothing": b"",
    "a pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x07builtins\x94.",
    "a ZIP": b"PK\x03\x04" + b"\0" * 100,
    "too large": b"\0" * (MOST_BYTES + 1),
    "a huge head": (10**15).to_bytes(8, "little") + b"{}",
    "no metadata": save({"mean": np.zeros(3)}),
    "deep nesting": save({"mean": np.zeros(3)}, {"about": "[" * 50_000}),
    "not a number": changed(weights=with_one(np.nan, "weights")),
    "endless": changed(bias=with_one(np.inf, "bias")),
    "beyond all bounds": changed(mean=with_one(1e9, "mean")),
    "spread of 0": changed(spread=with_one(0.0, "spread")),
    "spread below 0": changed(spread=with_one(-1.0, "spread")),
    "another precision": changed(mean=np.zeros(N_FEATURES, np.float32)),
    "another shape": changed(weights=np.zeros((4, N_FEATURES))),
    "one part too many": changed(more=np.zeros(3)),
    "a later version": changed(schema=2),
    "another network": changed(network_sha256="0" * 64),
    "one name": changed(names=["a"]),
    "names that are no text": changed(names=["a", "b", 3]),
    "names in no list": changed(names="abc"),
    "51 names": changed(names=[str(i) for i in range(51)]),
    "fewer names than classes": changed(names=["a", "b"]),
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_anything_else_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableHead) as refused:
        read_head(data)
    assert 20 < len(str(refused.value)) < 140
    assert str(refused.value).endswith(".")


def test_an_exported_onnx_file_is_not_taken_back() -> None:
    with pytest.raises(UnreadableHead):
        read_head(model_file(some_head(), ("a", "b", "c"))[: MOST_BYTES - 1])


GOOD = write_head(some_head(), ("cup", "mug", "jug"))
_HEADER = 8 + int.from_bytes(GOOD[:8], "little")


@given(
    edits=st.lists(st.tuples(st.integers(0, _HEADER + 200), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.one_of(st.none(), st.integers(0, len(GOOD))),
)
@hypothesis_settings(max_examples=150, deadline=None)
def test_changed_bytes_give_a_sound_head_or_that_refusal(
    edits: list[tuple[int, int]], cut: int | None
) -> None:
    data = bytearray(GOOD)
    for at, value in edits:
        data[at] = value
    try:
        found = read_head(bytes(data[:cut]))
    except UnreadableHead:
        return
    assert found.names == clean_names(found.names)
    assert len(found.names) == len(found.head.layer.bias)
    assert np.isfinite(found.head.probabilities(np.ones((1, N_FEATURES), np.float32))).all()


@given(st.binary(max_size=400))
def test_any_bytes_give_that_refusal(data: bytes) -> None:
    with pytest.raises(UnreadableHead):
        read_head(data)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_names_are_short_printable_different_and_without_markup(names: list[str]) -> None:
    found = clean_names(names)
    assert len(set(found)) == len(names)
    for name in found:
        assert 1 <= len(name) <= 24
        assert name.isprintable()
        assert not set(name) & set('<>&[]{}*_`#|\\~$:!^"=@\n')
        assert not name.startswith(("+", "-", "=", "@"))
    assert clean_names(found) == found
