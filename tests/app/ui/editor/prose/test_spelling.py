"""Spelling: dictionaries, the user's own words, and their underlines."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.editor.prose.dictionary import Dictionary
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.prose.menu import ProseMenu
from app.ui.editor.prose.own_words import OwnWords
from app.ui.editor.prose.spelling import LANGUAGES, OFF, Spelling
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.tasks import TaskRunner
from models.errors import LibraryError
from tests.app.ui.editor.prose.conftest import Shown


@pytest.fixture(scope="module")
def english() -> Dictionary:
    return Dictionary("en")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    def surface(error: BaseException) -> None:
        raise error

    runner = TaskRunner(surface)
    yield runner
    runner.close()


@pytest.fixture
def spelling(runner: TaskRunner, tmp_path: Path) -> Spelling:
    spelling = Spelling(runner, Preferences(tmp_path / "config"), tmp_path / "config", runner)
    spelling.set_language("en")
    return spelling


def wait(runner: TaskRunner, app: QApplication) -> None:
    """Until words that were asked for are judged."""
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.01)
    runner.drain()
    app.processEvents()


def underlined(field: ProseEdit) -> list[str]:
    found = []
    block = field.document().firstBlock()
    while block.isValid():
        for part in block.layout().formats():
            if part.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine:
                text = block.text().encode("utf-16-le")
                found.append(text[2 * part.start : 2 * (part.start + part.length)].decode("utf-16"))
        block = block.next()
    return found


@pytest.mark.parametrize(
    "word", ["Queue", "didn’t", "behaviour", "prioritise", "rollout", "repo’s"]
)
def test_right_words(english: Dictionary, word: str) -> None:
    assert english.knows(word)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("recieve", "receive"), ("Depolyment", "Deployment"), ("sucesfuly", "successful")],
)
def test_wrong_words_and_what_was_meant(english: Dictionary, wrong: str, meant: str) -> None:
    assert not english.knows(wrong)
    assert meant in english.suggestions(wrong)


def test_compounds_and_elisions() -> None:
    german, french = Dictionary("de"), Dictionary("fr")
    assert german.knows("Verbindungspool")
    assert not german.knows("Verbindunspol")
    assert french.knows("l’équipe")


def test_every_language_can_be_read() -> None:
    for language in LANGUAGES:
        stopped: list[str] = []

        def check(language: str = language, stopped: list[str] = stopped) -> None:
            if stopped:
                raise InterruptedError
            stopped.append(language)

        with pytest.raises(InterruptedError):  # after its first slice
            Dictionary(language, check)


def test_own_words_are_a_plain_file(tmp_path: Path) -> None:
    own = OwnWords(tmp_path / "new")
    own.add("Zorbly")
    own.path.write_text("Zorbly\nby hand\n", encoding="utf-8")
    own.add("Frobnic")
    assert own.path.read_text(encoding="utf-8") == "Zorbly\nby hand\nFrobnic\n"
    again = OwnWords(tmp_path / "new")
    assert "zorbly" in again
    assert "Frobnics" not in again


def test_own_words_that_cannot_be_written_count_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    own = OwnWords(tmp_path / "taken")
    with pytest.raises(LibraryError, match="cannot be written"):
        own.add("Zorbly")
    assert "Zorbly" in own


def test_wrong_words_are_underlined(
    look: Look, show: Shown, spelling: Spelling, runner: TaskRunner, qapp: QApplication
) -> None:
    field = ProseEdit(look, "Summary")
    field.set_spelling(spelling)
    show(field)
    field.set_markdown("# 😀 The **databse** was full\n\n`recieve` and recieve")
    assert underlined(field) == []
    wait(runner, qapp)
    assert underlined(field) == ["databse", "recieve"]
    spelling.ignore("databse")
    assert underlined(field) == ["recieve"]
    spelling.set_names(["Recieve Service"])
    assert underlined(field) == []
    spelling.set_names([])
    spelling.set_language(OFF)
    assert underlined(field) == []


def test_the_word_being_typed_is_not_judged(
    look: Look, show: Shown, spelling: Spelling, runner: TaskRunner, qapp: QApplication
) -> None:
    field = ProseEdit(look, "Summary")
    field.set_spelling(spelling)
    show(field)
    QTest.keyClicks(field, "the databse")
    wait(runner, qapp)
    assert underlined(field) == []
    QTest.keyClicks(field, " ")
    wait(runner, qapp)
    assert underlined(field) == ["databse"]
    field.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(field, "teh")
    wait(runner, qapp)
    assert underlined(field) == ["databse"]
    field.moveCursor(QTextCursor.MoveOperation.End)
    wait(runner, qapp)
    assert underlined(field) == ["tehthe", "databse"]


def test_a_word_that_was_added_stays_right(
    spelling: Spelling, runner: TaskRunner, tmp_path: Path, qapp: QApplication
) -> None:
    assert not spelling.is_wrong("Frobnic")
    wait(runner, qapp)
    assert spelling.is_wrong("Frobnic")
    spelling.add("Frobnic")
    assert not spelling.is_wrong("Frobnic")
    folder = tmp_path / "config"
    assert (folder / "words.txt").read_text(encoding="utf-8") == "Frobnic\n"
    again = Spelling(runner, Preferences(folder), folder, runner)
    assert again.language == "en"
    again.is_wrong("Frobnic")
    wait(runner, qapp)
    assert not again.is_wrong("Frobnic")


def test_a_correction_is_offered_and_written(
    look: Look, show: Shown, spelling: Spelling, runner: TaskRunner, qapp: QApplication
) -> None:
    field = ProseEdit(look, "Summary")
    field.set_spelling(spelling)
    show(field)
    field.set_markdown("😀 the databse was full")
    wait(runner, qapp)
    field.select(8, 8)
    QTest.keySequence(field, "Alt+Return")
    menu = field.findChild(ProseMenu)
    assert menu is not None
    assert menu.activeAction() is menu.actions()[0]
    offered = {action.text(): action for action in menu.actions()}
    assert "Add “databse” to your dictionary" in offered
    offered["database"].trigger()
    assert field.markdown() == "😀 the database was full"
    menu.close()


def test_the_menu_key_opens_the_whole_menu(
    look: Look, show: Shown, spelling: Spelling, runner: TaskRunner, qapp: QApplication
) -> None:
    field = ProseEdit(look, "Summary")
    field.set_spelling(spelling)
    show(field)
    field.set_markdown("recieve")
    wait(runner, qapp)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(field.viewport(), event)
    menu = field.findChild(ProseMenu)
    assert menu is not None
    assert menu.activeAction() is menu.actions()[0]
    offered = {action.text(): action for action in menu.actions()}
    assert {"receive", "Paste as plain text", "Bold", "Link", "Select all"} <= offered.keys()
    offered["Ignore until Afterwhy is closed"].trigger()
    assert underlined(field) == []
    menu.close()
