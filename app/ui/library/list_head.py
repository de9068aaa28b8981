"""What stands above the list of the Library: filters, how many, in which order."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame

from app.ui.item_models.library_rows import ORDER_NAMES
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import label, row


class ListHead(QFrame):
    """The button of the folded facets shows its word where there is room.

    Signals
    -------
    order_changed():
        The user chose another order.
    """

    order_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._count = label("", "body_strong")
        self.facet_button = Button(
            look, "Filters", "ghost", "funnel", size="small", tip="Filters (Ctrl+Shift+F)"
        )
        self._order = QComboBox()
        self._order.setProperty("fit", "small")
        self._order.setAccessibleName("Order")
        for key, text in ORDER_NAMES.items():
            self._order.addItem(text, key)
        self._order.currentIndexChanged.connect(self.order_changed)
        parts = (self.facet_button, self._count, None, self._order)
        self.setLayout(row(*parts, margins=(20, 8, 12, 8)))
        look.changed.connect(self._share_room)

    @property
    def order(self) -> str:
        """The key of the chosen order."""
        return str(self._order.currentData())

    def show_count(self, words: str) -> None:
        """Say how many are shown."""
        self._count.setText(words)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for words."""
        super().resizeEvent(event)
        self._share_room()

    @Slot()
    def _share_room(self) -> None:
        others = self._count.sizeHint().width() + self._order.sizeHint().width() + 56
        room = self.width() - others
        self.facet_button.show_words(shown=self.facet_button.full_width() <= room)
