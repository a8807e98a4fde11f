"""Make the sample pictures: shrunk from scikit-image's and scikit-learn's own files, or drawn.

python -m dl_core.offline.gallery
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from dl_core.vision.gallery import FOLDER

LONGEST_SIDE = 512  # pixels
QUALITY = 85  # of the JPEG


def sources() -> dict[str, Path]:
    """The files that ship inside the two packages, by the sample's key."""
    import sklearn.datasets
    from skimage.data import data_dir

    scikit_image = Path(data_dir)
    scikit_learn = Path(sklearn.datasets.__file__).parent / "images"
    return {
        "coffee": scikit_image / "coffee.png",
        "cat": scikit_image / "chelsea.png",
        "rocket": scikit_image / "rocket.jpg",
        "flower": scikit_learn / "flower.jpg",
        "galaxies": scikit_image / "hubble_deep_field.jpg",
        "coins": scikit_image / "coins.png",
    }


def draw_lemon() -> Image.Image:
    """A lemon with a leaf, drawn four times too large and shrunk so that its edges are smooth."""
    side = 2048
    picture = Image.new("RGB", (side, side), (250, 250, 247))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((470, 1480, 1640, 1660), fill=(224, 224, 218))  # shadow
    picture = picture.filter(ImageFilter.GaussianBlur(40))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((360, 560, 1690, 1580), fill=(244, 206, 32))
    pen.ellipse((230, 960, 520, 1180), fill=(244, 206, 32))  # the two tips
    pen.ellipse((1540, 960, 1830, 1180), fill=(236, 194, 24))
    pen.ellipse((520, 660, 1500, 1330), fill=(250, 220, 62))
    picture = picture.filter(ImageFilter.GaussianBlur(36))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((690, 720, 1010, 900), fill=(255, 241, 150))  # shine
    picture = picture.filter(ImageFilter.GaussianBlur(14))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(1080, 600), (1250, 330), (1560, 280), (1480, 500), (1250, 620)], fill=(74, 138, 48))
    pen.line([(1080, 600), (1500, 330)], fill=(50, 104, 34), width=16)
    return picture.filter(ImageFilter.GaussianBlur(5))


def main() -> None:
    """Write every picture of the gallery."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pictures = {key: Image.open(path).convert("RGB") for key, path in sources().items()}
    pictures["lemon"] = draw_lemon()
    for key, picture in pictures.items():
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        picture.save(FOLDER / f"{key}.jpg", quality=QUALITY, optimize=True)
        print(f"{key}: {picture.size}, {(FOLDER / f'{key}.jpg').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
