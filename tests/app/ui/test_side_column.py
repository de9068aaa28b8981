"""Columns at the edges fold in a narrow window and open over the content."""

import pytest

from tests.app.ui.conftest import Bench


@pytest.fixture
def narrow(bench: Bench) -> Bench:
    bench.window.resize(1239, 760)
    bench.settle()
    return bench


def test_similar_failures_open_over_the_text(narrow: Bench) -> None:
    narrow.press("Return")
    page = narrow.screens.document
    width, panel = page.reading.width(), page.similar.parentWidget()
    assert panel is not None
    assert (page.dock.width(), panel.isVisible()) == (40, False)
    assert page.dock.opener.accessibleName() == "Similar failures"
    narrow.press("Ctrl+.")
    assert panel.isVisible()
    assert narrow.focus() is page.similar.list
    assert page.reading.width() == width
    assert panel.geometry().intersects(page.reading.geometry())
    assert page.similar.list.similar_model.rowCount() > 0
    narrow.press("Esc")
    assert not panel.isVisible()
    assert narrow.window.current == "document"
    assert page.reading.isAncestorOf(narrow.focus())


def test_the_strip_is_a_pane_of_its_own(narrow: Bench) -> None:
    narrow.press("Return", "F6")
    page = narrow.screens.document
    assert narrow.focus() is page.dock.opener
    narrow.press("Return")
    assert page.dock.is_shown
    assert narrow.focus() is page.similar.list
    page.reading.text.setFocus()
    assert not page.dock.is_shown


def test_a_wide_window_has_the_column_beside_the_text(narrow: Bench) -> None:
    narrow.press("Return", "Ctrl+.")
    narrow.window.resize(1440, 900)
    narrow.settle()
    dock = narrow.screens.document.dock
    assert not dock.is_folded
    assert dock.width() == 352
    assert not dock.opener.isVisible()


def test_filters_open_over_the_list_and_close_when_it_has_the_keyboard(narrow: Bench) -> None:
    library = narrow.screens.library
    opener = library.facet_column.opener
    assert not library.facets.isVisible()
    narrow.press("Ctrl+Shift+F")
    assert library.facets.isVisible()
    assert opener.isChecked()
    assert library.list.mapTo(library, library.list.rect().topLeft()).x() < library.facets.width()
    narrow.press("Esc")
    assert not library.facets.isVisible()
    assert narrow.focus() is library.list


def test_the_search_page_keeps_its_room(narrow: Bench) -> None:
    narrow.press("Ctrl+K")
    narrow.type("rollout")
    narrow.press("Down")
    search = narrow.screens.search
    room = search.results.width()
    narrow.press("Space")
    assert search.beside.isVisible()
    assert "rollout" in search.beside.preview.toPlainText()
    narrow.press("Esc", "Ctrl+Shift+F")
    assert not search.beside.isVisible()
    assert search.facets.isVisible()
    assert search.results.width() == room
