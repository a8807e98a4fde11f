import pytest

from dl_core.batch_noise import N_DRAWS, PLACES, SIZES, Settings, story
from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.batch_noise import N_DRAWN, noise_funnel
from dl_core.figures.picture import ACCENT

every_setting = pytest.mark.parametrize(
    "chosen", [Settings(size, place) for size in SIZES for place in PLACES], ids=str
)


def trace(picture, name):
    return next(line for line in picture.checked_figure.data if line.name.startswith(name))


@every_setting
def test_every_drawn_batch_is_a_dot_or_a_cross(chosen):
    picture = noise_funnel(story(chosen))
    right, wrong = trace(picture, "right way"), trace(picture, "wrong way")
    assert len(right.y) + len(wrong.y) == N_DRAWN * len(SIZES)
    assert all(step >= 0 for step in right.y)
    assert all(step <= 0 for step in wrong.y)


def test_the_rule_runs_one_spread_over_the_root_from_the_full_batch():
    shown = story(Settings())
    above, below = trace(noise_funnel(shown), "rule, above"), trace(noise_funnel(shown), "rule, below")
    spread = shown.example_steps.std()
    assert (above.x[0], above.y[0]) == pytest.approx((1, 1 + spread), abs=1e-3)
    assert (below.x[-1], below.y[-1]) == pytest.approx((64, 1 - spread / 8), abs=1e-3)


def test_the_readers_batch_stands_in_the_accent_colour():
    shown = story(Settings(16, "at the start"))
    mark = trace(noise_funnel(shown), "your batch")
    assert mark.line.color == ACCENT
    assert list(mark.x) == [16, 16]
    assert mark.y[1] - mark.y[0] == pytest.approx(2 * shown.chosen.steps.std(), abs=2e-3)


@every_setting
def test_all_words_and_dots_lie_within_the_picture(chosen):
    figure = noise_funnel(story(chosen)).checked_figure
    low, high = figure.layout.yaxis.range
    for note in figure.layout.annotations:
        assert low < note.y < low + 0.9 * (high - low)
    for line in figure.data:
        if line.name.endswith("way"):
            assert sum(low < y < high for y in line.y) >= 0.98 * len(line.y)


@every_setting
def test_the_picture_is_small_and_native_and_its_title_short(chosen):
    picture = noise_funnel(story(chosen))
    title = picture.figure["layout"]["title"]["text"]
    assert len(picture.json) < 40_000
    assert can_be_native(picture)
    assert len(title.split()) <= 14
    assert ("never" in title) == ((story(chosen).chosen.steps < 0).sum() == 0)


def test_a_still_can_be_drawn_and_the_table_holds_the_numbers():
    shown = story(Settings())
    picture = noise_funnel(shown)
    assert still.png(picture, pixels_per_inch=40).startswith(b"\x89PNG")
    assert picture.table["wines in the batch"].tolist() == list(SIZES)
    counted = picture.table[f"wrong way, of {N_DRAWS} draws"].tolist()
    assert counted == [int((each.steps < 0).sum()) for each in shown.columns]
