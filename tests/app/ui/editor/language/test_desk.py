"""Language hints in the editor: underlined, listed, applied, kept, gone to; by the keyboard."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from app.ui.editor.actions.page import ActionsPage
from app.ui.editor.incident_choice import IncidentChoice
from app.ui.editor.language.hints import Hints
from app.ui.editor.language.line_underline import LineUnderline
from app.ui.editor.language.panel import LanguagePanel
from app.ui.editor.language.popup import HintPopup
from app.ui.editor.language.underlines import Underlines
from app.ui.editor.timeline.page import TimelinePage
from app.ui.editor.whys.page import WhysPage
from models.commands import post_mortems as commands
from models.document import Document
from models.domain.incident import Impact, Incident, StatusUpdate
from models.editing.parts import with_text
from models.language.texts import Text, action_texts, texts_of
from models.store.library import Actor
from tests.app.ui import examples
from tests.app.ui.editor.conftest import Bench, Desk
from tests.models.examples import NOON

BLAME = "The release team should have tested old accounts. The queue grew."


class Writer:
    """Somebody who writes at a desk and reads the hints."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.bench: Bench = desk.bench

    @property
    def hints(self) -> Hints:
        return self.desk.page.language.hints

    @property
    def panel(self) -> LanguagePanel:
        return self.desk.page.dock.language

    def enter(self, key: str) -> None:
        """Go to a section."""
        self.bench.window.activateWindow()
        self.bench.settle()
        keys = [step.key for step in self.desk.page.walk.steps]
        self.bench.press("Ctrl+1", *["Alt+PgDown"] * keys.index(key))

    def write_summary(self, text: str = BLAME) -> QPlainTextEdit:
        """Write a summary and wait until it is judged."""
        self.enter("summary")
        field = self.bench.focus()
        assert isinstance(field, QPlainTextEdit)
        self.bench.press("Ctrl+A")
        if text.isascii() and text.isprintable():
            QTest.keyClicks(field, text)
        else:
            field.insertPlainText(text)
        self.judge()
        return field

    def judge(self) -> None:
        """What a pause of typing brings."""
        self.bench.settle()
        for waves in self.bench.window.findChildren(Underlines):
            waves.finish()
        self.hints.finish()
        self.bench.settle()

    def rules_in(self, section: str) -> list[str]:
        """What is shown of a section."""
        return [one.finding.rule for one in self.hints.shown if one.place.section == section]

    @property
    def summary(self) -> str:
        return self.desk.draft.document.post_mortem.summary


class OwnDesk(Desk):
    """A desk at which a post-mortem is written that nobody else writes."""

    def __init__(self, bench: Bench) -> None:
        library = bench.screens.context.workspace.library
        self._id = commands.add(library, examples.document(examples.CASES[0]), Actor("", "Lead")).id
        super().__init__(bench, "")

    @property
    def id(self) -> str:
        return self._id


@pytest.fixture
def writer(shared_bench: Bench) -> Iterator[Writer]:
    """Somebody at a post-mortem of their own, in the window of all of these tests."""
    writer = Writer(OwnDesk(shared_bench))
    yield writer
    language = shared_bench.screens.context.language
    language.judge_again((*language.kept(), *language.kept(writer.desk.id)))
    shared_bench.window.toast.hide()


def waved(field: QPlainTextEdit) -> list[str]:
    """The words of a field that have a wave."""
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    return [
        selection.cursor.selectedText()
        for selection in field.extraSelections()
        if selection.format.underlineStyle() == wave
    ]


def popup(writer: Writer) -> HintPopup | None:
    shown = [p for p in writer.bench.window.findChildren(HintPopup) if p.isVisible()]
    return shown[-1] if shown else None


