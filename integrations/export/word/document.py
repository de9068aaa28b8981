"""The Word file of a document: head, contents, numbered pages and properties."""

import io
from datetime import UTC, datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt, RGBColor

from integrations.export.blocks import Heading, anchors, text_of
from integrations.export.page import Page
from integrations.export.shapes import LIGHT
from integrations.export.word.story import QUIET, Story
from integrations.export.word.xml import field, link

_LONGEST_PROPERTY = 255
"""Letters that Word takes for a property of a file."""


def to_docx(page: Page) -> bytes:
    """The page as a file (A4)."""
    file = docx.Document()
    _look(file)
    _properties(file, page)
    places = {anchor: f"place_{n}" for n, anchor in enumerate(anchors(page.blocks), 1)}
    _head(file, page)
    _contents(file, page, places)
    Story(file, places).write(page.blocks, file)
    _foot(file, page)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _look(file: WordDocument) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2.2)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    for level, size in ((1, 15), (2, 12), (3, 11), (4, 10.5), (5, 10.5), (6, 10.5)):
        heading = file.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = "Calibri", Pt(size)
        heading.font.color.rgb = RGBColor.from_string(LIGHT["text"][1:])
    code = file.styles.add_style("Code", WD_STYLE_TYPE.PARAGRAPH)
    code.base_style = normal
    code.font.name, code.font.size = "Courier New", Pt(8.5)


def _properties(file: WordDocument, page: Page) -> None:
    about = file.core_properties
    now = datetime.now(UTC).replace(tzinfo=None)
    about.title = page.title[:_LONGEST_PROPERTY]
    about.author = ", ".join(page.authors)[:_LONGEST_PROPERTY]
    about.last_modified_by = ""
    about.comments = ""
    about.subject = f"Post-mortem {page.ref}".strip()[:_LONGEST_PROPERTY]
    about.keywords = ", ".join(page.tags)[:_LONGEST_PROPERTY]
    about.identifier = page.id
    about.language = "en"
    about.created = about.modified = now


def _head(file: WordDocument, page: Page) -> None:
    above = file.add_paragraph().add_run(f"Post-mortem {page.ref}".strip())
    above.font.color.rgb = QUIET
    title = file.add_paragraph(style="Title")
    title.add_run(page.title).font.color.rgb = RGBColor.from_string(LIGHT["text"][1:])
    if not page.facts:
        return
    table = file.add_table(len(page.facts), 2)
    for row, (name, value) in zip(table.rows, page.facts, strict=True):
        row.cells[0].width, row.cells[1].width = Cm(3), Cm(13.5)
        row.cells[0].paragraphs[0].add_run(name).font.color.rgb = QUIET
        row.cells[1].paragraphs[0].add_run(value)
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)


def _contents(file: WordDocument, page: Page, places: dict[str, str]) -> None:
    """A contents field, filled with links; Word adds the page numbers when it opens the file."""
    headings = [b for b in page.blocks if isinstance(b, Heading) and b.level == 2]
    if not headings:
        return
    title = file.add_paragraph()
    title.paragraph_format.space_before = Pt(14)
    made = title.add_run("Contents")
    made.bold, made.font.size = True, Pt(15)
    first = file.add_paragraph()
    field(first, ' TOC \\o "1-2" \\h \\z \\u ', dirty=True)
    end = first._p[-1]  # noqa: SLF001 - the runs of the field are python-docx's own XML
    paragraph = first
    for number, heading in enumerate(headings):
        paragraph = file.add_paragraph() if number else first
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text_of(heading.runs))
        if heading.anchor in places:
            link(paragraph, f"#{places[heading.anchor]}", (run,))
    paragraph._p.append(end)  # noqa: SLF001
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _foot(file: WordDocument, page: Page) -> None:
    section = file.sections[0]
    paragraph = section.footer.paragraphs[0]
    paragraph.style = file.styles["Normal"]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)
    name = " · ".join(filter(None, (page.ref, page.title)))
    paragraph.add_run(f"{name[:70]}{'…' if len(name) > 70 else ''}\tPage ")
    field(paragraph, " PAGE ", "1")
    paragraph.add_run(" of ")
    field(paragraph, " NUMPAGES ", "1")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8), QUIET
