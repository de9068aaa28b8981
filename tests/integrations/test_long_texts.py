"""Texts that nobody wrote by hand: laid out in linear time, and never cut in silence."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from integrations.export import files, page_html
from integrations.export.blocks import Code, Paragraph, text_of
from integrations.export.body import body_html
from integrations.export.html import to_html
from integrations.export.page_html import read_blocks
from integrations.markdown import render
from models.document import Document
from models.domain.post_mortem import Lessons, PostMortem

HOSTILE = "a b*c_d `e [f "
AS_TYPED = "it stands as it was typed"


def said(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_a_very_long_paragraph_stands_as_typed_and_says_so() -> None:
    long = HOSTILE * (render.LONGEST_PARAGRAPH // len(HOSTILE) + 1) + "<b>*end*</b> & all"
    shown = render.block(f"**before**\n\n{long}\n\n**after**")
    assert "<strong>before</strong>" in shown
    assert "<strong>after</strong>" in shown
    assert "&lt;b&gt;*end*&lt;/b&gt; &amp; all" in shown
    assert " ".join(long.split()) in said(shown)
    assert shown.count(AS_TYPED) == 1


def test_beyond_very_many_marks_a_text_stands_as_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "MOST_MARKS", 10)
    assert AS_TYPED not in render.block("*a* *b* *c*\n\n*d* *e*")
    shown = render.block("*a* *b* *c*\n\n*d* *e*\n\n*f* *g*\n\n- *h*")
    assert "<em>e</em>" in shown
    assert "<p>*f* *g*</p>" in shown
    assert "<li>*h*</li>" in shown
    assert shown.count(AS_TYPED) == 1


def test_where_there_is_little_room_a_text_is_cut_and_says_where_the_rest_is() -> None:
    mortem = PostMortem("1", "t", summary="word " * 20_000, lessons=Lessons(text="Retry less."))
    shown = said(body_html(Document(mortem), room=20_000))
    assert shown.count("word") == 2_000
    assert "90,001 more letters of this text are not shown here" in shown
    assert "Export it as Markdown" in shown
    assert "Retry less." in shown


def test_a_pdf_has_an_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "PDF_ROOM", 8_000)
    document = Document(PostMortem("1", "t", summary="word " * 4_000))
    to = tmp_path / "t.pdf"
    files.export_documents([document], files.Format.PDF, to, lambda a: tmp_path / a.name)
    pages = PdfReader(to).pages
    read = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert read.count("word ") == 800
    assert "16,001 more letters of this text are not shown here" in read


def test_an_exported_page_has_all_of_a_long_text() -> None:
    words = " ".join(f"{number}*" for number in range(60_000))
    exported = to_html(Document(PostMortem("1", "t", summary=words)))
    assert words in exported
    assert AS_TYPED in exported


def test_a_long_block_becomes_several_without_losing_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_html, "LONGEST_BLOCK", 50)
    words = " ".join(map(str, range(100)))
    lines = "\n".join(f"line {number}" for number in range(40))
    html = f'<p id="here">{words} <b>bold</b> {"x" * 120}</p><pre>{lines}</pre>'
    blocks = read_blocks(html, {})
    paragraphs = [b for b in blocks if isinstance(b, Paragraph)]
    code = [b for b in blocks if isinstance(b, Code)]
    assert [p.anchor for p in paragraphs if p.anchor] == ["here"]
    assert all(len(text_of(p.runs)) <= 50 for p in paragraphs)
    told = " ".join(text_of(p.runs) for p in paragraphs)
    assert told.split()[:101] == [*words.split(), "bold"]
    assert told.count("x") == 120
    assert "\n".join(c.text for c in code) == lines
    assert max(len(c.text) for c in code) <= 50
