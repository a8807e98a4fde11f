"""The photo that a page looks at: a sample of the gallery, or the reader's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from PIL import Image

from dl_core.vision.gallery import gallery, sample
from dl_core.vision.photo import read_photo

OWN = "your photo"  # what pages call a reader's own


@dataclass(frozen=True)
class Photo:
    """A picture that was read safely. Two photos with the same pixels are the same photo.

    A saved brief keeps a sample's key, and nothing of a reader's own photo (`is_own`).
    """

    name: str  # as the page calls it: a sample's name, or "your photo"
    sha256: str  # of its pixels
    image: Image.Image = field(compare=False, repr=False)  # RGB

    @property
    def is_own(self) -> bool:
        """Whether it is none of the gallery: then it stays in the reader's visit."""
        return sample_key(self) is None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """In a saved brief a photo is the key of a sample."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            lambda key: sample_photo(str(key)),
            serialization=core_schema.plain_serializer_function_ser_schema(sample_key),
        )


def photo(name: str, image: Image.Image) -> Photo:
    """Give a picture a name and a fingerprint.

    Parameters
    ----------
    name
        What the page calls it.
    image
        Any picture; kept as RGB.

    Examples
    --------
    >>> photo("grey", Image.new("RGB", (8, 8))) == photo("grey", Image.new("RGB", (8, 8)))
    True
    """
    rgb = image.convert("RGB")
    size = f"{rgb.width}x{rgb.height}".encode()
    return Photo(name, hashlib.sha256(size + rgb.tobytes()).hexdigest(), rgb)


@cache
def sample_photo(key: str) -> Photo:
    """A picture of the gallery, read once for everybody.

    Parameters
    ----------
    key
        One of the keys of :func:`dl_core.vision.gallery.gallery`.

    Raises
    ------
    ValueError
        If the gallery has no such picture.

    Examples
    --------
    >>> sample_key(sample_photo("coffee"))
    'coffee'
    """
    found = sample(key)
    return photo(found.name, read_photo(found.path.read_bytes()))


def sample_key(shown: Photo) -> str | None:
    """The gallery's key of this photo; None for a reader's own, which is never saved."""
    return next((one.key for one in gallery() if sample_photo(one.key) == shown), None)


def first_sample() -> Photo:
    """What every page shows before anybody has chosen a photo."""
    return sample_photo(gallery()[0].key)
