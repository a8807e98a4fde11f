"""Drawn fruit and peppers on a table: things that the shipped network has learned from photos.

A thing is an outline, raised like a cushion and lit by a lamp, so that it looks round.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from dl_core.transfer.camera import Colour, Light, in_bursts, some_light, speckled, taken
from dl_core.transfer.pictures import SIDE, Pixels

BIG = 2 * SIDE  # pixels of a side while drawing
NAMES = ("Lemon", "Orange", "Banana", "Pepper")
STEM, TIP, NAVEL = (70, 120, 50), (92, 70, 30), (90, 110, 40)  # colours of small parts
PEPPERS = ((205, 30, 28), (60, 135, 40), (240, 190, 30))
EDGE = 0.25  # of the blurred outline, where the cushion begins
DIM, LIT = 0.38, 0.72  # shares of a colour: in the lamp's shade, and what the lamp adds

Floats = NDArray[np.float64]
AROUND = np.linspace(0, 2 * math.pi, 90, endpoint=False)
ROUND: Floats = np.stack([np.cos(AROUND), np.sin(AROUND)], axis=1)


@dataclass(frozen=True)
class Thing:
    """One fruit, or one bunch, on one spot of a table; a burst shows it several times."""

    kind: int  # place in NAMES
    form: int  # seed of its outline and of the bumps on its skin
    tone: float  # -1 to 1: how its colour differs from others of its kind
    sort: int  # 0 to 2: colour of a pepper, bananas of a bunch less one
    size: float  # drawing pixels, from the middle outwards
    turn: float  # radians
    middle: tuple[float, float]  # drawing pixels
    shine: float  # 0 is dull
    lamp: tuple[float, float, float]  # towards it: right, down, to the camera
    table: Colour
    table_seed: int  # of the patches on it
    light: Light


def some_thing(kind: int, rng: np.random.Generator) -> Thing:
    """Draw lots for one thing; place, size, table and light do not depend on its kind.

    Parameters
    ----------
    kind
        Place in `NAMES`.
    rng
        Decides all the rest.
    """
    grey, warm = rng.uniform(40, 235), rng.uniform(0, 12)
    red, green, blue = np.clip(grey + rng.uniform(-1, 1, 3) * (26, 14, 26) + (warm, 0, -warm), 15, 250)
    return Thing(
        kind,
        form=int(rng.integers(1 << 30)),
        tone=rng.uniform(-1, 1),
        sort=int(rng.integers(3)),
        size=rng.uniform(0.3, 0.42) * BIG,
        turn=rng.uniform(0, 2 * math.pi),
        middle=(BIG * rng.uniform(0.42, 0.58), BIG * rng.uniform(0.42, 0.58)),
        shine=rng.uniform(0.2, 0.7),
        lamp=(rng.uniform(-1, 1), rng.uniform(-1.2, -0.2), rng.uniform(0.8, 1.4)),
        table=(int(red), int(green), int(blue)),
        table_seed=int(rng.integers(1 << 30)),
        light=some_light(rng, 0.6),
    )


class _Scene:
    """A table on which things are laid one upon the other."""

    def __init__(self, thing: Thing, rng: np.random.Generator) -> None:
        """``rng`` moves hand and thing a little."""
        table = speckled(BIG, thing.table, np.random.default_rng(thing.table_seed), 10, 9)
        self.canvas = np.asarray(table, np.float64)
        self.thing, self.form = thing, np.random.default_rng(thing.form)
        self.skin = _blurred(0.5 + 0.15 * self.form.standard_normal((BIG, BIG)), 1) - 0.5
        self.middle = thing.middle + rng.uniform(-0.03, 0.03, 2) * BIG
        self.size = thing.size * rng.uniform(0.92, 1.08)
        self.turn = thing.turn + rng.uniform(-0.2, 0.2)
        self.upright = thing.turn % 1 - 0.5 + self.turn - thing.turn  # of what stands rather than lies
        self.lamp = np.array(thing.lamp) / np.linalg.norm(thing.lamp)

    def mask(self, outline: Floats, turn: float, aside: tuple[float, float] = (0, 0)) -> Floats:
        """1 inside of the outline ``(n, 2)``, whose unit is the thing's size; ``aside`` is in that unit."""
        cos, sin = math.cos(turn), math.sin(turn)
        places = self.middle + self.size * (outline @ np.array([[cos, sin], [-sin, cos]]) + aside)
        drawn = Image.new("L", (BIG, BIG))
        ImageDraw.Draw(drawn).polygon([(x, y) for x, y in places.tolist()], fill=255)
        return np.asarray(drawn, np.float64) / 255

    def lay(
        self,
        mask: Floats,
        colour: tuple[float, float, float],
        thick: float,
        *,
        shine: float = 0,
        bumps: float = 2,
        dents: Floats | float = 0,
        shadow: bool = True,
    ) -> None:
        """Lay a thing down: ``thick`` in its size, ``bumps`` and ``dents`` in drawing pixels."""
        if shadow:
            across, down = (round(-7 * way) for way in self.thing.lamp[:2])
            self.canvas = self.canvas * (
                1 - 0.5 * _blurred(np.roll(mask, (down, across), (0, 1)), 5)[..., None]
            )
        high = self.size * thick
        soft = _blurred(mask, high / 2)
        raised = np.sqrt(np.clip((soft - EDGE) / (max(float(soft.max()), 0.5) - EDGE), 0, 1))
        hill = high * _blurred(raised, 1.5) + bumps * self.skin - dents
        down_slope, right_slope = np.gradient(hill)
        facing = np.stack([-right_slope, -down_slope, np.ones_like(hill)], axis=-1)
        facing /= np.linalg.norm(facing, axis=-1, keepdims=True)
        half = self.lamp + np.array([0, 0, 1])  # between lamp and camera: where a shiny skin mirrors the lamp
        mirrored = np.clip(facing @ (half / np.linalg.norm(half)), 0, 1) ** 40
        seen = (DIM + LIT * np.clip(facing @ self.lamp, 0, 1))[..., None] * colour
        seen = np.clip(seen + 255 * shine * mirrored[..., None], 0, 255)
        inside = _blurred(mask, 0.7)[..., None]
        self.canvas = self.canvas * (1 - inside) + seen * inside


