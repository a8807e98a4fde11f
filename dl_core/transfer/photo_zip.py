"""A ZIP of photos, opened as if a stranger had packed it to do harm: one has, sooner or later.

Nothing is written to disk, and no name in the archive is ever used as a path. Before anything is unpacked
its list of contents is bounded (a list of a million files takes a gigabyte to read), and each entry is looked
at: hidden, unsafe, linked, locked or oddly packed ones are left out. Then each is unpacked by itself and only
up to the limit, because the size in the list may be a lie. Only the two usual ways of packing are read:
the others (bzip2, LZMA) unpack a whole block at once, however large that becomes.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import PurePosixPath
from threading import Lock

from dl_core.transfer.own_photos import (
    MOST_PHOTOS,
    MOST_RATIO,
    MOST_UNPACKED_MB,
    OwnPhoto,
    Read,
    Skipped,
    Waiting,
    class_name,
    file_name,
    read_one,
    read_waiting,
    sentences,
)
from dl_core.vision.photo import MOST_BYTES

MOST_ZIP_BYTES = 60 * 1024**2
MOST_ENTRIES = 2000
MOST_IN_LIST = 20_000  # signatures of the list of contents anywhere in the file, by chance ones included
ENTRY_SIGNATURE = b"PK\1\2"  # of each line in the list of contents (PKWARE APPNOTE, 4.3.12)

PHOTOS = {".png", ".jpg", ".jpeg", ".webp", ".heic", ".heif", ".gif", ".bmp"}
ARCHIVES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
HIDDEN = {"__macosx", "thumbs.db", "desktop.ini"}
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class UnreadableZip(ValueError):
    """The archive as a whole is not read; the message tells the reader what to do."""


class PhotoZip:
    """An archive whose list of contents was looked at; nothing of it is unpacked yet.

    Parameters
    ----------
    data
        The bytes of the file, at most 60 MB.

    Raises
    ------
    UnreadableZip
        With a sentence or two for the reader: what was wrong, what to do.
    """

    def __init__(self, data: bytes) -> None:
        self._left = MOST_UNPACKED_MB * 1024**2  # bytes that may still be unpacked
        self._lock = Lock()
        self._zip = _opened(data)
        entries = [each for each in self._zip.infolist() if not each.is_dir()]
        looked_at = [(each, _why_not(each)) for each in entries if not _is_hidden(each.orig_filename)]
        #: files that are left out unopened
        self.skipped = tuple(Skipped(file_name(each.orig_filename), why) for each, why in looked_at if why)
        good = [each for each, why in looked_at if not why]
        folders = class_folders([each.orig_filename for each in good])
        #: files to be unpacked, in the archive's order
        self.waiting = tuple(
            Waiting(file_name(each.orig_filename), partial(self._load, each, folder))
            for each, folder in zip(good, folders, strict=True)
        )

    def _load(self, entry: zipfile.ZipInfo, folder: str) -> OwnPhoto | Skipped:
        """Unpack one entry and read it as a photo."""
        short = file_name(entry.orig_filename)
        with self._lock:  # a ZIP has one place where it reads
            limit = min(MOST_BYTES, self._left)
            if limit <= 0:
                return Skipped(short, "total")
            try:
                with self._zip.open(entry) as file:
                    # one more than it should have, so that the end and with it the checksum is looked at;
                    # no more, because that much is unpacked whatever the list of contents says
                    data = file.read(min(limit, entry.file_size) + 1)
            except Exception:  # damaged archives raise a dozen kinds of error
                return Skipped(short, "damaged")
            self._left -= len(data)
        if len(data) > limit:
            return Skipped(short, "large" if limit == MOST_BYTES else "total")
        return read_one(short, data, folder=folder)


def read_zip(data: bytes, room: int = MOST_PHOTOS) -> Read:
    """Photos of a ZIP, each with its folder, and sentences about what was left out.

    Parameters
    ----------
    data
        The bytes of the file, at most 60 MB.
    room
        Photos that may still come, 0 or more.

    Raises
    ------
    UnreadableZip
        With a sentence or two for the reader: what was wrong, what to do.

    Examples
    --------
    >>> try:
    ...     read_zip(b"hello")
    ... except UnreadableZip as refusal:
    ...     print(refusal)
    This file is no ZIP, or it is damaged or cut off. Pack the photos again.
    """
    found = PhotoZip(data)
    read = read_waiting(found.waiting, room)
    return Read(read.photos, (*read.skipped, *sentences(found.skipped)))


def class_folders(paths: Sequence[str]) -> tuple[str, ...]:
    """Which class each path lies in, "" where it lies in none: the first folder in which the photos differ.

    Parameters
    ----------
    paths
        Of files, with / between folders.

    Examples
    --------
    >>> class_folders(["mine/cats/1.jpg", "mine/dogs/first day/2.jpg", "mine/3.jpg", "notes.txt"])
    ('cats', 'dogs', '', '')
    >>> class_folders(["mine/cats/1.jpg", "mine/cats/2.jpg"]), class_folders(["1.jpg"])
    (('cats', 'cats'), ('',))
    """
    folders = [[part for part in path.split("/")[:-1] if part not in ("", ".")] for path in paths]
    photos = [each for each, path in zip(folders, paths, strict=True) if each and _looks_like_a_photo(path)]
    depth = 0
    while photos and len({each[depth] for each in photos if len(each) > depth}) == 1:
        if all(len(each) <= depth + 1 for each in photos):
            break  # they never differ
        depth += 1
    if len({each[depth] for each in photos if len(each) > depth}) < 2:
        depth = min(map(len, photos), default=1) - 1  # one class: the innermost folder that all lie in
    return tuple(class_name(each[depth]) if len(each) > depth else "" for each in folders)


def _looks_like_a_photo(path: str) -> bool:
    """By its name, and only to tell folders of photos from others."""
    return PurePosixPath(path).suffix.lower() in PHOTOS


def _opened(data: bytes) -> zipfile.ZipFile:
    if len(data) > MOST_ZIP_BYTES:
        raise UnreadableZip(
            f"This ZIP has more than {MOST_ZIP_BYTES // 1024**2} MB. "
            "Save the photos smaller, 500 pixels are plenty, or send them in parts."
        )
    too_many = UnreadableZip(
        f"This ZIP holds more than {MOST_ENTRIES:,} files. Send it in parts, with no archives inside."
    )
    if data.count(ENTRY_SIGNATURE) > MOST_IN_LIST:  # before a list of a million files is read
        raise too_many
    try:
        found = zipfile.ZipFile(io.BytesIO(data))
    except Exception as problem:  # a damaged list raises a dozen kinds of error
        raise UnreadableZip(
            "This file is no ZIP, or it is damaged or cut off. Pack the photos again."
        ) from problem
    if len(found.infolist()) > MOST_ENTRIES:
        raise too_many
    return found


def _is_safe(path: str) -> bool:
    """Whether a path stays in the archive; none is ever used, but whoever packs another kind means harm."""
    is_rooted = path.startswith("/") or re.match(r"[A-Za-z]:", path)
    return not (is_rooted or "\\" in path or "\0" in path or ".." in path.split("/"))


def _is_hidden(path: str) -> bool:
    """Whether the reader never put it there: what systems add to folders."""
    parts = path.split("/")
    return any((part.startswith(".") and part != "..") or part.lower() in HIDDEN for part in parts)


def _why_not(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not even opened, as a key of `WHY`; "" where nothing speaks against it."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not _is_safe(entry.orig_filename):
        return "path"
    if kind not in (0, stat.S_IFREG):
        return "link"
    if entry.flag_bits & 0x41:  # encrypted, plainly or strongly
        return "locked"
    if PurePosixPath(entry.orig_filename).suffix.lower() in ARCHIVES:
        return "archive"
    if entry.compress_type not in USUAL:
        return "method"
    if _ratio(entry) > MOST_RATIO:
        return "packed"
    return "large" if entry.file_size > MOST_BYTES else ""


def _ratio(entry: zipfile.ZipInfo) -> float:
    return entry.file_size / max(entry.compress_size, 1)
