"""The whole way from a picture to its class as one ONNX graph: crop, shrink, network, new head, softmax.

Why ONNX: a reader's engineers can run it in Python, C++, Java, C#, in a browser or on a phone, without
PyTorch and without our code. TorchScript is deprecated (PyTorch 2.13 warns at every call), and
``torch.export`` (.pt2) needs PyTorch on the other side too. We write the graph ourselves with `onnx.helper`:
the architecture is known, so nothing is traced, and the file holds the network's matrices in half precision,
as they are shipped.

The picture is shrunk as Pillow 13 shrinks it (`dl_core.vision.views`, area filter), to the last bit: Pillow
averages whole pixels, first along rows, then along columns (for tall pictures the other way round), in
fixed-point numbers, and rounds after each. Without that, an answer would drift a little from the page's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dl_core.transfer.heads import Head
from dl_core.transfer.pictures import SIDE
from dl_core.vision.predict import MEAN, STD

if TYPE_CHECKING:  # onnx is loaded by the first export
    import onnx

INPUT, OUTPUT = "pictures", "probabilities"
OPSET, IR_VERSION = 17, 8  # of 2022: what engineers run today reads it
BITS = 22  # after the point: how finely Pillow writes the share of one pixel

Array = NDArray[Any]


def onnx_model(head: Head, backbone: Mapping[str, Array], facts: Mapping[str, str]) -> bytes:
    """The model as the bytes of an ONNX file.

    Its input, ``pictures``, is ``(N, H, W, 3)`` bytes of upright RGB pictures of any size, all of one size
    in one call; its output, ``probabilities``, is ``(N, n_classes)``.

    Parameters
    ----------
    head
        Scaling and softmax layer.
    backbone
        Numbers of the shipped network by the name of their place, as `read_weights` gives them.
    facts
        What is written into the file beside the numbers, all text: labels, fingerprints.
    """
    from onnx import checker, helper, numpy_helper

    graph = _Graph()
    seen = _shrunk(graph)
    features = _features(graph, seen, backbone)
    _answers(graph, features, head)
    kinds = helper.np_dtype_to_tensor_dtype
    whole = helper.make_graph(
        graph.nodes,
        "pictures_to_classes",
        [helper.make_tensor_value_info(INPUT, kinds(np.dtype(np.uint8)), ["N", "H", "W", 3])],
        [helper.make_tensor_value_info(OUTPUT, kinds(np.dtype(np.float32)), ["N", head.layer.bias.size])],
        [numpy_helper.from_array(array, name) for name, array in graph.numbers.items()],
    )
    model = helper.make_model(
        whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="dl_core"
    )
    helper.set_model_props(model, dict(facts))
    checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


class _Graph:
    """Nodes and numbers of a graph while it is written."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: dict[str, Array] = {}

    def add(self, kind: str, *inputs: str, named: str = "", **attributes: Any) -> str:
        """One step; returns the name of what comes out of it."""
        from onnx import helper

        named = named or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [named], **attributes))
        return named

    def number(self, value: Any, kind: type[np.generic], name: str = "") -> str:
        """A constant under its own name; a short one under its value, so that all share it who need it."""
        array = np.asarray(value, kind)
        name = name or f"{array.dtype.name}_{array.tolist()}"
        self.numbers.setdefault(name, array)
        return name

    def cast(self, what: str, kind: type[np.generic]) -> str:
        """The same numbers in another kind."""
        from onnx import helper

        return self.add("Cast", what, to=helper.np_dtype_to_tensor_dtype(np.dtype(kind)))


def _shrunk(graph: _Graph) -> str:
    """The middle square at 64 × 64 pixels: ``(N, 3, 64, 64)`` whole numbers of 0 to 255."""
    shape = graph.add("Shape", INPUT)
    length = {
        axis: graph.add("Gather", shape, graph.number(at, np.int64), axis=0)
        for axis, at in (("rows", 1), ("columns", 2))
    }
    side = graph.add("Min", *length.values())
    shares = {axis: _axis(graph, long, side) for axis, long in length.items()}
    pixels = graph.cast(graph.add("Transpose", INPUT, perm=[0, 3, 1, 2]), np.float32)
    across = _along_columns(graph, _along_rows(graph, pixels, *shares["columns"]), *shares["rows"])
    down = _along_rows(graph, _along_columns(graph, pixels, *shares["rows"]), *shares["columns"])
    # Pillow since 13: columns first where the height loses more than twice the pixels that the width loses
    lost = {axis: graph.add("Sub", long, graph.number(SIDE, np.int64)) for axis, long in length.items()}
    twice = graph.add("Mul", lost["columns"], graph.number(2, np.int64))
    return graph.add("Where", graph.add("Greater", lost["rows"], twice), down, across)