def _blurred(values: Floats, radius: float) -> Floats:
    """Values from 0 to 1, in steps of 1/255."""
    drawn = Image.fromarray(np.rint(255 * np.clip(values, 0, 1)).astype(np.uint8))
    return np.asarray(drawn.filter(ImageFilter.GaussianBlur(radius)), np.float64) / 255


def _lemon(scene: _Scene) -> None:
    across, down = ROUND[:, 0], scene.form.uniform(0.68, 0.8) * ROUND[:, 1]
    tips = 0.22 * np.sign(across) * np.exp(-((down / 0.16) ** 2)) * (abs(across) > 0.5)
    tone, outline = scene.thing.tone, np.stack([across + tips, down], axis=1)
    colour = (246, 208 + 18 * tone, 40 + 25 * tone)
    scene.lay(scene.mask(outline, scene.turn), colour, 0.7, shine=scene.thing.shine, bumps=6)


def _orange(scene: _Scene) -> None:
    outline = 0.95 * ROUND * (1, scene.form.uniform(0.93, 1))
    colour = (245, 140 + 22 * scene.thing.tone, 28)
    scene.lay(scene.mask(outline, scene.turn), colour, 0.75, shine=scene.thing.shine, bumps=9)
    aside = (0.3 * math.cos(scene.turn), 0.3 * math.sin(scene.turn))
    scene.lay(scene.mask(0.07 * ROUND, 0, aside), NAVEL, 0.05, shadow=False)


