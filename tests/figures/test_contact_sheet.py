"""A sheet of numbered photos: each where its number says."""

import numpy as np

from dl_core.figures.contact_sheet import CELL, COLUMNS, FRAME, GAP, LINE, contact_sheet

VERMILLION = (0xD5, 0x5E, 0x00)


def plain(*colours: tuple[int, int, int]) -> list[np.ndarray]:
    return [np.full((64, 64, 3), colour, np.uint8) for colour in colours]


def middle(sheet: np.ndarray, at: int) -> tuple[int, ...]:
    top, left = at // COLUMNS * (CELL + LINE + GAP), at % COLUMNS * (CELL + GAP)
    return tuple(sheet[top + CELL // 2, left + CELL // 2].tolist())


def test_photos_stand_in_rows_in_their_order():
    colours = [(40 * n, 10, 200) for n in range(6)]
    sheet = np.asarray(contact_sheet(plain(*colours)))
    assert [middle(sheet, at) for at in range(6)] == colours
    assert middle(sheet, 6) == (255, 255, 255)


def test_a_marked_photo_has_a_frame_and_another_caption():
    photos = plain((0, 0, 0), (0, 0, 0))
    bare, marked = (np.asarray(contact_sheet(photos, 25, at)) for at in ((), (26,)))
    left = CELL + GAP
    assert tuple(marked[FRAME // 2, left + 20]) == VERMILLION
    assert (marked[:, :CELL] == bare[:, :CELL]).all()
    under = slice(CELL, CELL + LINE)
    assert (marked[under, left:] < 128).sum() > (bare[under, left:] < 128).sum() > 0


def test_numbers_go_on_from_the_first():
    one, other = (np.asarray(contact_sheet(plain((9, 9, 9)), first)) for first in (1, 25))
    assert (one[:CELL] == other[:CELL]).all()
    assert (one[CELL:] != other[CELL:]).any()
