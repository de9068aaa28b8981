"""What pasting and dropping do to a prose field."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest

from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.prose.limits import LONGEST_LINE
from tests.app.ui.editor.prose.test_edit import heard


def rich(html: str, plain: str) -> QMimeData:
    data = QMimeData()
    data.setHtml(html)
    data.setText(plain)
    return data


def test_rich_text_is_pasted_as_markdown_and_plain_on_request(field: ProseEdit) -> None:
    QGuiApplication.clipboard().setMimeData(rich("<p>a <b>b</b></p><ul><li>c</li></ul>", "a b c"))
    QTest.keySequence(field, "Ctrl+V")
    assert field.markdown() == "a **b**\n\n- c"
    field.selectAll()
    QTest.keySequence(field, "Ctrl+Shift+V")
    assert field.markdown() == "a b c"


def test_a_list_begins_on_a_line_of_its_own(field: ProseEdit) -> None:
    field.set_markdown("Before:")
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertFromMimeData(rich("<ul><li>one</li></ul>", "one"))
    assert field.markdown() == "Before:\n\n- one"


def test_an_address_on_words_makes_a_link(field: ProseEdit) -> None:
    field.set_markdown("see the graph")
    field.select(8, 13)
    data = QMimeData()
    data.setText("https://example.com/g")
    field.insertFromMimeData(data)
    assert field.markdown() == "see the [graph](https://example.com/g)"


def test_slack_links_of_a_plain_copy_are_links(field: ProseEdit) -> None:
    QGuiApplication.clipboard().setText("see <https://x.example/a|status>, <@U1>")
    QTest.keySequence(field, "Ctrl+V")
    assert field.markdown() == "see [status](https://x.example/a), @U1"
    field.selectAll()
    QTest.keySequence(field, "Ctrl+Shift+V")
    assert field.markdown() == "see <https://x.example/a|status>, <@U1>"


def test_code_is_pasted_as_it_is(field: ProseEdit) -> None:
    field.set_markdown("```\n")
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertFromMimeData(rich("<b>x</b>", "x_y * z"))
    assert field.markdown() == "```\nx_y * z"
    field.set_markdown("")
    copied = rich("<div><span>def</span> f</div>", "def f")
    copied.setData("vscode-editor-data", b"{}")
    field.insertFromMimeData(copied)
    assert field.markdown() == "def f"


def test_markdown_moves_between_fields_unchanged(field: ProseEdit) -> None:
    field.set_markdown("a_b **c**\n- d")
    QTest.keySequence(field, "Ctrl+A")
    QTest.keySequence(field, "Ctrl+X")
    assert field.markdown() == ""
    QTest.keySequence(field, "Ctrl+V")
    assert field.markdown() == "a_b **c**\n- d"


def test_files_are_handed_on(field: ProseEdit, tmp_path: Path) -> None:
    dropped = heard(field.files_dropped)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.png")), QUrl("https://example.com/x")])
    data.setText("file:///a")
    assert field.canInsertFromMimeData(data)
    field.insertFromMimeData(data)
    assert dropped == [[tmp_path / "a b.png"]]
    assert field.markdown() == ""


def test_a_picture_is_handed_on(field: ProseEdit) -> None:
    seen = heard(field.picture_pasted)
    data = QMimeData()
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data.setImageData(image)
    data.setHtml('<meta charset="utf-8"><img src="https://example.com/a.png">')
    field.insertFromMimeData(data)
    assert len(seen) == 1
    assert field.markdown() == ""
    data.setHtml("<table><tr><td>with words</td></tr></table>")
    field.insertFromMimeData(data)
    assert len(seen) == 1
    assert "with words" in field.markdown()


def test_a_very_long_text_is_handed_on_or_shown_in_part(field: ProseEdit) -> None:
    seen = heard(field.long_text_pasted)
    long = "x" * (LONGEST_LINE + 1)
    data = QMimeData()
    data.setText(long)
    field.insertFromMimeData(data)
    assert seen == [long]
    assert field.markdown() == ""
    edited = heard(field.edited)
    field.set_markdown(long)
    assert field.markdown() == long
    assert len(field.toPlainText()) < 5_000
    assert field.isReadOnly()
    field.setReadOnly(False)
    QTest.keyClicks(field, "y")
    assert field.markdown() == long
    field.set_markdown("short")
    assert not field.isReadOnly()
    assert edited == []


def test_nothing_is_pasted_where_nothing_may_be_written(field: ProseEdit, tmp_path: Path) -> None:
    dropped = heard(field.files_dropped)
    field.setReadOnly(True)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    field.insertFromMimeData(data)
    field.insertFromMimeData(rich("<b>x</b>", "x"))
    QTest.keySequence(field, "Ctrl+Shift+V")
    assert field.markdown() == ""
    assert dropped == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "[x](javascript:alert(1)) ![y](file:///etc/passwd) ![z](https://example.com/p.png)",
        "> " * 2_000 + "deep",
        "&lt;b&gt; &#x6a;avascript:",
        "![a](../../../../etc/passwd)",
        "\u202eright to left\u202c \u0000 \ufeff",
    ],
)
def test_hostile_text_is_only_text(field: ProseEdit, text: str) -> None:
    edited = heard(field.edited)
    field.set_markdown(text)
    assert field.markdown() == text
    assert field.document().toRawText() == text
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(field, "!")
    assert edited == [text + "!"]


def test_a_pasted_page_brings_no_script_and_no_address_that_runs(field: ProseEdit) -> None:
    page = (
        '<p onclick="alert(1)">a<script>alert(1)</script>'
        '<a href="javascript:alert(1)">b</a><iframe src="https://example.com"></iframe></p>'
    )
    field.insertFromMimeData(rich(page, "a b"))
    assert field.markdown() == "ab"
