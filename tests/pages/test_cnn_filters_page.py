import numpy as np
import pytest

from dl_core.kernels import KERNELS
from dl_core.photos import sample_photo
from pages._shared.lessons import lesson as lesson_named
from pages._shared.photo_input import holds_own
from tests.pages.test_live_classifier_page import picture

PAGE = "cnn_filters.py"
SCENES = ("kernel", "fit", "layers", "closest", "off", "wants", "moved", "parameters", "tasks")
OF_THE_PHOTO = ("kernel", "layers", "closest", "off", "moved", "tasks")


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
    for depth in ("Mechanism", "Arithmetic", "Story"):
        app.button_group(key="layers_depth").set_value(depth.lower()).run()
        assert (app.select_slider(key="layers_layer").value, app.number_input(key="layers_map").value) == (
            "Block 7",
            17,
        )
    assert "layers_picture" in pictures(app)


@pytest.mark.parametrize(
    "size", [(8, 8), (8, 600), (2000, 8)], ids=lambda size: f"{size[0]} by {size[1]} pixels"
)
def test_photos_of_any_shape_are_shown(open_page, size):
    import io

    from PIL import Image

    file = io.BytesIO()
    pixels = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(pixels).save(file, "PNG")
    app = open_page(PAGE)
    app.file_uploader[0].upload("mine.png", file.getvalue(), "image/png").run()
    assert not app.exception, [each.message for each in app.exception]
    assert not app.error


def test_nothing_of_a_readers_own_photo_is_shared(open_page):
    app = open_page(PAGE)
    app.file_uploader[0].upload("mine.png", picture((9, 99, 200)), "image/png").run()
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