def test_words_are_underlined_where_they_stand_beside_the_spelling(writer: Writer) -> None:
    field = writer.write_summary("\U0001f525 We forgot the wizardd. It was carelss and careless.")
    assert waved(field) == ["We forgot", "careless"]
    colours = {s.format.underlineColor().name() for s in field.extraSelections()}
    look = writer.bench.screens.context.look
    assert colours == {look.theme.amber.solid.lower()}
    look.toggle_dark()
    colours = {s.format.underlineColor().name() for s in field.extraSelections()}
    assert colours == {look.theme.amber.solid.lower()}
    look.toggle_dark()
    QTest.keyClicks(field, " Nobody bothered to look.")
    writer.judge()
    assert waved(field) == ["We forgot", "careless", "Nobody bothered"]


def test_a_hint_is_applied_with_one_key_and_taken_back_with_one(writer: Writer) -> None:
    writer.write_summary()
    assert writer.rules_in("summary") == ["counterfactual"]
    writer.bench.press("Ctrl+Shift+H")
    assert writer.bench.focus() is writer.panel.list
    writer.bench.press("Return")
    assert writer.summary == (
        "At {time} the team saw {signal} and chose {action}. What made that sensible?"
        " The queue grew."
    )
    field = writer.bench.focus()
    assert isinstance(field, QPlainTextEdit)
    assert field.textCursor().selectedText() == "{time}"
    assert writer.desk.draft.undo_name == "Apply wording: Hindsight"
    QTest.keyClicks(field, "14:02")
    assert writer.summary.startswith("At 14:02 the team saw {signal}")
    writer.bench.press("Ctrl+Z", "Ctrl+Z")
    assert writer.summary == BLAME


def test_what_is_kept_once_is_left_alone_until_its_sentence_changes(writer: Writer) -> None:
    field = writer.write_summary()
    writer.bench.press("Ctrl+Shift+H", "Del")
    writer.judge()
    assert writer.rules_in("summary") == []
    assert waved(field) == []
    field.setFocus()
    field.moveCursor(field.textCursor().MoveOperation.End)
    QTest.keyClicks(field, " More.")
    writer.judge()
    assert writer.rules_in("summary") == []
    writer.write_summary("The release team should have tested old accounts twice.")
    assert writer.rules_in("summary") == ["counterfactual"]


def test_keeping_can_be_taken_back(writer: Writer) -> None:
    writer.write_summary()
    writer.bench.press("Ctrl+Shift+H", "Del")
    writer.bench.screens.context.messages.undo()
    writer.judge()
    assert writer.rules_in("summary") == ["counterfactual"]
    writer.panel.list.setFocus()
    writer.bench.press("Del")
    writer.judge()
    writer.panel.again_button.setFocus()
    writer.bench.press("Return")
    assert writer.rules_in("summary") == ["counterfactual"]


def test_words_that_are_always_kept_are_listed_in_the_settings(writer: Writer) -> None:
    from app.ui.settings.language import LanguageSettings

    writer.write_summary()
    writer.bench.press("Ctrl+Shift+H", "Shift+Del")
    writer.write_summary("An engineer should have looked.")
    assert writer.rules_in("summary") == []
    writer.bench.press("Ctrl+,")
    settings = writer.bench.screens.settings
    settings.show_section("Language hints")
    section = settings.section(LanguageSettings)
    assert [name for name, _ in section.words.entries()] == ["Hindsight: “should have”"]
    section.list.setFocus()
    writer.bench.press("Ctrl+A", "Del")
    assert section.words.rowCount() == 0
    writer.bench.press("Esc")
    writer.judge()
    assert writer.rules_in("summary") == ["counterfactual"]


def test_a_key_goes_from_hint_to_hint_and_back(writer: Writer) -> None:
    writer.write_summary("We forgot one. It was careless.")
    writer.bench.press("F7")
    first = writer.bench.focus()
    assert isinstance(first, QPlainTextEdit)
    assert first.textCursor().selectedText() == "We forgot"
    writer.bench.press("F7")
    assert first.textCursor().selectedText() == "careless"
    number = len(writer.hints.shown)
    for _ in range(number - 2):
        writer.bench.press("F7")
    assert writer.hints.shown[-1].place.section == "actions"
    assert writer.desk.page.walk.key == "actions"
    writer.bench.press("F7", "Shift+F7", "F7")
    assert first.textCursor().selectedText() == "We forgot"
    writer.bench.press("Ctrl+Shift+H", "Down", "Space")
    assert first.textCursor().selectedText() == "careless"


