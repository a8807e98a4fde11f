"""The words of two scenes of "Live classifier": three maps of one score, and one guess against another."""

from __future__ import annotations

from dl_core.guess_against_guess import Against
from dl_core.numbers_in_words import listed, two_places
from dl_core.photo_reasons import Reasons, point_sentence
from dl_core.vision.attribution import read_scales


def reasons_headline(found: Reasons) -> str:
    """Whether the three ways of asking agree."""
    if len(found.agreements) < 3:
        return "Stopped before all three maps were there"
    return (
        "Ask why in three ways, and you get three maps",
        "Two ways of asking agree, the third does not",
        "Three ways of asking mostly agree",
        "Three ways of asking point to the same places",
    )[len(found.alike)]


REASONS_LEAD = (
    "**Grad-CAM** shows what each of the network's last patches adds to the score. "
    "**Occlusion** covers a place with grey and counts the score points that are lost. "
    "**Integrated gradients** fade the photo in from grey and add up each pixel's effect."
)
REASONS_NOTE = (
    "Vermillion speaks for the name, striped blue against it, grey for neither. "
    f"{point_sentence()} "
    "“Ends” says at how many score points a column's colours end, on every photo alike."
    "\n\n"
    "The control is the same network with its weights shuffled. “Alike” compares a map with its control: "
    "1 is the same order of places, 0 is none. "
    f"Maps of two different photos can agree by luck, up to {two_places(read_scales().luck)}."
    "\n\n"
    "A map shows where, not why. A pale place may still count together with others. No map is a proof. "
    "Sides of the photo that it does not look at are left out."
)
REASONS_SOURCE = (
    "Our own network and its scrambled control on one photo; "
    f"where the colours end was measured on {read_scales().n} held-out photos."
)
REASONS_NOTES = (
    "Say: three known methods ask one network about one answer, and they draw three maps. "
    "Point at the upper row and name a place where two maps differ. Then go down: same photo, scrambled weights. "
    "Where a map and its control look alike, the photo drew it, not what was learned. "
    "Expect the question which method is right. Each answers its own question, and none says why. "
    "So ask which method your team shows, and ask to see its control."
)
VERSUS_LEAD = (
    "“Why this name?” is often the wrong question. Ask “why this name **rather than** that one?” "
    "What speaks for both cancels out, and what is left decides."
)
VERSUS_NOTE = (
    "Vermillion speaks for A, striped blue for B. A place that speaks for both as much stays grey. "
    "It shows where the two differ, not why."
)
VERSUS_SOURCE = "Our own network on one photo: patch by patch, the score points for A less those for B."
VERSUS_NOTES = (
    "Say: the network gave five guesses, and each has its own score. The question that matters is what tells two of them apart. "
    "Point at the strongest colour: that is where A gains on B. Then swap A and B, and the colours swap too. "
    "Expect the question whether this is the reason for a mix-up. It is a hint where to look: "
    "if the deciding place lies off the thing itself, collect photos with other backgrounds and test again."
)


LONGEST = 12  # words of a headline; some names on the list have three


def versus_headline(found: Against) -> str:
    """Who leads, and where on the photo that is strongest."""
    if found.is_same:
        return "A name against itself leaves nothing"
    if found.is_tie:
        return "Two guesses that are level"
    said = f"“{found.leader}” beats “{found.other}”"
    where = f"{said}, above all in the {found.where}"
    return where if len(where.split()) <= LONGEST else said


def reasons_tells(found: Reasons) -> dict[str, str]:
    """What can be shown to somebody who asks why."""
    agreed = listed([two_places(one) for one in found.agreements])
    told = f" On one photo, three methods agreed at {agreed}." if len(found.agreements) == 3 else ""
    return {"Explanation": f"Heat maps show where the score came from, not why. Say so beside them.{told}"}
