"""The words of three scenes of "CNN filters": the moved photo, one layer's numbers, four tasks."""

from __future__ import annotations

from dl_core.layer_parameters import Compared
from dl_core.moved_photo import ONE, Moved
from dl_core.numbers_in_words import so_many, two_figures
from dl_core.vision_tasks import CLICKED_BOX, DRAWN_BOX, OUTLINE, Tasks, dollars


def moved_headline(told: Moved) -> str:
    """How many changes the name survived."""
    one = ONE[told.settings.way]
    if not told.is_whole:
        return f"Stopped before every {one} was tried"
    if told.settings.way == "pixels":
        return "Deeper layers do not quite follow a small shift"
    return _kept(told, one)


def _kept(told: Moved, one: str) -> str:
    """What became of the answer, where there is one."""
    stays = told.n_held == len(told.others)
    if told.first.refused and told.n_refused == len(told.others):
        return f"It would not answer at any {one}" + ("; its best guess stays the same" if stays else "")
    if told.first.refused:
        return "It would not answer the photo as it is"
    if told.n_held == 0:
        return f"No other {one} keeps the answer"
    if not stays:
        return f"Not every {one} keeps the answer"
    if told.n_refused:
        return "The best guess stays, but is not always sure enough"
    return f"The network keeps its answer at every {one}"


def parameters_headline(told: Compared) -> str:
    """Why a convolution is small."""
    if told.fewer < 1:
        return "Many wide filters outgrow a full layer"
    return "A convolution shares its few numbers across the picture"


def tasks_headline(told: Tasks) -> str:
    """What is bought with a dearer label."""
    seconds = [one.seconds for one in told.costs]
    if seconds == sorted(seconds):
        return "The more exact the answer, the dearer the label"
    return "At your prices the more exact label is not dearer"


MOVED_LEAD = (
    "You see the same thing when a photo is moved or turned. Does the network? "
    "Each point of a curve is the photo, moved a little further; the photos below are what the network got to see."
)
PARAMETERS_LEAD = (
    "In a **fully connected** layer, each unit has its own number for every pixel and colour. "
    "A **convolutional layer** slides a small kernel over the picture, so all places share its numbers. "
    "These two layers do not do the same job; we compare what they cost."
)
TASKS_LEAD = (
    "One network, trained on names alone, gives four answers. "
    "It never saw a box or an outline, so ours come from the photo's colours and a heat map of where the answer comes from. "
    "Its own picture is noise, changed until its score is high; image generators are another kind of network."
)

MOVED_SOURCE = (
    "Our own network on the photo above; the middle square, moved, and answered anew at each point."
)
PARAMETERS_SOURCE = "Counted for one layer of each kind, in single precision: 4 bytes a number."
TASKS_SOURCE = f"Our own network, on the middle square; published label times: 1 s a name, {DRAWN_BOX:g} s a box, {OUTLINE:g} s an outline."
TASKS_NOTE = (
    "The wage, one thing on each photo and nobody checking are our assumptions. "
    f"A name is one yes or no, and a long list takes longer; with four clicks, a box took {CLICKED_BOX:g} seconds. "
    "An outline pays where the shape counts, such as bone against soft tissue in a scan."
)

MOVED_NOTES = (
    "Say: you would name this photo in most positions. The network learned from photos that are mostly upright. "
    "Point at the curve, then at the framed photo below it: that is all the network got. Now turn it, and watch the marks. "
    "Expect the question whether convolution makes the place unimportant. Partly. Each kernel finds its pattern anywhere, but turns and "
    "sizes must be learned from examples, and deeper layers do not quite follow."
)
PARAMETERS_NOTES = (
    "Say: one layer, same picture. The full one learns a number for every pixel and unit. The convolution learns one kernel for each filter "
    "and uses it everywhere. Point at the two upper bars, then at the lower ones: few numbers to learn still mean many "
    "multiplications. Then choose the phone photo. Expect the question whether fewer numbers mean a faster answer. "
    "Hardly: the work grows with the picture. What falls is memory, and the room to learn photos by heart."
)
TASKS_NOTES = (
    "Say: the same photo, four answers. A name is cheap to label. A box, then an outline, asks much more of the people who prepare the "
    "photos. Point at the bars: they share one scale. Then type in your own number of photos. "
    "Expect the question whether we need outlines. Only if the product acts on the shape, such as bone against tissue in a scan. "
    "For finding out what it is, a name will do."
)

CORRECTION = (
    f"An article multiplies {256**2:,} by 1,000 for a picture of 224 by 224. That picture has {224**2:,} pixels; {256**2:,} belong to 256 by 256. "
    "Its result, about 50 million, is right for the first, in grey. We counted both, and PyTorch agrees."
)


def moved_tells(told: Moved) -> dict[str, str]:
    """Which photos the data must hold."""
    one = ONE[told.settings.way]
    if told.settings.way == "pixels":
        return {}
    return {
        "Data": f"One photo kept its best guess at {told.n_held} of {so_many(len(told.others), one)}. "
        "Collect photos in every position and size that users will send."
    }


def tasks_tells(told: Tasks) -> dict[str, str]:
    """What the labels cost, by kind."""
    names, boxes, outlines = told.costs
    return {
        "Data": f"{so_many(told.settings.n_photos, 'photo')} to label: names {dollars(names.money)}, "
        f"boxes {dollars(boxes.money)}, outlines {dollars(outlines.money)} "
        f"({two_figures(outlines.days)} working days). Our assumptions; take the cheapest that will do."
    }
