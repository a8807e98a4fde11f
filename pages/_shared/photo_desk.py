"""What one visit has gathered of its own photos, and what happens to it when the reader does something.

Everything lies in the visit's state and nowhere else: not in the link, not in a file, not in a log. What
Streamlit holds of an uploaded file goes as soon as the file has been taken over.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from dl_core.numbers_in_words import so_many
from dl_core.transfer import own_piles
from dl_core.transfer.checks import Finding, check, copies
from dl_core.transfer.own_photos import (
    MOST_PHOTOS,
    OwnPhoto,
    Skipped,
    Waiting,
    read_one,
    sentences,
    waiting_files,
)
from dl_core.transfer.own_piles import PhotoPiles
from dl_core.transfer.photo_zip import PhotoZip, UnreadableZip
from dl_core.transfer.pictures import Pictures, Rows
from pages._shared import job
from pages._shared.visit import Visit, visit

SHOT = "the camera's photo"


@dataclass
class Desk:
    """What one visit has gathered."""

    piles: PhotoPiles = field(default_factory=PhotoPiles)
    waiting: deque[tuple[Waiting, int]] = field(default_factory=deque)  # files, and the class they are for
    n_came: int = 0  # files since the line was last empty
    skipped: list[Skipped] = field(default_factory=list)
    said: tuple[str, ...] = ()  # about the last files or the last wish
    emptied: int = 0  # how often the fields for files were emptied
    shots: int = 0  # the same for the camera
    sorted: int = 0  # how often picked photos were removed or moved
    of: PhotoPiles | None = None  # what the next four were made of
    everything: Pictures | None = None
    task: Pictures | None = None
    findings: tuple[Finding, ...] = ()
    copies: tuple[int, ...] = ()  # rows of all pictures that look like an earlier one
    rows: Rows = field(default_factory=dict)  # what the network made of each photo


def desk_of(key: str) -> Desk:
    """This visit's desk under this key."""
    desk: Desk = st.session_state.setdefault(f"{key}_desk", Desk())
    return desk


def files_came(key: str, field_key: str, to: int) -> None:
    """Files were chosen for the class ``to``; they wait until they are read."""
    desk, files = desk_of(key), _taken(field_key)
    if not files:
        return
    _begin(desk, [(each, to) for each in waiting_files((file.name, file.getvalue) for file in files)])
    desk.emptied += 1


def zip_came(key: str, field_key: str, to: int) -> None:
    """A ZIP was chosen; photos of it that lie in no folder are for the class ``to``."""
    desk, files = desk_of(key), _taken(field_key)
    desk.emptied += len(files)
    for file in files:
        try:
            archive = PhotoZip(file.getvalue())
        except UnreadableZip as problem:
            desk.said = (str(problem),)
            continue
        _begin(desk, [(each, to) for each in archive.waiting], archive.skipped)


def shot_came(key: str, field_key: str, to: int) -> None:
    """The camera took a photo of the class ``to``."""
    desk, now = desk_of(key), time.monotonic()
    files = _taken(field_key)
    if not files:
        return
    _begin(desk, [(Waiting(SHOT, partial(read_one, SHOT, file.getvalue(), taken=now)), to) for file in files])
    desk.shots += 1


def _taken(field_key: str) -> list[UploadedFile]:
    """The files of a field, out of Streamlit's hands: what it holds would stay until the visit ends.

    A browser that asks again before it has heard of the emptied field says once more that they came; by then
    they are gone, and there is none.
    """
    value: UploadedFile | DeletedFile | list[UploadedFile | DeletedFile] | None
    value = st.session_state.get(field_key)
    several = value if isinstance(value, list) else [value]
    files = [file for file in several if isinstance(file, UploadedFile)]
    context = get_script_run_ctx()
    if context:
        for file in files:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
    return files


def _begin(desk: Desk, files: list[tuple[Waiting, int]], skipped: Sequence[Skipped] = ()) -> None:
    if not desk.waiting:
        desk.n_came, desk.skipped = 0, []
    desk.waiting += files
    desk.n_came += len(files)
    desk.skipped += skipped
    desk.said = sentences(desk.skipped)


def take_in(desk: Desk, file: Waiting, to: int) -> None:
    """Read a file that waited and put the photo into its class, or note why not."""
    is_full = desk.piles.n_photos >= MOST_PHOTOS
    found = Skipped(file.name, "room") if is_full else file.load()
    if isinstance(found, OwnPhoto):
        keys = [each.key for each in desk.piles.classes]
        # its class may have been removed meanwhile
        desk.piles, why = own_piles.added(desk.piles, found, to if to in keys else keys[0])
        if not why:
            return
        found = Skipped(file.name, why)
    desk.skipped.append(found)
    desk.said = sentences(desk.skipped)


