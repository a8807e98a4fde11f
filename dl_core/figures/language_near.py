"""The ten nearest words of a word as bars of likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.language.near import Near, Neighbour, takeaway
from dl_core.language.text import in_short

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 430
NEAR, OPPOSITE = (BLUE, "", "near"), (VERMILLION, "/", "opposite")


def nearest_bars(found: Near) -> Picture:
    """One bar for each near word, as long as it is alike; stripes say that it means the opposite.

    Examples
    --------
    >>> from dl_core.language.near import Settings, story
    >>> nearest_bars(story(Settings("zzz"))).title
    '“zzz” has no place: it was never seen'
    """
    figure = house_drawing(_title(found), height=HEIGHT)
    if found.neighbours:
        _bars(figure, found)
        _by_chance(figure, found)
    else:
        figure.update_xaxes(visible=False, range=[0, 1])
        figure.update_yaxes(visible=False, range=[0, 1])
        figure.add_annotation(
            x=0.5, y=0.5, showarrow=False, text="nothing to compare", font={"size": 15, "color": QUIET}
        )
    return Picture(figure, _summary(found), lambda: _table(found))


def _title(found: Near) -> str:
    if found.state == "empty":
        return "No word yet"
    if found.state == "unknown":
        return f"“{in_short(found.typed)}” has no place: it was never seen"
    if found.opposites:
        return f"“{found.opposites[0]}” is near “{found.word}”, and means the opposite"
    first = found.neighbours[0]
    if found.is_lonely:
        return f"“{found.word}”: the nearest word has only similarity {first.likeness:.2f}"
    return f"Nearest to “{found.word}”: “{first.word}”, similarity {first.likeness:.2f}"


def _summary(found: Near) -> str:
    if not found.neighbours:
        return takeaway(found)
    said = [f"{one.word} {one.likeness:.2f}" for one in found.neighbours]
    first, rest = ", ".join(said[:5]), ", ".join(said[5:])
    begun = f"Bars: the nearest words to “{found.word}” by similarity. {first}."
    return f"{begun} Then {rest}." if rest else begun


def _look(one: Neighbour) -> tuple[str, str, str]:
    return OPPOSITE if one.opposite else NEAR


def _bars(figure: Drawing, found: Near) -> None:
    for look in (NEAR, OPPOSITE):
        rows = [(place, one) for place, one in enumerate(found.neighbours) if _look(one) == look]
        if not rows:
            continue
        colour, pattern, name = look
        figure.add_bar(
            orientation="h", name=name, y=[place for place, _ in rows], x=[one.likeness for _, one in rows],
            width=0.7, customdata=[one.kind for _, one in rows],
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fgcolor": PAPER, "size": 8, "solidity": 0.2},
            },
            hovertemplate="%{x:.2f}, %{customdata}<extra></extra>",
        )  # fmt: skip
    for place, one in enumerate(found.neighbours):
        figure.add_annotation(
            x=one.likeness, y=place, xanchor="left", xshift=5, showarrow=False,
            text=f"<b>{one.likeness:.2f} opposite</b>" if one.opposite else f"{one.likeness:.2f}",
            font={"size": 14, "color": WORDS[VERMILLION] if one.opposite else INK},
        )  # fmt: skip
    figure.update_yaxes(
        range=[len(found.neighbours) - 0.4, -1.1], tickvals=list(range(len(found.neighbours))),
        ticktext=[in_short(one.word) for one in found.neighbours], tickfont={"size": 14, "color": INK},
        showgrid=False,
    )  # fmt: skip
    figure.update_xaxes(
        range=[0, 1.45],
        tickvals=[0, 0.5, 1],
        title={"text": "similarity (1 = the same mix of numbers)"},
        showgrid=False,
    )
    figure.update_layout(barmode="overlay", margin={"t": 46})


def _by_chance(figure: Drawing, found: Near) -> None:
    """What two words drawn at random hardly reach."""
    chance = found.known.card["typical"]["any_two_high"]
    figure.add_vline(x=chance, line={"color": INK, "width": 1.5, "dash": "dot"})
    figure.add_annotation(
        x=chance, y=-0.8, xanchor="left", xshift=5, showarrow=False, font={"size": 13, "color": QUIET},
        text="19 of 20 random pairs stay left",
    )  # fmt: skip


def _table(found: Near) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "word": [one.word for one in found.neighbours],
            "similarity (cosine)": [f"{one.likeness:.3f}" for one in found.neighbours],
            "kind (WordNet)": [one.kind for one in found.neighbours],
            "opposite": ["yes" if one.opposite else "" for one in found.neighbours],
        }
    )
