"""Hostile and odd archives: each ends as small photos, as sentences, or as one refusal for the reader."""

from __future__ import annotations

import hashlib
import io
import random
import stat
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dl_core.transfer import photo_zip
from dl_core.transfer.own_photos import (
    LONGEST_NAME,
    WHY,
    OwnPhoto,
    Read,
    Skipped,
    class_name,
    file_name,
    read_files,
    read_one,
    sentences,
)
from dl_core.transfer.photo_zip import MOST_ENTRIES, PhotoZip, UnreadableZip, class_folders, read_zip
from dl_core.vision.card import read_card
from dl_core.vision.photo import MOST_BYTES, read_photo
from dl_core.vision.views import views


def photo(seed: int, size: tuple[int, int] = (96, 64), kind: str = "PNG", **options: object) -> bytes:
    """A photo that no other seed gives."""
    pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def folders(read: Read) -> list[str]:
    return [each.folder for each in read.photos]


def test_a_photo_becomes_what_the_network_looks_at_and_nothing_else_stays():
    exif = Image.Exif()
    exif[0x010F] = "a camera's name"
    data = photo(1, kind="JPEG", exif=exif)
    found = read_one("home/IMG_1.jpg", data, taken=7.5)
    assert isinstance(found, OwnPhoto)
    assert (found.pixels.shape, found.pixels.dtype, found.pixels.nbytes) == ((64, 64, 3), np.uint8, 12_288)
    # the network's own first view of the same file, as the live classifier shows it
    np.testing.assert_array_equal(found.pixels, views(read_photo(data), read_card().way_in)[0])
    assert not found.pixels.flags.writeable
    assert found.sha256 == hashlib.sha256(found.pixels.tobytes()).hexdigest()
    held = vars(found)
    assert held == {**held, "folder": "", "taken": 7.5}
    assert set(held) == {"pixels", "sha256", "folder", "taken"}


def test_each_kind_of_bad_file_has_its_reason():
    tiny = photo(2, (5, 5))
    told = {
        "notes.txt": read_one("notes.txt", b"Milk"),
        "big.png": read_one("big.png", b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES)),
        "small.png": read_one("small.png", tiny),
        "cut.png": read_one("cut.png", photo(3)[:200]),
    }
    assert {name: each.why for name, each in told.items()} == {
        "notes.txt": "no photo", "big.png": "large", "small.png": "unreadable", "cut.png": "unreadable",
    }  # fmt: skip
    assert "5 × 5 pixels, too small" in told["small.png"].detail


def test_good_files_are_kept_and_bad_ones_told_in_groups():
    files = [
        ("a.png", photo(1)),
        ("b.txt", b"x"),
        ("c.pdf", b"%PDF-1.7"),
        ("d.png", photo(2)),
        ("e.md", b"#"),
    ]
    read = read_files([*files, ("f.csv", b"1,2"), ("g.png", photo(3)[:99])])
    assert len(read.photos) == 2
    assert read.skipped == (
        "4 files were no photos: b.txt, c.pdf, e.md and 1 more.",
        "“g.png”: This picture is damaged or cut off. Open it on your device, "
        "save it as JPEG or PNG and try again.",
    )


def test_files_beyond_the_room_are_counted_and_not_opened():
    read = read_files([(f"{n}.png", photo(n)) for n in range(5)], room=3)
    assert len(read.photos) == 3
    assert read.skipped == ("2 files were left out: 1,500 photos are the most.",)


@pytest.mark.parametrize("why", WHY)
def test_every_reason_is_a_sentence_for_one_and_for_many(why):
    for n in (1, 2, 9):
        (told,) = sentences([Skipped("a.jpg", why, "It is torn.")] * n)
        assert told.endswith(".")
        assert "{" not in told
        assert len(told.split()) <= 25


@given(st.text(max_size=60))
@settings(derandomize=True, max_examples=300)
def test_a_class_name_is_short_printable_and_marks_up_nothing(text):
    name = class_name(text)
    assert len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert not set(name) & set('<>&*_`[]()#$~|\\:!{}@."=^/\n')
    assert name == "" or name[0].isalnum() or not name[0].isascii()
    assert class_name(name) == name


def test_names_of_files_cannot_format_the_page():
    assert file_name("x/<img src=x onerror=alert(1)>.png") == "img src x onerror alert.png"
    assert file_name("[click](http:evil.example).jpg") == "click http evil example.jpg"
    assert file_name("www.evil.example") == "www evil.examp"
    assert class_name("cats" * 20) == "cats" * 6


