"""The shipped network: read a stranger's photo safely, name what is on it, say how sure and why.

Importing this package does not import torch; the first `classify` does. So a page can show the class
list and the model card without it.
"""

from dl_core.vision.card import Card, read_card
from dl_core.vision.classes import Thing, classes, find_classes
from dl_core.vision.photo import UnreadableImage, read_photo
from dl_core.vision.predict import Prediction, classify

__all__ = [
    "Card",
    "Prediction",
    "Thing",
    "UnreadableImage",
    "classes",
    "classify",
    "find_classes",
    "read_card",
    "read_photo",
]
