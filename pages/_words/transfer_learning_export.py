"""The words beside the files of a trained model."""

from __future__ import annotations

TITLE = "Take the trained model with you"
PACKAGE = "Model for your engineers (ZIP)"
CARD = "Model card (text)"
HEAD = "The new head alone"
IMPORT = "Bring a head back"
IMPORT_FIELD = "head.safetensors, up to 1 MB"
IMPORT_NOTE = (
    "Only the small head comes back, because its file holds numbers and names and nothing that could run. "
    "It stays in your visit."
)
TOO_LARGE = "This file is larger than a head can be. Choose the head.safetensors of your export."
OTHER_NAMES = "The task of the four steps has other names, so the two cannot be compared."


def what_is_inside(network: str) -> str:
    """What the ZIP holds, and how large it is about."""
    return (
        f"The ZIP holds one ONNX file of about {network}, its names, a card and a short script. "
        "Cropping and shrinking are inside the file, so it answers as this page does. "
        "Your photos are not in it."
    )


def taken_back(names: str, score: str) -> str:
    """What was read."""
    return f"This head tells apart: {names}. {score}"


def scored(right: str, interval: str) -> str:
    """What it got on the task of the four steps."""
    return (
        f"On the task of the four steps it has **{right}** right (95 % interval {interval}). "
        "If it learned from some of them, that is too good."
    )
