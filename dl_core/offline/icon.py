"""Draw the browser tab's icon: ``python -m dl_core.offline.icon``."""

from pathlib import Path

from PIL import Image, ImageDraw

FILE = Path(__file__).parents[2] / "assets" / "icon.png"
INK, LINE, PAPER, ACCENT = "#1B1E23", "#8D9199", "#FFFFFF", "#F08A7C"
INPUTS = ((72, 80), (72, 176))
HIDDEN = ((136, 56), (136, 128), (136, 200))
OUTPUT = (200, 128)


def icon() -> Image.Image:
    """Two inputs, three hidden neurons, one answer; 128 by 128 pixels, RGBA.

    >>> icon().size
    (128, 128)
    """
    image = Image.new("RGBA", (256, 256), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((8, 8, 248, 248), 52, fill=INK)
    for middle in HIDDEN:
        for end in (*INPUTS, OUTPUT):
            draw.line((end, middle), fill=LINE, width=7)
    for x, y in (*INPUTS, *HIDDEN):
        draw.ellipse((x - 18, y - 18, x + 18, y + 18), fill=PAPER)
    x, y = OUTPUT
    draw.ellipse((x - 22, y - 22, x + 22, y + 22), fill=ACCENT)
    return image.resize((128, 128), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    icon().save(FILE)
