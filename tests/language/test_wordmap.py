import numpy as np
import pytest

from dl_core.language.embeddings import embeddings
from dl_core.language.wordmap import GROUPS, PRESETS, Settings, members, story, takeaway
from tests.readability import sentences, words

every_choice = pytest.mark.parametrize("groups", [*PRESETS.values(), ("times", "places", "people")])


@every_choice
def test_the_map_is_that_of_a_reference_library(groups):
    from sklearn.decomposition import PCA

    told = story(Settings(groups, ""))
    vectors = embeddings().of([one.word for one in told.placed]).astype(np.float64)
    reference = PCA(2, svd_solver="full").fit(vectors)
    flat = reference.transform(vectors)
    for axis, ours in enumerate(([one.x for one in told.placed], [one.y for one in told.placed])):
        assert np.abs(ours) == pytest.approx(np.abs(flat[:, axis]), abs=2e-4)
    assert told.kept == pytest.approx(reference.explained_variance_ratio_.sum(), abs=1e-3)


@every_choice
def test_every_group_is_whole_and_of_one_kind(groups):
    told, known = story(Settings(groups, "")), embeddings()
    assert [one.group for one in told.placed] == [name for name in groups for _ in range(12)]
    assert all(known.drawer(one.word) == GROUPS[one.group] for one in told.placed)


def test_homes_are_found_by_the_nearest_middle_without_the_word_itself():
    told, known = story(Settings(("animals", "feelings"), "")), embeddings()
    own, other = members("animals"), members("feelings")
    word = told.placed[0]
    vector = known.of((word.word,))[0]
    rest = known.of([one for one in own if one != word.word]).mean(axis=0)
    far = known.of(other).mean(axis=0)
    nearer = np.linalg.norm(vector - rest) < np.linalg.norm(vector - far)
    assert (word.nearest == "animals") == nearer


def test_nobody_told_it_the_kinds_and_still_most_words_are_at_home():
    told = story(Settings())
    assert told.at_home.low > 1 / len(told.settings.groups)


@pytest.mark.parametrize("word", ["", "qwertz", "🙂", "<i>", "refunds", "lion"])
def test_the_readers_word(word):
    told = story(Settings(word=word))
    assert takeaway(told)
    assert "<" not in takeaway(told)
    assert (told.own is not None) == (word in ("refunds", "lion"))
    assert max(len(words(one)) for one in sentences(takeaway(told))) <= 25


@pytest.mark.parametrize("groups", [(), ("food",), ("food", "food"), tuple(GROUPS)[:5], ("food", "cars")])
def test_nonsense_is_refused(groups):
    with pytest.raises(ValueError, match=r"choose|no group"):
        Settings(groups)
