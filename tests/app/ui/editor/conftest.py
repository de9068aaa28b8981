"""The editor in a real window on a real library."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.editor.draft import Draft
from app.ui.editor.fields.typed import TypedField
from app.ui.editor.page import EditorPage
from app.ui.editor.section import SectionPage
from models.commands import post_mortems as commands
from models.document import Document
from models.domain.incident import Incident
from models.queries import post_mortems as queries
from models.queries.catalogue import catalogue
from models.store.library import Actor
from tests.app.ui import examples
from tests.app.ui.conftest import Bench, Open, furnish

__all__ = ["Bench", "Open"]


class Desk:
    """A window in which a post-mortem is being written."""

    def __init__(self, bench: Bench, title: str) -> None:
        self.bench = bench
        self.title = title
        bench.screens.context.preferences.set_text("author_asked", "yes")
        self.open()

    def open(self) -> None:
        """Open the post-mortem as its author does."""
        bench = self.bench
        bench.screens.writing.edit(self.id)
        bench.settle()

    @property
    def id(self) -> str:
        library = self.bench.screens.context.workspace.library
        return next(row.id for row in catalogue(library) if row.title == self.title)

    @property
    def page(self) -> EditorPage:
        return self.bench.screens.writing.editor

    @property
    def draft(self) -> Draft:
        assert self.page.draft is not None
        return self.page.draft

    @property
    def stored(self) -> Document:
        return queries.by_id(self.bench.screens.context.workspace.library, self.id)

    def write(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self.bench.focus(), text)

    def saved(self) -> Document:
        """What the library has when everything is written."""
        self.draft.save()
        self.bench.settle()
        return self.stored


@pytest.fixture
def desk(open_bench: Callable[..., Bench]) -> Desk:
    """A post-mortem of the examples, opened in the editor."""
    return Desk(open_bench(), "Profile saves failing after a full rollout")


class Form:
    """One section on the first example."""

    def __init__(self, bench: Bench, draft: Draft, page: SectionPage) -> None:
        self.bench, self.draft, self.page = bench, draft, page
        draft.changed.connect(self.show)
        page.resize(760, 800)
        page.show()
        page.activateWindow()
        self.show()

    def show(self, place: str = "") -> None:
        self.page.show_document(self.draft.document)
        self.bench.app.processEvents()

    @property
    def incident(self) -> Incident:
        return self.draft.document.post_mortem.incidents[0]

    def write(self, field: QWidget, text: str) -> None:
        """Replace what a field says, as a user does; a time is handed in by Enter."""
        field.setFocus()
        target = field
        while (proxy := target.focusProxy()) is not None:
            target = proxy
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(target, text)
        if isinstance(target.parentWidget(), TypedField):
            QTest.keyClick(target, Qt.Key.Key_Return)
        self.bench.app.processEvents()

    def stored(self) -> Document:
        """What the library holds once the draft is saved."""
        assert self.draft.finish(10_000)
        library = self.bench.screens.context.workspace.library
        return queries.by_id(library, self.draft.id)


OpenForm = Callable[[type[SectionPage]], Form]


@pytest.fixture(scope="module")
def shared_bench(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One window for all of these tests: each writes in a post-mortem of its own."""
    folder = tmp_path_factory.mktemp("sections")
    with pytest.MonkeyPatch.context() as patch:
        furnish(qapp, folder, patch)
        bench = Bench(qapp, folder / "library")
        yield bench
        bench.close()
    qapp.setStyleSheet("")


@pytest.fixture
def open_form(shared_bench: Bench) -> Iterator[OpenForm]:
    """Opens the form of a section by itself, on a post-mortem of its own."""
    bench = shared_bench
    context = bench.screens.context
    pages: list[SectionPage] = []

    def open_(kind: type[SectionPage]) -> Form:
        library = context.workspace.library
        id = commands.add(library, examples.document(examples.CASES[0]), Actor("", "Lead")).id
        draft = Draft(context, queries.by_id(library, id))
        page = kind(context, draft)
        pages.append(page)
        return Form(bench, draft, page)

    yield open_
    bench.settle()
    for page in pages:
        page.close()
        page.deleteLater()
