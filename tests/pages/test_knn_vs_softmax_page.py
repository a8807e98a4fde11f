from dl_core import knn_vs_softmax as core


def test_the_link_sets_the_picture_and_the_sentence(open_page, sentence):
    app = open_page("knn_vs_softmax.py", plane_k="9", plane_points="60", plane_x="0.5", plane_y="-1")
    settings = core.Settings(n_points=60, k=9, query=(0.5, -1.0))
    assert sentence(app, "takeaway") == core.takeaway(core.story(settings))


def test_moving_k_changes_the_sentence_and_the_chart(open_page, sentence, pictures):
    app = open_page("knn_vs_softmax.py")
    before, drawn = sentence(app, "takeaway"), pictures(app)["plane_picture"]["figure"]
    app.slider(key="plane_k").set_value(25).run()
    assert "25 neighbours" in sentence(app, "takeaway")
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
