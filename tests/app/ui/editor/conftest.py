"""The editor in a real window on a real library."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from app.ui.editor.draft import Draft
from app.ui.editor.page import EditorPage
from models.document import Document
from models.queries import post_mortems as queries
from tests.app.ui.conftest import Bench, Open

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
        bench.screens.edit(self.id)
        bench.settle()

    @property
    def id(self) -> str:
        library = self.bench.screens.context.workspace.library
        found = {d.post_mortem.title: d.post_mortem.id for d in queries.every(library)}
        return found[self.title]

    @property
    def page(self) -> EditorPage:
        return self.bench.screens.editor

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