def settle(desk: Desk) -> None:
    """Make the pictures of the piles, once for each change."""
    if desk.of is desk.piles:
        return
    everything = own_piles.all_pictures(desk.piles, desk.rows)
    if everything != desk.everything:
        task = own_piles.usable(everything)
        desk.task = desk.task if task == desk.task else task
        desk.everything = everything
        desk.findings = check(everything) if everything else ()
        desk.copies = copies(everything) if everything else ()
        for gone in set(desk.rows).difference(everything.digests if everything else ()):
            desk.rows.pop(gone, None)
    if desk.everything:
        desk.piles = own_piles.on_shared_rows(desk.piles, desk.everything)
    desk.of = desk.piles


def change(key: str, how: Callable[[PhotoPiles], PhotoPiles]) -> None:
    """Change the piles, or say why that cannot be."""
    desk = desk_of(key)
    desk.said = ()
    try:
        desk.piles = how(desk.piles)
    except ValueError as problem:
        desk.said = (str(problem),)


def add_class(key: str) -> None:
    """One more class, and the fields turn to it."""
    change(key, own_piles.with_class)
    st.session_state[f"{key}_class"] = desk_of(key).piles.classes[-1].key


def rename(key: str, name_key: str, which: int) -> None:
    """The class's name was changed; where that cannot be, the field says the old one again."""
    name = st.session_state[name_key]
    change(key, lambda piles: own_piles.renamed(piles, which, name))
    st.session_state[name_key] = desk_of(key).piles.at(which).name


def pick(pick_key: str, numbers: list[int]) -> None:
    """Pick these photos, as if the reader had."""
    st.session_state[pick_key] = numbers


def remove(key: str, which: int, pick_key: str) -> None:
    """Remove the picked photos of a class."""
    numbers = st.session_state[pick_key]
    change(key, lambda piles: own_piles.removed(piles, which, numbers))
    desk_of(key).sorted += 1


def move(key: str, which: int, pick_key: str, to: int) -> None:
    """Move the picked photos of a class to another one."""
    numbers = st.session_state[pick_key]
    change(key, lambda piles: own_piles.moved(piles, which, numbers, to))
    desk_of(key).sorted += 1


def stop(key: str) -> None:
    """Let the files go that are not read yet."""
    desk = desk_of(key)
    left = len(desk.waiting)
    desk.waiting.clear()
    desk.said = (*sentences(desk.skipped), f"Stopped: {so_many(left, 'file')} stayed unread.")


def forget(key: str) -> None:
    """Let go of every photo, and of whatever this visit has computed of the reader's own."""
    desk = desk_of(key)
    # in place: Streamlit holds what a key of the session stood for until the next run
    vars(desk).update(vars(Desk(emptied=desk.emptied + 1, shots=desk.shots + 1, sorted=desk.sorted + 1)))
    for name in [name for name in st.session_state if str(name).startswith(f"{key}_pick_")]:
        del st.session_state[name]
    _forget_in(visit())
    work: dict[str, job.Desk[Any]] = st.session_state.get("work_beside", {})
    for scene, at_work in work.items():
        if at_work.job and holds_own(at_work.wanted):
            at_work.job.stop()
        at_work.own = job.Shelf(4)
        if holds_own(at_work.wanted):
            work[scene] = job.Desk(owner=at_work.owner)


def _forget_in(seen: Visit) -> None:
    """Settings, results, and cards of the brief: nothing there may hold a photo that is forgotten."""
    lessons = {name for name, left in seen.left.items() if any(map(holds_own, left.values()))}
    for name in lessons:
        left = {scene: settings for scene, settings in seen.left[name].items() if not holds_own(settings)}
        seen.left[name] = left
        seen.shown.pop(name, None)
    for scene in [scene for scene, (settings, *_) in seen.kept.items() if holds_own(settings)]:
        del seen.kept[scene]
    cards = []
    for card in seen.cards:
        scenes = tuple(each for each in card.scenes if not holds_own(each[1]))
        if scenes[:1] == card.scenes[:1]:  # without its first picture a card says nothing
            cards.append(card if len(scenes) == len(card.scenes) else replace(card, scenes=scenes))
    seen.cards = tuple(cards)


def holds_own(value: Any) -> bool:
    """Whether a reader's own pictures are anywhere in these settings."""
    if isinstance(value, Pictures):
        return value.is_own
    if isinstance(value, tuple):
        return any(map(holds_own, value))
    if is_dataclass(value) and not isinstance(value, type):
        return any(holds_own(getattr(value, each.name)) for each in fields(value))
    return False
