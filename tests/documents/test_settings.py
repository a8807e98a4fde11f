from dataclasses import dataclass

from dl_core.digit_question import DigitQuestion
from dl_core.documents.settings import settings_in_words


@dataclass(frozen=True)
class Everything:
    learning_rate: float = 0.3
    n_steps: int = 12_000
    momentum: bool = True
    start: tuple[float, float] = (1.0, -2.0)
    name: str = "ravine"
    picture: bytes = b"\x00"
    sha256: str = "9f86d081"


def test_names_and_values_are_readable():
    assert settings_in_words(Everything()) == (
        ("learning rate", "0.3"),
        ("steps", "12,000"),
        ("momentum", "yes"),
        ("start", "1.0, -2.0"),
        ("name", "ravine"),
    )


def test_raw_pixels_and_fingerprints_are_left_out():
    told = dict(settings_in_words(DigitQuestion(bytes(64), None, k=3)))
    assert told == {"k": "3"}


def test_what_is_no_settings_says_nothing():
    assert settings_in_words(None) == settings_in_words("text") == settings_in_words(Everything) == ()
