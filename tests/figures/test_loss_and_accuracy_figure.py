import pytest

from dl_core.documents.still import png
from dl_core.figures.film import LARGEST
from dl_core.figures.loss_and_accuracy import loss_and_accuracy
from dl_core.figures.picture import BLUE, VERMILLION
from dl_core.loss_and_accuracy import SIZES, Settings, story

every_size = pytest.mark.parametrize("n_digits", SIZES)


def drawn(n_digits=200):
    return loss_and_accuracy(story(Settings(n_digits)))


def test_training_is_blue_and_validation_is_vermillion_and_dashed():
    train, validation, right = drawn().checked_figure.data
    assert (train.line.color, train.line.dash) == (BLUE, "solid")
    assert (validation.line.color, validation.line.dash) == (VERMILLION, "dash")
    assert (right.xaxis, right.yaxis) == ("x2", "y2")


@every_size
def test_the_lines_are_the_run(n_digits):
    shown = story(Settings(n_digits))
    train, validation, right = drawn(n_digits).checked_figure.data
    for line, values in ((train, shown.train_loss), (validation, shown.validation_loss)):
        assert list(line.x) == shown.steps.tolist()
        assert list(line.y) == pytest.approx(values.tolist(), rel=1e-3)
    assert list(right.y) == shown.right.tolist()


@every_size
def test_each_stretch_is_shaded_in_both_panels_with_its_numbers(n_digits):
    shown, layout = story(Settings(n_digits)), drawn(n_digits).checked_figure.layout
    wanted = [
        (axis, one.first, one.last) for one in (shown.better, shown.worse) if one for axis in ("x", "x2")
    ]
    assert [(band.xref, band.x0, band.x1) for band in layout.shapes] == wanted
    told = [note.text for note in layout.annotations]
    for one in (shown.better, shown.worse):
        if one:
            assert f"<b>{one.right_before} → {one.right_after}</b>" in told


@pytest.mark.parametrize(
    ("n_digits", "title"),
    [
        (200, "Loss falls by 24 %, and not one answer more is right"),
        (50, "Loss falls by 17 %, and 2 fewer answers are right"),
        (898, "Loss falls by 10 %, and one answer fewer is right"),
        (30, "Loss rises by 14 %, and one answer more is right"),
    ],
)
def test_the_title_is_the_finding(n_digits, title):
    assert drawn(n_digits).figure["layout"]["title"]["text"] == title


@every_size
def test_the_film_ends_with_the_picture_as_it_stands(n_digits):
    picture = drawn(n_digits)
    film, shown = picture.film, story(Settings(n_digits))
    assert film.grows == (0, 1, 2)
    assert film.shown[-1] == len(shown.steps)
    assert list(film.shown) == sorted(set(film.shown))
    assert film.captions[-1].startswith("Step 1,500: validation loss ")
    assert f"{shown.right[-1]} of 360 right" in film.captions[-1]
    assert len(film.json) <= LARGEST


@every_size
def test_it_can_be_drawn_read_and_sent(n_digits):
    picture = drawn(n_digits)
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.json) < 40_000
    assert len(picture.table) >= 3
    assert picture.table["step"].iloc[-1] == "1,500"
