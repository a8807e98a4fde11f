import io

from PIL import Image, ImageDraw

from dl_core import knn_vs_softmax as core
from dl_core import pixel_example, pixel_question
from dl_core.cost_of_use import Workload, cost_of_use, cost_sentence
from dl_core.digit_answers import answer_sentence
from dl_core.digit_input import NO_INK
from dl_core.digit_question import answer, from_set
from dl_core.pixel_question import PixelQuestion


def test_the_link_sets_the_picture_and_the_sentence(open_page, sentence):
    app = open_page("knn_vs_softmax.py", plane_k="9", plane_points="60", plane_x="0.5", plane_y="-1")
    settings = core.Settings(n_points=60, k=9, query=(0.5, -1.0))
    assert sentence(app, "takeaway") == core.takeaway(core.story(settings))


def test_moving_k_changes_the_sentence_and_the_chart(open_page, sentence, pictures):
    app = open_page("knn_vs_softmax.py")
    before, drawn = sentence(app, "takeaway"), pictures(app)["plane_picture"]["figure"]
    app.slider(key="plane_k").set_value(19).run()
    assert "19 neighbours" in sentence(app, "takeaway")
    assert sentence(app, "takeaway") != before
    assert pictures(app)["plane_picture"]["figure"] != drawn


def test_nonsense_in_the_link_shows_the_default(open_page, sentence):
    app = open_page(
        "knn_vs_softmax.py",
        plane_k="-3",
        plane_points="many",
        plane_metric="L7",
        plane_x="nan",
        plane_seed="1e9",
    )
    assert sentence(app, "takeaway") == core.takeaway(core.story(core.Settings()))


def test_a_preset_sets_every_control_and_is_marked(open_page, sentence):
    app = open_page("knn_vs_softmax.py")
    for name, settings in core.PRESETS.items():
        app.button_group(key="plane_preset").set_value(name).run()
        assert sentence(app, "takeaway") == core.takeaway(core.story(settings))
        assert app.button_group(key="plane_preset").value == name
    app.slider(key="plane_k").set_value(13).run()
    assert app.button_group(key="plane_preset").value is None


def test_each_scene_says_what_the_core_says(open_page, sentence):
    app = open_page(
        "knn_vs_softmax.py", digit_number="12", digit_k="3", pixels_step="Score", cost_requests="500"
    )
    assert sentence(app, "digit_sentence") == answer_sentence(answer(from_set(12, 3)))
    assert sentence(app, "pixels_sentence") == pixel_question.sentence(
        pixel_question.story(PixelQuestion(step=1))
    )
    assert sentence(app, "cost_sentence") == cost_sentence(cost_of_use(Workload(requests_per_day=500)))


def test_a_drawn_digit_is_read_from_the_link(open_page, sentence):
    one = "0180" * 16  # two columns of ink down the middle: a "1"
    app = open_page("knn_vs_softmax.py", digit_source="your hand", digit_drawing=one)
    assert "softmax says 1" in sentence(app, "digit_sentence")


def test_a_blank_drawing_gets_a_kind_sentence_and_a_digit_of_the_set(open_page, sentence):
    app = open_page("knn_vs_softmax.py", digit_source="your hand")
    assert [i.value for i in app.info] == [NO_INK]
    assert "It is a" in sentence(app, "digit_sentence")


def test_an_uploaded_digit_is_read_and_a_broken_file_is_not(open_page, sentence):
    page = Image.new("L", (60, 80), 255)
    ImageDraw.Draw(page).rectangle((27, 8, 33, 72), fill=0)  # a "1" on white paper
    file = io.BytesIO()
    page.save(file, "PNG")
    app = open_page("knn_vs_softmax.py", digit_source="a file")
    app.file_uploader[0].upload("one.png", file.getvalue(), "image/png").run()
    assert not app.info
    assert "softmax says 1" in sentence(app, "digit_sentence")
    app.file_uploader[0].upload("one.png", b"%PDF-1.7", "image/png").run()
    assert "This file is a PDF" in app.info[0].value
    assert not app.exception


def weights_with(name: str, place: int, value: float) -> tuple[tuple[float, ...], ...]:
    rows = [list(row) for row in pixel_example.WEIGHTS]
    rows[pixel_example.CLASSES.index(name)][place] = value
    return tuple(tuple(row) for row in rows)


def pixels_told(**changed) -> str:
    return pixel_question.sentence(pixel_question.story(PixelQuestion(**changed)))


def test_a_weight_in_the_link_counts_and_its_row_shows_it(open_page, sentence):
    name = pixel_example.CLASSES[0]
    app = open_page("knn_vs_softmax.py", **{f"pixels_{name}_2": "3.5"})
    assert sentence(app, "pixels_sentence") == pixels_told(weights=weights_with(name, 1, 3.5))
    assert app.number_input(key=f"pixels_{name}_2").value == 3.5


def test_weights_are_shown_when_a_reader_opens_them_and_count_when_changed(open_page, sentence):
    name = pixel_example.CLASSES[1]
    app = open_page("knn_vs_softmax.py")
    assert not [field for field in app.number_input if str(field.key).startswith("pixels_")]
    assert sentence(app, "pixels_sentence") == pixels_told()
    app.session_state[f"pixels_{name}_open"] = True  # what a click on the row sets
    app.run()
    app.number_input(key=f"pixels_{name}_1").set_value(-2.0).run()
    assert sentence(app, "pixels_sentence") == pixels_told(weights=weights_with(name, 0, -2.0))
