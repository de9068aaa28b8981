"""The same for the dialogs of the editor, and for its history."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.editor.conflicts import ConflictsDialog
from app.ui.fitting import clipped
from models.domain.incident import Evidence
from models.editing.parts import with_text
from models.merging import Conflict
from tests.app.ui.conftest import Open
from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.reading_aloud import silent_buttons, stops, unnamed, walked


@pytest.fixture
def desk(open_bench: Open) -> Desk:
    desk = Desk(open_bench(), "Profile saves failing after a full rollout")
    desk.bench.press("Ctrl+2", "Ctrl+End")
    desk.write(" It ended at noon.")
    desk.saved()
    return desk


def at_the_last_why(desk: Desk) -> None:
    tree = desk.draft.document.post_mortem.whys[0]
    node = tree.nodes[-1]
    while node.children:
        node = node.children[-1]
    evidence = (
        Evidence("link", "The graph of saves", "https://graphs.example/7"),
        Evidence("event", "The alert"),
    )
    desk.page.reveal(f"whys/{node.id}")
    page = desk.page.work.forms.page
    assert page is not None
    asking = page.asking  # type: ignore[attr-defined]
    asking._evidence_node = node.id  # noqa: SLF001
    asking._evidence_edited("Add evidence", evidence, typing=False)  # noqa: SLF001
    desk.bench.settle()


def pressed(key: str) -> Callable[[Desk], None]:
    def open_(desk: Desk) -> None:
        at_the_last_why(desk)
        desk.bench.press(key)

    return open_


def two_versions(desk: Desk) -> None:
    document = desk.draft.document
    base = document.post_mortem.summary
    changed = with_text(document, summary=f"{base} Mine.")
    conflicts = (
        Conflict("summary", "Summary", base, f"{base} Mine.", f"{base} Theirs."),
        Conflict("title", "Title", "Saves", "Saves fail", "Saves failed"),
    )
    look, window = desk.bench.desktop.look, desk.bench.window
    ConflictsDialog(look, window, changed, conflicts, lambda _: None).open()


DIALOGS: dict[str, Callable[[Desk], None]] = {
    "evidence": pressed("E"),
    "root": pressed("R"),
    "countermeasure": pressed("C"),
    "two versions": two_versions,
}


@pytest.mark.parametrize("percent", [100, 150])
def test_every_control_of_a_dialog_is_named_and_reached(desk: Desk, percent: int) -> None:
    desk.bench.window.resize(1240, 760)
    desk.bench.desktop.look.set_percent(percent)
    for name, opener in DIALOGS.items():
        opener(desk)
        desk.bench.settle()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None, name
        assert dialog.accessibleName(), name
        assert unnamed(dialog) == [], name
        assert silent_buttons(dialog) == [], name
        assert clipped(dialog) == [], name
        assert dialog.width() <= desk.bench.window.width(), name
        assert dialog.height() <= desk.bench.window.height(), name
        _is_walked(dialog)
        desk.bench.press("Esc")
        assert QApplication.activeModalWidget() is None, name


def test_every_control_of_the_history_is_named_and_reached(desk: Desk) -> None:
    desk.bench.press("Ctrl+H")
    assert desk.page.work.is_history
    assert unnamed(desk.page) == []
    assert silent_buttons(desk.page) == []
    _is_walked(desk.bench.window)


def _is_walked(window: QWidget) -> None:
    expected = stops(window)
    seen = walked(window, Qt.Key.Key_Tab)
    assert {one.accessibleName() for one in expected - set(seen)} == set()
    assert walked(window, Qt.Key.Key_Backtab) == [seen[0], *reversed(seen[1:])]
