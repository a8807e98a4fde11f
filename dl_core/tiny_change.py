"""A change too small to see, built to move the answer; beside it, random noise of the same size.

It is made with full sight of the network, and on the small square after the photo was shrunk: a worst case.
An attacker outside has less to work with. Random noise of the same size is the usual case.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.kept_with_photo import recall, remember
from dl_core.numbers_in_words import percent, so_many
from dl_core.photos import Photo
from dl_core.vision.adversarial import random_change, strongest_change
from dl_core.vision.card import read_card
from dl_core.vision.centre_view import answers, centre_view
from dl_core.vision.classes import classes
from dl_core.vision.views import Pixels

STRENGTHS = (0, 1, 2, 3, 4, 6, 8)  # the largest change of any pixel in any colour, of 255
AIMS = ("away", "second")  # away from the first guess; toward the second
N_DRAWS = 5
AS_FAR = 0.9  # of the attack's fall: noise that falls so far on average does as much
ATTACK_SHARE = 0.7  # of the time goes into the attack, the rest into noise


@dataclass(frozen=True)
class Settings:
    """A photo, how strong a change may be and where it pushes.

    Raises
    ------
    ValueError
        If the strength is not in the list, or the aim is unknown.
    """

    photo: Photo
    strength: int = 6  # of STRENGTHS, of 255
    aim: str = "second"  # of AIMS

    def __post_init__(self) -> None:
        if self.strength not in STRENGTHS:
            raise ValueError(f"A change of {self.strength} of 255 is not on offer: choose of {STRENGTHS}.")
        if self.aim not in AIMS:
            raise ValueError(f"The aim “{self.aim}” is unknown: choose of {AIMS}.")


PRESETS = {  # strength and aim
    "Hardly anything": (1, "second"),
    "A little": (6, "second"),
    "Away from its answer": (8, "away"),
}


@dataclass(frozen=True)
class Sweep:
    """All strengths at once. It holds the small square and nothing else of the photo."""

    first: str  # the guess without a change
    target: str  # the second guess
    pictures: Pixels  # (7, 64, 64, 3) the square at each strength, the first one unchanged
    sure: tuple[float, ...]  # of the first guess at each strength, 0 to 1
    answers: tuple[str, ...]  # the best guess at each strength
    answers_sure: tuple[float, ...]  # how sure of that, 0 to 1
    noise: tuple[tuple[float, ...], ...]  # sure of the first guess at each strength, one row for each draw
    is_whole: bool  # whether nobody stopped it


@dataclass(frozen=True)
class TinyChange:
    """One strength of a sweep."""

    settings: Settings
    sweep: Sweep
    threshold: float  # below it the network holds its answer back, 0 to 1

    @property
    def at(self) -> int:
        """Place of the strength in the list, 0 to 6."""
        return STRENGTHS.index(self.settings.strength)

    @property
    def answer(self) -> str:
        """The best guess after the change."""
        return self.sweep.answers[self.at]

    @property
    def answer_sure(self) -> float:
        """How sure it is of that, 0 to 1."""
        return self.sweep.answers_sure[self.at]

    @property
    def flips(self) -> bool:
        """Whether the answer is another one."""
        return self.answer != self.sweep.first

    @property
    def noise_range(self) -> tuple[float, float] | None:
        """Least and most sure of the first guess under random noise of this size; None without a draw."""
        found = [draw[self.at] for draw in self.sweep.noise]
        return (min(found), max(found)) if found else None

    @property
    def noise_does_as_much(self) -> bool:
        """Whether random noise of this size takes the first guess down nearly as far as the built change."""
        draws = [draw[self.at] for draw in self.sweep.noise]
        was, now = self.sweep.sure[0], self.sweep.sure[self.at]
        fell = was - now
        return bool(draws) and fell > 0 and was - sum(draws) / len(draws) >= AS_FAR * fell

    @property
    def flips_first_at(self) -> int | None:
        """The smallest strength in the list with another answer, of 255; None if there is none."""
        return next(
            (
                one
                for one, name in zip(STRENGTHS, self.sweep.answers, strict=True)
                if name != self.sweep.first
            ),
            None,
        )


def story(settings: Settings, go_on: GoOn | None = None) -> TinyChange:
    """Attack the photo at every strength, and shake it as much by chance.

    Parameters
    ----------
    settings
        The photo, the strength that is looked at, and the aim.
    go_on
        Is told the share that is done; once it says False, what is there comes back.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample(), strength=0))
    >>> told.answer, told.flips
    ('espresso', False)
    """
    what = ("tiny change", settings.aim)  # a reader moves the strength, and the sweep stays
    found: Sweep | None = recall(settings.photo, what)
    if found is None:
        found = sweep(settings.photo, settings.aim, go_on or (lambda share: True))
        if found.is_whole:
            remember(settings.photo, what, found)
    return TinyChange(settings, found, read_card().threshold)


def sweep(photo: Photo, aim: str, go_on: GoOn) -> Sweep:
    """The attack and the noise at every strength.

    Parameters
    ----------
    photo
        A sample or the reader's own.
    aim
        Of AIMS.
    go_on
        Is told the share that is done; once it says False, what is there comes back.
    """
    from dl_core.vision.weights import shipped_network

    card, look = read_card(), centre_view(photo.image)
    first, second = (int(i) for i in np.argsort(-answers(look[None])[0], kind="stable")[:2])
    wanted = True

    def report(share: float) -> bool:
        nonlocal wanted
        wanted = wanted and go_on(share)
        return wanted

    changed = strongest_change(
        shipped_network(),
        look,
        first if aim == "away" else second,
        STRENGTHS[1:],
        toward=aim == "second",
        mirrored=card.way_in.mirrored,
        temperature=card.temperature,
        go_on=lambda share: report(ATTACK_SHARE * share),
    )
    pictures = np.concatenate([look[None], changed])
    found = answers(pictures)
    gain = -found[:, first] if aim == "away" else found[:, second]
    kept = best_so_far(gain)
    pictures, found = pictures[kept], found[kept]
    pictures.setflags(write=False)  # shared between viewers
    noise: list[tuple[float, ...]] = []
    while wanted and len(noise) < N_DRAWS:
        shaken = answers(random_change(look, STRENGTHS[1:], seed=len(noise)))[:, first]
        noise.append((float(found[0, first]), *(float(one) for one in shaken)))
        report(ATTACK_SHARE + (1 - ATTACK_SHARE) * len(noise) / N_DRAWS)
    return Sweep(
        first=classes()[first].name,
        target=classes()[second].name,
        pictures=pictures,
        sure=tuple(float(one) for one in found[:, first]),
        answers=tuple(classes()[int(i)].name for i in found.argmax(axis=1)),
        answers_sure=tuple(float(one) for one in found.max(axis=1)),
        noise=tuple(noise),
        is_whole=wanted or len(noise) == N_DRAWS,
    )


def best_so_far(gain: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each strength, which picture gains most among those that are no stronger: ``(S,)`` to ``(S,)``.

    A smaller change is allowed wherever a larger one is, so a stronger attack is never the weaker one.

    Parameters
    ----------
    gain
        ``(S,)`` what the attack has won at each strength, weakest first.

    Examples
    --------
    >>> best_so_far(np.array([0.0, 0.5, 0.3, 0.9])).tolist()
    [0, 1, 1, 3]
    """
    return np.array([int(gain[: at + 1].argmax()) for at in range(len(gain))])


