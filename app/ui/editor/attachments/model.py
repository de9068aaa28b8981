"""The rows of the attachments' section."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSize,
    Qt,
)
from PySide6.QtGui import QImageReader, QPixmap

from app.ui.item_models.rows import Index, RowModel
from integrations.export.pictures import pictures
from models.domain.attachment import Attachment

_PIXELS = 50_000_000
"""A picture with more pixels than this is not drawn small: it would take seconds and memory."""


class AttachmentsModel(RowModel[Attachment]):
    """The files of one document; pictures are drawn small, each content once.

    ``rename`` takes the id of a file and the name that its author gave it.
    """

    def __init__(
        self,
        file_of: Callable[[Attachment], Path],
        rename: Callable[[str, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file_of, self._rename = file_of, rename
        self._small: dict[tuple[str, int], QPixmap] = {}

    def show(self, files: tuple[Attachment, ...]) -> None:
        """Show these."""
        self.show_rows(files, key=lambda file: file.id)

    def place(self, attachment_id: str) -> QModelIndex:
        """Where a file stands, invalid where it is not shown."""
        return self.find(lambda file: file.id == attachment_id)

    def thumbnail(self, file: Attachment, side: int) -> QPixmap | None:
        """A picture drawn into a square of ``side`` pixels; None where it cannot be."""
        key = (file.sha256, side)
        if key not in self._small:
            self._small[key] = self._drawn(file, side)
        small = self._small[key]
        return None if small.isNull() else small

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited in place."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, and the sentence for a screen reader."""
        file = self.at(index)
        if file is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return file.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{file.name}, {size_words(file.size)}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Another name."""
        file, name = self.at(index), str(value).strip()
        if file is None or not name or name == file.name:
            return False
        self._rename(file.id, name)
        return True

    def _drawn(self, file: Attachment, side: int) -> QPixmap:
        if not list(pictures([file])):
            return QPixmap()
        reader = QImageReader(str(self._file_of(file)))
        reader.setAutoTransform(True)
        size = reader.size()
        if not size.isValid() or size.width() * size.height() > _PIXELS:
            return QPixmap()
        box = QSize(side, side)
        reader.setScaledSize(size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
        return QPixmap.fromImage(reader.read())


def size_words(size: int) -> str:
    """A size in bytes as people read it: "312 KB", "4.1 MB"."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"
