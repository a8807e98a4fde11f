from dataclasses import replace

from PIL import Image

from dl_core.live_classifier import (
    LiveStory,
    story,
    takeaway,
    time_sentence,
    way_in_sentence,
    way_in_table,
)
from dl_core.photos import photo
from dl_core.vision import Prediction, read_card, read_photo
from dl_core.vision.gallery import gallery


def test_the_sentence_names_the_first_guess_or_says_it_is_not_on_the_list():
    told = story(photo("cat", read_photo(gallery()[1].path.read_bytes())))
    sure = replace(told, prediction=replace(told.prediction, refused=False))
    unsure = replace(told, prediction=replace(told.prediction, refused=True))
    assert f"The network says **{told.prediction.label}**" in takeaway(sure)
    assert "not on my list" not in takeaway(sure)
    assert takeaway(unsure).startswith("The network answers “not on my list”.")
    assert told.prediction.label in takeaway(unsure)


def test_the_time_is_told_in_milliseconds():
    told = LiveStory(photo("x", Image.new("RGB", (8, 8))), Prediction(("goldfish",), (0.9,), False, 0.0184))
    assert "took 18 milliseconds" in time_sentence(told)


def test_the_way_in_that_is_used_stands_in_the_table_of_those_compared():
    card = read_card()
    table = way_in_table(card)
    assert card.way_in.in_words() in set(table["way in"])
    assert list(table["average loss"]) == sorted(table["average loss"])
    assert str(len(card.ways_in)) in way_in_sentence(card)
