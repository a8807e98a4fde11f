"""Sample pictures are there, small, and say where they come from."""

from __future__ import annotations

import pytest
from PIL import Image

from dl_core.vision import classes
from dl_core.vision.classes import ASSETS
from dl_core.vision.gallery import gallery, sample


def test_pictures_are_small_and_carry_no_metadata() -> None:
    assert 5 <= len(gallery()) <= 8
    for one in gallery():
        with Image.open(one.path) as picture:
            assert picture.format == "JPEG"
            assert max(picture.size) <= 512
            assert len(picture.getexif()) == 0
        assert one.path.stat().st_size < 100_000


def test_truths_are_on_the_list_and_some_pictures_are_not() -> None:
    names = {thing.name for thing in classes()}
    assert all(set(one.truths) <= names for one in gallery())
    assert any(not one.truths for one in gallery())
    assert len({one.key for one in gallery()}) == len(gallery())


def test_every_picture_has_its_origin_in_the_assets_readme() -> None:
    readme = (ASSETS / "README.md").read_text(encoding="utf-8")
    assert all(one.path.name in readme for one in gallery())


def test_unknown_key_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="choose one of: coffee, cat"):
        sample("dog")
