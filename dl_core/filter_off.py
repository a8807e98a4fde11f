"""Switch a filter off and watch the five guesses move; and rank all filters of the layer by their effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.kept_with_photo import recall, remember
from dl_core.numbers_in_words import two_figures
from dl_core.photos import Photo
from dl_core.vision.ablation import (
    LAST,
    LAYERS,
    Layer,
    Maps,
    maps_of,
    scores_without,
    scores_without_each,
)
from dl_core.vision.calibration import probabilities
from dl_core.vision.card import read_card
from dl_core.vision.classes import classes

if TYPE_CHECKING:
    from dl_core.vision.network import ResidualNetwork

N_RANKS = 8  # places of the ranking that have a pill
N_GUESSES = 5
N_DRAWS = 20  # of as many filters by chance, beside a set that somebody chose
SMALL = 1.0  # percentage points: what moves the first guess by less counts as hardly at all
RANKING_SHARE = 0.8  # of the work's progress bar
SETS_AT_ONCE = 4  # of the chance draws

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """Which layer to look at, and which of its filters are off.

    Raises
    ------
    ValueError
        If there is no such layer, place in the ranking, or filter.
    """

    photo: Photo
    layer: str = LAST  # a key of `LAYERS`
    ranks: tuple[int, ...] = (1,)  # places in the ranking, 1 to 8, the strongest first
    number: int | None = None  # one more filter by its number, from 1

    def __post_init__(self) -> None:
        if self.layer not in LAYERS:
            raise ValueError(f"There is no layer “{self.layer}”: choose one of {', '.join(LAYERS)}.")
        if len(set(self.ranks)) < len(self.ranks) or not set(self.ranks) <= set(range(1, N_RANKS + 1)):
            raise ValueError(f"Places {self.ranks} cannot be off: choose from 1 to {N_RANKS}, each once.")
        n_filters = LAYERS[self.layer].n_filters
        if self.number is not None and not 1 <= self.number <= n_filters:
            raise ValueError(f"There is no filter {self.number}: this layer has 1 to {n_filters}.")


@dataclass(frozen=True)
class Guess:
    """One name, and how sure the network is of it, 0 to 1."""

    name: str  # as the class list has it
    before: float  # all filters on
    after: float  # with the chosen ones off


@dataclass(frozen=True)
class Ranking:
    """What each filter of a layer, off by itself, takes from the first guess."""

    filters: tuple[int, ...]  # numbers from 1, the strongest first; ties in the order of their numbers
    points: tuple[float, ...]  # percentage points taken by each; below 0 where the guess gains
    changes: int  # filters that change the first guess when off alone
    silent: frozenset[int]  # numbers of filters that gave nothing on this photo, so they cannot matter

    @property
    def n_small(self) -> int:
        """Filters that move the first guess by less than a point."""
        return sum(abs(each) < SMALL for each in self.points)


@dataclass(frozen=True)
class FilterOff:
    """The guesses with some filters off, beside the effect of every single one."""

    settings: Settings
    ranking: Ranking
    off: tuple[int, ...]  # numbers of the filters that are off, the strongest first
    guesses: tuple[Guess, ...]  # the first five before; then the first one after, if it is none of them
    after: str  # the first guess with the filters off
    by_chance: float | None  # percentage points that as many filters by chance take: the middle of the draws

    @property
    def layer(self) -> Layer:
        """Where the filters are."""
        return LAYERS[self.settings.layer]

    @property
    def first(self) -> Guess:
        """The first guess before anything was off."""
        return self.guesses[0]

    @property
    def has_changed(self) -> bool:
        """Whether another name leads now."""
        return self.after != self.first.name

    @property
    def points(self) -> float:
        """Percentage points that the first guess lost; below 0 where it gained."""
        return 100 * (self.first.before - self.first.after)

    @property
    def is_whole(self) -> bool:
        """Whether every filter of the layer was measured; not if the reader stopped the work."""
        return len(self.ranking.filters) == self.layer.n_filters


def story(settings: Settings, go_on: GoOn | None = None) -> FilterOff:
    """Rank the layer's filters on this photo, then switch the chosen ones off together.

    Parameters
    ----------
    settings
        Photo, layer, and what is off.
    go_on
        Told the share done, 0 to 1, between pieces of work; False ends it with what was measured by then.

    Examples
    --------
    >>> from dl_core.photos import sample_photo
    >>> told = story(Settings(sample_photo("coffee")))
    >>> told.first.name, len(told.ranking.points), told.off == told.ranking.filters[:1]
    ('espresso', 320, True)
    """
    from dl_core.vision.weights import shipped_network

    go_on = go_on or (lambda share: True)
    network, card = shipped_network(), read_card()
    maps = maps_of(network, settings.photo.image, settings.layer, card.way_in)
    before = probabilities(maps.scores, card.temperature)
    ranking = _ranked(network, maps, settings, card.temperature, go_on)
    off = _off(settings, ranking)
    places = [number - 1 for number in off]
    after = probabilities(scores_without(network, maps, [places])[0], card.temperature)
    by_chance = _by_chance(network, maps, len(off), card.temperature, go_on) if len(off) > 1 else None
    return FilterOff(
        settings, ranking, off, _guesses(before, after), classes()[int(after.argmax())].name, by_chance
    )


def _ranked(
    network: ResidualNetwork, maps: Maps, settings: Settings, temperature: float, go_on: GoOn
) -> Ranking:
    what = ("ranking", settings.layer)
    kept: Ranking | None = recall(settings.photo, what)
    if kept is not None:
        return kept
    before = probabilities(maps.scores, temperature)
    first, n_filters = int(before.argmax()), len(maps.fired)
    left, leaders = np.empty(n_filters), np.empty(n_filters, np.int64)
    done = 0
    for places, scores in scores_without_each(network, maps):
        chances = probabilities(scores, temperature)
        left[places.start : places.stop] = chances[:, first]
        leaders[places.start : places.stop] = chances.argmax(axis=1)
        done = places.stop
        if not go_on(RANKING_SHARE * (done / n_filters)):
            break
    left[~maps.fired] = before[first]  # their scores are the untouched ones, to the last digit
    taken = 100 * (before[first] - left[:done])
    order = np.argsort(-taken, kind="stable")
    found = Ranking(
        filters=tuple(int(place) + 1 for place in order),
        points=tuple(float(taken[place]) for place in order),
        changes=int((leaders[:done] != first).sum()),
        silent=frozenset(int(place) + 1 for place in np.flatnonzero(~maps.fired)),
    )
    if done == n_filters and not settings.photo.is_own:
        remember(settings.photo, what, found)
    return found


def _off(settings: Settings, ranking: Ranking) -> tuple[int, ...]:
    """Numbers of the filters that are off, as the ranking has them; one that it lacks comes last."""
    chosen = {ranking.filters[rank - 1] for rank in settings.ranks if rank <= len(ranking.filters)}
    chosen |= {settings.number} if settings.number else set()
    ranked = [number for number in ranking.filters if number in chosen]
    return (*ranked, *sorted(chosen - set(ranked)))


def _guesses(before: Numbers, after: Numbers) -> tuple[Guess, ...]:
    shown = [int(i) for i in np.argsort(-before, kind="stable")[:N_GUESSES]]
    leader = int(after.argmax())
    shown += [leader] if leader not in shown else []
    return tuple(Guess(classes()[i].name, float(before[i]), float(after[i])) for i in shown)


def _by_chance(
    network: ResidualNetwork, maps: Maps, n_off: int, temperature: float, go_on: GoOn
) -> float | None:
    """Percentage points that as many filters take when chance chooses them; None if the work was stopped."""
    rng = np.random.default_rng(0)
    before = probabilities(maps.scores, temperature)
    first = int(before.argmax())
    taken: list[float] = []
    for start in range(0, N_DRAWS, SETS_AT_ONCE):
        if not go_on(RANKING_SHARE + (1 - RANKING_SHARE) * start / N_DRAWS):
            return None
        sets = [rng.choice(len(maps.fired), n_off, replace=False) for _ in range(SETS_AT_ONCE)]
        scores = scores_without(network, maps, [one.tolist() for one in sets])
        taken += (100 * (before[first] - probabilities(scores, temperature)[:, first])).tolist()
    return float(np.median(taken))


def takeaway(told: FilterOff) -> str:
    """What is off, what that does to the answer, and how few filters matter that much.

    Examples
    --------
    >>> from dl_core.photos import sample_photo
    >>> takeaway(story(Settings(sample_photo("coffee"), ranks=()))).split(". ")[0]
    'Nothing is off, and “espresso” stands at 99.1 %'
    """
    return f"{_effect(told)} {_others(told)}"


def _effect(told: FilterOff) -> str:
    first, ranking = told.first, told.ranking
    if not told.off:
        return f"Nothing is off, and “{first.name}” stands at {sure_in_words(first.before)}."
    if set(told.off) <= ranking.silent:
        was = "It was" if len(told.off) == 1 else "They were"
        return f"{was} silent on this photo anyway. So “{first.name}” stays at {sure_in_words(first.before)}."
    without = f"Without {off_in_words(told)}, “{first.name}” {moves(told)}"
    return f"{without}, and “{told.after}” leads." if told.has_changed else f"{without} and still leads."


def off_in_words(told: FilterOff) -> str:
    """Which filters are off, in a few words.

    Examples
    --------
    >>> from dl_core.photos import sample_photo
    >>> off_in_words(story(Settings(sample_photo("coffee"), ranks=(1, 2, 3))))
    'the 3 strongest filters'
    """
    n_off = len(told.off)
    if n_off == 1:
        return f"filter {told.off[0]}"
    is_top = told.off == told.ranking.filters[:n_off]
    return f"the {n_off} strongest filters" if is_top else f"these {n_off} filters"


def sure_in_words(share: float) -> str:
    """A share of 0 to 1 in percent with one decimal, so that a small move can be seen.

    >>> sure_in_words(0.9906), sure_in_words(0.0004), sure_in_words(0.9999)
    ('99.1 %', 'under 0.1 %', 'over 99.9 %')
    """
    if share < 0.0005:
        return "under 0.1 %"
    return f"{100 * share:.1f} %" if share < 0.9995 else "over 99.9 %"


def moves(told: FilterOff) -> str:
    """How the first guess moves: "falls from 99.1 % to 88.2 %".

    Examples
    --------
    >>> from dl_core.photos import sample_photo
    >>> moves(story(Settings(sample_photo("coffee"), ranks=())))
    'stays at 99.1 %'
    """
    was, now = sure_in_words(told.first.before), sure_in_words(told.first.after)
    if was == now:
        return f"stays at {was}"
    return f"{'falls' if told.points > 0 else 'rises'} from {was} to {now}"


def _others(told: FilterOff) -> str:
    """The comparison: as many by chance, and how many filters hardly matter alone."""
    ranking = told.ranking
    of = f"{told.layer.n_filters}" if told.is_whole else f"{len(ranking.filters)} measured so far"
    small = f"Off alone, {ranking.n_small} of {of} move it by less than {SMALL:g} point."
    if told.by_chance is None:
        return small
    return f"As many by chance {points_in_words(told.by_chance)}. {small}"


def points_in_words(points: float) -> str:
    """What some filters do to the first guess, in percentage points.

    >>> points_in_words(0.214), points_in_words(-1.26), points_in_words(0.003), points_in_words(1.0)
    ('take 0.21 points', 'add 1.3 points', 'move it by less than 0.1 points', 'take 1.0 points')
    """
    if abs(points) < 0.1:
        return "move it by less than 0.1 points"
    return f"{'take' if points > 0 else 'add'} {two_figures(abs(points))} points"
