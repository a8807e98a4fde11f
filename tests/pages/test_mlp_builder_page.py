import pytest

from dl_core import mlp_builder as core
from dl_core.mlp import data
from dl_core.mlp.plan import Plan
from dl_core.mlp.upload import read_csv
from dl_core.mlp_builder import PRESETS, Settings
from pages._controls import mlp_builder as controls
from pages._controls.mlp_builder import values_of
from pages._shared.network import unpacked

FILE = "mlp_builder.py"
CSV = "\n".join(
    ["size,colour,kind", *(f"{n},{n % 7},{'big' if n > 15 else 'small'}" for n in range(40))]
).encode()


def networks(app) -> list[dict]:
    found = [each.proto for each in app.get("bidi_component") if each.proto.component_name == "network"]
    return [unpacked(proto.bytes)[0] for proto in found]


def test_the_link_sets_data_network_and_training(open_page, sentence):
    app = open_page(
        FILE, build_data="Iris", build_layers="1", build_neurons="6", build_activation="relu",
        build_rate="0.1", build_passes="50", build_optimiser="adam", build_seed="3",
    )  # fmt: skip
    plan = Plan((6,), "relu", optimiser="adam", learning_rate=0.1, n_epochs=50, seed=3)
    wanted = core.story(Settings(data.Settings("iris", noise=0.2), plan))
    assert sentence(app, "takeaway") == core.takeaway(wanted)
    (network,) = networks(app)
    assert network["layers"] == [4, 6, 3]
    assert network["captions"][-1].startswith("After epoch 50:")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_every_control_and_stays_lit(name, open_page, sentence):
    app = open_page(FILE)
    app.button_group(key="build_preset").set_value(name).run()
    assert sentence(app, "takeaway") == core.takeaway(core.story(PRESETS[name]))
    assert app.button_group(key="build_preset").value == name


def test_values_of_settings_bring_the_same_settings_back(open_page, sentence):
    odd = Settings(
        data.Settings("blobs", n=100, noise=0.4, test_share=0.4, seed=7),
        Plan((5, 2, 9), "sigmoid", "he", "momentum", 0.05, "cosine", 20, 100, 0.001, 0.01, 0.2, 20, 11),
    )
    app = open_page(FILE)
    for key, value in values_of(odd).items():
        app.session_state[key] = value
    app.run()
    assert sentence(app, "takeaway") == core.takeaway(core.story(odd))


def test_another_network_changes_every_scene(open_page, sentence):
    app = open_page(FILE)
    keys = ("takeaway", "losses_sentence", "confusion_sentence", "spread_sentence", "size_sentence")
    before = {key: sentence(app, key) for key in keys}
    app.button_group(key="build_preset").set_value("Spiral, too small").run()
    assert all(sentence(app, key) != before[key] for key in keys)


def test_a_new_start_is_another_network_and_the_log_brings_the_old_one_back(open_page, sentence):
    app = open_page(FILE, build_data="Two moons")
    first = sentence(app, "takeaway")
    parameters = networks(app)[0]["scales"]
    app.button(key="build_new").click().run()
    assert networks(app)[0]["scales"] != parameters
    app.session_state["build_log"] = True  # what a click on it sets
    app.run()
    (log,) = [each for each in app.expander if each.label == "Runs of your visit: 2"]
    assert list(log.table[0].value["Start"]) == ["0", "1"]
    app.selectbox(key="build_which").set_value(0).run()
    app.button(key="build_back").click().run()
    assert sentence(app, "takeaway") == first
    assert networks(app)[0]["scales"] == parameters


def test_the_remedy_is_one_click(open_page, sentence):
    app = open_page(FILE, build_rate="10")
    assert "blew up" in sentence(app, "takeaway")
    remedy = core.story(Settings(plan=Plan(learning_rate=10.0))).judgement.verdict.remedy.plan
    app.button(key="build_remedy").click().run()
    assert float(app.select_slider(key="build_rate").value) == remedy.learning_rate < 10
    assert "blew up" not in sentence(app, "takeaway")


def test_a_readers_own_table_is_learned_and_never_in_the_link(open_page, sentence):
    app = open_page(FILE, build_data="Your table")
    app.file_uploader[0].upload("mine.csv", CSV, "text/csv").run()
    assert "unseen rows right" in sentence(app, "takeaway")
    (network,) = networks(app)
    assert network["columns"] == ["size", "colour"]
    assert not any("mine" in str(value) or "small" in str(value) for value in app.query_params.values())


def test_a_table_is_read_once_however_often_the_page_runs(open_page, monkeypatch):
    asked = []

    def read(content, label=None):
        asked.append(label)
        return read_csv(content, label)

    monkeypatch.setattr(controls, "read_csv", read)
    table = "\n".join(["size,colour,price,kind", *(f"{n},{n % 7},{n % 5},{'ab'[n > 15]}" for n in range(40))])
    app = open_page(FILE, build_data="Your table")
    app.file_uploader[0].upload("mine.csv", table.encode(), "text/csv").run()
    app.select_slider(key="build_passes").set_value(50).run()
    assert asked == [None]
    app.selectbox(key="build_label").set_value("colour").run()
    app.select_slider(key="build_passes").set_value(100).run()
    assert asked == [None, "colour"]
    (network,) = networks(app)
    assert network["columns"] == ["size", "price"]


def test_a_bad_table_gets_a_kind_sentence_and_what_was_there_stays(open_page, sentence):
    app = open_page(FILE, build_data="Your table")
    before = sentence(app, "takeaway")
    app.file_uploader[0].upload("mine.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "text/csv").run()
    assert len(app.info) == 1
    assert len(app.info[0].value.split()) >= 6
    assert sentence(app, "takeaway") == before
    assert not app.exception


def test_nonsense_in_the_link_shows_the_default(open_page, sentence):
    app = open_page(FILE, build_data="<b>", build_layers="99", build_rate="nan", build_seed="-1")
    assert sentence(app, "takeaway") == core.takeaway(core.story(Settings()))


def test_the_rows_come_beside_a_script_that_cannot_hold_them(open_page):
    app = open_page(FILE, build_data="Your table")

    def buttons() -> list[str]:
        return [each.label for each in app.get("download_button")]

    app.file_uploader[0].upload("mine.csv", CSV, "text/csv").run()
    assert "PyTorch script" in buttons()
    assert "Its rows" not in buttons()
    rows = (f"{n},{n % 7},{n * n % 11},{'big' if n % 13 > 6 else 'small'}" for n in range(2_100))
    app.file_uploader[0].upload("long.csv", "\n".join(["a,b,c,kind", *rows]).encode(), "text/csv").run()
    assert "Its rows" in buttons()
