"""Where the reader was in the Library, kept from one start to the next."""

from app.ui.context import Context
from app.ui.library.list_view import LibraryList


class Place:
    """The chosen post-mortem and how far the list was scrolled, for each library by itself."""

    def __init__(self, context: Context, view: LibraryList) -> None:
        self._preferences = context.preferences
        self._view = view
        self.is_taken = False
        self._key = f"library_{context.workspace.library.id}"
        self.id = self._preferences.text(f"{self._key}_chosen")
        scrolled = self._preferences.text(f"{self._key}_scrolled")
        self._scrolled = int(scrolled) if scrolled.isdigit() else 0

    def take(self) -> None:
        """Scroll to where the list was, then remember what follows."""
        self.is_taken = True
        bar = self._view.verticalScrollBar()
        if self._view.current_id() == self.id:
            self._view.doItemsLayout()
            bar.setValue(self._scrolled)
            self._view.scrollTo(self._view.currentIndex())
        self._view.chosen.connect(self._remember_chosen)
        bar.valueChanged.connect(self._remember_scrolled)
        self._remember_chosen(self._view.selected_ids())
        self._remember_scrolled(bar.value())

    def _remember_chosen(self, ids: list[str]) -> None:
        self._preferences.set_text(f"{self._key}_chosen", ids[0] if ids else "")

    def _remember_scrolled(self, value: int) -> None:
        self._preferences.set_text(f"{self._key}_scrolled", str(value))
