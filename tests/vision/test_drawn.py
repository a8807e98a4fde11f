"""A picture that pleases the network: its score rises, and the network stays as it was."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from PIL import Image

from dl_core.vision import drawn
from dl_core.vision.classes import label_of
from dl_core.vision.predict import class_probabilities
from dl_core.vision.weights import shipped_network

LEMON = label_of("lemon")


def fingerprint() -> str:
    state = shipped_network().state_dict()
    return hashlib.sha256(b"".join(each.numpy().tobytes() for each in state.values())).hexdigest()


@pytest.fixture(scope="module")
def lemon() -> drawn.Drawn:
    return drawn.draw(LEMON)


def test_the_score_rises_and_the_network_is_untouched():
    before = fingerprint()
    drawn._WHOLE.pop(LEMON, None)
    found = drawn.draw(LEMON)
    assert fingerprint() == before
    assert all(not p.requires_grad and p.grad is None for p in shipped_network().parameters())
    tenths = np.array(found.scores).reshape(4, -1).mean(1)
    assert (np.diff(tenths) > 0).all()
    assert found.scores[0] < 3 < 20 < found.scores[-1]


def test_what_is_said_of_the_picture_is_the_networks_own_answer(lemon):
    assert lemon.label == "lemon"
    assert lemon.steps == drawn.STEPS == len(lemon.scores)
    assert lemon.pixels.shape == (64, 64, 3)
    assert not lemon.pixels.flags.writeable
    chances = class_probabilities(Image.fromarray(lemon.pixels))
    assert lemon.probability == pytest.approx(float(chances[LEMON]), abs=1e-6)
    assert chances.argmax() == LEMON


def test_the_same_name_gives_the_same_picture_and_it_is_kept(lemon):
    assert (
        drawn.draw(LEMON, lambda share: pytest.fail("known already")) is lemon or drawn.draw(LEMON) == lemon
    )
    asked = iter((True,) * 3 + (False,) * 9)
    wok = drawn.draw(label_of("wok"), lambda share: next(asked))
    asked = iter((True,) * 3 + (False,) * 9)
    again = drawn.draw(label_of("wok"), lambda share: next(asked))
    assert wok.steps == again.steps == 3
    assert wok.scores == again.scores
    np.testing.assert_array_equal(wok.pixels, again.pixels)


def test_stopped_at_once_it_is_the_noise_it_began_with():
    wok = drawn.draw(label_of("wok"), lambda share: False)
    assert (wok.steps, wok.scores) == (0, ())
    assert wok.pixels.std() > 1


@pytest.mark.parametrize("index", [-1, 200])
def test_no_such_name(index):
    with pytest.raises(ValueError, match="no class"):
        drawn.draw(index)
