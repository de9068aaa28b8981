"""Where the parts of a form stand: beside each other, never over each other."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.ui.editor.details.page import DetailsPage
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.question import Question
from app.ui.editor.impact import ImpactPage, WindowRow
from app.ui.editor.timeline.page import TimelinePage
from app.ui.fitting import clipped
from tests.app.ui.conftest import Bench
from tests.app.ui.editor.conftest import OpenForm


@pytest.fixture
def large(shared_bench: Bench) -> Iterator[None]:
    """Text of 150 %."""
    look = shared_bench.screens.context.look
    look.set_percent(150)
    yield
    look.set_percent(100)


def place(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


@pytest.mark.usefixtures("large")
def test_a_long_event_scrolls_and_leaves_the_events_their_room(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    page.resize(700, 460)
    page.list.setCurrentIndex(page.model.index(0, 0))
    composer = page.composer
    composer.text.insert_markdown("Somebody saw it. " * 40)
    for _ in range(3):
        composer.sources.add()
    for _ in range(3):
        form.show()

    assert page.list.height() > page.height() // 3
    assert composer.geometry().bottom() <= page.rect().bottom()
    times, text = place(composer.at, page), place(composer.text, page)
    assert times.height() >= composer.at.minimumSizeHint().height()
    assert times.bottom() < text.top()
    assert text.bottom() < place(composer.sources, page).top()
    assert clipped(page) == []
    last = composer.sources.rows[-1]
    last.setFocus()
    form.show()
    composer.area.ensureWidgetVisible(last)
    assert composer.geometry().contains(place(last, page).center())


def test_answers_beside_each_other_begin_at_one_height(shared_bench: Bench) -> None:
    look = shared_bench.screens.context.look
    short, long = LineField("One"), LineField("Other")
    columns = Columns(
        look,
        Question("Short", short),
        Question("A question of many words that takes more than a line or two", long),
    )
    columns.resize(400, 200)
    columns.show()
    shared_bench.app.processEvents()

    beside = place(short, columns).top(), place(long, columns).top()
    columns.resize(200, 300)
    shared_bench.app.processEvents()
    gap = place(short, columns).top()

    assert beside[0] == beside[1]
    assert gap < beside[0]  # one below the other there is nothing to wait for
    columns.close()
    columns.deleteLater()


def test_what_removes_a_row_stands_beside_its_field(open_form: OpenForm) -> None:
    form = open_form(ImpactPage)
    page = form.page
    assert isinstance(page, ImpactPage)
    page.windows.add()
    form.show()
    entry = page.windows.rows[0]
    assert isinstance(entry, WindowRow)

    field = place(entry.start.line, page)

    middle = place(page.windows.removers[0], page).center().y()
    assert field.top() < middle < field.bottom()
    assert abs(middle - field.center().y()) < field.height() // 3


@pytest.mark.usefixtures("large")
def test_a_time_is_shown_from_its_beginning(open_form: OpenForm) -> None:
    form = open_form(DetailsPage)
    assert isinstance(form.page, DetailsPage)
    onset = form.page.forms[0].times.fields["onset"]

    form.write(onset.line, "2026-11-19 15:02 Europe/Berlin")
    form.page.title.setFocus()
    form.show()

    said = "2026-11-19 15:02 Europe/Berlin (14:02 UTC)"
    assert (onset.line.text(), onset.line.toolTip()) == (said, said)
    assert onset.line.fontMetrics().horizontalAdvance(said) < onset.line.width()
