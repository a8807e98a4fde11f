"""The two axes of a chart as PowerPoint writes them down."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from dl_core.documents.native.scales import Scale
from dl_core.documents.native.style import fill, line
from dl_core.documents.slides.letters import clean
from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.spec import titled
from dl_core.documents.stills.words import plain

AXIS_IDS = {"x": 500_000_001, "y": 500_000_002}
GRID, QUIET = "#D9DADD", "#5C626B"
HAIRLINE = 0.75  # points
ROLES = {"linear": "valAx", "log": "valAx", "category": "catAx"}


@dataclass(frozen=True)
class Place:
    """Where an axis's name stands, as shares of the chart."""

    x: float  # 0 to 1, of its left edge
    y: float  # 0 to 1, of its top edge


def axis_xml(
    scale: Scale, other: Scale, title_at: Place, *, names: bool = False, bars: bool = False, zoom: float = 1.0
) -> str:
    """One axis.

    Parameters
    ----------
    scale
        What of it PowerPoint draws.
    other
        The axis it meets.
    title_at
        Where its name stands.
    names
        Whether it is the axis of named bars.
    bars
        Whether bars grow along it.
    zoom
        Points of a page pixel.
    """
    letter = scale.axis.name[0]
    position = {"x": "b", "y": "l"}[letter]
    shown = (names and scale.axis.shown and not scale.by_hand) or bool(scale.number_format)
    # bars grow from 0 where the axis has one; numbers of other charts stand at its lower end
    crosses = "autoZero" if names else "max" if other.turned else "min"
    beside = "low" if names else "nextTo"
    font = letters(zoom * _size(scale), _ink(scale))
    tail = (
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{beside if shown else "none"}"/>{_edge(scale)}{font}'
        f'<c:crossAx val="{AXIS_IDS["y" if letter == "x" else "x"]}"/><c:crosses val="{crosses}"/>'
    )
    head = (
        f'<c:axId val="{AXIS_IDS[letter]}"/>{_scaling(scale, names)}<c:delete val="0"/>'
        f'<c:axPos val="{position}"/>{_grid(scale)}{_title(scale, title_at, zoom)}'
    )
    if names:
        return (
            f'<c:catAx>{head}<c:numFmt formatCode="General" sourceLinked="0"/>{tail}<c:auto val="0"/>'
            '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        )
    form = quoteattr(clean(scale.number_format) or "General")
    unit = f'<c:majorUnit val="{10.0 if scale.axis.kind == "log" else scale.step!r}"/>' if scale.step else ""
    between = f'<c:crossBetween val="{"between" if bars else "midCat"}"/>'
    return f'<c:valAx>{head}<c:numFmt formatCode={form} sourceLinked="0"/>{tail}{between}{unit}</c:valAx>'


def _scaling(scale: Scale, names: bool) -> str:
    turn = f'<c:orientation val="{"maxMin" if scale.turned else "minMax"}"/>'
    if names:
        return f"<c:scaling>{turn}</c:scaling>"
    is_log = scale.axis.kind == "log"
    low, high = (float(10**rung) if is_log else float(rung) for rung in (scale.low, scale.high))
    base = '<c:logBase val="10"/>' if is_log else ""
    return f'<c:scaling>{base}{turn}<c:max val="{high!r}"/><c:min val="{low!r}"/></c:scaling>'


def _grid(scale: Scale) -> str:
    spec = scale.axis.spec
    if not scale.step or spec.get("showgrid") is False:
        return ""
    rule = line(colour(spec.get("gridcolor") or GRID), HAIRLINE)
    return f"<c:majorGridlines><c:spPr>{rule}</c:spPr></c:majorGridlines>"


def _edge(scale: Scale) -> str:
    ink = scale.axis.spec.get("linecolor")
    drawn = scale.axis.shown and ink and scale.axis.spec.get("showline") is not False
    return f"<c:spPr>{line(colour(ink or QUIET), HAIRLINE if drawn else 0)}</c:spPr>"


def _size(scale: Scale) -> float:
    return float((scale.axis.spec.get("tickfont") or {}).get("size") or 14)


def _ink(scale: Scale) -> str:
    return str((scale.axis.spec.get("tickfont") or {}).get("color") or QUIET)


def letters(size: float, ink: str) -> str:
    """The font of a chart's own words.

    Parameters
    ----------
    size
        Points; 12 at least.
    ink
        As CSS writes a colour.
    """
    return (
        '<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        f'{_run("defRPr", size, ink)}</a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )


def _run(tag: str, size: float, ink: str) -> str:
    points = round(100 * max(12.0, size))
    return f'<a:{tag} sz="{points}" b="0">{fill(colour(ink))}<a:latin typeface="+mn-lt"/></a:{tag}>'


def _title(scale: Scale, at: Place, zoom: float) -> str:
    title = titled(scale.axis.spec)
    said = clean(plain(str(title["text"]))).strip()
    if not said or not scale.axis.shown:
        return ""
    font = title.get("font") or {}
    run = _run("rPr", zoom * float(font.get("size") or 14), str(font.get("color") or "#1B1E23"))
    run = run.replace("<a:rPr ", '<a:rPr lang="en-US" ', 1)
    return (
        '<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:lstStyle/>'
        f"<a:p><a:r>{run}<a:t>{escape(said)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{at.x:.5f}"/><c:y val="{at.y:.5f}"/></c:manualLayout></c:layout>'
        '<c:overlay val="1"/></c:title>'
    )
