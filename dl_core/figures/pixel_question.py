"""The four-pixel example as far as the reader wants to see it."""

from dl_core.figures.picture import Picture
from dl_core.figures.pixel_example import pixel_sum
from dl_core.pixel_question import PixelStory


def pixel_story(told: PixelStory) -> Picture:
    """All terms up to the reader's step."""
    return pixel_sum(told.example, told.step)
