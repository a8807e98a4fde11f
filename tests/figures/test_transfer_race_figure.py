"""The bars of the race, and the words beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dl_core.documents.still import png
from dl_core.figures.picture import BLUE, QUIET
from dl_core.figures.transfer_race import PARTS, race_chart
from dl_core.intervals import share_of
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.race import NAMES, Contender, Race, Settings, Way
from dl_core.transfer.training import Trained

NUMBERS: dict[Way, tuple[int, int]] = {
    "head": (642, 5_633_696), "fine": (1_742_402, 3_891_936), "scratch": (97_938, 0),
}  # fmt: skip


def made(head: int = 36, fine: int = 37, scratch: int = 19, n: int = 40, always: float = 0.5) -> Race:
    pixels = np.zeros((4, 64, 64, 3), np.uint8)
    settings = Settings(Pictures("toy", ("a", "b"), pixels, np.array([0, 0, 1, 1]), np.arange(4)))
    told = []
    for way, hits in (("head", head), ("fine", fine), ("scratch", scratch)):
        planned = 0 if way == "head" else 8
        trained = Trained(np.zeros(n, np.int64), 1.26, *NUMBERS[way], 33_000_000, planned, planned)
        told.append(Contender(way, trained, np.arange(n) < hits, share_of(hits, n)))  # type: ignore[arg-type]
    return Race(settings, 8, n, np.arange(n), always, tuple(told))


def test_each_way_has_its_bar_with_its_interval() -> None:
    told = made()
    bars = race_chart(told).checked_figure.data
    for bar, way in zip(bars, NAMES, strict=True):
        one = told.of(way)
        assert one is not None
        assert bar.x[0] == pytest.approx(100 * one.score.value, rel=1e-3)
        assert bar.x[0] + bar.error_x.array[0] == pytest.approx(100 * one.score.high, rel=1e-3)
        assert bar.x[0] - bar.error_x.arrayminus[0] == pytest.approx(100 * one.score.low, rel=1e-3)
        assert bar.marker.color == BLUE


def test_the_squares_show_which_parts_are_trained() -> None:
    assert (PARTS["head"].count("■"), PARTS["head"][-1]) == (1, "■")
    assert PARTS["fine"].endswith("□■■")
    assert "□" not in PARTS["scratch"]
    notes = " ".join(note.text for note in race_chart(made()).checked_figure.layout.annotations)
    for parts in PARTS.values():
        assert parts in notes
    assert "trains 642 numbers, keeps 5.6 M · 1.3 s · 33 MB" in notes
    assert "trains 98 k numbers · 1.3 s" in notes
    assert "one answer for all: 50 %" in notes


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (made(), "New head 90 % right, from scratch 48 %"),
        (made(scratch=34), "Head 90 %, from scratch 85 %: no clear lead"),
        (made(head=20), "Head 50 %, from scratch 48 %: no clear lead"),
        (replace(made(), contenders=()), "Stopped before anybody was done"),
        (replace(made(), contenders=made().contenders[:2]), "New head 90 % right; the race was stopped"),
        (replace(made(), n_held_out=0, contenders=()), "No photo is held out, so nothing is known"),
    ],
)
def test_the_title_is_the_finding_and_all_can_be_drawn(told: Race, title: str) -> None:
    picture = race_chart(told)
    assert picture.title == title
    assert picture.checked_figure
    assert len(picture.json) < 8_000
    assert len(picture.table) == len(told.contenders)
    assert png(picture, width=4, height=4, pixels_per_inch=40)[1:4] == b"PNG"


def test_a_stopped_way_is_hatched_and_says_so() -> None:
    whole = made()
    last = whole.contenders[-1]
    part = replace(last, trained=replace(last.trained, passes=2.0))
    picture = race_chart(replace(whole, contenders=(*whole.contenders[:2], part)))
    bar = picture.checked_figure.data[0]
    assert (bar.marker.color, bar.marker.pattern.shape) == (QUIET, "/")
    assert any("stopped" in note.text for note in picture.checked_figure.layout.annotations)
    assert picture.table["looks at each photo"].tolist() == ["2.0 of 8", "1", "8"]
    assert picture.table["against the new head"].iloc[0].startswith("stopped")


def test_the_table_says_all_and_the_summary_reads_it_out() -> None:
    picture = race_chart(made())
    assert picture.table["way to train"].tolist() == list(NAMES.values())
    assert picture.table["numbers trained"].tolist() == ["97,938", "642", "1,742,402"]
    assert picture.table["numbers taken over"].tolist() == ["0", "5,633,696", "3,891,936"]
    # 17 pictures more for the head, none the other way: 2 / 2¹⁷
    assert picture.table["against the new head"].iloc[0] == (
        "worse: ahead in 0, behind in 17 photos, p = 1.5e-05"
    )
    assert all(name in picture.summary for name in NAMES.values())
    assert "**" not in picture.summary


@pytest.mark.parametrize("always", [0.02, 0.5, 0.97])
def test_the_words_about_guessing_stay_in_the_picture(always: float) -> None:
    notes = race_chart(made(always=always)).checked_figure.layout.annotations
    (note,) = (note for note in notes if "one answer" in note.text)
    assert note.xanchor == ("left" if always < 0.6 else "right")
    assert note.x == pytest.approx(100 * always)
