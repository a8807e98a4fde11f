"""What was measured of a photo, kept as long as somebody holds the photo: a reader's own leaves no trace."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any
from weakref import WeakKeyDictionary

from dl_core.photos import Photo

_KEPT: WeakKeyDictionary[Photo, dict[Hashable, Any]] = WeakKeyDictionary()


def recall(photo: Photo, what: Hashable) -> Any:
    """What `remember` kept of this photo; None where there is nothing.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> remember(first_sample(), "example", 7)
    >>> recall(first_sample(), "example"), recall(first_sample(), "another")
    (7, None)
    """
    return _KEPT.get(photo, {}).get(what)


def remember(photo: Photo, what: Hashable, value: Any) -> None:
    """Keep a value that nobody will change and that does not itself hold the photo, or both stay for ever.

    Parameters
    ----------
    photo
        Its pixels are the key. With the last holder of this photo the values go too.
    what
        Which of the photo's values.
    value
        Anything but None.
    """
    _KEPT.setdefault(photo, {})[what] = value
