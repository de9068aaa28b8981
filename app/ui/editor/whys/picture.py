"""The picture of a why tree: on the clipboard, or in a file."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.context import Context
from app.ui.editor.attaching import png
from app.ui.editor.draft import Draft
from app.ui.typography import FAMILY
from integrations.export.why_picture import why_svg
from models.domain.attachment import file_name
from models.domain.whys import WhyTree
from models.errors import LibraryError

SCALE = 2
"""Pixels for one of the picture: sharp on a dense screen, small enough for a chat."""


class Picture(QObject):
    """Draws the tree that is shown."""

    def __init__(
        self, context: Context, draft: Draft, tree: Callable[[], WhyTree], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._draft, self._tree = context, draft, tree
        self._window = parent

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        drawing = self._drawing()
        if drawing:
            QGuiApplication.clipboard().setImage(_painted(drawing))
            self._context.messages.toast("The picture of the whys is on the clipboard.")

    @Slot()
    def save(self) -> None:
        """Ask where the picture is to be saved, as SVG or as PNG."""
        if not self._drawing():
            return
        start = Path.home() / file_name(f"{self._draft.document.ref} whys.svg".strip())
        name, _ = QFileDialog.getSaveFileName(
            self._window.window(), "Save the picture", str(start), "SVG (*.svg);;PNG (*.png)"
        )
        if name:
            self.save_as(Path(name))

    def save_as(self, path: Path) -> None:
        """Save the picture: as PNG where the name ends so, else as SVG."""
        drawing = self._drawing()
        self._context.runner.submit(
            "store",
            lambda job: _saved(drawing, path),
            lambda _: self._context.messages.toast(f"{path.name} is saved."),
        )

    def _drawing(self) -> str:
        drawing = why_svg(self._tree(), self._draft.document)
        if not drawing:
            self._context.messages.toast("There is nothing to draw yet: write the first why.")
        return drawing


def _painted(drawing: str) -> QImage:
    # Qt's SVG takes a list of typefaces for the name of one.
    drawing = re.sub(r"font-family:[^}]*", "", drawing, count=1)
    drawing = drawing.replace("<svg ", f'<svg font-family="{FAMILY}" ', 1)
    renderer = QSvgRenderer(drawing.encode())
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    size = renderer.defaultSize()
    image = QImage(QSize(size.width() * SCALE, size.height() * SCALE), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def _saved(drawing: str, path: Path) -> None:
    content = drawing.encode() if path.suffix.lower() != ".png" else png(_painted(drawing))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise LibraryError(
            f"{path.name} could not be saved: {error.strerror or error}.",
            kept="The whys are as they were.",
            advice="Choose another folder, or check its free space.",
        ) from error
