"""The rules read in the background, work in slices, what is kept on disk, one-line fields."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from app.ui.editor.language import slices as slicing
from app.ui.editor.language.keeping import NAME, Keeping, Kept
from app.ui.editor.language.language import Language, kept_of
from app.ui.editor.language.slices import Slices
from app.ui.editor.language.underlines import Underlines
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.tasks import TaskRunner
from app.ui.widgets.messages import Banner, Toast
from models.errors import LibraryError
from models.language.checking import check

ONCE = Kept("lapse", "forgot", "p1", "we forgot it.")
ALWAYS = Kept("obvious", "of course")


def test_what_is_kept_comes_back_and_others_entries_stay(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    keeping.add(ONCE)
    other = Keeping(tmp_path)
    other.add(ALWAYS)
    keeping.add(Kept("careful", "be careful"))
    assert set(Keeping(tmp_path)) == {ONCE, ALWAYS, Kept("careful", "be careful")}
    keeping.remove([ONCE])
    assert set(Keeping(tmp_path)) == {ALWAYS, Kept("careful", "be careful")}
    assert Kept("obvious", "of course", "p2", "of course not.") in Keeping(tmp_path)
    assert ONCE not in keeping


@pytest.mark.parametrize(
    "content", ["", "{", "[1, null]", '{"rule": "x"}', '[{"words": "x"}]', "\xff"]
)
def test_a_file_that_is_none_keeps_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content, encoding="latin-1")
    keeping = Keeping(tmp_path)
    assert list(keeping) == []
    keeping.add(ALWAYS)
    assert list(Keeping(tmp_path)) == [ALWAYS]


def test_what_cannot_be_written_counts_until_the_end(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    keeping = Keeping(blocked)
    with pytest.raises(LibraryError, match="cannot be saved"):
        keeping.add(ALWAYS)
    assert ALWAYS in keeping


def test_long_work_leaves_room_for_keys(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slicing, "LONGEST_S", 0.0)  # no more than a step in each turn
    done: list[int] = []
    steps: list[int] = []

    def work() -> Generator[None, None, int]:
        for number in range(50):
            steps.append(number)
            yield
        return len(steps)

    slices: Slices[int] = Slices(parent := QObject())
    slices.begin(work(), done.append)
    qapp.processEvents()
    assert len(steps) < 50
    slices.stop()
    before = len(steps)
    qapp.processEvents()
    assert len(steps) == before
    steps.clear()
    monkeypatch.setattr(slicing, "LONGEST_S", 0.003)
    slices.begin(work(), done.append)
    slices.finish()
    assert done == [50]
    parent.deleteLater()


class Office:
    """The check with the user's folder, and what it tells."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        from app.ui.messages import Messages

        self.app = app
        self.look = Look(app, Preferences(folder / "config"), folder / "style")
        self.window = QPlainTextEdit()
        self.banner = Banner(self.look)
        errors: list[BaseException] = []
        self.runner = TaskRunner(errors.append)
        messages = Messages(Toast(self.look, self.window), self.banner)
        self.language = Language(self.runner, messages, folder, self.runner)

    def prepare(self) -> None:
        self.language.prepare()
        for _ in range(4):
            self.app.processEvents()
            assert self.runner.drain()
        self.app.processEvents()

    def close(self) -> None:
        self.runner.close()
        for thing in (self.window, self.banner, self.look):
            thing.deleteLater()
        self.app.setStyleSheet("")


def test_a_fault_of_a_teams_file_is_told_and_the_products_rules_stay(
    qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "ours.toml").write_text("[wrods]\n", encoding="utf-8")
    office = Office(qapp, tmp_path)
    office.prepare()
    checker = office.language.checker
    assert checker is not None
    assert check("We forgot it.", checker.rules)
    told = " ".join(line.text() for line in office.banner.findChildren(QLabel))
    assert "ours.toml, line 1" in told
    office.close()


def test_waves_wait_for_a_pause_and_leave_what_is_kept(qapp: QApplication, tmp_path: Path) -> None:
    office = Office(qapp, tmp_path)
    field = QPlainTextEdit()
    field.setPlainText("We forgot it. We forgot her.")
    waves = Underlines(office.look, office.language, field, "p1")
    assert not waves.shown
    office.prepare()
    waves.finish()
    first, second = (one.finding for one in waves.shown)
    office.language.keep(kept_of(first, "We  forgot it.", "p1"))
    waves.finish()
    assert [one.finding.start for one in waves.shown] == [second.start]
    field.moveCursor(field.textCursor().MoveOperation.Start)
    field.insertPlainText("So. ")
    assert [one.cursor.selectedText() for one in waves.shown] == ["We forgot"]
    office.language.keep(kept_of(second, "", "p1", always=True))
    waves.finish()
    assert not waves.shown
    field.deleteLater()
    office.close()
