"""The PDF of a document: head, contents, pages with numbers, bookmarks and properties."""

import io
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus import Paragraph as Text
from reportlab.platypus.doctemplate import IndexingFlowable
from reportlab.platypus.tableofcontents import TableOfContents

from integrations.export.blocks import Cell, Heading, Paragraph, Run, Table, anchors
from integrations.export.page import FILE_ID, Page
from integrations.export.pdf import fonts
from integrations.export.pdf.story import Story, Title
from integrations.export.pdf.tables import laid
from integrations.export.pdf.text import LINE, QUIET, markup, style

_MARGIN, _FOOT = 56.0, 62.0
_WIDTH = A4[0] - 2 * _MARGIN - 12
"""Between the margins, less the padding of a frame."""


def to_pdf(page: Page) -> bytes:
    """The page as a file (A4), with the same content each time but for the time it was made."""
    places = {anchor: f"place-{n}" for n, anchor in enumerate(anchors(page.blocks))}
    total = _Total()
    story = [total, *_head(page), *_contents(page), *Story(places, _WIDTH).of(page.blocks)]
    out = io.BytesIO()
    _Pages(page, out, total).multiBuild(story)
    return out.getvalue()


def _head(page: Page) -> list[Flowable]:
    """The title block."""
    rows = tuple(
        (
            Cell((Paragraph((Run(name, tone="quiet"),)),)),
            Cell((Paragraph((Run(value),)),)),
        )
        for name, value in page.facts
    )
    said = markup((Run(page.title),), {}, bold=True)
    above = markup((Run(" · ".join(filter(None, ("Post-mortem", page.ref))), tone="quiet"),), {})
    facts = laid(Table((), rows), _WIDTH, Story({}, _WIDTH).cell)
    return [
        Text(above, style(spaceAfter=4)),
        Text(said, style(22, leading=27, spaceAfter=12)),
        *([facts] if facts else []),
    ]


def _contents(page: Page) -> list[Flowable]:
    """The contents, where there is something to list."""
    if not any(isinstance(block, Heading) for block in page.blocks):
        return []
    contents = TableOfContents(
        dotsMinLevel=0,
        levelStyles=[style(10, leading=17), style(9.5, leading=15, leftIndent=14)],
    )
    title = markup((Run("Contents"),), {}, bold=True)
    return [Text(title, style(14, leading=18, spaceBefore=14, spaceAfter=6)), contents]


class _Total(IndexingFlowable):
    """Counts the pages while they are laid out, so that the next round can name them all."""

    def __init__(self) -> None:
        super().__init__()
        self.known = self._seen = 0

    def isIndexing(self) -> Literal[1]:  # noqa: N802 - ReportLab's
        return 1

    def isSatisfied(self) -> bool:  # noqa: N802 - ReportLab's
        return self.known == self._seen

    def beforeBuild(self) -> None:  # noqa: N802 - ReportLab's
        self.known = self._seen

    def notify(self, kind: str, stuff: Any) -> None:
        if kind == "Page":
            self._seen = stuff

    def wrap(self, _aW: float, _aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's
        return 0, 0

    def draw(self) -> None:
        """It is not to be seen."""


class _Pages(BaseDocTemplate):
    def __init__(self, page: Page, out: io.BytesIO, total: _Total) -> None:
        super().__init__(
            out,
            pagesize=A4,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN,
            bottomMargin=_FOOT,
            title=page.title,
            author=", ".join(page.authors),
            subject=" ".join(filter(None, ("Post-mortem", page.ref))),
            keywords=[*page.tags, f"{FILE_ID}{page.id}"],
            creator="Afterwhy",
            lang="en",
            displayDocTitle=1,
        )
        self._about = page
        self._total = total
        self._level = -1
        frame = Frame(_MARGIN, _FOOT, self.width, self.height, id="text")
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._foot))

    def beforeDocument(self) -> None:  # noqa: N802 - ReportLab's
        self._level = -1
        self.canv.showOutline()

    def afterPage(self) -> None:  # noqa: N802 - ReportLab's
        self.notify("Page", self.page)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - ReportLab's
        """Tells the contents and the bookmarks where a heading stands."""
        if not isinstance(flowable, Title) or flowable.level > 3:
            return
        self._level = min(flowable.level - 2, self._level + 1)
        self.canv.bookmarkPage(flowable.key)
        self.canv.addOutlineEntry(flowable.words, flowable.key, self._level, closed=False)
        said = markup((Run(flowable.words),), {})
        self.notify("TOCEntry", (flowable.level - 2, said, self.page, flowable.key))

    def _foot(self, canvas: Any, _document: Any) -> None:
        """Name and number of the page."""
        canvas.saveState()
        canvas.setStrokeColor(HexColor(LINE))
        canvas.line(_MARGIN, 44, A4[0] - _MARGIN, 44)
        of = f" of {self._total.known}" if self._total.known else ""
        number = f"Page {self.page}{of}"
        room = self.width - fonts.width(number, fonts.TEXT, 8) - 20
        name = " · ".join(filter(None, (self._about.ref, self._about.title)))
        _line(canvas, _MARGIN, _fitted(name, room))
        _line(canvas, A4[0] - _MARGIN - fonts.width(number, fonts.TEXT, 8), number)
        canvas.restoreState()


def _fitted(name: str, room: float) -> str:
    if fonts.width(name, fonts.TEXT, 8) <= room:
        return name
    while name and fonts.width(f"{name}…", fonts.TEXT, 8) > room:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _line(canvas: Any, left: float, said: str) -> None:
    canvas.setFillColor(HexColor(QUIET))
    for piece, font in fonts.pieces(" ".join(said.split()), fonts.TEXT):
        canvas.setFont(font, 8)
        canvas.drawString(left, 32, piece)
        left += canvas.stringWidth(piece, font, 8)
