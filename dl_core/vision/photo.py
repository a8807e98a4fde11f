"""Read a stranger's file safely: the result is an RGB picture or one sentence that says what to do.

Bytes are hostile until decoded. The format is decided by content, never by name. Five limits hold:

* at most 10 MB and 40 megapixels, read from the file's head before any pixel is decoded;
* only six formats, and only the one decoder that fits the content;
* HEIC, anything over `PIXELS_HERE`, and a JPEG of more than `MOST_SCANS` scans (each can cost a whole
  picture's time in few bytes) are decoded in a process of their own, stopped after 2 seconds of work
  (after 5 by the clock, so that a busy host does not refuse good photos);
* one picture is decoded at a time, so that memory is bounded.

Processor time of the worst files tried (one core, Zen 5, November 2026). Here, 12 megapixels: PNG of 16-bit
colour, transparent and interlaced 0.35 s; WebP 0.24 s; progressive JPEG of 6.8 MB 0.21 s. In the other
process, 40 megapixels: WebP of 7.8 MB 0.91 s; progressive JPEG of 8.5 MB 0.39 s.
"""

from __future__ import annotations

import io
import math
import subprocess
import sys
import threading
import warnings
from pathlib import Path

from PIL import Image

from dl_core.vision import decoding
from dl_core.vision.file_kind import heif_size, other_kind, photo_format, webp_size

MOST_BYTES = 10 * 1024 * 1024
MOST_SCANS = 32  # a progressive JPEG usually holds about 10
PIXELS_HERE = 12_500_000  # decoded in this process: every phone's usual photo, measured well under 1 s
RLE_BYTES_HERE = 200_000  # Pillow decodes run-length BMP in Python
SLOWEST = 5.0 if sys.platform != "win32" else 2.0  # seconds by the clock; Windows has no limit on work
DECODE_HERE = threading.Lock()  # also because warnings.catch_warnings is not safe with threads
DECODE_APART = threading.Semaphore(2)

_TIME_IS_UP = (24, 9)  # SIGXCPU, and SIGKILL one second later
_ADVICE = "Save the picture as JPEG or PNG and try again."


class UnreadableImage(ValueError):
    """The file is not a picture that is accepted; the message tells the reader what to do."""


def read_photo(data: bytes) -> Image.Image:
    """Decode a stranger's file into a fresh RGB picture, at most 1,024 pixels long.

    Turned upright as the camera was held. Metadata (place, time, camera) is dropped. Transparent parts
    become white; of an animation you get the first frame.

    Parameters
    ----------
    data
        The bytes of a PNG, JPEG, WebP, HEIC, GIF or BMP: at most 10 MB and 40 megapixels.

    Raises
    ------
    UnreadableImage
        With one sentence or two for the reader: what was wrong, what to do.

    Examples
    --------
    >>> try:
    ...     read_photo(b"%PDF-1.7 ...")
    ... except UnreadableImage as refusal:
    ...     print(refusal)
    This file is a PDF, not a photo. Save the picture as JPEG or PNG and try again.
    """
    if not data:
        raise UnreadableImage("This file is empty. Choose another picture.")
    if len(data) > MOST_BYTES:
        megabytes = math.ceil(10 * len(data) / 1024**2) / 10  # rounded up: never "10.0 MB, at most 10"
        raise UnreadableImage(
            f"This file has {megabytes} MB; at most {MOST_BYTES // 1024**2} MB are read. "
            "Save a smaller copy and try again."
        )
    kind = photo_format(data)
    if kind is None:
        raise UnreadableImage(f"This file is {other_kind(data)}, not a photo. {_ADVICE}")
    try:
        width, height = size_in_head(data, kind)
        decoding.check_size(width, height)
        if needs_own_process(data, kind, width * height):
            return decode_apart(data, kind)
        with DECODE_HERE:
            return decoding.decode(data, kind)
    except UnreadableImage:
        raise
    except Exception as problem:  # decoders raise a dozen kinds of error on damaged files
        raise UnreadableImage(sentence_for(type(problem).__name__, str(problem))) from problem


def accept(image: Image.Image) -> Image.Image:
    """A picture that is already open, as `read_photo` would return it.

    Raises
    ------
    UnreadableImage
        When it is too large, too small or damaged: with a sentence or two for the reader.
    """
    try:
        decoding.check_size(*image.size)
        image.load()
        return decoding.upright_rgb(image)
    except Exception as problem:
        raise UnreadableImage(sentence_for(type(problem).__name__, str(problem))) from problem


def sentence_for(problem: str, detail: str) -> str:
    """What went wrong, and what to do, in the reader's words.

    >>> sentence_for("TooSmall", "4 × 4")
    'This picture is 4 × 4 pixels, too small to show anything. Choose one of at least 8 pixels a side.'
    """
    if problem in ("TooLarge", "DecompressionBombError"):
        size = f"This picture is {detail} pixels" if problem == "TooLarge" else "This picture is very large"
        most = f"{decoding.MOST_PIXELS // 10**6} megapixels"
        return f"{size}; at most {most} are read. Save a smaller copy and try again."
    if problem == "TooSmall":
        return (
            f"This picture is {detail} pixels, too small to show anything. "
            f"Choose one of at least {decoding.SMALLEST_SIDE} pixels a side."
        )
    if problem == "TooSlow":
        return (
            f"Opening this picture took more than {decoding.MOST_SECONDS} seconds, so it was stopped. "
            "Save a smaller copy as JPEG and try again."
        )
    return "This picture is damaged or cut off. Open it on your device, save it as JPEG or PNG and try again."


def size_in_head(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height written in the file's head; nothing is decoded and nothing is reserved."""
    if kind == "WEBP":  # opening it in Pillow reserves memory for the whole canvas
        return webp_size(data)
    if kind == "HEIF":
        return heif_size(data)
    with DECODE_HERE, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            return image.size


def needs_own_process(data: bytes, kind: str, pixels: int) -> bool:
    """Whether decoding may take long enough that it must be stoppable.

    Parameters
    ----------
    data
        The bytes of one file.
    kind
        Its format, as `photo_format` names it.
    pixels
        Width times height, as written in the file's head.
    """
    if kind == "JPEG" and data.count(b"\xff\xda") > MOST_SCANS:
        return True
    if kind == "BMP" and len(data) > RLE_BYTES_HERE and data[30:31] in (b"\1", b"\2"):
        return True
    return kind == "HEIF" or pixels > PIXELS_HERE


def decode_apart(data: bytes, kind: str) -> Image.Image:
    """Decode in a process of its own, stopped after `decoding.MOST_SECONDS` of work.

    Raises
    ------
    UnreadableImage
        When it takes too long or cannot be read: with a sentence or two for the reader.
    """
    command = [sys.executable, "-I", str(Path(decoding.__file__)), kind]
    with DECODE_APART:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=SLOWEST, check=False)
        except subprocess.TimeoutExpired as problem:
            raise UnreadableImage(sentence_for("TooSlow", "")) from problem
    if done.returncode < 0:  # ended by the system: out of time, out of memory, or a crash inside a decoder
        raise UnreadableImage(sentence_for("TooSlow" if -done.returncode in _TIME_IS_UP else "", ""))
    if done.returncode:
        problem_name, _, detail = done.stdout.decode(errors="replace").partition(" ")
        raise UnreadableImage(sentence_for(problem_name, detail))
    head, _, pixels = done.stdout.partition(b"\n")
    width, height = (int(number) for number in head.split())
    return Image.frombytes("RGB", (width, height), pixels)
