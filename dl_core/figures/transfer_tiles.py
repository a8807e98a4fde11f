"""Small photos in a row, with words over and under them: for the pictures of transfer learning."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import add_picture, data_uri
from dl_core.figures.picture import INK
from dl_core.transfer.pictures import Pixels

MARGIN = {"l": 8, "r": 12, "t": 48, "b": 8}  # pixels around the plot


@dataclass(frozen=True)
class Grid:
    """Places in a part of a drawing: across as a share of the part's width, down in pixels from its top."""

    figure: Drawing
    height: int  # pixels of the whole drawing
    left: float = 0.0  # where the part begins, share of the plot's width
    share: float = 1.0  # how much of the plot's width it takes

    @property
    def room(self) -> int:
        """Pixels between the upper and the lower margin."""
        return self.height - MARGIN["t"] - MARGIN["b"]

    def across(self, x: float) -> float:
        """``x``, a share of the part's width, as a share of the plot's, 0 to 1."""
        return round(self.left + x * self.share, 4)

    def down(self, top: float) -> float:
        """``top`` pixels below the plot's top edge as a share of its height from the foot, 0 to 1."""
        return round(1 - top / self.room, 4)

    def photo(self, pixels: Pixels, x: float, top: float, wide: float, tall: float) -> None:
        """Put a photo at the foot of a box, in its middle, so that words under it stand close.

        Parameters
        ----------
        pixels
            ``(H, W, 3)`` of 0 to 255.
        x, wide
            Left edge and width of the box, shares of the part's width.
        top, tall
            Its upper edge and its height in pixels.
        """
        add_picture(
            self.figure, data_uri(pixels), self.across(x + wide / 2), self.down(top + tall),
            round(wide * self.share, 4), round(tall / self.room, 4), xanchor="center", yanchor="bottom",
        )  # fmt: skip

    def words(
        self, text: str, x: float, top: float, *, anchor: str = "left", colour: str = INK, size: int = 14
    ) -> None:
        """Put words under a line.

        Parameters
        ----------
        text
            What they say; ``<br>`` starts a line.
        x
            Where, a share of the part's width.
        top
            Pixels from the plot's top edge to that of the first line.
        anchor
            Which side of them stands at ``x``: left, center or right.
        colour
            Of the letters.
        size
            Of the letters, pixels.
        """
        self.figure.add_annotation(
            text=text, xref="paper", yref="paper", x=self.across(x), y=self.down(top), xanchor=anchor,
            align=anchor, yanchor="top", showarrow=False, font={"size": size, "color": colour},
        )  # fmt: skip
