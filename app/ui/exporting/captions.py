"""Words and boxes that come and go without moving what stands below them."""

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.ui.widgets.layouts import label

K = TypeVar("K", bound=Hashable)


class Captions(QStackedWidget, Generic[K]):
    """One of several texts, in the room of the longest."""

    def __init__(self, texts: Mapping[K, str]) -> None:
        super().__init__()
        self._places = {key: place for place, key in enumerate(texts)}
        for text in texts.values():
            self.addWidget(label(text, "secondary", "text2", wrap=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_caption(self, key: K) -> None:
        """Show the text of a key."""
        self.setCurrentIndex(self._places[key])


def keep_place(box: QWidget) -> None:
    """Leave the room of a box empty where it is hidden."""
    policy = box.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    box.setSizePolicy(policy)
