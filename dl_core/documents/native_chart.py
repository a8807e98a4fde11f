"""A figure as a chart that PowerPoint draws itself: its numbers can be edited, its words selected."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide
from pptx.util import Inches

from dl_core.documents.native.arrange import LABELS, Arranged, arranged, said
from dl_core.documents.native.axes import AXIS_IDS, Place, axis_xml, letters
from dl_core.documents.native.bars import bars_xml
from dl_core.documents.native.draw import Corner, draw
from dl_core.documents.native.labels import zoom_of
from dl_core.documents.native.scatter import scatter_xml
from dl_core.documents.native.workbook import DrawnChart, Sheet
from dl_core.documents.slides.letters import clean
from dl_core.documents.stills.pen import POINTS
from dl_core.figures.picture import Picture

USUAL = (870.0, 300.0)  # points across and down that a chart has on a slide
SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
CLEAR = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def can_be_native(picture: Picture) -> bool:
    """Whether PowerPoint can draw the figure as it is: bars, lines or points on one pair of axes.

    Examples
    --------
    >>> from dl_core.cost_of_use import Workload, cost_of_use
    >>> from dl_core.figures.cost_of_use import cost_curves
    >>> can_be_native(cost_curves(cost_of_use(Workload())))
    True
    """
    return arranged(picture, *USUAL) is not None


def add_chart(slide: Slide, picture: Picture, *, left: float, top: float, width: float, height: float) -> Any:
    """Set the figure on a slide as a chart, its shapes under and over it, its annotations as text boxes.

    The figure's title is left to the slide. Numbers at an axis that PowerPoint cannot write are text
    boxes too.

    Parameters
    ----------
    slide
        Is added to.
    picture
        One that `can_be_native`.
    left, top, width, height
        Inches.

    Returns
    -------
    pptx.shapes.graphfrm.GraphicFrame
        The chart; its description is the picture's summary.

    Raises
    ------
    ValueError
        If PowerPoint cannot draw the figure.

    Examples
    --------
    >>> from pptx import Presentation
    >>> from dl_core.cost_of_use import Workload, cost_of_use
    >>> from dl_core.figures.cost_of_use import cost_curves
    >>> deck = Presentation()
    >>> slide = deck.slides.add_slide(deck.slide_layouts[6])
    >>> picture = cost_curves(cost_of_use(Workload()))
    >>> added = add_chart(slide, picture, left=1, top=1, width=8, height=4)
    >>> [series.name for series in added.chart.plots[0].series][:2]
    ['kNN: pays each time', 'softmax: pays once, to train']
    """
    done = arranged(picture, width * POINTS, height * POINTS)
    if done is None:
        raise ValueError("PowerPoint cannot draw this figure: set it on the slide as a picture.")
    corner = Corner(left * POINTS, top * POINTS, zoom_of(done.chart))
    draw(slide, corner, "Under the chart", done.overlay.below, [])
    sheet = Sheet()
    chart = DrawnChart(_chart_space(done, sheet), sheet)
    kind = XL_CHART_TYPE.XY_SCATTER if done.row is None else XL_CHART_TYPE.COLUMN_CLUSTERED
    box = (Inches(left), Inches(top), Inches(width), Inches(height))
    frame: Any = slide.shapes.add_chart(kind, *box, chart)
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(picture.summary))
    draw(slide, corner, "Words on the chart", done.overlay.above, done.overlay.words)
    return frame


def _chart_space(done: Arranged, sheet: Sheet) -> str:
    order = ("x", "y") if done.row is None or not done.chart.bars[0].across else ("y", "x")
    ids = "".join(f'<c:axId val="{AXIS_IDS[letter]}"/>' for letter in order)
    if done.row is None:
        plot = scatter_xml(done.chart.traces, sheet, ids, zoom_of(done.chart))
    else:
        plot = bars_xml(done.chart, done.row, sheet, ids)
    return (
        f'<c:chartSpace {SPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_layout(done)}{plot}{_axes(done, order)}{CLEAR}'
        '</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{CLEAR}{letters(14, '#1B1E23')}</c:chartSpace>"
    )


def _layout(done: Arranged) -> str:
    """The plot at a place of its own, so that what lies over it can be placed too."""
    inner = done.inner
    shares = {
        "x": inner.left / done.width, "y": inner.top / done.height, "w": inner.width / done.width,
        "h": inner.height / done.height,
    }  # fmt: skip
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        + "".join(f'<c:{name} val="{share:.6f}"/>' for name, share in shares.items())
        + "</c:manualLayout></c:layout>"
    )


def _axes(done: Arranged, order: tuple[str, str]) -> str:
    zoom = zoom_of(done.chart)
    below = done.chart.area.bottom + (LABELS / zoom if said(done.scales["x"]) else 0)
    places = {"x": Place(done.inner.left / done.width, below / done.height), "y": Place(0.0, 0.0)}
    found = ""
    for letter, other in (order, order[::-1]):
        is_row = done.row is not None and letter == order[0]
        found += axis_xml(
            done.scales[letter],
            done.scales[other],
            places[letter],
            names=is_row,
            bars=done.row is not None,
            zoom=zoom,
        )
    return found
