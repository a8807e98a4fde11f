"""Turn a file's bytes into a fresh, upright RGB picture; also a program of its own that can be stopped.

``photo.read_photo`` calls `decode` for ordinary files. Large or slow ones it hands to
``python decoding.py FORMAT`` instead, because a thread stuck inside a C library cannot be stopped and a
process can. So this file imports nothing of the project.
"""

from __future__ import annotations

import io
import sys
import warnings

from PIL import Image, ImageOps

LONGEST_SIDE = 1024  # pixels kept: enough to show on a page, and more than the network sees
SHORTEST_KEPT = 64  # a very long picture is not shrunk below this on its short side
MOST_PIXELS = 40_000_000
SMALLEST_SIDE = 8  # pixels
MOST_MEMORY = 2_000_000_000  # bytes a separate process may ask for
MOST_SECONDS = 2  # of processor time for a separate process: on an idle host, what a reader waits
WHITE = (255, 255, 255)


class TooLarge(ValueError):
    """The picture has more pixels than allowed."""


class TooSmall(ValueError):
    """The picture has fewer pixels than can show anything."""


def check_size(width: int, height: int) -> None:
    """Refuse pictures that are too large or too small, before a pixel is decoded.

    Parameters
    ----------
    width, height
        In pixels.

    Raises
    ------
    TooLarge
        Above 40 megapixels; the message is the size.
    TooSmall
        Below 8 pixels on a side; the message is the size.

    Examples
    --------
    >>> check_size(640, 480)
    >>> check_size(7, 480)
    Traceback (most recent call last):
    dl_core.vision.decoding.TooSmall: 7 × 480
    """
    if width * height > MOST_PIXELS:
        raise TooLarge(f"{width:,} × {height:,}")
    if min(width, height) < SMALLEST_SIDE:
        raise TooSmall(f"{width:,} × {height:,}")


def decode(data: bytes, kind: str) -> Image.Image:
    """The first picture in ``data`` as a fresh RGB image, upright, without metadata.

    Parameters
    ----------
    data
        The bytes of one file.
    kind
        The only format that may read it, in Pillow's spelling: ``"JPEG"``, ``"HEIF"``, ...

    Raises
    ------
    TooLarge, TooSmall
        From the size written in the file, before any pixel is decoded.
    Exception
        Whatever the decoder raises on a damaged file.
    """
    if kind == "HEIF":
        import pillow_heif  # loaded only for the phones that need it

        pillow_heif.register_heif_opener(thumbnails=False)
        pillow_heif.options.DECODE_THREADS = 1  # a shared host: no photo takes two cores
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sloppy but readable metadata: it is dropped anyway
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            check_size(*image.size)
            if kind == "JPEG":  # decode at a half, a quarter or an eighth where that is enough
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            return upright_rgb(image)


def upright_rgb(image: Image.Image) -> Image.Image:
    """A fresh RGB copy: turned as the camera was held, on white, at most 1,024 px long, no metadata.

    Examples
    --------
    >>> clear = Image.new("RGBA", (20, 10), (255, 0, 0, 0))
    >>> copy = upright_rgb(clear)
    >>> copy.mode, copy.size, copy.getpixel((0, 0)), copy.info
    ('RGB', (20, 10), (255, 255, 255), {})
    """
    turned = ImageOps.exif_transpose(shrunk(as_rgb(image), image)) or image
    fresh = Image.new("RGB", turned.size)
    fresh.paste(turned)
    return fresh


def as_rgb(image: Image.Image) -> Image.Image:
    """RGB pixels of any mode: 16-bit is scaled, transparency is laid on white."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return scaled_to_8_bit(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, WHITE)
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def scaled_to_8_bit(image: Image.Image) -> Image.Image:
    """Grey of more than 8 bits: Pillow's own conversion would cut everything above 255 to white."""
    import numpy as np  # only here: a separate process starts a tenth of a second sooner without it

    values = np.asarray(image, dtype=np.float32)
    top = 65535.0 if image.mode.startswith("I") and values.max(initial=0) > 255 else 255.0
    if image.mode == "F" and values.max(initial=0) <= 1:
        top = 1.0
    grey = np.clip(np.nan_to_num(values) * (255 / top), 0, 255).astype(np.uint8)
    return Image.fromarray(grey).convert("RGB")


def shrunk(rgb: Image.Image, original: Image.Image) -> Image.Image:
    """At most `LONGEST_SIDE` long, by averaging areas; keeps the note on how the camera was held."""
    width, height = rgb.size
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    size = tuple(max(round(side * scale), min(side, SHORTEST_KEPT)) for side in (width, height))
    area = Image.Resampling.BOX
    small = rgb if size == rgb.size else rgb.resize((size[0], size[1]), area, reducing_gap=2.0)
    if small is original:
        return small
    small.info = {}
    small.getexif()[0x0112] = original.getexif().get(0x0112, 1)
    return small


def limit_this_process() -> None:
    """Cap this process's memory and time, where the system can."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> int:
    """Read a file from standard input; write ``width height`` and the pixels, or the failure's name."""
    limit_this_process()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        picture = decode(sys.stdin.buffer.read(), sys.argv[1])
    except Exception as problem:  # any failure means the same to the caller: not readable
        sys.stdout.buffer.write(f"{type(problem).__name__} {problem}".encode())
        return 1
    sys.stdout.buffer.write(f"{picture.width} {picture.height}\n".encode() + picture.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
