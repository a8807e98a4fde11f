"""The sample pictures can be made again from the packages they come from."""

from __future__ import annotations

from PIL import Image

from dl_core.offline.gallery import draw_lemon, sources
from dl_core.vision.gallery import gallery


def test_every_sample_has_a_source_or_is_drawn() -> None:
    keys = {one.key for one in gallery()}
    assert keys == set(sources()) | {"lemon"}
    assert all(path.exists() for path in sources().values())


def test_shipped_lemon_is_the_drawn_one() -> None:
    drawn = draw_lemon()
    shipped = next(one for one in gallery() if one.key == "lemon")
    with Image.open(shipped.path) as picture:
        for at in ((256, 256), (300, 270), (20, 20), (350, 100)):
            large = drawn.getpixel((4 * at[0], 4 * at[1]))
            assert max(abs(a - b) for a, b in zip(picture.getpixel(at), large, strict=True)) < 12