def test_after_a_hint_is_applied_its_blanks_come_next(writer: Writer) -> None:
    field = writer.write_summary("We forgot one. It was careless.\n\nWe forgot two.")
    writer.bench.press("F7", "F7")
    writer.hints.apply(writer.hints.shown[1])
    writer.judge()
    for blank in ("{measure}", "{number}", "{number}"):
        writer.bench.press("F7")
        assert field.textCursor().selectedText() == blank
        QTest.keyClicks(field, "7")
        writer.judge()
    writer.bench.press("F7")
    assert field.textCursor().selectedText() == "We forgot"
    assert field.textCursor().block().text() == "We forgot two."
    assert "7 was 7, where 7 was expected." in writer.summary


def test_the_hint_at_the_cursor_is_applied_there(writer: Writer) -> None:
    field = writer.write_summary()
    writer.bench.press("Ctrl+Home", "Ctrl+.")
    shown = popup(writer)
    assert shown is not None
    assert "should have" in shown.accessibleName()
    assert writer.bench.focus() is field  # one can go on writing
    writer.bench.press("Return")
    assert popup(writer) is None
    assert writer.summary.startswith("At {time} the team saw")
    assert writer.bench.focus() is field
    writer.bench.press("Ctrl+End", "Ctrl+.")
    assert popup(writer) is None


def test_a_hint_goes_with_the_field_it_stands_at(writer: Writer) -> None:
    field = writer.write_summary("We forgot it.")
    writer.bench.press("Ctrl+.")
    assert popup(writer) is not None
    away = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(field, away)
    assert popup(writer) is not None, "who comes back finds it"
    field.hide()
    assert popup(writer) is None
    field.show()


def test_whoever_goes_on_writing_is_not_held_up(writer: Writer) -> None:
    field = writer.write_summary("We forgot it.")
    writer.bench.press("Ctrl+.")
    assert popup(writer) is not None
    QTest.keyClicks(field, " So?")
    assert popup(writer) is None
    assert writer.summary == "We forgot it. So?"
    writer.bench.press("Home", "Ctrl+.", "Esc")
    assert popup(writer) is None
    assert writer.bench.window.current == "editor"
    writer.bench.press("Ctrl+.", "Del")
    writer.judge()
    assert writer.summary == "We forgot it. So?"
    assert writer.rules_in("summary") == []


def test_an_answer_is_underlined_and_rewritten_in_its_field(writer: Writer) -> None:
    writer.enter("whys")
    page = writer.desk.page.work.forms.page
    assert isinstance(page, WhysPage)
    page.tree.setFocus()
    writer.bench.press("Return")
    editor = writer.bench.focus()
    assert isinstance(editor, QPlainTextEdit)
    QTest.keyClicks(editor, "Somebody forgot the flag.")
    writer.judge()
    assert waved(editor) == ["Somebody forgot"]
    writer.bench.press("Ctrl+.", "Return")
    editor = writer.bench.focus()
    assert isinstance(editor, QPlainTextEdit)
    assert editor.toPlainText().startswith("At {time} {what was done}")
    assert editor.textCursor().selectedText() == "{time}"
    writer.bench.press("Esc")
    assert page.tree.hasFocus()


def test_an_event_is_gone_to_and_its_time_is_filled_in(writer: Writer) -> None:
    writer.enter("timeline")
    page = writer.desk.page.work.forms.page
    assert isinstance(page, TimelinePage)
    page.list.setCurrentIndex(page.model.index(0, 0))
    page.composer.text.setFocus()
    writer.bench.press("Ctrl+A")
    QTest.keyClicks(page.composer.text, "Engineers should have looked.")
    writer.judge()
    at = page.current.at if page.current else None
    assert at is not None
    page.list.setCurrentIndex(page.model.index(2, 0))
    placed = next(one for one in writer.hints.shown if one.place.section == "timeline")
    writer.hints.apply(placed)
    field = writer.bench.focus()
    assert field is page.composer.text
    assert page.composer.text.markdown().startswith(f"At {at:%H:%M} the engineers saw {{signal}}")
    assert page.composer.text.textCursor().selectedText() == "{signal}"


