"""The lesson "Language" as a page: two typed texts, lengths, shapes."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.language import bag, length, parts
from dl_core.language.text import IN_LINK, MOST
from dl_core.running_case import CASES
from pages._shared.lessons import lesson
from pages._words import language as words

PAGE = "language.py"
STRANGE = {
    "nothing": ("", ""),
    "signs": ("…!?", "— <> &"),
    "emoji": ("👍🏽👍 👩‍🚀", "👍🏽"),
    "Chinese": ("我要退款", "退款我要"),
    "Arabic and Hindi": ("أريد استرداد", "मुझे पैसे वापस चाहिए"),
    "a page's source": ("<img src=x onerror=alert(1)>", "</script><b>x</b>"),
    "markup": ("[click](javascript:alert(1)) **a** $x^2$", ":material/home: `code` | table"),
    "one long word": ("a" * IN_LINK, "é" * IN_LINK),
}


def type_in(app: AppTest, first: str, second: str) -> AppTest:
    app.text_input(key="bag_first").set_value(first)
    app.text_input(key="bag_second").set_value(second)
    app.run()
    assert not app.exception
    return app


def bag_of(app: AppTest) -> bag.Settings:
    return app.session_state["visit"].left["language"]["bag"]


def test_it_opens_with_one_bag_for_two_stories(open_page, sentence, pictures):
    app = open_page(PAGE)
    assert bag_of(app) == bag.Settings()
    assert "cannot tell the two apart" in sentence(app, "takeaway")
    title = json.loads(pictures(app)["bag_picture"]["figure"])["layout"]["title"]["text"]
    assert title == "Another order, yet both bags hold the same 3 words"


def test_typed_texts_are_counted_and_come_back_from_the_link(open_page, sentence):
    app = type_in(open_page(PAGE), "please refund me", "please praise me")
    told = sentence(app, "takeaway")
    assert "0.67" in told  # 2 of 3 words each: 2 / 3
    again = open_page(PAGE, bag_first="please refund me", bag_second="please praise me")
    assert sentence(again, "takeaway") == told


@pytest.mark.parametrize("texts", STRANGE.values(), ids=STRANGE)
def test_no_text_breaks_the_page(open_page, sentence, texts):
    app = type_in(open_page(PAGE), *texts)
    said = sentence(app, "takeaway")
    assert said
    assert not set("<>[]`|") & set(said)
    for link in ({"bag_first": texts[0], "bag_second": texts[1]}, {"bag_first": texts[0] * 9}):
        assert not open_page(PAGE, **link).exception


def test_an_empty_text_is_answered_kindly(open_page, sentence):
    assert "Type words into the second text" in sentence(type_in(open_page(PAGE), "dog", ""), "takeaway")


def test_a_pasted_text_of_more_than_ten_thousand_words_stays_out_of_the_link(open_page, sentence):
    app = open_page(PAGE)
    app.session_state["bag_long_first"] = "dog bites man " * 4000
    app.run()
    assert not app.exception
    assert len(bag_of(app).pasted.first) == len("dog bites man " * 4000)
    assert f"first {MOST:,} words" in sentence(app, "takeaway")
    assert "bag_long_first" not in app.query_params
    app.button_group(key="bag_preset").set_value("Other words").run()  # a preset puts the pasted text away
    assert bag_of(app) == bag.PRESETS["Other words"]


def test_presets_and_runs_change_the_sentence(open_page, sentence):
    app = open_page(PAGE)
    told = {sentence(app, "takeaway")}
    for preset in list(bag.PRESETS)[1:]:
        told.add(sentence(app.button_group(key="bag_preset").set_value(preset).run(), "takeaway"))
    told.add(sentence(app.slider(key="bag_run").set_value(2).run(), "takeaway"))
    assert len(told) == len(bag.PRESETS) + 1


@pytest.mark.parametrize("nonsense", ["<b>NaN</b>", "-999999999", "1e999"])
def test_nonsense_in_the_link_falls_back(open_page, sentence, nonsense):
    plain = open_page(PAGE)
    numbers = ("bag_run", "length_n", "length_per_day", "length_price", "parts_width", "parts_layers")
    app = open_page(PAGE, **dict.fromkeys(numbers, nonsense))
    for key in ("takeaway", "length_sentence", "parts_sentence"):
        assert sentence(app, key) == sentence(plain, key)


def test_the_length_can_be_set_exactly(open_page, sentence):
    app = open_page(PAGE, length_n_typed="1234")
    assert "1,522,756 pairs" in sentence(app, "length_sentence")  # 1,234²
    assert "1 pair" in sentence(open_page(PAGE, length_n_typed="0"), "length_sentence")


def test_every_preset_of_length_and_parts_is_told_by_the_core(open_page, sentence):
    app = open_page(PAGE)
    for key, core in (("length", length), ("parts", parts)):
        for name, chosen in core.PRESETS.items():
            app.button_group(key=f"{key}_preset").set_value(name).run()
            told = sentence(app, f"{key}_sentence")
            assert told == core.takeaway(core.story(chosen))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_each_running_case_is_told_in_money_and_few_words(case):
    said = words.so_what(bag.story(bag.Settings()), case)
    assert len(said.split()) <= 60
    assert f"{case.per_day:,} {case.items}" in said
    assert case.miss in said
    _, n = words.TEXTS[case.key]
    a_year = case.per_day * n * 4 / 3 * 365 * words.A_MILLION / 1e6
    assert words.money(a_year) in said


def test_the_five_sentences_are_five(open_page):
    app = open_page(PAGE)
    (told,) = [m.value for m in app.markdown if "in five sentences" in m.value]
    assert told.count("\n") == 1 + 5


def test_the_questions_of_a_room_are_answered_from_the_screen_even_without_words():
    for chosen in (bag.Settings(), bag.Settings("", "")):
        for hard in words.what_if_asked(bag.story(chosen)):
            assert 8 <= len(hard.answer.split()) <= 30


def test_scene_keys_are_its_own():
    keys = [scene.key for scene in lesson("language").scenes]
    assert keys[0] == "bag"
    assert {"length", "parts"} <= set(keys)
