"""The list of 200 things."""

from __future__ import annotations

import pytest

from dl_core.vision import classes, find_classes
from dl_core.vision.classes import label_of


def test_labels_are_the_rows_in_wordnet_order() -> None:
    things = classes()
    assert [thing.label for thing in things] == list(range(200))
    identifiers = [thing.wordnet_id for thing in things]
    assert identifiers == sorted(identifiers)


def test_shown_names_are_unique() -> None:
    assert len({thing.name for thing in classes()}) == 200


def test_search_looks_at_every_name_in_any_case() -> None:
    assert [thing.name for thing in find_classes("TABBY cat")] == ["tabby"]
    assert find_classes("") == classes()
    assert find_classes("no such thing") == ()


def test_unknown_name_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="'unicorn' is not on the list of 200 things"):
        label_of("unicorn")
