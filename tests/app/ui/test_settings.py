"""The settings: sections made when they are shown; spelling and keys by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.editor.prose.spelling import LANGUAGES, OFF
from app.ui.settings.keyboard import KeyboardSettings
from app.ui.settings.page import SECTIONS
from app.ui.settings.reviews import ReviewSettings
from app.ui.settings.writing import WritingSettings
from tests.app.ui.conftest import Bench, Open


def words_file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "words.txt"


def own_words(bench: Bench) -> list[str]:
    return list(bench.screens.context.spelling.own_words)


def tab_to(bench: Bench, widget: QWidget) -> None:
    for _ in range(40):
        if bench.focus() is widget:
            return
        bench.press("Tab")
    raise AssertionError("Tab does not lead there")


@pytest.fixture
def writing(bench: Bench) -> WritingSettings:
    """The section, reached by keyboard, with the keyboard in its first control."""
    bench.press("Ctrl+,")
    titles = [section.title for section in SECTIONS]
    bench.press(*["Down"] * titles.index("Writing"))
    section = bench.screens.settings.section(WritingSettings)
    assert section.isVisible()
    tab_to(bench, section.language)
    return section


def test_sections_are_made_when_they_are_shown(bench: Bench) -> None:
    bench.press("Ctrl+,")
    assert bench.screens.settings.findChild(WritingSettings) is None
    bench.screens.settings.show_section("Writing")
    assert bench.screens.settings.findChild(WritingSettings) is not None


def test_the_language_is_chosen_by_keyboard_and_remembered(
    bench: Bench, writing: WritingSettings, open_bench: Open
) -> None:
    spelling = bench.screens.context.spelling
    bench.press("Home", "Down", "Down")
    assert spelling.language == list(LANGUAGES)[1]
    bench.press("Home")
    assert spelling.language == OFF
    bench.press("End")
    bench.close()
    again = open_bench().screens.context.spelling
    assert again.language == list(LANGUAGES)[-1]


def test_own_words_are_added_removed_and_brought_back_by_keyboard(
    bench: Bench, writing: WritingSettings, tmp_path: Path
) -> None:
    bench.press("Tab")
    assert bench.focus() is writing.word
    bench.type("Zorbly")
    bench.press("Return")
    bench.type("Frobnic quux")
    bench.press("Return")
    assert own_words(bench) == ["Frobnic", "quux", "Zorbly"]
    assert words_file(tmp_path).read_text(encoding="utf-8") == "Zorbly\nFrobnic\nquux\n"
    bench.press("Ctrl+Z")  # in the empty field
    assert own_words(bench) == ["Zorbly"]
    bench.type("QUUX")
    bench.press("Return")
    tab_to(bench, writing.list)
    assert writing.selected() == ["QUUX"]
    bench.press("Del")
    assert writing.selected() == ["Zorbly"]
    bench.press("Del")
    assert own_words(bench) == []
    assert bench.focus() is writing.word
    bench.press("Ctrl+Z")
    assert own_words(bench) == ["Zorbly"]
    assert words_file(tmp_path).read_text(encoding="utf-8") == "Zorbly\n"


def test_a_word_that_was_there_before_stays_as_it_was(
    bench: Bench, writing: WritingSettings
) -> None:
    bench.screens.context.spelling.add("Zorbly")
    writing.word.setFocus()
    bench.type("zorbly")
    bench.press("Return")
    assert own_words(bench) == ["Zorbly"]
    assert "there before" in bench.window.toast.accessibleName()


def test_words_taught_in_a_text_appear_at_once(bench: Bench, writing: WritingSettings) -> None:
    bench.screens.context.spelling.add("Zorbly")
    assert [name for name, _ in writing.words.entries()] == ["Zorbly"]
    bench.screens.context.spelling.set_language(OFF)
    assert writing.language.key == OFF


def test_words_that_cannot_be_written_are_said(
    bench: Bench, writing: WritingSettings, tmp_path: Path
) -> None:
    words_file(tmp_path).parent.mkdir(exist_ok=True)
    words_file(tmp_path).mkdir()  # a folder where the file should be
    writing.word.setFocus()
    bench.type("Zorbly")
    bench.press("Return")
    assert bench.window.banner.isVisible()
    assert own_words(bench) == ["Zorbly"]
    writing.list.setFocus()
    bench.press("Del")
    assert own_words(bench) == ["Zorbly"]


def test_single_letters_can_be_switched_off(bench: Bench, open_bench: Open) -> None:
    bench.press("Ctrl+,")
    bench.screens.settings.show_section("Keyboard")
    bench.screens.settings.section(KeyboardSettings).single_keys.setFocus()
    bench.press("Space")
    assert not bench.screens.context.preferences.single_keys
    bench.close()
    assert not open_bench().screens.context.preferences.single_keys


def test_the_days_to_a_review_act_at_once_and_are_remembered(
    bench: Bench, open_bench: Open
) -> None:
    bench.press("Ctrl+,")
    bench.screens.settings.show_section("Reviews")
    bench.settle()
    fields = bench.screens.settings.section(ReviewSettings).fields
    assert [field.text() for field in fields.values()] == ["3 days", "5 business days", "", ""]
    fields["SEV1"].setFocus()
    bench.press("Ctrl+A")
    bench.type("soon")
    bench.press("Return")
    rules = bench.screens.context.workspace.guide.review_due
    assert rules["SEV1"].days == 3  # what is no number of days changes nothing
    bench.press("Ctrl+A")
    bench.type("30 days")
    bench.press("Return")
    assert rules["SEV1"].days == 30
    bench.close()
    again = open_bench().screens.context.workspace.guide.review_due
    assert (again["SEV1"].days, again["SEV2"].business) == (30, True)
