"""Nothing is cut off and everything has a name, on every screen in every size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QTreeView, QWidget

from app.ui.fitting import clipped, unnamed
from app.ui.preferences import Scheme
from app.ui.settings.page import SECTIONS
from tests.app.ui.conftest import Bench, Open


def test_the_finder_finds(qapp: object) -> None:
    root = QWidget()
    label, button = QLabel("much too long for this", root), QPushButton("", root)
    root.resize(200, 100)
    label.resize(30, 20)
    root.show()
    assert len(clipped(root)) == 1
    assert len(unnamed(root)) == 1
    button.setAccessibleName("named")
    label.resize(label.sizeHint())
    assert clipped(root) == unnamed(root) == []


def faults(bench: Bench) -> list[str]:
    bench.settle()
    return clipped(bench.window) + unnamed(bench.window)


SIZES = [("light", 1440, 100), ("dark", 1240, 100), ("light", 1200, 125), ("light", 1440, 150)]


@pytest.mark.parametrize(("scheme", "width", "percent"), SIZES)
def test_every_screen(bench: Bench, scheme: Scheme, width: int, percent: int) -> None:
    bench.desktop.look.set_scheme(scheme)
    bench.desktop.look.set_percent(percent)
    bench.window.resize(width, 900)
    screens, library = bench.screens, bench.screens.library
    found = {"library": faults(bench)}
    for view in ("similar", "history"):
        library.reading.show_view("similar" if view == "similar" else "history")
        found[view] = faults(bench)
    library.list.selectAll()
    found["bulk"] = faults(bench)
    library.list.choose(library.list.current_id())
    screens.open(library.list.current_id())
    found["document"] = faults(bench)
    screens._search_submitted("rollout nowhere service:checkout unknown:x")  # noqa: SLF001
    found["search"] = faults(bench)
    screens._search_submitted("zzzz")  # noqa: SLF001
    found["nothing found"] = faults(bench)
    bench.window.show_page("trash")
    found["trash"] = faults(bench)
    bench.window.show_page("settings")
    for section, _ in SECTIONS:
        screens.settings.show_section(section)
        found[section] = faults(bench)
    bench.window.messages.banner("amber", "Something stays", "Until it is solved.", ("Do", print))
    bench.window.messages.toast("Something passes.", bench.settle)
    found["messages"] = faults(bench)
    assert {name: entries for name, entries in found.items() if entries} == {}


@pytest.mark.parametrize("percent", [100, 150])
def test_the_first_screen(open_bench: Open, percent: int) -> None:
    bench = open_bench(empty=True)
    bench.desktop.look.set_percent(percent)
    assert bench.window.current == "welcome"
    assert faults(bench) == []


def test_every_row_speaks(bench: Bench) -> None:
    bench.screens._search_submitted("rollout")  # noqa: SLF001
    bench.settle()
    silent = []
    views = (*bench.window.findChildren(QListView), *bench.window.findChildren(QTreeView))
    for view, model in ((view, view.model()) for view in views):
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
            if not any(index.data(role) for role in roles):
                silent.append((type(view).__name__, row))
    assert silent == []
