"""A reader's own photos on their way in: each file is read safely, made small, and then let go.

Files wait as `Waiting` and are read one at a time, so that a thousand of them never lie decoded side by side
and the reader can stop in between. What stays of a photo is what the network looks at: 64 × 64 pixels. So a
viewer's photos take at most `MOST_PHOTOS` × 12,288 bytes, 18 MB.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from dl_core.numbers_in_words import listed
from dl_core.transfer.pictures import Pixels
from dl_core.vision.centre_view import centre_view
from dl_core.vision.file_kind import photo_format
from dl_core.vision.photo import MOST_BYTES, UnreadableImage, read_photo

MOST_PHOTOS = 1500  # a viewer
MOST_CLASSES = 6
LONGEST_NAME = 24  # characters
NAMED = 3  # files that a sentence names

# Why a file was left out → the sentence for one file and for several. Names come cleaned, see `file_name`.
WHY = {
    "room": (
        f"“{{names}}” was left out: {MOST_PHOTOS:,} photos are the most.",
        f"{{n}} files were left out: {MOST_PHOTOS:,} photos are the most.",
    ),
    "classes": (
        f"“{{names}}” was left out: {MOST_CLASSES} classes are the most.",
        f"{{n}} photos were left out: {MOST_CLASSES} classes are the most.",
    ),
    "total": (
        "“{names}” was left out: the ZIP unpacks to more than {most} MB. Send it in parts.",
        "{n} files were left out: the ZIP unpacks to more than {most} MB. Send it in parts.",
    ),
    "large": (
        f"“{{names}}” has more than {MOST_BYTES // 1024**2} MB. Save a smaller copy.",
        f"{{n}} files have more than {MOST_BYTES // 1024**2} MB: {{names}}. Save smaller copies.",
    ),
    "no photo": ("“{names}” is no photo.", "{n} files were no photos: {names}."),
    "unreadable": (
        "“{names}”: {detail}",
        "{n} photos could not be read: {names}. Save them as JPEG or PNG and try again.",
    ),
    "locked": (
        "“{names}” is locked with a password. Pack it without one.",
        "{n} files are locked with a password: {names}. Pack them without one.",
    ),
    "path": (
        "“{names}” was not opened: its place in the ZIP is not a safe one.",
        "{n} files were not opened: their places in the ZIP are not safe: {names}.",
    ),
    "link": ("“{names}” is a link, not a photo.", "{n} files are links, not photos: {names}."),
    "archive": (
        "“{names}” is an archive in the archive. It was not opened.",
        "{n} archives in the archive were not opened: {names}.",
    ),
    "packed": (
        "“{names}” unpacks to {ratio} times its size or more, as no photo does. It was not opened.",
        "{n} files unpack to {ratio} times their size or more, as no photo does: {names}.",
    ),
    "method": (
        "“{names}” is packed in a rare way. Pack it as an ordinary ZIP.",
        "{n} files are packed in a rare way: {names}. Pack them as an ordinary ZIP.",
    ),
    "damaged": (
        "“{names}” is damaged in the ZIP. Pack it again.",
        "{n} files are damaged in the ZIP: {names}. Pack them again.",
    ),
    "again": ("1 photo was there already.", "{n} photos were there already."),
}
MOST_UNPACKED_MB = 200
MOST_RATIO = 100


@dataclass(frozen=True, eq=False)
class OwnPhoto:
    """One of the reader's photos. Nothing of the file is kept, neither its name nor place and time."""

    pixels: Pixels  # (64, 64, 3), read-only: as the network looks at it
    sha256: str  # of the pixels
    folder: str = ""  # in the ZIP, as a class may be called; "" where it lay in none
    taken: float | None = None  # seconds on the server's clock; only of the camera


@dataclass(frozen=True)
class Skipped:
    """A file that was left out."""

    name: str  # in short, fit to be shown
    why: str  # of `WHY`
    detail: str = ""  # what the photo's reader said


@dataclass(frozen=True)
class Waiting:
    """A file that is still to be read."""

    name: str  # in short, fit to be shown
    load: Callable[[], OwnPhoto | Skipped]  # never raises


@dataclass(frozen=True)
class Read:
    """What came of several files."""

    photos: tuple[OwnPhoto, ...]
    skipped: tuple[str, ...]  # sentences: what was left out and why


def class_name(text: str) -> str:
    """A name for a class out of anything: one line, at most 24 characters, and nothing that marks up text.

    Streamlit reads Markdown in its labels and Plotly reads HTML in its words; letters and digits mean
    nothing to either.

    Examples
    --------
    >>> class_name(" <b>not_ok</b> :red[*!*] "), class_name("../../etc"), class_name("Café Nº 5 – large")
    ('b not ok b red', 'etc', 'Café Nº 5 large')
    """
    # twice as long a start is enough: what is dropped in it leaves the name shorter, never longer
    known = unicodedata.normalize("NFC", text[: 8 * LONGEST_NAME])
    kept = "".join(sign if _is_plain(sign) or sign in "-'’,%+" else " " for sign in known)
    return " ".join(kept.split()).lstrip("-'’,%+ ")[:LONGEST_NAME].strip()