def _banana(scene: _Scene) -> None:
    tone, bunch = scene.thing.tone, scene.thing.sort + 1
    along = np.linspace(0, 1, 40)
    for at in range(bunch):
        bend, wide = scene.form.uniform(1.5, 2.1), scene.form.uniform(0.24, 0.31)
        angle, radius = (along - 0.5) * bend, 3 / bend
        out = np.stack([np.sin(angle), np.cos(angle)], axis=1)
        half = wide * np.clip(np.sin(np.pi * np.clip(along, 0.05, 0.96)) ** 0.45, 0.25, 1)[:, None]
        spine = out * radius - (0, 0.8 * radius)
        outline, turn = (
            np.concatenate([spine + half * out, (spine - half * out)[::-1]]),
            scene.turn + 0.12 * at,
        )
        place = at - (bunch - 1) / 2
        aside = (0.22 * place * math.sin(scene.turn), 0.3 * place * math.cos(scene.turn))
        colour, shine = (246, 218 + 12 * tone, 60 + 20 * tone), 0.4 * scene.thing.shine
        scene.lay(scene.mask(outline, turn, aside), colour, 0.28, shine=shine)
        for end in (spine[0], spine[-1]):
            scene.lay(scene.mask(end + 0.1 * ROUND, turn, aside), TIP, 0.05, shadow=False)


def _pepper(scene: _Scene) -> None:
    lobes = 1 + 0.09 * np.cos(3 * AROUND + scene.form.uniform(0, 6))
    across, down = ROUND.T
    wide, high = 0.86 - 0.14 * down, scene.form.uniform(0.95, 1.15)
    outline = np.stack([across * lobes * wide, down * lobes * high], axis=1)
    y, x = (np.indices((BIG, BIG)) - scene.middle[::-1, None, None]) / scene.size
    off = x + y * math.tan(scene.upright)
    grooves = sum(np.exp(-(((off - at) / 0.09) ** 2)) for at in (-0.33, 0.28))
    colour, shine = PEPPERS[scene.thing.sort], 0.3 + scene.thing.shine
    dents = 0.13 * scene.size * grooves
    scene.lay(scene.mask(outline, scene.upright), colour, 0.7, shine=shine, dents=dents)
    stem = [[-14, -95], [-10, -135], [12, -140], [10, -120], [16, -95], [45, -85], [0, -75], [-45, -85]]
    scene.lay(scene.mask(np.array(stem) / 100, scene.upright), STEM, 0.15, shine=0.1, shadow=False)


DRAW: tuple[Callable[[_Scene], None], ...] = (_lemon, _orange, _banana, _pepper)


def picture_of(thing: Thing, rng: np.random.Generator) -> Pixels:
    """One photo of the thing, ``(64, 64, 3)``; ``rng`` moves hand and thing a little."""
    scene = _Scene(thing, rng)
    DRAW[thing.kind](scene)
    drawn = Image.fromarray(np.clip(np.rint(scene.canvas), 0, 255).astype(np.uint8))
    return taken(drawn, thing.light, rng)


def fruit(n_bursts: int, n_shots: int, seed: int) -> tuple[Pixels, list[int], list[int]]:
    """Pictures ``(N, 64, 64, 3)``, their classes and their bursts.

    Parameters
    ----------
    n_bursts
        Different things of each class.
    n_shots
        Pictures of each.
    seed
        Decides all of it.

    Examples
    --------
    >>> pixels, labels, bursts = fruit(2, 1, seed=0)
    >>> pixels.shape, labels, bursts == list(range(8))
    ((8, 64, 64, 3), [0, 0, 1, 1, 2, 2, 3, 3], True)
    """
    rng = np.random.default_rng(seed)
    things = (
        (kind, partial(picture_of, some_thing(kind, rng), rng))
        for kind in range(len(NAMES))
        for _ in range(n_bursts)
    )
    return in_bursts(things, n_shots)
