import pytest

from dl_core import log_bases, loss_and_accuracy, softmax_temperature, temperature_measured
from dl_core import loss_functions as core
from pages._controls.loss_functions import VIEWS

FILE = "loss_functions.py"


def test_the_link_sets_the_picture_and_the_sentence(open_page, sentence):
    app = open_page(FILE, score_yes="20", score_truth="yes", score_view=VIEWS["push"])
    assert sentence(app, "takeaway") == core.takeaway(core.story(core.Settings(20, "yes", "push")))


def test_moving_the_answer_changes_the_sentence_and_the_chart(open_page, sentence, pictures):
    app = open_page(FILE)
    before, drawn = sentence(app, "takeaway"), pictures(app)["score_picture"]["figure"]
    app.slider(key="score_yes").set_value(90).run()
    # -ln 0.1 = 2.30
    assert "Cross-entropy charges 2.3" in sentence(app, "takeaway")
    assert sentence(app, "takeaway") != before
    assert pictures(app)["score_picture"]["figure"] != drawn


def test_nonsense_in_the_link_shows_the_defaults(open_page, sentence):
    app = open_page(
        FILE,
        score_yes="nan",
        score_truth="perhaps",
        score_view="7",
        bases_example="<b>",
        temperature_t="-1",
        temperature_cat="1e9",
        calm_t="hot",
        better_digits="31",
    )
    assert sentence(app, "takeaway") == core.takeaway(core.story(core.Settings()))
    assert sentence(app, "bases_sentence") == log_bases.takeaway(log_bases.story(log_bases.Settings()))
    heat = softmax_temperature.Settings()
    assert sentence(app, "temperature_sentence") == softmax_temperature.takeaway(
        softmax_temperature.story(heat)
    )


@pytest.mark.parametrize("typed", ["0", "100"])
def test_a_ruled_out_truth_gets_a_sentence_and_no_trace(open_page, sentence, typed):
    truth = "yes" if typed == "0" else "no"
    app = open_page(FILE, score_yes=typed, score_truth=truth)
    assert "has no end" in sentence(app, "takeaway")


def test_a_preset_sets_every_control_and_is_marked(open_page, sentence):
    app = open_page(FILE)
    for name, chosen in core.PRESETS.items():
        app.button_group(key="score_preset").set_value(name).run()
        assert sentence(app, "takeaway") == core.takeaway(core.story(chosen))
        assert app.button_group(key="score_preset").value == name
    app.slider(key="score_yes").set_value(13).run()
    assert app.button_group(key="score_preset").value is None
    for name, heat in softmax_temperature.PRESETS.items():
        app.button_group(key="temperature_preset").set_value(name).run()
        told = softmax_temperature.takeaway(softmax_temperature.story(heat))
        assert sentence(app, "temperature_sentence") == told


def test_each_scene_says_what_the_core_says(open_page, sentence):
    app = open_page(FILE, bases_example="Three scores", bases_log="base 10", calm_t="2", better_digits="30")
    bases = log_bases.story(log_bases.Settings("three scores", "base 10"))
    assert sentence(app, "bases_sentence") == log_bases.takeaway(bases)
    calm = temperature_measured.story(temperature_measured.Settings(2.0))
    assert sentence(app, "calm_sentence") == temperature_measured.takeaway(calm)
    better = loss_and_accuracy.story(loss_and_accuracy.Settings(30))
    assert sentence(app, "better_sentence") == loss_and_accuracy.takeaway(better)


def test_typed_scores_count_and_their_properties_are_shown(open_page, sentence):
    app = open_page(FILE)
    app.number_input(key="temperature_ship").set_value(4.0).run()
    chosen = softmax_temperature.story(softmax_temperature.Settings(ship=4.0))
    assert sentence(app, "temperature_sentence") == softmax_temperature.takeaway(chosen)
    assert any("The order stays: ship, cat, dog." in text.value for text in app.markdown)


def test_losses_of_another_kind_are_called_not_comparable(open_page):
    app = open_page(FILE)
    assert any("Only losses of one kind may be compared" in text.value for text in app.markdown)