def file_name(path: str) -> str:
    """A file's own name without its folders, short and fit to be shown in a sentence.

    Examples
    --------
    >>> file_name("C:\\\\photos\\\\IMG_01.final.jpg"), file_name("../../etc/passwd"), file_name("")
    ('IMG 01 final.jpg', 'passwd', 'a file')
    """
    last = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    ending = class_name(ending)[:5]
    stem = class_name(stem if dot else last)
    return (f"{stem}.{ending}" if dot and stem and ending else stem or ending) or "a file"


def read_one(name: str, data: bytes, *, folder: str = "", taken: float | None = None) -> OwnPhoto | Skipped:
    """One file as the network's middle view sees it, or why not.

    Parameters
    ----------
    name
        As the reader's device calls it; only a message shows it, in short.
    data
        The bytes of the file.
    folder
        As a class may be called.
    taken
        Seconds on the server's clock, if the camera took it now.

    Examples
    --------
    >>> read_one("../notes.txt", b"Milk, bread")
    Skipped(name='notes.txt', why='no photo', detail='')
    """
    short = file_name(name)
    if len(data) > MOST_BYTES:
        return Skipped(short, "large")
    if photo_format(data) is None:
        return Skipped(short, "no photo")
    try:
        image = read_photo(data)
    except UnreadableImage as problem:
        return Skipped(short, "unreadable", str(problem))
    pixels = centre_view(image)
    pixels.setflags(write=False)
    return OwnPhoto(pixels, hashlib.sha256(pixels.tobytes()).hexdigest(), folder, taken)


def waiting_files(files: Iterable[tuple[str, Callable[[], bytes]]]) -> tuple[Waiting, ...]:
    """Files in line.

    Parameters
    ----------
    files
        Name and how to get the bytes; they are asked for when it is the file's turn.
    """
    return tuple(Waiting(file_name(name), partial(_load, name, get)) for name, get in files)


def _load(name: str, get: Callable[[], bytes]) -> OwnPhoto | Skipped:
    return read_one(name, get())


def read_waiting(files: Iterable[Waiting], room: int = MOST_PHOTOS) -> Read:
    """Read one file after the other.

    Parameters
    ----------
    files
        In the order in which they are read.
    room
        Photos that may still come, 0 or more; files beyond are counted and not opened.
    """
    photos: list[OwnPhoto] = []
    skipped: list[Skipped] = []
    for file in files:
        found = file.load() if len(photos) < room else Skipped(file.name, "room")
        photos += [found] if isinstance(found, OwnPhoto) else []
        skipped += [found] if isinstance(found, Skipped) else []
    return Read(tuple(photos), sentences(skipped))


def read_files(files: Sequence[tuple[str, bytes]], room: int = MOST_PHOTOS) -> Read:
    """Photos of many files, and sentences about the others.

    Parameters
    ----------
    files
        Name and bytes of each.
    room
        Photos that may still come, 0 or more.

    Examples
    --------
    >>> read_files([("a.txt", b"Milk"), ("b.pdf", b"%PDF-1.7")]).skipped
    ('2 files were no photos: a.txt and b.pdf.',)
    """
    return read_waiting(waiting_files((name, partial(bytes, data)) for name, data in files), room)


def sentences(skipped: Iterable[Skipped]) -> tuple[str, ...]:
    """What was left out, a sentence or two for each reason.

    Examples
    --------
    >>> sentences([Skipped("a.jpg", "again"), Skipped("b.jpg", "again"), Skipped("c.txt", "no photo")])
    ('“c.txt” is no photo.', '2 photos were there already.')
    """
    by_reason: dict[str, list[Skipped]] = {why: [] for why in WHY}
    for one in skipped:
        by_reason[one.why].append(one)
    return tuple(_sentence(why, those) for why, those in by_reason.items() if those)


def _sentence(why: str, those: list[Skipped]) -> str:
    one, many = WHY[why]
    names = [each.name for each in those[:NAMED]]
    more = len(those) - len(names)
    return (one if len(those) == 1 else many).format(
        n=f"{len(those):,}",
        names=listed([*names, f"{more:,} more"] if more else names),
        detail=those[0].detail,
        most=MOST_UNPACKED_MB,
        ratio=MOST_RATIO,
    )


def _is_plain(sign: str) -> bool:
    """Whether it is a letter, a mark upon one, or a digit."""
    return unicodedata.category(sign)[0] in "LMN"
