"""Four bars with intervals and a diamond each; the words stand above them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dl_core.documents.still import png
from dl_core.figures.photo_course import course_chart, title
from dl_core.photo_course import CourseStory, Settings, story
from dl_core.photos import sample_photo


@pytest.fixture(scope="module")
def told() -> CourseStory:
    return story(Settings(sample_photo("coffee")))


def texts(told: CourseStory) -> list[str]:
    return [note.text for note in course_chart(told).checked_figure.layout.annotations]


def test_bars_are_the_held_out_scores_with_their_intervals(told: CourseStory) -> None:
    bars, guess, diamonds = course_chart(told).checked_figure.data
    scores = [answer.measured.top1 for answer in told.answers]
    assert list(bars.x) == pytest.approx([100 * score.value for score in scores], rel=1e-3)
    ends = [x + up for x, up in zip(bars.x, bars.error_x.array, strict=True)]
    assert ends == pytest.approx([100 * score.high for score in scores], abs=0.01)
    assert list(guess.x) == [0.5]  # one name in 200
    assert list(diamonds.x) == pytest.approx([100 * answer.sure for answer in told.answers], rel=1e-3)
    assert diamonds.marker.symbol == "diamond"
    assert list(diamonds.y) == list(bars.y)


def test_each_row_says_answer_sureness_time_and_size(told: CourseStory) -> None:
    said = texts(told)
    assert len(said) == 10
    assert said[0].startswith("<b>The network: espresso</b>, 99")
    assert "right for 61 %" in said[1]
    assert said[1].endswith("MB")
    assert "ms" in said[1]
    assert said[-1] == "right for 0.50 % · keeps nothing"


def test_a_refusal_is_said(told: CourseStory) -> None:
    assert texts(replace(told, refused=True))[0].endswith("sure, so it refuses")
    assert not any("refuses" in text for text in texts(told))


def test_the_title_says_what_features_are_worth(told: CourseStory) -> None:
    worst, best = told.answers[2].measured.top1.value, told.answers[0].measured.top1.value
    pixels = told.answers[3].measured.top1.value
    expected = f"On features {100 * worst:.0f} to {100 * best:.0f} % right, on pixels {100 * pixels:.1f} %"
    assert title(told) == expected


def test_the_table_holds_all_five_rows(told: CourseStory) -> None:
    table = course_chart(told).table
    assert table["model"].tolist()[-1] == "Blind guess"
    assert table["says"].tolist()[0] == "espresso"
    assert table.loc[0, "multiplications"] == f"{told.answers[0].measured.multiplications:,}"


def test_it_is_small_and_can_stand_on_paper(told: CourseStory) -> None:
    picture = course_chart(told)
    assert len(picture.json) < 10_000
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert "**" not in picture.summary
