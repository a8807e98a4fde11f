import numpy as np
import pytest
from PIL import Image

from dl_core import moved_photo
from dl_core.documents.settings import holds_own
from dl_core.kernels import KERNELS
from dl_core.photos import sample_photo
from dl_core.vision.layers import NAMES
from pages._shared.lessons import lesson as lesson_named
from pages._words.cnn_filters_tasks import moved_headline
from tests.photo_files import encoded, plain

PAGE = "cnn_filters.py"
SCENES = ("kernel", "fit", "opened", "closest", "off", "wants", "moved", "parameters", "tasks")
OF_THE_PHOTO = ("kernel", "opened", "closest", "off", "moved", "tasks")


def weights(app):
    return [app.number_input(key=f"kernel_w{row}{column}").value for row in (1, 2, 3) for column in (1, 2, 3)]


def test_every_scene_of_the_photo_follows_it(open_page, pictures):
    app = open_page(PAGE)
    before = pictures(app)
    app.button_group(key="photo_sample").set_value("flower").run()
    after = pictures(app)
    assert tuple(before) == tuple(after) == tuple(f"{key}_picture" for key in SCENES)
    changed = [
        key for key in SCENES if before[f"{key}_picture"]["figure"] != after[f"{key}_picture"]["figure"]
    ]
    assert tuple(changed) == OF_THE_PHOTO


def test_an_edited_preset_is_custom_and_undo_brings_it_back(open_page):
    app = open_page(PAGE)
    app.button_group(key="kernel_preset").set_value("Blur").run()
    blur = weights(app)
    assert tuple(blur) == KERNELS["Blur"]
    app.number_input(key="kernel_w11").set_value(3.0).run()
    assert app.button_group(key="kernel_preset").value is None
    app.button(key="kernel_undo").click().run()
    assert weights(app) == blur
    assert app.button_group(key="kernel_preset").value == "Blur"
    app.button(key="kernel_undo").click().run()
    assert app.button_group(key="kernel_preset").value == next(iter(KERNELS))
    assert app.button(key="kernel_undo").disabled


def test_my_kernel_is_compared_with_the_learned_filters(open_page, sentence):
    app = open_page(PAGE)
    before = sentence(app, "closest_sentence")
    app.button_group(key="kernel_preset").set_value("Level edges").run()
    assert sentence(app, "closest_sentence") != before


def test_another_pixel_moves_the_sum_and_leaves_the_scenes_below_alone(open_page, pictures, sentence):
    app = open_page(PAGE)
    before, told = pictures(app), sentence(app, "takeaway")
    app.number_input(key="kernel_row").set_value(5).run()
    assert sentence(app, "takeaway") != told
    after = pictures(app)
    for key in SCENES[1:]:
        assert after[f"{key}_picture"]["figure"] == before[f"{key}_picture"]["figure"]


def test_what_does_not_fit_is_said_and_mended(open_page, sentence):
    app = open_page(PAGE)
    app.button_group(key="fit_preset").set_value("Does not fit").run()
    broken = sentence(app, "fit_sentence")
    app.button(key="fit_remedy").click().run()
    assert sentence(app, "fit_sentence") != broken
    assert not app.exception


def test_one_layer_one_map_one_sum_are_one_click_apart_and_the_map_is_kept(open_page, pictures):
    app = open_page(PAGE, layers_layer="Block 7", layers_map="17")
    for depth in ("mechanism", "story", "arithmetic"):
        app.button_group(key="layers_depth").set_value(depth).run()
        assert app.select_slider(key="layers_layer").value == "Block 7"
        # the whole path shows no map of the reader's, so there its field waits out of sight
        assert [field.value for field in app.number_input if field.key == "layers_map"] == (
            [] if depth == "story" else [17]
        )
        assert app.session_state["layers_map"] == 17
    assert "opened_picture" in pictures(app)


def test_an_empty_field_takes_the_strongest_map(open_page, sentence):
    app = open_page(PAGE, layers_depth="Mechanism")
    assert app.number_input(key="layers_map").value is None
    assert app.number_input(key="layers_map").placeholder == "strongest"
    strongest = sentence(app, "opened_sentence")
    assert "answers most strongly" in strongest
    app.number_input(key="layers_map").set_value(3).run()
    assert "Map 3 " in sentence(app, "opened_sentence")
    app.number_input(key="layers_map").set_value(None).run()
    assert sentence(app, "opened_sentence") == strongest


def test_every_scene_gives_a_layer_the_same_name(open_page):
    app = open_page(PAGE)
    names = {
        option.split(" (")[0]
        for key in ("off", "wants")
        for option in app.button_group(key=f"{key}_layer").options
    }
    assert names <= set(NAMES)
    assert set(moved_photo.LAYERS) <= set(NAMES)


@pytest.mark.parametrize(
    ("way", "seen", "said"),
    [
        ("size", {}, "The network keeps its answer at every size"),
        ("size", {0: 0.2}, "The best guess stays, but is not always sure enough"),
        ("turn", {0: "wok"}, "Not every turn keeps the answer"),
        ("turn", dict.fromkeys(range(16), "wok"), "No other turn keeps the answer"),
        (
            "size",
            dict.fromkeys(range(13), 0.2),
            "It would not answer at any size; its best guess stays the same",
        ),
        ("size", {8: 0.2}, "It would not answer the photo as it is"),
    ],
)
def test_the_headline_of_the_moved_photo_claims_no_right_name_and_no_answer_where_there_is_none(
    way, seen, said
):
    look = np.zeros((64, 64, 3), np.uint8)
    amounts, stays = moved_photo.AMOUNTS[way], moved_photo.STAYS[way]
    points = []
    for place, amount in enumerate(amounts):
        now = seen.get(place, 0.9)
        name, sure = ("teapot", now) if isinstance(now, float) else (now, 0.9)
        if amount == stays:
            name = "teapot"
        points.append(moved_photo.Point(amount, name, sure, sure, look))
    told = moved_photo.Moved(moved_photo.Settings(sample_photo("coffee"), way, amounts[0]), tuple(points))
    assert moved_headline(told) == said


@pytest.mark.parametrize(
    "size", [(8, 8), (8, 600), (2000, 8)], ids=lambda size: f"{size[0]} by {size[1]} pixels"
)
def test_photos_of_any_shape_are_shown(open_page, size):
    pixels = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    app = open_page(PAGE)
    app.file_uploader[0].upload("mine.png", encoded(Image.fromarray(pixels)), "image/png").run()
    assert not app.exception, [each.message for each in app.exception]
    assert not app.error


def test_nothing_of_a_readers_own_photo_is_shared(open_page):
    app = open_page(PAGE)
    app.file_uploader[0].upload("mine.png", plain((9, 99, 200)), "image/png").run()
    left = app.session_state["visit"].left["cnn_filters"]
    scenes = {scene.key: scene for scene in lesson_named("cnn_filters").scenes}
    for key in OF_THE_PHOTO:
        assert holds_own(left[key])
        assert scenes[key].own(left[key])


@pytest.mark.parametrize("page", ["cnn_filters", "live_classifier"])
def test_the_warm_up_makes_what_the_page_opens_with(open_page, page):
    left = open_page(f"{page}.py").session_state["visit"].left[page]
    prepared = {scene.key: scene.at_rest() for scene in lesson_named(page).scenes if scene.at_rest}
    assert prepared == {key: left[key] for key in prepared}
    assert set(prepared) == {scene.key for scene in lesson_named(page).scenes if scene.beside}
    assert all(settings.photo == sample_photo("coffee") for settings in prepared.values())
