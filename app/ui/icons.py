"""The one door to qtawesome: Phosphor icons as pixmaps, tinted by the theme.

qtawesome takes longer to import than the window takes to appear, so nothing here imports it until
:meth:`Icons.import_library` is called off the user-interface thread after the first paint. Until
:meth:`Icons.activate`, icons are transparent pixmaps of the right size, so that nothing moves when
they arrive.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QPixmapCache

if TYPE_CHECKING:
    from qtawesome.iconic_font import IconicFont

_FONT = ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")


@cache
def _drawer() -> "IconicFont":
    """Once in a process, since Qt keeps every copy of a font that it is given.

    Only Phosphor: qtawesome's own icon() would load twelve fonts.
    """
    from qtawesome.iconic_font import IconicFont

    return IconicFont(_FONT)


class Icons:
    """Draws icons by name, colour and size; Qt's own cache keeps them."""

    def __init__(self) -> None:
        self._is_imported = False
        self._drawer: IconicFont | None = None

    def import_library(self) -> None:
        """Import qtawesome; safe and meant to be called in a worker thread."""
        import_module("qtawesome.iconic_font")
        self._is_imported = True

    def activate(self) -> None:
        """Load the one icon font in use; on the user-interface thread, after the import."""
        if self._is_imported:
            self._drawer = _drawer()

    @property
    def active(self) -> bool:
        """Whether icons are drawn yet."""
        return self._drawer is not None

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon ``name`` in a square of ``size`` logical pixels, sharp at device ratio."""
        side = round(size * ratio)
        if self._drawer is None:
            blank = QPixmap(side, side)
            blank.fill(Qt.GlobalColor.transparent)
            blank.setDevicePixelRatio(ratio)
            return blank
        found = QPixmap()
        key = f"{name} {colour} {side} {ratio}"
        if not QPixmapCache.find(key, found):
            found = self._drawer.icon(f"ph.{name}", color=colour).pixmap(QSize(side, side))
            found.setDevicePixelRatio(ratio)
            QPixmapCache.insert(key, found)
        return found
