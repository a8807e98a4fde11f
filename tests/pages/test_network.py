import json

import numpy as np
import pytest

from dl_core.figures.picture import SERIES
from dl_core.mlp.data import Settings, make
from dl_core.mlp.engine import train
from dl_core.mlp.plan import Plan
from dl_core.mlp.view import LARGEST, NetworkView
from pages._shared.network import PART, packed, unpacked


def view_of(kind, **more):
    dealt = make(Settings(kind))
    piles = [part[pile] for pile in (dealt.train, dealt.test) for part in (dealt.inputs, dealt.targets)]
    training = train(Plan(n_epochs=6, **more), *piles, dealt.data.task, dealt.n_outputs)
    return NetworkView.of(training, dealt, [f"After {epoch} epochs." for epoch in training.epochs])


@pytest.mark.parametrize("kind", ["moons", "blobs", "surface", "wine", "delivery"])
def test_what_is_packed_comes_back(kind):
    view = view_of(kind)
    header, lists = unpacked(packed(view))
    assert lists["parameters"].tolist() == view.parameters.tolist()
    assert lists["inputs"].T.tolist() == view.inputs.tolist()
    assert lists["targets"] == pytest.approx(view.targets, rel=1e-6)
    assert lists["is_test"].astype(bool).tolist() == view.is_test.tolist()
    assert lists["rows"].tolist() == view.rows.tolist()
    assert header["captions"] == list(view.captions)
    assert header["layers"] == list(view.layers)
    assert header["scales"] == view.scales.tolist()  # not one figure of them is cut
    assert header["train_loss"] == pytest.approx(view.train_loss, rel=1e-5)
    assert header["series"] == list(SERIES)


def test_numbers_are_sent_low_byte_first_and_inputs_column_by_column():
    view = view_of("moons")
    numbers = packed(view).partition(PART)[2]
    low, high = numbers[:2]
    first = low + 256 * high
    assert (first - 65_536 if first > 32_767 else first) == view.parameters[0, 0]
    at = view.parameters.size * 2
    inputs = np.frombuffer(numbers[at : at + 2 * len(view.rows)], "<i2")
    assert inputs.tolist() == view.inputs[:, 0].tolist()


def test_a_zero_byte_stands_only_between_the_words_and_the_numbers():
    words = packed(view_of("moons")).partition(PART)[0]
    assert b"\\u0000" in json.dumps("\0").encode()  # a zero in a column's name would be written out
    assert json.loads(words)["task"] == "classes"


@pytest.mark.parametrize("hidden", [(), (4, 4), (32,) * 6])
def test_no_view_weighs_more_than_a_film_may(hidden):
    assert len(packed(view_of("wine", hidden=hidden))) <= LARGEST


def test_numbers_that_the_header_does_not_count_are_noticed():
    with pytest.raises(ValueError, match="bytes of numbers where the header counts"):
        unpacked(packed(view_of("moons")) + b"x")
