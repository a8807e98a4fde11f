import gc

from PIL import Image

from dl_core.kept_with_photo import _KEPT, recall, remember
from dl_core.photos import photo


def test_what_was_measured_goes_with_the_last_holder_of_the_photo():
    gc.collect()  # photos that other tests have let go of
    before = len(_KEPT)
    own = photo("your photo", Image.new("RGB", (5, 4), (7, 8, 9)))
    remember(own, "answer", (1, 2))
    remember(own, "other", "x")
    assert recall(own, "answer") == (1, 2)
    assert recall(photo("your photo", own.image), "answer") == (1, 2)  # the same pixels are the same photo
    assert recall(photo("your photo", Image.new("RGB", (5, 4))), "answer") is None
    assert len(_KEPT) == before + 1
    del own
    gc.collect()
    assert len(_KEPT) == before
