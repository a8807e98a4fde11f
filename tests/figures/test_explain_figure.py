"""Two maps beside their photo, on one stated scale."""

from __future__ import annotations

import numpy as np

from dl_core.figures.explain import why
from dl_core.vision.explain import Explanation


def texts(picture: object) -> list[str]:
    return [note.text for note in picture.checked_figure.layout.annotations]  # type: ignore[attr-defined]


def explanation() -> Explanation:
    real = np.zeros((90, 120), np.float32)
    real[60:, 80:] = 9.0
    return Explanation(
        "teapot", np.full((90, 120, 3), 120, np.uint8), real, real[::-1] / 9, 12.0, (4, 4), likeness=-0.4
    )


def test_maps_stand_side_by_side_on_one_stated_scale_and_stay_small() -> None:
    shown = why(explanation())
    assert len(shown.checked_figure.layout.images) == 3
    assert {"The photo", "Trained", "Scrambled"} <= set(texts(shown))
    scale = shown.checked_figure.data[0].marker
    assert (scale.cmin, scale.cmax) == (0, 12)
    assert scale.colorbar.ticktext[-1] == "12 or more"
    assert "mostly from the lower right" in shown.summary
    # the lower right ninth is all 9 points; the scrambled map is 1 point in the upper right
    table = shown.table.set_index("part of the photo")
    assert table.loc["lower right"].tolist() == [9.0, 0.0]
    assert table.loc["upper right"].tolist() == [0.0, 1.0]
    assert len(shown.json) < 100_000
