"""How the window looks now: theme, text size, fonts and icons, handed to every widget."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from app.ui.icons import Icons
from app.ui.preferences import Preferences, Scheme
from app.ui.stylesheet import build_palette, build_stylesheet, render_images
from app.ui.theme import DARK, LIGHT, Theme, Tone
from app.ui.typography import SCALES, TextRole, make_font


class Look(QObject):
    """The current appearance; applies itself to the application and remembers the choice.

    Signals
    -------
    changed:
        Theme, text size or icons changed. Styled widgets restyle by themselves; widgets that
        keep pixmaps or sizes of their own refresh them.
    """

    changed = Signal()

    def __init__(self, app: QApplication, preferences: Preferences, image_folder: Path) -> None:
        super().__init__(app)
        self._app = app
        self._preferences = preferences
        self._image_folder = image_folder
        self._fonts: dict[tuple[TextRole, bool], QFont] = {}
        self._metrics: dict[TextRole, QFontMetrics] = {}
        self.icons = Icons()
        self.scheme: Scheme = preferences.scheme
        self.percent = preferences.text_scale
        self.theme: Theme = LIGHT
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    # -- reading -------------------------------------------------------------------------------

    def px(self, pixels: float) -> int:
        """A length of the design, in logical pixels at the current text size."""
        return round(pixels * self.percent / 100)

    def colour(self, tone: Tone) -> QColor:
        """A foreground colour."""
        return QColor(self.theme.tone(tone))

    def font(self, role: TextRole, *, tabular: bool = False) -> QFont:
        """The font of a role at the current text size."""
        key = (role, tabular)
        if key not in self._fonts:
            self._fonts[key] = make_font(role, self.percent / 100, tabular=tabular)
        return self._fonts[key]

    def metrics(self, role: TextRole) -> QFontMetrics:
        """Measures text of a role."""
        if role not in self._metrics:
            self._metrics[role] = QFontMetrics(self.font(role))
        return self._metrics[role]

    def pixmap(self, name: str, tone: Tone = "text2", size: int = 16) -> QPixmap:
        """An icon at the current text size and screen."""
        return self.icons.pixmap(
            name, self.theme.tone(tone), self.px(size), self._app.devicePixelRatio()
        )

    def icon(self, name: str, tone: Tone = "text2", size: int = 16) -> QIcon:
        """An icon for buttons and menus; grey where its control is disabled."""
        icon = QIcon(self.pixmap(name, tone, size))
        icon.addPixmap(self.pixmap(name, "text3", size), QIcon.Mode.Disabled)
        return icon

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme is in use."""
        return self.theme is DARK

    # -- changing ------------------------------------------------------------------------------

    def set_scheme(self, scheme: Scheme) -> None:
        """Choose light, dark, or as the system says."""
        self.scheme = scheme
        self._preferences.scheme = scheme
        self._apply()

    def toggle_dark(self) -> None:
        """Switch to the other theme."""
        self.set_scheme("light" if self.is_dark else "dark")

    def set_percent(self, percent: int) -> None:
        """Choose the text size, 90 to 150 percent."""
        self.percent = min(SCALES[-1], max(SCALES[0], percent))
        self._preferences.text_scale = self.percent
        self._apply()

    def step_percent(self, direction: int) -> None:
        """The next larger (1) or smaller (-1) text size that is offered."""
        if direction > 0:
            self.set_percent(next((s for s in SCALES if s > self.percent), SCALES[-1]))
        else:
            self.set_percent(next((s for s in reversed(SCALES) if s < self.percent), SCALES[0]))

    def activate_icons(self) -> None:
        """Draw icons from now on; the library must have been imported."""
        self.icons.activate()
        self.changed.emit()

    @Slot()
    def _follow_system(self) -> None:
        if self.scheme == "system":
            self._apply()

    def _apply(self) -> None:
        system_is_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self.scheme == "dark" or (self.scheme == "system" and system_is_dark)
        self.theme = DARK if dark else LIGHT
        self._fonts.clear()
        self._metrics.clear()
        images = render_images(self.theme, self.percent, self._image_folder)
        sheet = build_stylesheet(self.theme, self.percent / 100, images)
        if sheet != self._app.styleSheet():
            # Without the old sheet first, Qt restyles every widget four times as long.
            self._app.setStyleSheet("")
            self._app.setFont(self.font("body"))
            self._app.setPalette(build_palette(self.theme))
            self._app.setStyleSheet(sheet)
        self.changed.emit()
