"""Hostile and odd files: every one ends as an RGB picture or as one sentence for the reader."""

from __future__ import annotations

import io
import random
import struct
import zlib

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dl_core.vision import UnreadableImage, read_photo
from dl_core.vision.file_kind import heif_size, webp_size
from dl_core.vision.photo import MOST_BYTES, MOST_SCANS, accept, needs_own_process

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "HEIF")


def scene(width: int = 96, height: int = 64) -> Image.Image:
    """Left half red, right half blue, with some grain."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2, 0] = 220
    pixels[:, width // 2 :, 2] = 220
    pixels += np.random.default_rng(0).integers(0, 30, pixels.shape, dtype=np.uint8)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def is_red_then_blue(image: Image.Image) -> bool:
    left = np.asarray(image)[:, : image.width // 3].mean((0, 1))
    right = np.asarray(image)[:, -(image.width // 3) :].mean((0, 1))
    return bool(left[0] > 180 and left[2] < 80 and right[2] > 180 and right[0] < 80)


def png_that_claims(width: int, height: int) -> bytes:
    """A valid PNG head in front of few bytes: what a decompression bomb looks like."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read_upright_as_rgb_without_metadata(kind: str) -> None:
    photo = read_photo(encoded(scene(), kind))
    assert (photo.mode, photo.size, dict(photo.info), len(photo.getexif())) == ("RGB", (96, 64), {}, 0)
    assert is_red_then_blue(photo)


def odd_pictures() -> dict[str, tuple[bytes, int]]:
    """Name → file and the grey level (0 to 255) expected in its middle."""
    ramp = np.full((20, 30), 128, np.uint8)
    grey = Image.fromarray(ramp)
    clear = Image.new("RGBA", (30, 20), (0, 0, 0, 0))
    half = Image.new("LA", (30, 20), (0, 0))
    return {
        "grey": (encoded(grey), 128),
        # 16-bit 0x8080 is 8-bit 0x80
        "16-bit grey": (encoded(Image.fromarray(np.full((20, 30), 0x8080, np.uint16))), 128),
        "CMYK": (encoded(grey.convert("RGB").convert("CMYK"), "JPEG"), 128),
        "palette": (encoded(grey.convert("P")), 128),
        "palette GIF": (encoded(grey.convert("P"), "GIF"), 128),
        "transparent": (encoded(clear), 255),
        "transparent palette": (encoded(Image.new("P", (30, 20), 0), transparency=0), 255),
        "transparent RGB": (encoded(Image.new("RGB", (30, 20), (0, 0, 0)), transparency=(0, 0, 0)), 255),
        "transparent WebP": (encoded(clear, "WEBP", lossless=True), 255),
        "transparent grey": (encoded(half), 255),
        "1-bit": (encoded(Image.new("1", (30, 20), 1)), 255),
        "1-bit BMP": (encoded(Image.new("1", (30, 20), 1), "BMP"), 255),
        "progressive": (encoded(grey, "JPEG", progressive=True), 128),
    }


@pytest.mark.parametrize("name", list(odd_pictures()))
def test_odd_pictures_get_the_colours_a_person_would_see(name: str) -> None:
    data, level = odd_pictures()[name]
    photo = read_photo(data)
    assert photo.mode == "RGB"
    assert np.abs(np.asarray(photo)[10, 15].astype(int) - level).max() <= 2


def test_first_frame_of_an_animation_is_read() -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("white", "black", "black")]
    for kind in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert np.asarray(read_photo(data)).min() > 250, kind


def test_photo_is_turned_as_the_camera_was_held() -> None:
    # orientation 6: the camera was turned so that the stored left is the top of the scene
    for orientation, expected in ((6, (64, 96)), (3, (96, 64)), (1, (96, 64))):
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010F] = "a camera's name"
        photo = read_photo(encoded(scene(), "JPEG", exif=exif, quality=95))
        assert photo.size == expected
        assert len(photo.getexif()) == 0
        top_left, bottom_right = np.asarray(photo)[2, 2], np.asarray(photo)[-3, -3]
        red_first = top_left[0] > top_left[2]
        assert red_first == (orientation != 3)
        assert (bottom_right[0] > bottom_right[2]) == (orientation == 3)


