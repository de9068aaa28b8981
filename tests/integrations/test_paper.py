"""PDF and Word files, read back by other programs: text, contents, pages, pictures, properties."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import Destination

from integrations.export.blocks import Drawing, Heading, text_of
from integrations.export.page import Page, page_of
from integrations.export.pdf import to_pdf
from integrations.export.pictures import picture_file
from integrations.export.raster import to_pngs
from integrations.export.shapes import LEAD, Group, Picture, divided
from integrations.export.shapes import Text as ShownText
from integrations.export.why_picture import why_picture
from integrations.export.word import to_docx
from integrations.export.wording import own_words
from models import sample
from models.document import Document
from models.domain.attachment import Attachment
from models.domain.incident import Event, Incident
from models.domain.post_mortem import PostMortem, Section
from models.domain.whys import WhyNode, WhyTree
from tests import SOAK
from tests.strategies import documents

SCRIPTS = "Grüße, Привет, 漢字かな, 한국어, 中文, שלום, ☑ → ✅ 🔥"


def written(markdown: str, title: str = "Saves failed", **fields: object) -> Document:
    mortem = PostMortem("pm-1", title, summary=markdown, **fields)  # type: ignore[arg-type]
    return Document(mortem, "PM-2026-001")


def page(document: Document) -> Page:
    return page_of(document, None, own_words())


def said(pdf: bytes) -> str:
    return "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def known() -> Page:
    """The sample post-mortem with two why trees, a timeline and a response record."""
    return page(next(d for d in sample.documents() if len(d.post_mortem.whys) > 1))


@pytest.fixture(scope="module")
def known_pdf(known: Page) -> bytes:
    return to_pdf(known)


@pytest.fixture(scope="module")
def known_docx(known: Page) -> bytes:
    return to_docx(known)


def test_a_pdf_has_head_contents_pages_and_bookmarks(known: Page, known_pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(known_pdf))
    first = reader.pages[0].extract_text()
    count = len(reader.pages)
    headings = [text_of(b.runs) for b in known.blocks if isinstance(b, Heading)]
    assert known.title in first
    assert all(value in first for _, value in known.facts)
    assert f"Page 1 of {count}" in first
    assert f"Page {count} of {count}" in reader.pages[-1].extract_text()
    bookmarks = _flat(reader.outline)
    assert [b.title for b in bookmarks] == headings
    for mark in bookmarks:
        number = reader.get_destination_page_number(mark)
        assert number is not None
        assert str(mark.title) in reader.pages[number].extract_text()
        listed = rf"[.]{number + 1}{re.escape(squeezed(str(mark.title)))}"
        assert re.search(listed, squeezed(first)), mark.title


def _flat(outline: object) -> list[Destination]:
    entries: list[Destination] = []
    for entry in outline if isinstance(outline, list) else []:
        entries += [entry] if isinstance(entry, Destination) else _flat(entry)
    return entries


def test_a_pdf_says_what_it_is_and_brings_its_fonts(known: Page, known_pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(known_pdf))
    about = reader.metadata
    assert about is not None
    assert about.title == known.title
    assert about.author == ", ".join(known.authors)
    root: Any = reader.root_object
    assert about.subject == f"Post-mortem {known.ref}"
    assert root["/Lang"] == "en"
    assert root["/PageMode"] == "/UseOutlines"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    for sheet in reader.pages:
        resources: Any = sheet["/Resources"]
        for font in resources["/Font"].values():
            descriptor = font.get_object().get("/FontDescriptor")
            used = font.get_object()["/BaseFont"]
            assert used == "/Helvetica" or "/FontFile2" in descriptor.get_object()


def test_the_why_picture_is_drawn_in_the_pdf(known: Page, known_pdf: bytes) -> None:
    words = tuple(b for b in known.blocks if not isinstance(b, Drawing))
    plain = to_pdf(replace(known, blocks=words))
    assert said(known_pdf).count("Observed effect") > said(plain).count("Observed effect")


def test_whatever_script_is_typed_can_be_seen_and_copied() -> None:
    pdf = to_pdf(page(written(f"{SCRIPTS}\n\nprivate \ue123 letter\n\n`code ┤漢`")))
    text = said(pdf)
    for word in SCRIPTS.replace("שלום", "").split(", "):
        assert squeezed(word) in squeezed(text), word
    assert "[U+E123]" in text
    word_text = "\n".join(p.text for p in docx.Document(io.BytesIO(_docx(SCRIPTS))).paragraphs)
    assert SCRIPTS in word_text


def _docx(markdown: str) -> bytes:
    return to_docx(page(written(markdown)))


def test_only_web_and_mail_links_lead_out() -> None:
    text = (
        "[web](https://status.example/1) [mail](mailto:ops@status.example) "
        "[script](javascript:alert(1)) [file](file:///etc/passwd) [other](pm:PM-2026-009)"
    )
    reader = PdfReader(io.BytesIO(to_pdf(page(written(text)))))
    links = {
        note.get_object()["/A"]["/URI"]
        for sheet in reader.pages
        for note in sheet.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert links == {"https://status.example/1", "mailto:ops@status.example"}
    parts = zipfile.ZipFile(io.BytesIO(_docx(text)))
    relations = parts.read("word/_rels/document.xml.rels").decode()
    assert set(re.findall(r'Target="([^"]+:[^"]*)"', relations)) == links


@pytest.mark.parametrize(
    "markdown",
    [
        "| a | b |\n|---|---|\n" + "| row | " + "long " * 1500 + "|\n",
        "```\n" + "x" * 5000 + "\n  indented\n```",
        "w" * 3000,
        "- a\n  - b\n    1. c\n    2. d\n\n      ```\n      code\n      ```\n",
        "> quoted\n>\n> - in a list\n>\n> | t | u |\n> |---|---|\n> | 1 | 2 |",
        "<table><tr><td colspan=3>wide</td></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table></table>",
        "![gone](missing.png) text[^1]\n\n[^1]: A note",
        "漢字" * 800,
        "|" + " c |" * 80 + "\n|" + "---|" * 80 + "\n|" + " v |" * 80,
    ],
)
def test_what_is_too_large_or_odd_still_makes_files(markdown: str) -> None:
    made = page(written(markdown))
    assert PdfReader(io.BytesIO(to_pdf(made))).pages
    assert docx.Document(io.BytesIO(to_docx(made))).paragraphs


def test_a_long_table_repeats_its_head_and_loses_no_row() -> None:
    rows = "".join(f"| row {n} | value |\n" for n in range(200))
    pdf = to_pdf(page(written(f"| Head of rows | b |\n|---|---|\n{rows}")))
    text = said(pdf)
    assert text.count("Head of rows") >= 3
    assert all(f"row {n}\n" in text for n in range(200))


def test_code_keeps_lines_and_spaces_in_both() -> None:
    code = "def f():\n    return  1\n"
    text = said(to_pdf(page(written(f"```\n{code}```"))))
    assert "return" in text
    paragraphs = docx.Document(io.BytesIO(_docx(f"```\n{code}```"))).paragraphs
    assert next(p.text for p in paragraphs if p.style and p.style.name == "Code") == code.strip()


def test_a_word_file_has_styles_contents_and_the_picture(known: Page, known_docx: bytes) -> None:
    file = docx.Document(io.BytesIO(known_docx))
    headings = [text_of(b.runs) for b in known.blocks if isinstance(b, Heading) and b.level == 2]
    styled = [p.text for p in file.paragraphs if p.style and p.style.name == "Heading 1"]
    assert styled == headings
    body = file.element.xml
    assert ' TOC \\o "1-2"' in body
    assert body.count("w:bookmarkStart") >= len(headings)
    drawn = sum(isinstance(block, Drawing) for block in known.blocks)
    assert len(file.inline_shapes) >= drawn > 0
    assert "Why tree" not in file.core_properties.comments
    assert file.core_properties.title == known.title
    assert file.core_properties.author == ", ".join(known.authors)
    table = next(t for t in file.tables if "Detected" in t.rows[2].cells[0].text)
    assert len(table.rows) >= 6


def test_numbered_lists_begin_where_they_say() -> None:
    body = docx.Document(io.BytesIO(_docx("3. c\n4. d\n\ntext\n\n1. a\n"))).part.numbering_part
    starts = re.findall(r'<w:startOverride w:val="(\d+)"', body.element.xml)
    assert starts == ["3", "1"]


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    note = Image.Exif()
    note[0x9286] = "taken at the secret site"
    Image.new("RGB", size, "red").save(out, kind, exif=note.tobytes())
    return out.getvalue()


def attached(folder: Path, content: bytes, name: str) -> Page:
    digest = "a" * 64
    (folder / digest).write_bytes(content)
    shown = Attachment("a1", name, digest, "image/png", len(content))
    document = Document(written(f"![A graph]({name})").post_mortem, attachments=(shown,))
    return page_of(document, lambda a: folder / a.sha256, own_words())


def test_attached_pictures_are_shown_without_what_their_files_say(tmp_path: Path) -> None:
    made = attached(tmp_path, picture(), "graph.png")
    pdf = to_pdf(made)
    images = [image for sheet in PdfReader(io.BytesIO(pdf)).pages for image in sheet.images]
    assert [image.image.size for image in images if image.image] == [(40, 20)]
    word = zipfile.ZipFile(io.BytesIO(to_docx(made)))
    shown = [word.read(name) for name in word.namelist() if name.startswith("word/media/")]
    assert len(shown) == 1
    assert b"secret site" not in pdf + shown[0]
    assert b"secret site" in picture()


def test_a_broken_picture_is_said_not_shown(tmp_path: Path) -> None:
    made = attached(tmp_path, b"no picture", "graph.png")
    assert "The picture A graph cannot be shown" in said(to_pdf(made))
    assert picture_file(b"") is None
    assert picture_file(picture()[:60]) is None


def test_a_large_picture_is_made_smaller() -> None:
    file = picture_file(picture(size=(4000, 1000)))
    assert file is not None
    assert (file.width, file.height) == (1600, 400)


def test_a_tall_why_picture_goes_over_several_pages_whole() -> None:
    nodes = tuple(WhyNode(f"n{n}", "Why?", f"answer {n}") for n in range(26))
    document = written("", whys=(WhyTree("t", problem="It failed", nodes=nodes),))
    drawing = next(b for b in page(document).blocks if isinstance(b, Drawing))
    parts = list(to_pngs(drawing.picture, 800))
    assert len(parts) > 2
    heights = sum(height for _, height in parts) - LEAD * (len(parts) - 1)
    assert heights == pytest.approx(drawing.picture.height)
    pdf = to_pdf(page(document))
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    text = said(pdf)
    assert all(len(re.findall(rf"answer {n}\b", text)) == 2 for n in range(26)), "picture and list"


def test_each_line_of_a_card_that_is_taller_than_a_page_is_drawn_once() -> None:
    answer = "\n".join(f"line {n} of the answer" for n in range(120))
    nodes = (
        WhyNode("n1", "Why?", "Short."),
        WhyNode("n2", "Why long?", answer),
        WhyNode("n3", "Why both?", "Last.", joined=True),
    )
    document = written("", whys=(WhyTree("t", problem="It failed", nodes=nodes),))
    made = page(document)
    plain = replace(made, blocks=tuple(b for b in made.blocks if not isinstance(b, Drawing)))
    drawn, beside = said(to_pdf(made)), said(to_pdf(plain))
    for words in ("Observed effect", "Short.", "Last.", *(f"line {n} of" for n in range(120))):
        assert drawn.count(words) == beside.count(words) + 1, words
    assert len(re.findall(r"\bAND\b", drawn)) == len(re.findall(r"\bAND\b", beside)) + 1


@given(st.floats(60, 900))
def test_a_divided_picture_says_each_text_once(reach: float) -> None:
    nodes = tuple(
        WhyNode(f"n{n}", "Why?", f"answer {n}\n" * (n * 5 + 1), joined=n > 0) for n in range(6)
    )
    document = written("", whys=(WhyTree("t", problem="It failed", nodes=nodes),))
    picture = why_picture(document.post_mortem.whys[0], document)
    assert picture is not None
    whole, parts, left = texts(picture), [], picture
    while division := divided(left, reach):
        assert division.head.height <= reach
        parts += texts(division.head)
        left = division.rest
    assert sorted([*parts, *texts(left)]) == sorted(whole)


def texts(picture: Picture) -> list[str]:
    inside = chain.from_iterable(s.shapes if isinstance(s, Group) else (s,) for s in picture.shapes)
    return [shape.said for shape in inside if isinstance(shape, ShownText)]


def test_the_png_of_a_very_wide_tree_stays_small() -> None:
    node = WhyNode("n0", "Why?", "last")
    for n in range(1, 60):
        node = WhyNode(f"n{n}", "Why?", f"answer {n}", children=(node,))
    document = written("", whys=(WhyTree("t", problem="It failed", nodes=(node,)),))
    drawing = next(b for b in page(document).blocks if isinstance(b, Drawing))
    first, _ = next(to_pngs(drawing.picture, 800))
    assert drawing.picture.width > 2000
    assert Image.open(io.BytesIO(first)).size[0] <= 1600


@settings(max_examples=200 if SOAK else 6)
@given(documents())
def test_any_document_makes_both_and_says_its_headings(document: Document) -> None:
    made = page(document)
    headings = [text_of(b.runs) for b in made.blocks if isinstance(b, Heading) and b.level < 3]
    assert len(_flat(PdfReader(io.BytesIO(to_pdf(made))).outline)) >= len(headings)
    file = docx.Document(io.BytesIO(to_docx(made)))
    styled = [p.text for p in file.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [" ".join(t.split()) for t in styled] == headings


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=50)
    return done.stdout


def test_poppler_reads_the_pdf(known: Page, known_pdf: bytes, tmp_path: Path) -> None:
    tool = program("pdfinfo")
    file = tmp_path / "page.pdf"
    file.write_bytes(known_pdf)
    facts = run(tool, str(file))
    assert f"Title:           {known.title}" in facts
    assert re.search(rf"Pages: +{len(PdfReader(file).pages)}\n", facts)
    text = run(program("pdftotext"), str(file), "-")
    for heading in (b for b in known.blocks if isinstance(b, Heading)):
        assert text_of(heading.runs) in text
    drawing = next(b for b in known.blocks if isinstance(b, Drawing))
    assert "Observed effect" in text
    assert drawing.picture.title.removeprefix("Why tree: ") in text


def test_libreoffice_reads_the_word_file(
    known: Page, known_docx: bytes, tmp_path: Path, home: Path
) -> None:
    office = program("soffice")
    file = tmp_path / "page.docx"
    file.write_bytes(known_docx)
    own = f"-env:UserInstallation={(home / 'office').as_uri()}"
    run(office, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file))
    reader = PdfReader(tmp_path / "page.pdf")
    text = squeezed("".join(sheet.extract_text() for sheet in reader.pages))
    for heading in (b for b in known.blocks if isinstance(b, Heading)):
        assert squeezed(text_of(heading.runs)) in text
    assert f"of{len(reader.pages)}" in text
    assert sum(len(sheet.images) for sheet in reader.pages) >= 2


Make = Callable[[Page], bytes]


@pytest.mark.parametrize("make", [to_pdf, to_docx])
def test_own_sections_stand_in_both(make: Make) -> None:
    made = make(page(written("S", sections=(Section("x", "Legal & press", "Nothing"),))))
    text = said(made) if make is to_pdf else docx.Document(io.BytesIO(made)).element.xml
    assert "Legal &" in text


def test_a_starred_event_is_marked_in_every_form() -> None:
    log = (
        Event("e1", datetime(2026, 3, 3, 14, 2, tzinfo=UTC), text="Errors began", starred=True),
        Event("e2", datetime(2026, 3, 3, 14, 9, tzinfo=UTC), text="Rolled back"),
    )
    made = page(written("", incidents=(Incident("i", timeline=log),)))
    file = docx.Document(io.BytesIO(to_docx(made)))
    cells = [c.text for table in file.tables for row in table.rows for c in row.cells]
    for text in (said(to_pdf(made)), "\n".join(cells)):
        assert "★ Errors began" in text
        assert text.count("★") == 1
