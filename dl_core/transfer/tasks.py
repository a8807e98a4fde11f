"""Ready-made tasks: pictures that we draw or cut ourselves, so that nobody has to upload any to start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np

from dl_core.jobs import GoOn
from dl_core.transfer import digit_photos, drawn_fabrics, drawn_fruit, drawn_parts, photo_corners
from dl_core.transfer.features import Features, features_of
from dl_core.transfer.pictures import Pictures, Pixels

SHIPPED = Path(__file__).parents[2] / "assets" / "transfer"

Made = tuple[Pixels, list[int], list[int]]  # pictures, classes, bursts


@dataclass(frozen=True)
class Task:
    """A ready-made task; its pictures come in bursts, as photos of one thing taken at one go do."""

    key: str  # for links: short, lower case, no spaces
    name: str  # as the page calls it
    what: str  # one sentence: what is told apart, and how the pictures vary
    credit: str  # whose material
    names: tuple[str, ...]  # of the classes
    make: Callable[[], Made]
    shows_leak: bool = False  # a random split flatters it clearly


TASKS: dict[str, Task] = {
    task.key: task
    for task in (
        Task(
            "fabrics",
            "Patterns of cloth",
            "Stripes, checks, dots and zigzags; colours, size, angle, folds and light vary.",
            "Drawn for this project; toy pictures",
            drawn_fabrics.NAMES,
            lambda: drawn_fabrics.fabrics(20, 3, seed=4),
        ),
        Task(
            "parts",
            "Whole or chipped parts",
            "Rings and nuts on a belt, half of them with a chip out of the rim; belt, light and size vary.",
            "Drawn for this project; toy pictures",
            drawn_parts.NAMES,
            lambda: drawn_parts.parts(24, 4, seed=1),
            shows_leak=True,
        ),
        Task(
            "corners",
            "Corners of photos",
            "Cut-outs of five photos: say from which one; place, zoom and light vary.",
            "R. Michetti (CC0), S. van der Walt (CC0), SpaceX, Brooklyn Museum, vultilion (CC BY 2.0)",
            photo_corners.NAMES,
            lambda: photo_corners.corners(4, seed=3),
        ),
        Task(
            "numbers",
            "House numbers",
            "Handwritten digits painted on plates; colours, wall, tilt and light vary.",
            "Digits: E. Alpaydin and C. Kaynak, UCI (1998), CC BY 4.0; plates drawn for this project",
            digit_photos.NAMES,
            lambda: digit_photos.house_numbers(20, 3, seed=2),
        ),
        Task(
            "fruit",
            "Fruit and peppers",
            "Four things that the network knows from photos; size, angle, table and light vary.",
            "Drawn for this project; toy pictures",
            drawn_fruit.NAMES,
            lambda: drawn_fruit.fruit(20, 3, seed=5),
        ),
    )
}


@cache
def ready_made(key: str) -> Pictures:
    """The pictures of a ready-made task, made once for everybody; the same on every machine.

    Parameters
    ----------
    key
        One of `TASKS`.

    Raises
    ------
    ValueError
        "There is no task ...: choose one of ..."

    Examples
    --------
    >>> ready_made("parts").counts
    (96, 96)
    """
    if key not in TASKS:
        raise ValueError(f"There is no task {key!r}: choose one of {', '.join(TASKS)}.")
    task = TASKS[key]
    pixels, labels, bursts = task.make()
    return Pictures(task.name, task.names, pixels, np.array(labels), np.array(bursts))


_KEPT: WeakKeyDictionary[Pictures, Features] = WeakKeyDictionary()


def features_for(pictures: Pictures, go_on: GoOn | None = None) -> Features:
    """Features of all these pictures, ``(N, 320)``, read-only.

    Those of a ready-made task come with the program; others are kept as long as somebody holds the pictures.

    Parameters
    ----------
    pictures
        A ready-made task or the reader's own.
    go_on
        Share done, 0 to 1 → whether to go on; where it says no, fewer rows come back and are not kept.

    Examples
    --------
    >>> features_for(ready_made("parts")).shape
    (192, 320)
    """
    key = key_of(pictures)
    kept = shipped_features(key) if key else _KEPT.get(pictures)
    if kept is None:
        kept = _own_features(pictures, go_on)
        kept.setflags(write=False)
        if len(kept) == len(pictures.pixels):
            _KEPT[pictures] = kept
    elif pictures.rows is not None:  # the same pictures in another visit, or before a photo came and went
        for one, row in zip(pictures.digests, kept, strict=True):
            if one not in pictures.rows:
                pictures.rows[one] = row.copy()
    return kept


def _own_features(pictures: Pictures, go_on: GoOn | None) -> Features:
    """Only pictures that are new in this visit are looked at: renaming a class costs next to nothing."""
    if pictures.rows is None:
        return features_of(pictures.pixels, go_on)
    known = {one: row for one in pictures.digests if (row := pictures.rows.get(one)) is not None}
    new = {one: at for at, one in enumerate(pictures.digests) if one not in known}
    found = features_of(pictures.pixels[list(new.values())], go_on)
    known |= zip(new, (row.copy() for row in found), strict=False)  # where it was stopped, of the first few
    pictures.rows.update(known)
    whole = [known[one] for one in pictures.digests if one in known]
    return np.stack(whole) if len(whole) == len(pictures.digests) else found


def key_of(pictures: Pictures) -> str | None:
    """Which of `TASKS` these pictures are; None for a reader's own, and for a part of a task."""
    if pictures.is_own:
        return None
    return next(
        (key for key, task in TASKS.items() if task.name == pictures.name and ready_made(key) == pictures),
        None,
    )


@cache
def shipped_features(key: str) -> Features:
    """What the shipped network made of a ready-made task, ``(N, 320)``; see dl_core/offline/task_features.py.

    Parameters
    ----------
    key
        One of `TASKS`.
    """
    with np.load(SHIPPED / f"{key}.npz", allow_pickle=False) as stored:
        found = stored["features"].astype(np.float32)
    found.setflags(write=False)
    return np.asarray(found)
