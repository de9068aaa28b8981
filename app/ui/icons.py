"""The one door to qtawesome: Phosphor icons as pixmaps, tinted by the theme.

qtawesome takes longer to import than the window takes to appear, so nothing here imports it until
:meth:`Icons.import_library` is called off the user-interface thread after the first paint. Until
:meth:`Icons.activate`, icons are transparent pixmaps of the right size, so that nothing moves when
they arrive.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

if TYPE_CHECKING:
    from qtawesome.iconic_font import IconicFont

_FONT = ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")


class Icons:
    """Draws and caches icons by name, colour and size."""

    def __init__(self) -> None:
        self._factory: type[IconicFont] | None = None
        self._drawer: IconicFont | None = None
        self._cache: dict[tuple[str, str, int, float], QPixmap] = {}

    def import_library(self) -> None:
        """Import qtawesome; safe and meant to be called in a worker thread."""
        from qtawesome.iconic_font import IconicFont

        self._factory = IconicFont

    def activate(self) -> None:
        """Load the one icon font in use; on the user-interface thread, after the import."""
        if self._drawer is None and self._factory is not None:
            # Only Phosphor: qtawesome's own icon() would load twelve fonts.
            self._drawer = self._factory(_FONT)
            self._cache.clear()

    @property
    def active(self) -> bool:
        """Whether icons are drawn yet."""
        return self._drawer is not None

    def clear(self) -> None:
        """Forget what was drawn; called when the theme changes."""
        self._cache.clear()

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon ``name`` in a square of ``size`` logical pixels, sharp at device ratio."""
        key = (name, colour, size, ratio)
        found = self._cache.get(key)
        if found is None:
            found = self._draw(name, colour, round(size * ratio))
            found.setDevicePixelRatio(ratio)
            self._cache[key] = found
        return found

    def _draw(self, name: str, colour: str, side: int) -> QPixmap:
        if self._drawer is None:
            blank = QPixmap(side, side)
            blank.fill(Qt.GlobalColor.transparent)
            return blank
        return self._drawer.icon(f"ph.{name}", color=colour).pixmap(QSize(side, side))