def test_an_action_says_what_it_leaves_open(writer: Writer) -> None:
    writer.enter("actions")
    writer.bench.press("N")
    title = writer.bench.focus()
    assert isinstance(title, QLineEdit)
    QTest.keyClicks(title, "Be more careful with flags")
    writer.judge()
    line = title.findChild(LineUnderline)
    assert line is not None
    line.judge()
    assert "careful" in [finding.rule for finding in line.findings]
    new = [one for one in writer.hints.shown if one.sentence == title.text()]
    rules = [one.finding.rule for one in new]
    assert {"action-verb", "action-end-state", "action-owner", "action-date"} <= set(rules)
    page = writer.desk.page.work.forms.page
    assert isinstance(page, ActionsPage)
    page.form.hints.judge()
    assert page.form.hints.shown == ("No verb", "No scope", "No end state", "No owner", "No date")
    assert page.form.hints.isVisible()
    owner = new[rules.index("action-owner")]
    writer.hints.go_to(owner)
    assert writer.bench.focus().accessibleName() == "Accountable team"
    QTest.keyClicks(writer.bench.focus(), "Checkout")
    page.form.hints.judge()
    assert "No owner" not in page.form.hints.shown
    title.setFocus()
    writer.bench.press("End", "Ctrl+.")
    shown = popup(writer)
    assert shown is not None
    shown.close()


def test_every_hint_can_be_gone_to(writer: Writer) -> None:
    draft = writer.desk.draft
    writer.bench.settle()
    for text in _written(writer):
        draft.edit("Write", partial(_put, text))
        writer.judge()
        mine = next(one for one in writer.hints.shown if one.place == text.place)
        writer.hints.go_to(mine)
        writer.bench.settle()
        assert _selected() == mine.finding.text, text.place
        draft.undo()


@pytest.mark.parametrize("section", ["impact", "updates"])
def test_a_hint_of_another_incident_turns_to_it(writer: Writer, section: str) -> None:
    update = StatusUpdate("late", NOON, text="We forgot it.")
    second = Incident("other", impact=Impact(text="We forgot it."), updates=(update,))

    def add(document: Document) -> Document:
        mortem = document.post_mortem
        return with_text(document, incidents=(*mortem.incidents, second))

    writer.desk.draft.edit("Add incident", add)
    writer.judge()
    placed = next(one for one in writer.hints.shown if one.place.section == section)
    writer.enter("impact")
    writer.hints.go_to(placed)
    writer.bench.settle()
    assert _selected() == "We forgot"
    page = writer.desk.page.work.forms.page
    assert page is not None
    (choice,) = page.findChildren(IncidentChoice)
    assert choice.incident is not None
    assert choice.incident.id == "other"


def _put(text: Text, document: Document) -> Document:
    return text.write(document, "So we forgot it.")


def _written(writer: Writer) -> list[Text]:
    """One text of each kind that has a field in a form."""
    document = writer.desk.draft.document
    actions = (t for a in document.actions if a.is_open for t in action_texts(a))
    kinds = {(t.place.section, t.place.field): t for t in (*texts_of(document), *actions)}
    return [text for (_, field), text in kinds.items() if field not in ("root", "stop")]


def _selected() -> str:
    field = QApplication.focusWidget()
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().selectedText()
    return field.selectedText() if isinstance(field, QLineEdit) else ""


def test_an_empty_list_says_so(writer: Writer) -> None:
    panel = writer.panel
    panel.show_hints(())
    assert panel.notice.isVisibleTo(panel)
    assert not panel.apply_button.isVisibleTo(panel)


def test_cards_tell_a_screen_reader_everything(writer: Writer) -> None:
    writer.write_summary()
    cards = writer.panel.list.cards
    row = cards.card_row(0)
    said = str(row.data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Hindsight in Summary: The release team should have tested")
    assert "Try: At (time) the team saw (signal)" in said