def test_folders_of_a_zip_are_classes_and_what_systems_add_is_no_news():
    data = packed({
        "my photos/": b"", "my photos/cats/": b"",
        "my photos/cats/1.png": photo(1), "my photos/cats/2.png": photo(2),
        "my photos/<b>dogs</b>/day 1/1.png": photo(3), "my photos/loose.png": photo(4),
        "__MACOSX/my photos/cats/._1.png": b"junk", "my photos/.DS_Store": b"junk",
        "my photos/cats/Thumbs.db": b"junk", "my photos/cats/desktop.ini": b"junk",
    })  # fmt: skip
    read = read_zip(data)
    assert folders(read) == ["cats", "cats", "b dogs", ""]
    assert read.skipped == ()


def test_folder_rules():
    assert class_folders(["a/b/cats/1.jpg", "a/b/dogs/1.jpg"]) == ("cats", "dogs")
    assert class_folders(["train/cats/1.jpg", "test/cats/2.jpg"]) == ("train", "test")
    assert class_folders(["./cats//1.jpg", "dogs/1.PNG"]) == ("cats", "dogs")
    assert class_folders(["mine/cats/1.jpg", "mine/dogs/1.jpg", "docs/read.txt"]) == ("cats", "dogs", "")
    assert class_folders(["cats/1.jpg", "cats/day 2/2.jpg"]) == ("cats", "cats")
    assert class_folders(["cats/1", "dogs/1"]) == ("cats", "dogs")  # no names to go by: the outermost
    assert class_folders([]) == ()


UNSAFE = [
    "../../etc/passwd", "cats/../../x.png", "/etc/passwd.png", "C:\\Windows\\x.png", "C:x.png", "cats\\1.png",
    "\\\\server\\share\\x.png",
]  # fmt: skip


