"""The menus: short enough to be read, with everything in them once."""

from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.ui.actions import ACTIONS
from app.ui.shell.command_palette import matches
from tests.app.ui.conftest import Bench


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def menus(bench: Bench) -> Iterator[tuple[str, QMenu]]:
    for top in bench.window.menuBar().findChildren(QMenu):
        yield top.title(), top


def test_no_menu_is_longer_than_a_low_screen(bench: Bench) -> None:
    lengths = {name: len(entries(menu)) for name, menu in menus(bench)}
    assert {"File", "Edit", "View", "Go", "Section", "Help", "5 Whys"} <= set(lengths)
    assert max(lengths.values()) <= 24
    assert lengths["Edit"] <= 8


def test_every_action_is_in_one_menu_and_in_the_palette(bench: Bench) -> None:
    found = [a.objectName() for _, menu in menus(bench) for a in entries(menu) if a.objectName()]
    assert sorted(found) == sorted(row.id for row in ACTIONS if row.menu)
    assert all(matches(row, row.text, row.text) for row in ACTIONS)


def test_a_menu_of_another_section_is_not_offered(bench: Bench) -> None:
    bench.screens.open(bench.screens.library.list.current_id())
    bench.settle()
    by_name = dict(menus(bench))
    for key, offered in (("whys", "5 Whys"), ("timeline", "Timeline"), ("actions", "Actions")):
        bench.screens.context.preferences.set_text("author_asked", "yes")
        bench.screens.writing.edit(bench.screens.library.list.current_id())
        bench.settle()
        bench.screens.writing.editor.show_section(key)
        bench.settle()
        by_name["Section"].aboutToShow.emit()
        names = ("5 Whys", "Timeline", "Actions")
        enabled = {name for name in names if by_name[name].menuAction().isEnabled()}
        assert enabled == {offered}
