"""The place of the banner above the screens."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.ui.widgets.layouts import column
from app.ui.widgets.messages import Banner


class BannerPlace(QWidget):
    """Margins around the banner that are there only while it is."""

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self._banner = banner
        self.setLayout(column(banner, margins=(16, 10, 16, 10)))
        self.hide()
        banner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the banner."""
        kind = event.type()
        if watched is self._banner and kind in (
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self.setVisible(kind is QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)