@pytest.mark.parametrize("path", UNSAFE)
def test_paths_that_leave_the_archive_are_counted_and_not_opened(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read = read_zip(packed({path: photo(1), "ok.png": photo(2)}))
    assert len(read.photos) == 1
    (told,) = read.skipped
    assert "was not opened: its place in the ZIP is not a safe one" in told
    assert ".." not in told.replace("...", "")
    assert list(tmp_path.iterdir()) == []


def test_links_devices_locked_and_nested_files_are_told():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, kind in (
            ("link.png", stat.S_IFLNK),
            ("pipe.png", stat.S_IFIFO),
            ("plain.png", stat.S_IFREG),
        ):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (kind | 0o644) << 16
            archive.writestr(entry, photo(len(name)))
        archive.writestr("more.zip", packed({"a.png": photo(9)}))
        archive.writestr("hidden.png", packed({"a.png": photo(9)}))  # an archive under a photo's name
    read = read_zip(file.getvalue())
    assert len(read.photos) == 1
    assert set(read.skipped) == {
        "2 files are links, not photos: link.png and pipe.png.",
        "“more.zip” is an archive in the archive. It was not opened.",
        "“hidden.png” is no photo.",
    }


def test_a_locked_file_is_told():
    data = bytearray(packed({"a.png": photo(1), "b.png": photo(2)}))
    at = data.find(b"PK\1\2")
    data[at + 8] |= 1  # bit 0 of the flags in the list of contents: encrypted (APPNOTE 4.4.4)
    read = read_zip(bytes(data))
    assert len(read.photos) == 1
    assert read.skipped == ("“a.png” is locked with a password. Pack it without one.",)


def test_a_bomb_of_zeros_is_seen_before_it_is_unpacked():
    bomb = packed({"bomb.png": bytes(200 * 1024**2), "ok.png": photo(1)})
    assert len(bomb) < 300_000  # 200 MB in a fifth of a megabyte: a thousand to one
    tracemalloc.start()
    read = read_zip(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(read.photos) == 1
    assert read.skipped == (
        "“bomb.png” unpacks to 100 times its size or more, as no photo does. It was not opened.",
    )
    assert peak < 5 * 1024**2


def test_a_bomb_that_lies_about_its_size_is_stopped():
    data = bytearray(packed({"bomb.png": b"\x89PNG\r\n\x1a\n" + bytes(60 * 1024**2)}))
    for signature, offset in ((b"PK\1\2", 24), (b"PK\3\4", 22)):  # uncompressed size (APPNOTE 4.3.7, 4.3.12)
        at = data.find(signature)
        data[at + offset : at + offset + 4] = struct.pack("<I", 5000)
    tracemalloc.start()
    read = read_zip(bytes(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read.photos == ()
    assert read.skipped == ("“bomb.png” is damaged in the ZIP. Pack it again.",)
    assert peak < 5 * 1024**2


def test_ways_of_packing_that_unpack_a_block_at_once_are_not_read():
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        read = read_zip(packed({"a.png": photo(1)}, method))
        assert read.photos == ()
        assert read.skipped == ("“a.png” is packed in a rare way. Pack it as an ordinary ZIP.",)


def test_large_entries_and_a_large_sum_are_left_out(monkeypatch):
    noise = random.Random(0).randbytes(MOST_BYTES + 1)
    read = read_zip(packed({"large.png": noise, "ok.png": photo(1)}))
    assert len(read.photos) == 1
    assert read.skipped == ("“large.png” has more than 10 MB. Save a smaller copy.",)
    monkeypatch.setattr(photo_zip, "MOST_UNPACKED_MB", 1)
    heavy = photo(1, (500, 400))  # 600 kB: noise cannot be packed
    assert 500_000 < len(heavy) < 700_000
    read = read_zip(packed({f"{n}.png": photo(n, (500, 400)) for n in range(4)}))
    assert len(read.photos) == 1
    assert read.skipped[0].startswith("3 files were left out: the ZIP unpacks to more than")


def test_too_many_entries_are_refused_before_they_are_listed():
    many = packed({f"{n}.txt": b"" for n in range(MOST_ENTRIES + 1)})
    with pytest.raises(UnreadableZip, match="more than 2,000 files"):
        read_zip(many)
    entry = b"PK\1\2" + bytes(42)  # a line of the list without a name
    flood = entry * 400_000
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0, 0, len(flood), 0, 0)
    tracemalloc.start()
    with pytest.raises(UnreadableZip, match="more than 2,000 files"):
        read_zip(flood + end)
    assert tracemalloc.get_traced_memory()[1] < 2 * len(flood)
    tracemalloc.stop()


def test_large_and_damaged_archives_are_refused_in_words(monkeypatch):
    with pytest.raises(UnreadableZip, match="no ZIP, or it is damaged or cut off"):
        read_zip(b"")
    with pytest.raises(UnreadableZip, match="no ZIP, or it is damaged or cut off"):
        read_zip(packed({"a.png": photo(1)})[:-30])
    monkeypatch.setattr(photo_zip, "MOST_ZIP_BYTES", 1024**2)
    with pytest.raises(UnreadableZip, match="more than 1 MB"):
        read_zip(bytes(1024**2 + 1))


def test_equal_names_are_two_photos_and_a_wrong_checksum_is_none():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.png", photo(1))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.png", photo(2))
    assert len({each.sha256 for each in read_zip(file.getvalue()).photos}) == 2
    data = bytearray(packed({"a.png": photo(1), "b.png": photo(2)}, zipfile.ZIP_STORED))
    data[data.find(b"IDAT") + 500] ^= 1
    read = read_zip(bytes(data))
    assert len(read.photos) == 1
    assert read.skipped == ("“a.png” is damaged in the ZIP. Pack it again.",)


def test_a_zip_waits_entry_by_entry():
    archive = PhotoZip(packed({f"{n}.png": photo(n) for n in range(3)}))
    assert [each.name for each in archive.waiting] == ["0.png", "1.png", "2.png"]
    second = archive.waiting[1].load()
    assert isinstance(second, OwnPhoto)
    assert second.sha256 == read_one("1.png", photo(1)).sha256


GOOD = packed({"cats/1.png": photo(1), "dogs/2.png": photo(2), "notes.txt": b"Milk" * 50})


def answers_or_explains(data: bytes) -> None:
    try:
        read = read_zip(data)
    except UnreadableZip as refusal:
        read = Read((), (str(refusal),))
    assert all(each.pixels.shape == (64, 64, 3) for each in read.photos)
    assert all(each.endswith(".") and "{" not in each for each in read.skipped)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.integers(0, 10**6))
def test_mutated_archives_are_answered_or_explained(seed):
    dice, broken = random.Random(seed), bytearray(GOOD)
    how = dice.randrange(4)
    if how == 0:  # a few bytes anywhere
        for _ in range(dice.randint(1, 30)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
    elif how == 1:  # the list of contents and its end
        at = broken.find(b"PK\1\2")
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(at, len(broken))] = dice.randrange(256)
    elif how == 2:  # the heads of the entries
        at = broken.find(b"PK\3\4", dice.choice((0, 100)))
        for _ in range(dice.randint(1, 8)):
            broken[at + 4 + dice.randrange(40)] = dice.randrange(256)
    else:
        del broken[dice.randrange(len(broken)) :]
    answers_or_explains(bytes(broken))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.binary(max_size=300))
def test_noise_is_answered_or_explained(data):
    answers_or_explains(data)
    answers_or_explains(data + GOOD)  # bytes before an archive are allowed: it opens itself
    answers_or_explains(b"PK\5\6" + data)
