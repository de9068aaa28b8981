"""The text of a post-mortem on the screen."""

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFrame, QTextBrowser


class ReadingText(QTextBrowser):
    """The text. Loads nothing by itself: no picture or page of a document is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(8)
        self.document().setIndentWidth(20)
        self.setAccessibleName("Text")
        self.setTabChangesFocus(True)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Nothing outside the document is read."""
        return None