@pytest.mark.parametrize(("width", "mode"), [(1600, "RGB"), (90, "L"), (90, "CMYK")])
def test_shrunk_and_converted_photos_are_turned_too(width: int, mode: str) -> None:
    photo = scene(width, width // 2).convert(mode)
    exif = Image.Exif()
    exif[0x0112] = 8
    turned = read_photo(encoded(photo, "JPEG", exif=exif))
    assert turned.height == 2 * turned.width


@pytest.mark.parametrize("size", [(4000, 9), (9, 4000), (1, 8), (2600, 1300)])
def test_long_and_large_pictures_are_shrunk_to_fit(size: tuple[int, int]) -> None:
    if min(size) < 8:
        with pytest.raises(UnreadableImage, match="1 × 8 pixels, too small"):
            read_photo(encoded(Image.new("RGB", size)))
        return
    photo = read_photo(encoded(scene(*size)))
    assert max(photo.size) <= 1024
    assert min(photo.size) == min(min(size), 512)


FOREIGN = {
    "a PDF": b"%PDF-1.7\n1 0 obj",
    "an SVG drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "a web page": b"<!DOCTYPE html><html><body>hello</body></html>",
    "an EPS or PostScript file": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "a zip archive or an Office document": b"PK\x03\x04rest",
    "a sound or a film": b"RIFF\0\0\0\0WAVEfmt ",
    "a film": b"\0\0\0\x18ftypmp42....",
    "an AVIF picture": b"\0\0\0\x18ftypavif....",
    "something else": b"hello, world",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_other_files_are_named_and_the_reader_told_what_to_do(kind: str) -> None:
    with pytest.raises(UnreadableImage) as refusal:
        read_photo(FOREIGN[kind])
    assert str(refusal.value) == (
        f"This file is {kind}, not a photo. Save the picture as JPEG or PNG and try again."
    )


def test_a_real_tiff_is_refused_though_pillow_could_read_it() -> None:
    with pytest.raises(UnreadableImage, match="This file is a TIFF"):
        read_photo(encoded(scene(), "TIFF"))


def test_empty_large_small_and_damaged_files_each_get_their_own_sentence() -> None:
    said = {}
    for name, data in {
        "empty": b"",
        "heavy": b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES),
        "large": png_that_claims(8_000, 6_000),
        "bomb": png_that_claims(20_000, 20_000),
        "tiny": encoded(Image.new("RGB", (7, 7))),
        "cut off": encoded(scene(), "JPEG")[:900],
        "only a head": png_that_claims(100, 100),
    }.items():
        with pytest.raises(UnreadableImage) as refusal:
            read_photo(data)
        said[name] = str(refusal.value)
    assert said["empty"] == "This file is empty. Choose another picture."
    assert said["heavy"].startswith("This file has 10.1 MB; at most 10 MB are read.")
    assert said["large"].startswith("This picture is 8,000 × 6,000 pixels; at most 40 megapixels are read.")
    assert said["bomb"].startswith("This picture is very large; at most 40 megapixels are read.")
    assert said["tiny"].startswith("This picture is 7 × 7 pixels, too small")
    assert said["cut off"] == said["only a head"]
    assert "damaged or cut off" in said["cut off"]
    assert all(sentence.endswith(".") for sentence in said.values())


def test_bombs_in_webp_and_heic_are_seen_before_memory_is_reserved() -> None:
    webp = b"RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0" + (16_382).to_bytes(3, "little") * 2 + bytes(20)
    assert webp_size(webp) == (16_383, 16_383)
    heic = bytearray(encoded(scene(), "HEIF"))
    assert heif_size(bytes(heic)) == (96, 64)
    at = heic.find(b"ispe")
    heic[at + 8 : at + 16] = struct.pack(">II", 30_000, 30_000)
    for data in (webp, bytes(heic)):
        with pytest.raises(UnreadableImage, match="at most 40 megapixels"):
            read_photo(data)


@pytest.mark.parametrize(("lossless", "size"), [(True, (96, 64)), (False, (97, 33))])
def test_webp_size_is_read_from_its_head(lossless: bool, size: tuple[int, int]) -> None:
    assert webp_size(encoded(scene(*size), "WEBP", lossless=lossless)) == size


def test_slow_files_go_to_a_process_that_can_be_stopped() -> None:
    jpeg = encoded(scene(), "JPEG")
    assert not needs_own_process(jpeg, "JPEG", 96 * 64)
    assert needs_own_process(jpeg + b"\xff\xda" * MOST_SCANS, "JPEG", 96 * 64)
    assert needs_own_process(jpeg, "JPEG", 13_000_000)
    assert needs_own_process(b"", "HEIF", 100)


def test_a_picture_of_thousands_of_scans_is_stopped() -> None:
    # each empty scan costs the decoder a walk over all 35 megapixels and this file 10 bytes
    data = encoded(Image.new("L", (5900, 5900)), "JPEG", progressive=True)
    end = data.rfind(b"\xff\xd9")
    scan = data.rfind(b"\xff\xda")
    with pytest.raises(UnreadableImage, match="took more than 2 seconds, so it was stopped"):
        read_photo(data[:end] + data[scan:end] * 10_000 + b"\xff\xd9")


def test_an_open_picture_is_accepted_like_a_file() -> None:
    assert accept(Image.new("LA", (30, 20), (0, 0))).getpixel((3, 3)) == (255, 255, 255)
    with pytest.raises(UnreadableImage, match="too small"):
        accept(Image.new("RGB", (3, 3)))
    with pytest.raises(UnreadableImage, match="damaged"):
        accept(Image.open(io.BytesIO(encoded(scene(), "PNG")[:400])))


VALID = {kind: encoded(scene(40, 30), kind) for kind in FORMATS if kind != "HEIF"}


def mutated(data: bytes, other: bytes, seed: int) -> bytes:
    """Bit flips, a cut, a splice with another file, or noise behind a valid head."""
    dice, broken = random.Random(seed), bytearray(data)
    how = dice.randrange(4)
    if how == 0:
        for _ in range(dice.randint(1, 40)):
            broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
    elif how == 1:
        del broken[dice.randrange(len(broken)) :]
    elif how == 2:
        broken[dice.randrange(len(broken)) :] = other[dice.randrange(len(other)) :]
    else:
        broken[dice.randint(4, 30) :] = dice.randbytes(dice.randint(0, 400))
    return bytes(broken)


def outcome(data: bytes) -> Image.Image | str:
    """The picture, or the sentence; any other exception or warning fails the test."""
    try:
        return read_photo(data)
    except UnreadableImage as refusal:
        return str(refusal)


def answers_or_explains(data: bytes) -> None:
    found = outcome(data)
    if isinstance(found, str):
        assert found.endswith(".")
        assert 20 < len(found) < 160
    else:
        assert found.mode == "RGB"
        assert max(found.size) <= 1024


@settings(deadline=None, derandomize=True, max_examples=400)
@given(st.sampled_from(sorted(VALID)), st.sampled_from(sorted(VALID)), st.integers(0, 10**6))
def test_mutated_files_are_answered_or_explained(kind: str, other: str, seed: int) -> None:
    answers_or_explains(mutated(VALID[kind], VALID[other], seed))


@settings(deadline=None, derandomize=True, max_examples=10)
@given(st.integers(0, 10**6))
def test_mutated_heic_files_are_answered_or_explained(seed: int) -> None:
    heic = encoded(scene(40, 30), "HEIF")
    answers_or_explains(mutated(heic, VALID["JPEG"], seed))


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.binary(max_size=200))
def test_noise_is_answered_or_explained(data: bytes) -> None:
    answers_or_explains(data)
