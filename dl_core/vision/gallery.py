"""Sample pictures for readers without a photo at hand; origins and licences are in assets/README.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dl_core.vision.classes import ASSETS

FOLDER = ASSETS / "gallery"


@dataclass(frozen=True)
class Sample:
    """One picture of the gallery."""

    key: str  # for links: short, lower case, no spaces
    name: str  # shown under the picture
    truths: tuple[str, ...]  # names on the list that would be right; empty: not on the list
    description: str  # what a person sees, for readers who do not see the picture
    credit: str  # who made it, and the licence

    @property
    def path(self) -> Path:
        """The JPEG file, at most 512 pixels long."""
        return FOLDER / f"{self.key}.jpg"


def gallery() -> tuple[Sample, ...]:
    """All sample pictures, the clearest first.

    Examples
    --------
    >>> [sample.key for sample in gallery() if not sample.truths]
    ['flower', 'galaxies', 'coins']
    """
    return SAMPLES


SAMPLES = (
    Sample(
        key="coffee",
        name="Coffee",
        truths=("espresso",),
        description="A red cup of espresso on a saucer with a spoon, on a wooden table.",
        credit="Rachel Michetti, Pikolo Espresso Bar; public domain (CC0), from scikit-image",
    ),
    Sample(
        key="cat",
        name="Chelsea the cat",
        truths=("tabby", "Egyptian cat"),
        description="The face of a striped cat with green eyes, close up.",
        credit="Stéfan van der Walt; public domain (CC0), from scikit-image",
    ),
    Sample(
        key="rocket",
        name="A rocket",
        truths=("projectile",),
        description="A slim white rocket on its launch pad at dusk, between tall towers.",
        credit="SpaceX; public domain, from scikit-image",
    ),
    Sample(
        key="lemon",
        name="A drawn lemon",
        truths=("lemon",),
        description="A plain drawing of a lemon with a leaf on a white background.",
        credit="Drawn for this project",
    ),
    Sample(
        key="flower",
        name="A flower",
        truths=(),
        description="A round orange flower with many petals in front of dark leaves.",
        credit="vultilion on Flickr; CC BY 2.0, from scikit-learn",
    ),
    Sample(
        key="galaxies",
        name="Deep space",
        truths=(),
        description="Hundreds of small galaxies on a black sky.",
        credit="NASA, Hubble eXtreme Deep Field; public domain, from scikit-image",
    ),
    Sample(
        key="coins",
        name="Old coins",
        truths=(),
        description="Four rows of old Greek coins in grey.",
        credit="Brooklyn Museum; no known copyright restrictions, from scikit-image",
    ),
)


def sample(key: str) -> Sample:
    """One picture by its key.

    Raises
    ------
    ValueError
        "There is no sample ..., choose one of: ..."
    """
    for one in SAMPLES:
        if one.key == key:
            return one
    raise ValueError(f"There is no sample {key!r}, choose one of: {', '.join(one.key for one in SAMPLES)}.")
