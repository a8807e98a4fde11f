import pytest

from dl_core import activations, collapsing_layers, logic_gates, logistic_neuron, perceptron
from pages._controls.neurons import PARTS, VIEWS

FILE = "neurons.py"


def test_the_link_sets_weights_bias_and_the_readers_case(open_page, sentence):
    app = open_page(
        FILE, festival_sun="3", festival_bias="-3.5", festival_sun_met="true", festival_partner_met="false"
    )
    chosen = perceptron.Settings(3.0, 2.0, 2.0, -3.5, True, False, True)
    assert sentence(app, "takeaway") == perceptron.takeaway(perceptron.story(chosen))


def test_a_threshold_of_3_lets_the_rain_be_outvoted(open_page, sentence, pictures):
    app = open_page(FILE)
    assert "so you stay" in sentence(app, "takeaway")
    before = pictures(app)["festival_picture"]["figure"]
    app.slider(key="festival_bias").set_value(-3.0).run()
    assert "4 is over the threshold of 3, so you go" in sentence(app, "takeaway")
    assert "5 of 8" in sentence(app, "takeaway")
    assert pictures(app)["festival_picture"]["figure"] != before


def test_another_gate_brings_its_own_neuron_and_keeps_it_editable(open_page, sentence):
    app = open_page(FILE)
    for gate in logic_gates.GATES:
        app.button_group(key="gates_gate").set_value(gate).run()
        chosen = logic_gates.Settings(gate, "one neuron", *logic_gates.OWN[gate])
        assert sentence(app, "gates_sentence") == logic_gates.takeaway(logic_gates.story(chosen))
    app.number_input(key="gates_a").set_value(-1.0).run()
    chosen = logic_gates.Settings("XOR", "one neuron", -1.0, 1.0, -0.5)
    assert sentence(app, "gates_sentence") == logic_gates.takeaway(logic_gates.story(chosen))


def test_four_nands_do_what_one_neuron_cannot(open_page, sentence):
    app = open_page(FILE)
    assert "no line gets more than 3" in sentence(app, "gates_sentence")
    app.button_group(key="gates_parts").set_value("NAND neurons").run()
    assert sentence(app, "gates_sentence").startswith("Four NAND neurons do XOR")
    assert app.number_input(key="gates_a").disabled
    linked = open_page(FILE, gates_parts=PARTS["NAND neurons"], gates_gate="OR")
    assert sentence(linked, "gates_sentence").startswith("Three NAND neurons do OR")


def test_every_preset_sets_its_controls_and_is_marked(open_page, sentence):
    app = open_page(FILE)
    for key, core in (
        ("festival", perceptron), ("gates", logic_gates), ("logistic", logistic_neuron),
        ("activations", activations), ("collapse", collapsing_layers),
    ):  # fmt: skip
        said = "takeaway" if key == "festival" else f"{key}_sentence"
        for name, chosen in core.PRESETS.items():
            app.button_group(key=f"{key}_preset").set_value(name).run()
            assert sentence(app, said) == core.takeaway(core.story(chosen))
            assert app.button_group(key=f"{key}_preset").value == name


def test_each_scene_says_what_the_core_says(open_page, sentence):
    app = open_page(
        FILE, logistic_threshold="25", logistic_scale="2", activations_x="-1.5", collapse_layers="3",
        collapse_view=VIEWS["sums"],
    )  # fmt: skip
    for key, core, chosen in (
        ("logistic", logistic_neuron, logistic_neuron.Settings(25, 2.0)),
        ("activations", activations, activations.Settings(-1.5)),
        ("collapse", collapsing_layers, collapsing_layers.Settings(3, "sums")),
    ):
        assert sentence(app, f"{key}_sentence") == core.takeaway(core.story(chosen))


def test_nonsense_in_the_link_shows_the_defaults(open_page, sentence):
    app = open_page(
        FILE, festival_bias="nan", festival_sun="1e9", festival_sun_met="perhaps", gates_gate="<b>",
        gates_a="inf", gates_parts="7", logistic_threshold="0", logistic_scale="3", activations_x="99",
        collapse_layers="1",
        collapse_view="?",
    )  # fmt: skip
    for key, core in (
        ("takeaway", perceptron), ("gates_sentence", logic_gates), ("logistic_sentence", logistic_neuron),
        ("activations_sentence", activations), ("collapse_sentence", collapsing_layers),
    ):  # fmt: skip
        assert sentence(app, key) == core.takeaway(core.story(core.Settings()))


@pytest.mark.parametrize("bias", ["-12", "4"])
def test_a_neuron_that_always_says_the_same_is_told_so(open_page, sentence, bias):
    app = open_page(FILE, festival_bias=bias)
    assert "in all 8 cases, so they decide nothing" in sentence(app, "takeaway")


def test_numbers_printed_on_the_page_are_the_computed_ones(open_page):
    app = open_page(FILE)
    table = "\n".join(text.value for text in app.markdown if text.value.startswith("|  | Where it stands"))
    assert "| Sigmoid | Outputs: yes or no, several labels | 0.25 |" in table
    assert "| Step | Rules and logic | 0 |" in table
    notes = open_page(FILE, present="notes")
    asked = "\n".join(text.value for text in notes.markdown)
    assert "7,850" in asked
    assert "23,860" in asked
    assert "101,770" in asked
    assert "0.95 millionths" in asked  # 0.25 to the tenth power is 9.5e-7
