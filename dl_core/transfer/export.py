"""A trained model to take away: an ONNX file that answers as the page does, and what belongs beside it.

Why ONNX, and why written by hand: `dl_core.transfer.onnx_graph`. The page itself takes back only the small
head (`dl_core.transfer.head_file`): an ONNX file from a stranger could hold anything.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from dl_core.intervals import Share, share_of_groups
from dl_core.transfer.head_file import NamedHead, clean_names, write_head
from dl_core.transfer.heads import Head
from dl_core.transfer.model_card import facts_of, model_card
from dl_core.transfer.onnx_graph import onnx_model
from dl_core.transfer.opening import Opening
from dl_core.transfer.split import By
from dl_core.transfer.tasks import features_for
from dl_core.vision.card import read_card

MODEL, HEAD, CARD, LABELS, EXAMPLE = (
    "model.onnx",
    "head.safetensors",
    "model_card.md",
    "labels.txt",
    "use_it.py",
)
_EARLIEST = 1980  # what a ZIP can date

# Opens a file as `dl_core.vision.read_photo` does, so that the answers are the page's.
USE_IT = '''"""Ask the model what is on a picture.

    pip install onnxruntime pillow numpy
    python use_it.py picture.jpg
"""

import json
import sys

import numpy as np
import onnxruntime
from PIL import Image, ImageOps


def opened(path):
    """An upright RGB picture, at most 1,024 pixels long, on white where it is transparent."""
    image = Image.open(path)
    image.draft("RGB", (1024, 1024))  # a large JPEG is decoded smaller; other formats ignore this
    turned = image.getexif().get(0x0112, 1)
    if image.mode.startswith("I") or image.mode == "F":
        raise SystemExit("This picture has more than 8 bits a colour. Save it with 8 bits.")
    if "A" in image.getbands() or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.new("RGB", clear.size, "white")
        image.paste(clear, mask=clear.getchannel("A"))
    rgb = image.convert("RGB")
    scale = min(1.0, 1024 / max(rgb.size))
    size = tuple(max(round(side * scale), min(side, 64)) for side in rgb.size)
    small = rgb.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    small.getexif()[0x0112] = turned
    return ImageOps.exif_transpose(small)


def main(path):
    session = onnxruntime.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
    names = json.loads(session.get_modelmeta().custom_metadata_map["labels"])
    chances = session.run(None, {"pictures": np.asarray(opened(path))[None]})[0][0]
    for place in np.argsort(-chances):
        print(f"{chances[place]:.4f} {names[place]}")


if __name__ == "__main__":
    main(sys.argv[1])
'''


def model_file(head: Head, names: Sequence[str]) -> bytes:
    """The ONNX file: preprocessing, the shipped network, this head, and the names as ``labels``.

    Raises
    ------
    WeightsProblem
        When the network's weights file is missing or altered.
    """
    from dl_core.vision.weights import WEIGHTS_FILE, read_weights

    network = read_card().sha256
    weights = {name: part.numpy() for name, part in read_weights(WEIGHTS_FILE, network).items()}
    return onnx_model(
        head,
        weights,
        {
            "labels": json.dumps(clean_names(names), ensure_ascii=False),
            "input": "upright RGB pictures of any size as bytes, (N, H, W, 3); the middle square is used",
            "network_sha256": network,
            "head_sha256": hashlib.sha256(write_head(head, names)).hexdigest(),
            "licence": "The network learned from photos collected for non-commercial research: to learn, "
            "not to sell.",
        },
    )


def card_file(told: Opening, made_on: date, by: By = "burst") -> bytes:
    """The model card as Markdown, in UTF-8, of a head whose piles were cut ``by`` burst or at random."""
    return model_card(facts_of(told, features_for(told.pictures), made_on, by)).encode()


def head_file(told: Opening) -> bytes:
    """The head alone, as the page takes it back."""
    return write_head(told.head, told.pictures.names)


def package(told: Opening, made_on: date, by: By = "burst") -> bytes:
    """Everything in one ZIP: the model, its labels, its card, its head, and a script that asks it.

    The same model on the same day gives the same bytes.

    Parameters
    ----------
    told
        What the page's opening scene found.
    made_on
        The day that is printed on the card.
    by
        How its piles were cut.
    """
    names = clean_names(told.pictures.names)
    files = {
        MODEL: model_file(told.head, names),
        LABELS: ("\n".join(names) + "\n").encode(),
        CARD: card_file(told, made_on, by),
        EXAMPLE: USE_IT.encode(),
        HEAD: head_file(told),
    }
    packed = BytesIO()
    written_at = (max(made_on.year, _EARLIEST), made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:  # weights hardly shrink
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, written_at)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same from every computer
            bundle.writestr(entry, content)
    return packed.getvalue()


def held_out_score(found: NamedHead, told: Opening) -> Share | None:
    """How often a head that came back is right on the held-out pictures of a task.

    None where the task has other names, or holds nothing out.

    Parameters
    ----------
    found
        From `read_head`.
    told
        What the page's opening scene found; only its pictures and its held-out pile are used.
    """
    held = told.split.held_out
    if found.names != clean_names(told.pictures.names) or not len(held):
        return None
    right = found.head.answers(features_for(told.pictures)[held]) == told.pictures.labels[held]
    return share_of_groups(int(right.sum()), len(held), len(set(told.pictures.bursts[held].tolist())))
