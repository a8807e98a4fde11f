"""Few results of each task, and none of them outlives the pictures."""

import gc

import numpy as np

from dl_core.transfer.kept_with_pictures import KEPT, Kept
from dl_core.transfer.pictures import Pictures


def own() -> Pictures:
    pixels = np.zeros((2, 64, 64, 3), np.uint8)
    return Pictures("mine", ("a", "b"), pixels, np.array([0, 1]), np.arange(2), is_own=True)


def test_the_oldest_result_makes_room_and_no_answer_is_not_kept():
    kept, pictures, made = Kept[int](), own(), []

    def ask(at: int) -> int | None:
        return kept.once(pictures, at, lambda: made.append(at) or (at * at if at else None))

    assert [ask(at) for at in (0, 0, *range(1, KEPT + 1), 1)] == [None, None, 1, 4, 9, 16, 25, 36, 1]
    assert made == [0, 0, *range(1, KEPT + 1)]
    ask(KEPT + 1)
    assert (ask(2), made[-1]) == (4, KEPT + 1)
    assert (ask(1), made[-1]) == (1, 1)  # it was the oldest


def test_equal_pictures_share_results_and_the_results_go_with_them():
    kept, pictures = Kept[str](), own()
    assert kept.once(pictures, "at", lambda: "made") == kept.once(own(), "at", lambda: "anew") == "made"
    assert len(kept._of) == 1
    del pictures
    gc.collect()
    assert len(kept._of) == 0
