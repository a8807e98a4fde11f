"""The words of three scenes of the live classifier: the grey box, the check of the map, the tiny change."""

from __future__ import annotations

from dl_core.covered_photo import Covered
from dl_core.deletion_curve import N_DRAWS, N_PATCHES, STEPS, Deletion
from dl_core.deletion_in_words import RIVAL_WORDS, counted_in_words
from dl_core.numbers_in_words import percent
from dl_core.tiny_change import STRENGTHS, TinyChange


def box_headline(told: Covered) -> str:
    """Whether the answer leans on what is covered."""
    if not told.is_seen:
        return "It never looks at the sides of a photo"
    if not told.holds:
        return "Cover this part, and the answer changes"
    return "Cover a part, and see how much the answer needs it"


def faithful_headline(told: Deletion) -> str:
    """How the map did on this photo; one photo is no more than that."""
    if not told.draws:
        return "A heat map needs a check"
    rival = RIVAL_WORDS[told.settings.rival]
    return {
        "too low": "A guess this low cannot test a heat map",
        "faster": f"On this photo the map beats {rival}",
        "slower": f"On this photo the map does worse than {rival}",
        "tie": f"On this photo the map does not beat {rival}",
    }[told.verdict]


def attack_headline(told: TinyChange) -> str:
    """Whether the change flips the answer."""
    if told.settings.strength == 0:
        return "Nothing is changed yet"
    if told.noise_does_as_much:
        return "Here random noise takes the answer down as far"
    if told.flips:
        return "A tiny change, built on purpose, can flip the answer"
    return "Here a tiny change does not flip the answer"


BOX_LEAD = (
    "Drag the ring, click on the photo or type a place. The box is mid grey. "
    "The network has never learned from photos with boxes. So a fall has two readings: it needs this part, or the box disturbs it."
)
FAITHFUL_LEAD = (
    f"A map is **faithful** if the guess really rests on what it marks. So we cover {N_PATCHES} patches, the map's strongest first: the smaller the area under its curve, the faster the guess falls. "
    f"If the order meant nothing, the map would still beat all {N_DRAWS} draws one time in {N_DRAWS + 1}."
)
ATTACK_LEAD = (
    "An **adversarial** change is small and built to fool a network. "
    f"From black to white a pixel has 255 steps, and here none moves by more than {max(STRENGTHS)}. "
    "The maker here sees the whole network and changes the small square after shrinking: a worst case."
)

BOX_SOURCE = "Our own network; the box is drawn on the full photo, then the photo is shrunk as always."
FAITHFUL_SOURCE = f"Our own network, {len(STEPS)} points a curve, {N_DRAWS} draws; the deletion test is by Petsiuk and others, 2018."
ATTACK_SOURCE = (
    "Our own network; five signed-gradient steps on the picture, whole-number pixels, five draws of noise."
)

BOX_NOTES = (
    "Say: we hide a part and ask again. Hollow bars are the guesses without the box, solid bars with it. "
    "Point at the first bar, then drag the ring to the edge and back, slowly. Press the button that finds the worst place. "
    "Expect the question whether this proves what the network looked at. Not quite. A grey box is a thing it never saw, "
    "and two parts can stand in for each other. It is still the quickest check we have."
)
FAITHFUL_NOTES = (
    "Say: a heat map is a claim, and a claim can be tested. We cover what it marks first. If the guess falls sooner than with other orders, the claim holds on this photo. "
    "Point at the solid line and the band of draws around the dashed one. Then change the rival to the moved map, which is a fairer match. "
    "Expect the question how many photos we need. One proves nothing. The sentence below counts more of them. Ask for this test on a few hundred of our own."
)
ATTACK_NOTES = (
    "Say: both pictures look alike to us, and the network changes its mind. Point at the two curves: noise of the same size does far less "
    "than a built change. Average tests do not show the worst case. "
    "Expect the question whether we must worry. Ask who would gain by fooling it: a fraudster with a photo of a dent would, a visitor of a museum would not. "
    "Where somebody gains, add a second check that is not this network."
)


def box_tells(told: Covered) -> dict[str, str]:
    """What a covered part does to an answer."""
    return {
        "Explanation": f"Covering {percent(told.share)} of one photo moved its first guess from "
        f"{percent(told.first.before)} to {percent(told.first.after)}. Cover parts of our own photos before trusting it."
    }


def faithful_tells(told: Deletion) -> dict[str, str]:
    """How the heat map did in its test."""
    return {
        "Explanation": f"In a deletion test the heat map beat {RIVAL_WORDS[told.settings.rival]} "
        f"on {counted_in_words(told.settings)}. Run it on our own photos before showing maps to anybody."
    }


def attack_tells(told: TinyChange) -> dict[str, str]:
    """What follows where somebody gains by fooling the network."""
    at = told.flips_first_at
    found = f"changed the answer at {at} of 255" if at else "did not change the answer"
    return {
        "Review": f"A built change of one photo {found}. Where somebody gains by fooling it, a second check decides."
    }
