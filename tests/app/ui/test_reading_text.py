"""The text of a post-mortem fits its pane, whatever was imported."""

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from app.ui.document.reading import Page
from app.ui.document.reading_text import ReadingText
from tests.app.ui.conftest import Bench

WIDE = {
    "a line of code": "<pre><code>" + "kubectl describe pod " * 30 + "</code></pre>",
    "code in a list": "<ul><li>14:02<pre>" + "x" * 400 + "</pre></li></ul>",
    "a long word": f"<p>{'a/b' * 200}</p>",
    "a long word in a table": f"<table><tr><td>14:02</td><td>{'0f' * 90}</td></tr></table>",
    "code in a table": f"<table><tr><td>1</td><td><pre>{'{a:1,b:2}' * 90}</pre></td></tr></table>",
}


def _picture(width: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    QImageWriter(buffer, b"png").write(QImage(width, 40, QImage.Format.Format_RGB32))
    return bytes(content.data())


@pytest.fixture
def text(bench: Bench, qtbot: QtBot) -> ReadingText:
    shown = ReadingText(bench.desktop.look)
    qtbot.addWidget(shown)
    shown.resize(420, 600)
    shown.show()
    return shown


@pytest.mark.parametrize("html", WIDE.values(), ids=WIDE)
def test_a_page_never_scrolls_sideways(text: ReadingText, html: str) -> None:
    text.show_page(Page(f"<p>Before.</p>{html}"))
    assert text.document().size().width() <= text.viewport().width()


def test_no_bar_for_a_fraction_of_a_pixel(text: ReadingText) -> None:
    text.show_page(Page("<p>Short.</p>"))
    text.horizontalScrollBar().setRange(0, 1)
    assert text.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    wide = "16:54 UTC and long after that " * 9
    text.show_page(Page(f'<table><tr><td class="time">{wide}</td></tr></table>'))
    assert text.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded


def test_a_picture_of_the_timeline_fits_beside_its_times(text: ReadingText) -> None:
    nowrap = '<td class="time">16:54 UTC</td><td class="kind">Communication</td>'
    html = f'<table><tr>{nowrap}<td><img src="attachment:a"></td></tr></table>'
    text.show_page(Page(html, {"attachment:a": _picture(900)}))
    assert text.document().size().width() <= text.viewport().width()


def test_what_is_copied_has_no_breaks_of_the_page(text: ReadingText) -> None:
    word = "0f" * 90
    text.show_page(Page(f"<table><tr><td>{word}</td></tr></table>"))
    text.selectAll()
    text.copy()
    assert word in QGuiApplication.clipboard().text()