def _axis(graph: _Graph, length: str, side: str) -> tuple[str, str]:
    """Which pixels of an axis go into each of 64 places, ``(length, 64)``, and each one's share, ``(64,)``.

    Pillow's arithmetic in double precision and in its order: its rounding decides pixels on a border.
    """

    def double(value: Any) -> str:
        return graph.number(value, np.float64)

    add = graph.add
    long, wide = graph.cast(length, np.float64), graph.cast(side, np.float64)
    start = add("Mul", add("Sub", long, wide), double(0.5))
    step = add("Div", wide, double(SIDE))
    reach = add("Max", step, double(1.0))
    half = add("Mul", reach, double(0.5))
    places = graph.number((np.arange(SIDE) + 0.5), np.float64, "places")
    centre = add("Add", start, add("Mul", places, step))
    first = add("Floor", add("Add", add("Sub", centre, half), double(0.5)))
    end = add("Floor", add("Add", add("Add", centre, half), double(0.5)))
    every = add("Range", graph.number(0, np.int64), length, graph.number(1, np.int64))
    at = add("Unsqueeze", graph.cast(every, np.float64), graph.number([1], np.int64))
    off = add("Add", add("Sub", at, centre), double(0.5))
    off = add("Mul", off, add("Reciprocal", reach))
    inside = add("And", add("Greater", off, double(-0.5)), add("LessOrEqual", off, double(0.5)))
    taken = add("And", add("GreaterOrEqual", at, first), add("Less", at, end))
    mask = graph.cast(add("And", inside, taken), np.float32)
    count = add("ReduceSum", mask, graph.number([0], np.int64), keepdims=0)
    share = add("Mul", add("Reciprocal", graph.cast(count, np.float64)), double(2.0**BITS))
    return mask, add("Floor", add("Add", share, double(0.5)))


def _along_rows(graph: _Graph, pixels: str, mask: str, share: str) -> str:
    return _rounded(graph, graph.add("MatMul", pixels, mask), share)


def _along_columns(graph: _Graph, pixels: str, mask: str, share: str) -> str:
    flat = graph.add("Transpose", mask, perm=[1, 0])
    share = graph.add("Unsqueeze", share, graph.number([1], np.int64))
    return _rounded(graph, graph.add("MatMul", flat, pixels), share)


def _rounded(graph: _Graph, sums: str, share: str) -> str:
    """Sums of whole numbers (exact in single precision below 2²⁴) to averages, rounded as Pillow rounds."""
    fine = graph.add("Mul", graph.cast(sums, np.float64), share)
    fine = graph.add("Add", fine, graph.number(2.0 ** (BITS - 1), np.float64))
    fine = graph.add("Mul", fine, graph.number(2.0**-BITS, np.float64))
    return graph.cast(graph.add("Floor", fine), np.float32)


def _features(graph: _Graph, seen: str, backbone: Mapping[str, Array]) -> str:
    """The frozen network's features, ``(N, 320)``."""

    def single(value: float) -> str:
        return graph.number(np.float32(value), np.float32)

    def stored(name: str) -> str:
        full = np.asarray(backbone[name], np.float32)
        half = full.astype(np.float16)
        if full.ndim > 1 and np.array_equal(half.astype(np.float32), full):  # as shipped: nothing is lost
            return graph.cast(graph.number(half, np.float16, name), np.float32)
        return graph.number(full, np.float32, name)

    def layer(x: str, conv: str, norm: str, stride: int = 1) -> str:
        size = backbone[f"{conv}.weight"].shape[2]
        pads = [size // 2] * 4
        x = graph.add("Conv", x, stored(f"{conv}.weight"), strides=[stride] * 2, pads=pads)
        parts = ("weight", "bias", "running_mean", "running_var")
        return graph.add("BatchNormalization", x, *(stored(f"{norm}.{part}") for part in parts), epsilon=1e-5)

    def block(x: str, name: str) -> str:
        stride = 2 if f"{name}.shortcut.weight" in backbone and not name.startswith("stages.0.") else 1
        change = graph.add("Relu", layer(x, f"{name}.conv1", f"{name}.norm1", stride))
        change = layer(change, f"{name}.conv2", f"{name}.norm2")
        if f"{name}.shortcut.weight" in backbone:
            if stride > 1:
                x = graph.add("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2])
            x = layer(x, f"{name}.shortcut", f"{name}.shortcut_norm")
        return graph.add("Relu", graph.add("Add", x, change))

    x = graph.add("Div", seen, single(255))
    x = graph.add("Div", graph.add("Sub", x, single(MEAN)), single(STD))
    x = graph.add("Relu", layer(x, "stem.0", "stem.1"))
    x = graph.add("Relu", layer(x, "stem.3", "stem.4", stride=2))
    stages = sorted({tuple(name.split(".")[1:3]) for name in backbone if name.startswith("stages.")})
    for stage, at in stages:
        x = block(x, f"stages.{stage}.{at}")
    return graph.add("ReduceMean", x, axes=[2, 3], keepdims=0, named="features")


def _answers(graph: _Graph, features: str, head: Head) -> None:
    """The new head, as `Head.probabilities` computes it."""
    x = graph.add("Sub", features, graph.number(head.mean, np.float32, "head.mean"))
    x = graph.add("Div", x, graph.number(head.spread, np.float32, "head.spread"))
    x = graph.add("MatMul", x, graph.number(head.layer.weights.T, np.float32, "head.weights"))
    x = graph.add("Add", x, graph.number(head.layer.bias, np.float32, "head.bias"))
    graph.add("Softmax", x, axis=1, named=OUTPUT)
