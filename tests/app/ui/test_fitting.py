"""Nothing is cut off and everything has a name, on every screen in every size."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeView,
    QWidget,
)

from app.ui.document.reading import Tile
from app.ui.document.tiles import TileBand
from app.ui.fitting import clipped, unnamed
from app.ui.painting import ChipText
from app.ui.preferences import Scheme
from app.ui.settings.page import SECTIONS
from app.ui.shell.key_page import KeyPage
from app.ui.widgets.chips import ChipRow
from tests.app.ui.conftest import Bench, Open


def test_the_finder_finds(qapp: object) -> None:
    root = QWidget()
    label, button = QLabel("much too long for this", root), QPushButton("", root)
    root.resize(220, 100)
    label.resize(30, 20)
    root.show()
    assert len(clipped(root)) == 1
    assert len(unnamed(root)) == 1
    button.setAccessibleName("named")
    label.resize(label.sizeHint())
    assert clipped(root) == unnamed(root) == []
    label.move(150, 0)
    assert "outside" in clipped(root)[0]


def test_the_finder_finds_lists_and_texts_that_are_too_wide(qapp: object) -> None:
    root = QWidget()
    rows, text = QListView(root), QTextBrowser(root)
    rows.setModel(QStringListModel(["a name that is much too long for this list"], rows))
    text.setHtml("<pre>" + "a long line of code " * 20 + "</pre>")
    for view in (rows, text):
        view.setAccessibleName(type(view).__name__)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.resize(120, 60)
    root.resize(400, 200)
    root.show()
    found = clipped(root)
    assert ["QListView" in found[0], "QTextBrowser" in found[1]] == [True, True]


def faults(bench: Bench) -> list[str]:
    for _ in range(40):  # what is built or laid out a moment later may still move
        bench.settle()
        found = clipped(bench.window) + unnamed(bench.window)
        if not found:
            return []
        QTest.qWait(50)
    return found


SIZES = [
    ("light", (1440, 900), 100),
    ("dark", (1240, 760), 100),
    ("light", (1200, 760), 125),
    ("light", (1200, 760), 150),
]


@pytest.mark.parametrize(("scheme", "size", "percent"), SIZES)
def test_every_screen(bench: Bench, scheme: Scheme, size: tuple[int, int], percent: int) -> None:
    bench.desktop.look.set_scheme(scheme)
    bench.desktop.look.set_percent(percent)
    bench.window.resize(*size)
    screens, library = bench.screens, bench.screens.library
    found = {"library": faults(bench)}
    for view in ("similar", "history"):
        library.reading.show_view("similar" if view == "similar" else "history")
        found[view] = faults(bench)
    library.list.selectAll()
    found["bulk"] = faults(bench)
    library.list.choose(library.list.current_id())
    bench.window.actions_table["facets"].trigger()
    found["facets"] = faults(bench)
    screens.open(library.list.current_id())
    found["document"] = faults(bench)
    bench.window.actions_table["similar"].trigger()
    found["dock"] = faults(bench)
    screens.searching.submit("rollout nowhere service:checkout unknown:x")
    found["search"] = faults(bench)
    screens.searching.submit("zzzz")
    found["nothing found"] = faults(bench)
    bench.screens.show_area("trash")
    found["trash"] = faults(bench)
    bench.screens.show_area("settings")
    for section in SECTIONS:
        screens.settings.show_section(section.title)
        found[section.title] = faults(bench)
    bench.window.messages.banner("amber", "Something stays", "Until it is solved.", ("Do", print))
    bench.window.messages.toast("Something passes.", bench.settle)
    found["messages"] = faults(bench)
    assert {name: entries for name, entries in found.items() if entries} == {}


def test_the_list_of_keys_is_no_higher_than_the_window(bench: Bench) -> None:
    bench.desktop.look.set_percent(150)
    bench.window.resize(1240, 760)
    bench.press("F1")
    page = next(page for page in bench.window.findChildren(KeyPage) if page.isVisible())
    assert page.height() < bench.window.height()
    assert clipped(page) == []
    page.close()


@pytest.mark.parametrize("percent", [100, 150])
def test_the_text_may_be_as_narrow_as_the_splitter_allows(bench: Bench, percent: int) -> None:
    bench.desktop.look.set_percent(percent)
    bench.window.resize(1200, 760)
    head = bench.screens.library.reading.head
    splitter = bench.window.findChild(QSplitter)
    assert splitter is not None
    splitter.setSizes([2000, 0])
    assert faults(bench) == []
    assert head.edit_button.text().strip() == "Edit"
    splitter.setSizes([0, 2000])
    assert faults(bench) == []


def test_chips_take_the_room_of_words_beside_icons(bench: Bench) -> None:
    bench.window.resize(1200, 760)
    row = bench.window.findChild(ChipRow)
    assert row is not None
    row.show_chips([ChipText(f"service {number}") for number in range(4)])
    bench.settle()
    assert row.width() >= row.sizeHint().width()
    assert row.heightForWidth(row.sizeHint().width() - 1) == 2 * row.sizeHint().height()


def test_measures_stand_in_two_lines_rather_than_be_cut(bench: Bench) -> None:
    band = TileBand(bench.desktop.look)
    band.show_tiles(tuple(Tile("Time to mitigate", "47 min", "user impact over") for _ in range(4)))
    one = band.sizeHint().height()
    assert [band.heightForWidth(width) for width in (800, 400)] == [one, 2 * one]
    bench.window.resize(1240, 760)
    bench.settle()
    shown = bench.screens.library.reading.findChild(TileBand)
    assert shown is not None
    shown.show_tiles(
        tuple(Tile("Time to mitigate", "47 min", "user impact over") for _ in range(4))
    )
    bench.settle()
    assert shown.height() == shown.heightForWidth(shown.width()) == 2 * one


@pytest.mark.parametrize("percent", [100, 150])
def test_the_first_screen(open_bench: Open, percent: int) -> None:
    bench = open_bench(empty=True)
    bench.desktop.look.set_percent(percent)
    assert bench.window.current == "welcome"
    assert faults(bench) == []


def test_every_row_speaks(bench: Bench) -> None:
    bench.screens.searching.submit("rollout")
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
