"""Which actions can be used now, and what they are called on the screen that is shown."""

from collections.abc import Iterable

from app.ui.actions import ActionTable
from app.ui.page import Page

EVERYWHERE = frozenset(("Anywhere", "First run"))
"""The scopes whose actions need no screen that carries them out."""
WITHOUT_LIBRARY = frozenset(
    ("quit", "toggle_theme", "larger_text", "smaller_text", "normal_text", "menu_bar", "keys")
)
"""The actions that can be used where no library is open."""


class Availability:
    """Enables the actions of a table."""

    def __init__(self, table: ActionTable) -> None:
        self._table = table
        self._closed: set[str] = set()
        self._locked: frozenset[str] = frozenset()

    def show(self, page: Page | None) -> None:
        """Offer what a screen carries out, and what needs none."""
        own = page.commands() if page else {}
        texts = page.action_texts() if page else {}
        for row, action in self._table.rows():
            here = row.scope in EVERYWHERE or row.id in own
            action.setEnabled(here and row.id not in self._closed | self._locked)
            action.setText(texts.get(row.id, row.text))

    def show_without_library(self) -> None:
        """Offer what needs no library."""
        for row, action in self._table.rows():
            action.setEnabled(row.id in WITHOUT_LIBRARY)

    def show_all(self) -> None:
        """Offer everything, until a screen is shown."""
        for _, action in self._table.rows():
            action.setEnabled(True)

    def set_available(self, id: str, *, available: bool) -> None:
        """From the next screen that is shown on, offer an action or not, whatever the screen."""
        (self._closed.discard if available else self._closed.add)(id)

    def lock(self, ids: Iterable[str]) -> None:
        """Offer some actions no more, from the next screen that is shown on."""
        self._locked |= frozenset(ids)

    def is_locked(self, id: str) -> bool:
        """Whether an action is offered no more."""
        return id in self._locked