def takeaway(told: TinyChange) -> str:
    """What the change does, what noise of that size does, and where the answer first changes."""
    if told.noise_does_as_much:
        special = "Noise takes it down as far, so this fall shows no special weakness."
        return " ".join((_attack(told), _noise(told), special))
    return " ".join(filter(None, [_attack(told), _noise(told), _first_flip(told)]))


def _attack(told: TinyChange) -> str:
    name, was, now = told.sweep.first, told.sweep.sure[0], told.sweep.sure[told.at]
    if told.settings.strength == 0:
        return f"Nothing is changed yet: “{name}”, {percent(was)} sure."
    change = f"A change of at most {told.settings.strength} of 255 per pixel"
    is_held_back = told.answer_sure < told.threshold
    if not told.flips:
        held = "it still" if was < told.threshold else "now it"
        then = f"{held} holds its answer back" if is_held_back else "the answer stays"
        return f"{change} takes “{name}” from {percent(was)} to {percent(now)}: {then}."
    sure = f"{percent(told.answer_sure)}{', too unsure to answer' if is_held_back else ''}"
    return f"{change} turns “{name}” ({percent(was)}) into “{told.answer}” ({sure})."


def _noise(told: TinyChange) -> str:
    if told.settings.strength == 0:
        return ""
    if told.noise_range is None:
        return "It was stopped before the comparison with random noise."
    low, high = map(percent, told.noise_range)
    between = low if low == high else f"{low} to {high}"
    draws = so_many(len(told.sweep.noise), "draw")
    return f"Under random noise of that size “{told.sweep.first}” stands at {between} ({draws})."


def _first_flip(told: TinyChange) -> str:
    at = told.flips_first_at
    if at is None:
        return "No strength on our list changes the answer."
    return f"The smallest strength on our list that changes the answer is {at}."
