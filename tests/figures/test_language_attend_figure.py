"""The picture of one head: its bars, its guesses, its map, and any reader's words in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dl_core.documents.still import png
from dl_core.figures.language_attend import attend_chart
from dl_core.language.attend import PRESETS, Settings, story
from dl_core.language.attend_in_words import NOTHING
from dl_core.language.head import LONGEST

CASES = {
    **PRESETS,
    **{f"{name}, all": replace(one, view="all") for name, one in PRESETS.items()},
    "longest": Settings("x " * 100, 24),
    "longest, all": Settings("donaudampfschifffahrt " * 13, 7, view="all"),
    "one word": Settings("river"),
    "one word, all": Settings("river", view="all"),
    "emoji": Settings("🐶 <b>& 我要退款", 2),
}
every_case = pytest.mark.parametrize("chosen", CASES.values(), ids=CASES)


def notes(picture) -> list[str]:
    return [note["text"] for note in picture.figure["layout"].get("annotations", ())]


@every_case
def test_everything_can_be_drawn_and_stays_small(chosen):
    shown = story(chosen)
    picture = attend_chart(shown)
    figure = picture.checked_figure
    assert "NaN" not in picture.json
    assert len(picture.json) < 60_000
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert all(note.font.size >= 13 for note in figure.layout.annotations)
    assert len(picture.table) == shown.pairs
    assert len(picture.title.split()) <= 15  # with a headline of 10 that makes 25


@pytest.mark.parametrize("chosen", PRESETS.values(), ids=PRESETS)
def test_bars_are_the_looks_and_the_guesses(chosen):
    shown = story(replace(chosen, view="gap"))
    picture = attend_chart(shown)
    looks, *guesses = picture.checked_figure.data
    assert looks.x == pytest.approx([100 * share for share in shown.looks], rel=1e-3)
    assert looks.marker.pattern.shape[shown.place] == "/"
    assert sum(shape == "/" for shape in looks.marker.pattern.shape) == 1
    assert [bar.x[0] for bar in guesses] == pytest.approx(
        [100 * guess.share for guess in shown.guesses], rel=1e-3
    )
    said = " | ".join(notes(picture))
    for guess in shown.guesses:
        assert guess.word[:10] in said
    assert ("✓" in said) == (shown.rank is not None and shown.rank <= 5)
    assert picture.title.startswith(f"To fill the gap, head {chosen.head} looks at")


def test_the_longest_bar_stands_out_by_colour_and_by_its_number():
    shown = story(next(iter(PRESETS.values())))
    colours = attend_chart(shown).checked_figure.data[0].marker.color
    assert [at for at, colour in enumerate(colours) if colours.count(colour) == 1] == [shown.most]


def test_the_map_holds_every_pair_and_marks_the_readers_gap():
    chosen = replace(next(iter(PRESETS.values())), view="all")
    shown = story(chosen)
    picture = attend_chart(shown)
    heat = picture.checked_figure.data[0]
    assert [len(row) for row in heat.z] == [shown.n] * shown.n
    assert [sum(row) for row in heat.z] == pytest.approx([100] * shown.n, abs=0.1)
    highest = max(max(row) for row in heat.z)
    assert (heat.zmin, heat.zmax) == (0, 50 if highest <= 50 else 100)
    assert f"white 0, red {heat.zmax} of 100" in notes(picture)[-1]
    frame = picture.figure["layout"]["shapes"][0]
    assert (frame["y0"], frame["y1"]) == (shown.place - 0.5, shown.place + 0.5)
    assert f"{shown.n} words, {shown.pairs} pairs" in picture.title


def test_both_panels_have_one_scale_that_holds_the_longest_bar():
    for chosen in PRESETS.values():
        layout = attend_chart(story(replace(chosen, view="gap"))).figure["layout"]
        shown = story(chosen)
        end = layout["xaxis2"]["range"][1]
        assert end == (50 if max(shown.looks.max(), shown.guesses[0].share) <= 0.5 else 100)
        assert layout["xaxis"]["range"][1] == pytest.approx(1.22 * end)


def test_many_columns_have_numbers_and_few_have_words():
    few = attend_chart(story(replace(Settings(), view="all"))).figure["layout"]
    assert few["xaxis"]["ticktext"][7] == "pacific"
    many = attend_chart(story(Settings("one two three four five six seven " * 2, 1, view="all")))
    assert many.figure["layout"]["xaxis"]["ticktext"] == ["1", "3", "5", "7", "9", "11", "13"]
    assert many.figure["layout"]["yaxis"]["ticktext"][1] == "2 two"


def test_no_word_is_said_kindly():
    picture = attend_chart(story(Settings("…")))
    assert notes(picture) == [NOTHING]
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == 0


def test_readers_words_are_cut_and_marked_when_unknown():
    picture = attend_chart(story(Settings("the donaudampfschifffahrt is <i>long</i>", 1)))
    names = picture.figure["layout"]["yaxis"]["ticktext"]
    assert names[1] == "donaudampf… (?)"
    assert "<i>" not in picture.json
    assert len(attend_chart(story(Settings("x " * 100))).figure["data"][0]["x"]) == LONGEST
