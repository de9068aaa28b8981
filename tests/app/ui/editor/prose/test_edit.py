"""The prose field: its text, its keys, its size."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.editor.prose.changing import changes
from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from tests.app.ui.editor.prose.conftest import Shown


def heard(signal: SignalInstance) -> list[object]:
    """What a signal carries from now on."""
    values: list[object] = []
    signal.connect(values.append)
    return values


def select(field: ProseEdit, start: int, end: int) -> None:
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


def beside(field: ProseEdit, other: QWidget) -> None:
    layout = field.window().layout()
    assert layout is not None
    layout.addWidget(other)
    other.show()


def test_typing_is_told_with_the_whole_text(field: ProseEdit) -> None:
    field.set_markdown("Orders ")
    edited = heard(field.edited)
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(field, "up")
    assert edited == ["Orders u", "Orders up"]
    assert field.markdown() == "Orders up"


def test_a_text_that_is_set_is_not_told_as_an_edit(field: ProseEdit) -> None:
    edited = heard(field.edited)
    field.set_markdown("one\r\ntwo")
    field.set_markdown("")
    assert edited == []
    assert field.markdown() == ""


def test_setting_a_text_keeps_cursor_and_selection(field: ProseEdit) -> None:
    field.set_markdown("first 😀 line\nsecond line\nthird")
    select(field, 21, 25)
    assert field.textCursor().selectedText() == "line"
    field.set_markdown("a first 😀 line, longer\nsecond line\nthird and more")
    assert field.textCursor().selectedText() == "line"


def test_setting_a_text_keeps_the_scroll_place(look: Look, show: Shown) -> None:
    field = ProseEdit(look, "Long", most=5)
    show(field)
    lines = [f"line {number}" for number in range(100)]
    field.set_markdown("\n".join(lines))
    field.verticalScrollBar().setValue(40)
    lines[90] = "another"
    field.set_markdown("\n".join(lines))
    assert field.verticalScrollBar().value() == 40


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text("ab \n\t😀é\u2028\u00a0", max_size=40), max_size=6))
def test_what_is_set_is_what_is_there(field: ProseEdit, texts: list[str]) -> None:
    for text in texts:
        field.set_markdown(text)
        shown = text.replace("\u2028", "\n")
        assert field.markdown() == shown
        assert field.document().toRawText().replace("\u2029", "\n") == shown


def test_the_cursor_stays_between_two_changes_of_one_line(field: ProseEdit) -> None:
    field.set_markdown("Hm yes no Very first words. The queue stands, as it did.")
    cursor = field.textCursor()
    cursor.setPosition(len("Hm yes no "))
    field.setTextCursor(cursor)
    field.set_markdown("Hm Very first words. The queue, edited elsewhere, stands, as it did.")
    QTest.keyClicks(field, "really ")
    wanted = "Hm really Very first words. The queue, edited elsewhere, stands, as it did."
    assert field.markdown() == wanted


@given(old=st.text("ab \n", max_size=30), new=st.text("ab \n", max_size=30))
def test_changes_make_one_text_of_another(old: str, new: str) -> None:
    made = old
    for change in reversed(changes(old, new)):
        made = made[: change.start] + change.text + made[change.end :]
    assert made == new


def test_undo_and_redo_belong_to_the_page(field: ProseEdit) -> None:
    QTest.keyClicks(field, "word")
    keys: list[str] = []

    class Page(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            if event.key() == Qt.Key.Key_Z:
                keys.append("undo")

    page = Page()
    beside(field, page)
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    field.setFocus()
    QTest.keySequence(field, "Ctrl+Z")
    QTest.keySequence(field, "Ctrl+Shift+Z")
    assert keys == ["undo", "undo"]
    assert field.markdown() == "word"


@pytest.mark.parametrize("keys", ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+K"])
def test_shortcuts_of_the_window_work_in_the_field(field: ProseEdit, keys: str) -> None:
    field.set_markdown("word")
    pressed: list[bool] = []
    action = field.window().addAction("Of the window")
    action.setShortcut(keys)
    action.triggered.connect(lambda: pressed.append(True))
    QTest.keySequence(field, keys)
    assert len(pressed) == 1


def test_keys_of_the_field_go_before_the_windows(field: ProseEdit) -> None:
    field.set_markdown("a word")
    pressed: list[bool] = []
    action = field.window().addAction("Import")
    action.setShortcut("Ctrl+I")
    action.triggered.connect(lambda: pressed.append(True))
    select(field, 2, 6)
    QTest.keySequence(field, "Ctrl+I")
    assert field.markdown() == "a *word*"
    assert pressed == []


def test_tab_leaves_the_field(field: ProseEdit) -> None:
    other = QLineEdit()
    beside(field, other)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert other.hasFocus()
    assert field.markdown() == ""


def test_bold_and_link(field: ProseEdit) -> None:
    field.set_markdown("😀 the queue grew")
    select(field, 7, 12)
    QTest.keySequence(field, "Ctrl+B")
    assert field.markdown() == "😀 the **queue** grew"
    QTest.keySequence(field, "Ctrl+B")
    assert field.markdown() == "😀 the queue grew"
    QTest.keySequence(field, "Ctrl+Shift+K")
    QTest.keyClicks(field, "x")
    assert field.markdown() == "😀 the [queue](x) grew"


def test_enter_goes_on_with_a_list_and_ends_it(field: ProseEdit) -> None:
    QTest.keyClicks(field, "1. one")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "two")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "after")
    assert field.markdown() == "1. one\n2. two\nafter"


def test_enter_in_code_is_only_a_line(field: ProseEdit) -> None:
    field.set_markdown("```\n- a")
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.markdown() == "```\n- a\n"


def test_shift_enter_is_a_line_break_of_markdown(field: ProseEdit) -> None:
    QTest.keyClicks(field, "- one")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "two")
    assert field.markdown() == "- one\ntwo"


def test_letters_being_composed_are_not_yet_text(field: ProseEdit) -> None:
    edited = heard(field.edited)
    QApplication.sendEvent(field, QInputMethodEvent("にほ", []))
    assert edited == []
    composed = QInputMethodEvent()
    composed.setCommitString("日本")
    QApplication.sendEvent(field, composed)
    assert edited == ["日本"]


def test_the_field_grows_with_its_text_and_then_scrolls(look: Look, show: Shown) -> None:
    field = ProseEdit(look, "Growing", lines=2, most=6)
    show(field)
    empty = field.height()
    field.set_markdown("a\nb\nc\nd\ne")
    grown = field.height()
    assert empty < grown
    assert field.verticalScrollBar().maximum() == 0
    field.set_markdown("line\n" * 50)
    assert field.height() < 2 * grown
    assert field.verticalScrollBar().maximum() > 0
    field.set_markdown("")
    assert field.height() == empty


def test_a_narrower_field_is_higher(field: ProseEdit) -> None:
    field.set_markdown("words " * 60)
    before = field.height()
    field.window().resize(320, 400)
    QApplication.processEvents()
    assert field.height() > before


def test_the_form_around_follows_the_cursor(look: Look, show: Shown) -> None:
    field = ProseEdit(look, "Summary", most=200)
    form = QScrollArea()
    form.setWidgetResizable(True)
    page = QWidget()
    QVBoxLayout(page).addWidget(field)
    form.setWidget(page)
    show(form)
    field.set_markdown("line\n" * 100)
    QApplication.processEvents()
    QApplication.processEvents()
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    bottom = form.verticalScrollBar().value()
    assert bottom > 0
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.qWait(20)
    assert form.verticalScrollBar().value() > bottom


def test_a_copied_part_is_plain_markdown(field: ProseEdit) -> None:
    field.set_markdown("**bold**\n- item")
    field.selectAll()
    data = field.createMimeDataFromSelection()
    assert data.text() == "**bold**\n- item"
    assert not data.hasHtml()


def test_a_read_only_field_takes_no_keys(field: ProseEdit) -> None:
    field.set_markdown("- kept")
    field.setReadOnly(True)
    field.selectAll()
    QTest.keySequence(field, "Ctrl+B")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "x")
    assert field.markdown() == "- kept"
