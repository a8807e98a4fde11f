"""An empty deck in the house style: its fonts, its colours, and two layouts with a title each."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

WIDE, HIGH = 13.333, 7.5  # inches
LEFT, ACROSS = (
    0.6,
    12.133,
)  # inches: the left edge of everything, and how wide the page between its margins is
TITLE_TOP, TITLE_HIGH, TITLE_SIZE = 0.66, 0.58, 28  # inches, inches, points
FOOT = 6.78  # inches from the top to the rule above the small print
HEADLINES, WORDS = "Georgia", "Calibri"
ACCENT, FAINT = "accent6", "bg2"
# our series, then the accent; a chart or a shape that somebody adds takes these
COLOURS = {
    "dk1": "1B1E23", "lt1": "FFFFFF", "dk2": "5C626B", "lt2": "D9D5CB", "accent1": "0072B2",
    "accent2": "D55E00", "accent3": "009E73", "accent4": "CC79A7", "accent5": "7F7F7F", "accent6": "A3291F",
    "hlink": "0072B2", "folHlink": "5C626B",
}  # fmt: skip
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
PLAIN = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Deep Learning for Product Managers</Application></Properties>"
)


def empty_deck() -> Deck:
    """A deck of 16:9 without slides.

    Examples
    --------
    >>> [layout.name for layout in empty_deck().slide_layouts]
    ['Opening', 'Headline']
    """
    return Presentation(BytesIO(_template()))


@lru_cache(maxsize=1)
def _template() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    deck.part._element.find(".//{*}sldSz").attrib.pop("type", None)
    layouts = deck.slide_layouts
    for number, layout in reversed(list(enumerate(layouts))):
        if number not in (0, 5):
            layouts.remove(layout)
    master: Any = deck.slide_master
    master.part.part_related_by(RT.THEME).blob = _theme().encode()
    _set_shapes(master, _title("title", TITLE_TOP, TITLE_HIGH), _body(), _number(4), _bar(0.42), _rule())
    _style(master)
    _set_shapes(layouts[0], _bar(1.02, 0.07), _title("title", 1.3, 1.75, size=44), _number(12))
    _set_shapes(layouts[1], _title("title"), _number(12))
    for layout, name in zip(layouts, ("Opening", "Headline"), strict=True):
        layout._element.cSld.set("name", name)
        layout._element.set("type", "titleOnly")
    layouts[0]._element.set("showMasterSp", "0")
    _drop(deck)
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def _drop(deck: Deck) -> None:
    """Leave out what the template brings along: somebody's printer, and a picture of an empty slide."""
    package: Any = deck.part.package
    for owner in (deck.part, package):
        for key, rel in list(owner._rels.items()):
            if rel.reltype.endswith(("/printerSettings", "/thumbnail")):
                owner._rels.pop(key)
            elif rel.reltype.endswith("/extended-properties"):
                rel.target_part.blob = APP.encode()


def _set_shapes(owner: Any, *shapes: str) -> None:
    tree = owner._element.cSld.spTree
    for shape in list(tree)[2:]:  # the first two say that it is a tree
        tree.remove(shape)
    for number, shape in enumerate(shapes, 2):
        tree.append(parse_xml(shape.replace("NUMBER", str(number))))


def _place(left: float, top: float, wide: float, high: float) -> str:
    numbers = [Inches(one) for one in (left, top, wide, high)]
    return (
        '<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'.format(*numbers)
    )


def _holder(kind: str, name: str, place: str, style: str, text: str, anchor: str = "t") -> str:
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="NUMBER" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody>"
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _title(kind: str, top: float = 0, high: float = 0, size: int = 0, anchor: str = "t") -> str:
    place = _place(LEFT, top, ACROSS, high) if high else ""
    style = f'<a:lvl1pPr><a:defRPr sz="{100 * size}"/></a:lvl1pPr>' if size else ""
    text = '<a:r><a:rPr lang="en-GB"/><a:t>The message, as a sentence</a:t></a:r>'
    return _holder(f'type="{kind}"', "Title", place, style, text, anchor)


def _body() -> str:
    text = '<a:r><a:rPr lang="en-GB"/><a:t>Words</a:t></a:r>'
    return _holder('type="body" idx="1"', "Words", _place(LEFT, 1.5, ACROSS, 5.0), "", text)


def _number(idx: int) -> str:
    style = (
        '<a:lvl1pPr algn="r"><a:defRPr sz="1200"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    )
    place = _place(LEFT + ACROSS - 0.7, FOOT + 0.08, 0.7, 0.25)
    return _holder(f'type="sldNum" sz="quarter" idx="{idx}"', "Slide number", place, style, field())


def field() -> str:
    """The slide's own number, as text that PowerPoint keeps true."""
    return (
        '<a:fld id="{C1FF6DA9-008F-4B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="en-GB"/>'
        "<a:t>‹#›</a:t></a:fld>"
    )


def number_on_slide(number: int) -> str:
    """A placeholder for the slide's number; ``number`` is the shape's own, from 1."""
    kind = 'type="sldNum" sz="quarter" idx="12"'
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Slide number"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>'
        f"<a:bodyPr/><a:lstStyle/><a:p>{field()}</a:p></p:txBody></p:sp>"
    )


def _bar(top: float, high: float = 0.06) -> str:
    """The one mark in the accent's colour."""
    return _block("Mark", _place(LEFT, top, 0.42, high), ACCENT)


def _rule() -> str:
    return _block("Rule", _place(LEFT, FOOT, ACROSS, 0.01), FAINT)


def _block(name: str, place: str, ink: str) -> str:
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="NUMBER" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr>{place}<a:solidFill><a:schemeClr val="{ink}"/></a:solidFill><a:ln><a:noFill/>'
        "</a:ln></p:spPr></p:sp>"
    )


def _style(master: Any) -> None:
    """Headlines at the left in the headline's font; words without bullets."""
    styles = master._element.find("{*}txStyles")
    title = styles.find("{*}titleStyle/{*}lvl1pPr")
    title.set("algn", "l")
    title.find("{*}defRPr").set("sz", str(100 * TITLE_SIZE))
    title.insert(0, parse_xml(f'<a:lnSpc {SPACES}><a:spcPct val="95000"/></a:lnSpc>'))


def _theme() -> str:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{name}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, name in (("major", HEADLINES), ("minor", WORDS))
    )
    lines = "".join(f'<a:ln w="{width}">{PLAIN}</a:ln>' for width in (9525, 19050, 28575))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3  # no shadows
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a:theme {SPACES} name="Paper and ink">'
        f'<a:themeElements><a:clrScheme name="Paper and ink">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Paper and ink">{fonts}</a:fontScheme><a:fmtScheme name="Flat">'
        f"<a:fillStyleLst>{PLAIN * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{PLAIN * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
