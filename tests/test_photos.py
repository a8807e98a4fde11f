import pytest
from PIL import Image

from dl_core.documents.brief import BadBrief, from_plain, to_plain
from dl_core.live_classifier import Look, story
from dl_core.photo_reasons import story as why
from dl_core.photos import OWN, first_sample, photo, sample_key, sample_photo
from dl_core.vision.gallery import gallery


def test_same_pixels_are_the_same_photo_and_a_turned_one_is_not():
    picture = Image.linear_gradient("L")
    assert photo("a", picture) == photo("a", picture.copy())
    assert photo("a", picture) != photo("a", picture.rotate(90))
    # a 2 x 8 and an 8 x 2 black picture hold the same bytes
    assert photo("a", Image.new("L", (2, 8))) != photo("a", Image.new("L", (8, 2)))


def test_a_sample_is_nobodys_own_and_anything_else_is():
    for sample in gallery():
        assert sample_key(sample_photo(sample.key)) == sample.key
        assert not sample_photo(sample.key).is_own
    assert photo(OWN, Image.new("RGB", (8, 8))).is_own
    assert first_sample() == sample_photo(gallery()[0].key)


@pytest.mark.parametrize(
    ("compute", "settings"),
    [(story, sample_photo("cat")), (why, Look(sample_photo("coffee"), "espresso"))],
)
def test_a_brief_keeps_the_samples_key_and_brings_the_photo_back(compute, settings):
    plain = to_plain(settings)
    assert "cat" in str(plain) or plain == {"photo": "coffee", "label": "espresso"}
    assert from_plain(compute, plain) == settings


def test_a_brief_keeps_nothing_of_a_readers_own_photo():
    mine = photo(OWN, Image.new("RGB", (8, 8), (1, 2, 3)))
    assert to_plain(mine) is None
    assert to_plain(Look(mine, "espresso")) is None


@pytest.mark.parametrize(
    ("compute", "nonsense"),
    [
        (story, "no such sample"),
        (story, {"name": "x"}),
        (story, None),
        (why, {"photo": "coffee", "label": "spaceship of the year"}),
        (why, {"photo": "/etc/passwd", "label": "espresso"}),
        (why, {"photo": "coffee", "label": "espresso", "more": 1}),
    ],
)
def test_nonsense_in_a_brief_is_refused(compute, nonsense):
    with pytest.raises(BadBrief, match="a setting that its lesson does not have"):
        from_plain(compute, nonsense)
