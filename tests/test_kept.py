"""Few results of each holder, and none of them outlives it."""

import gc

import numpy as np

from dl_core.kept import MOST, Kept
from dl_core.transfer.pictures import Pictures


def own() -> Pictures:
    pixels = np.zeros((2, 64, 64, 3), np.uint8)
    return Pictures("mine", ("a", "b"), pixels, np.array([0, 1]), np.arange(2), is_own=True)


def test_the_oldest_result_makes_room_and_no_answer_is_not_kept():
    kept, pictures, made = Kept[Pictures, int](), own(), []

    def ask(at: int) -> int | None:
        return kept.once(pictures, at, lambda: made.append(at) or (at * at if at else None))

    assert [ask(at) for at in (0, 0, *range(1, MOST + 1), 1)] == [
        None,
        None,
        *(at * at for at in range(1, MOST + 1)),
        1,
    ]
    assert made == [0, 0, *range(1, MOST + 1)]
    ask(MOST + 1)
    assert (ask(2), made[-1]) == (4, MOST + 1)
    assert (ask(1), made[-1]) == (1, 1)  # it was the oldest


def test_equal_pictures_share_results_and_the_results_go_with_them():
    kept, pictures = Kept[Pictures, str](), own()
    assert kept.once(pictures, "at", lambda: "made") == kept.once(own(), "at", lambda: "anew") == "made"
    assert len(kept._of) == 1
    del pictures
    gc.collect()
    assert len(kept._of) == 0


def test_another_holder_may_adopt_results_and_they_go_with_the_last_of_the_two():
    kept, first = Kept[Pictures, list[str]](), own()
    second = Pictures("other", first.names, first.pixels, first.labels, first.bursts, is_own=True)
    kept.adopt(second, first)  # there is nothing yet
    assert len(kept._of) == 0
    made = kept.once(first, "at", lambda: ["made"])
    kept.adopt(second, first)
    assert kept.once(second, "at", lambda: ["anew"]) is made
    kept.once(second, "else", lambda: ["of the second"])
    assert kept.once(first, "else", lambda: ["of the first"]) == ["of the first"]
    del first
    gc.collect()
    assert kept.once(second, "at", lambda: ["anew"]) is made
    del second
    gc.collect()
    assert len(kept._of) == 0
