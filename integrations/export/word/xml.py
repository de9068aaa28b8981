"""What python-docx has no call for: fields, bookmarks, links, shading."""

from collections.abc import Iterable
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def element(tag: str, /, **attributes: object) -> Any:
    """An element of Word's own namespace; the attributes, too."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def field(paragraph: Paragraph, instruction: str, shown: str = "", *, dirty: bool = False) -> None:
    """A field that Word computes; ``shown`` stands there until it has."""
    begin = element("fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    text = element("instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = instruction
    for part in (begin, text, element("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)  # noqa: SLF001 - python-docx's way to its XML
    if shown:
        paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))  # noqa: SLF001


def bookmark(paragraph: Paragraph, name: str) -> None:
    """A place that links lead to, around the whole paragraph; the name ends in its number."""
    number = name.rpartition("_")[2]
    start = element("bookmarkStart", id=number, name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001
    paragraph._p.append(element("bookmarkEnd", id=number))  # noqa: SLF001


def link(paragraph: Paragraph, target: str, runs: Iterable[Run]) -> None:
    """Puts runs of the paragraph into a link: to the web, or to "#bookmark"."""
    made = element("hyperlink")
    if target.startswith("#"):
        made.set(qn("w:anchor"), target[1:])
    else:
        id = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), id)
    for run in runs:
        made.append(run._r)  # noqa: SLF001
    paragraph._p.append(made)  # noqa: SLF001


def shaded(paragraph: Paragraph, colour: str) -> None:
    """A ground behind a paragraph; ``colour`` as six hex digits."""
    ground = element("shd", val="clear", color="auto", fill=colour)
    paragraph._p.get_or_add_pPr().append(ground)  # noqa: SLF001


def lined(table: Table) -> None:
    """Thin lines between the rows of a table, and room above and below its texts."""
    lines, room = element("tblBorders"), element("tblCellMar")
    for side in ("bottom", "insideH"):
        lines.append(element(side, val="single", sz=4, space=0, color="D2D2CB"))
    for side in ("top", "bottom"):
        room.append(element(side, w=40, type="dxa"))
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx's way to its XML
    layout = properties.find(qn("w:tblLayout"))
    for part in (lines, room):
        if layout is None or part is room:
            properties.append(part)
        else:
            layout.addprevious(part)
