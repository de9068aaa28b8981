"""What the window remembers between starts, in one INI file in the user's configuration folder."""

import os
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QSettings

Scheme = Literal["system", "light", "dark"]


def config_folder() -> Path:
    """Where settings live: ``AFTERWHY_CONFIG``, else the platform's folder for configuration."""
    override = os.environ.get("AFTERWHY_CONFIG")
    if override:
        return Path(override)
    import platformdirs

    return Path(platformdirs.user_config_dir("afterwhy", appauthor=False))


class Preferences:
    """Typed access to the window's INI file. Values that cannot be read fall back to defaults."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or as the system says."""
        value = self._settings.value("appearance/scheme", "system")
        if value == "light":
            return "light"
        return "dark" if value == "dark" else "system"

    @scheme.setter
    def scheme(self, value: Scheme) -> None:
        self._settings.setValue("appearance/scheme", value)

    @property
    def text_scale(self) -> int:
        """Text size in percent, 90 to 150."""
        value = str(self._settings.value("appearance/text_scale", "100"))
        return min(150, max(90, int(value))) if value.isdigit() else 100

    @text_scale.setter
    def text_scale(self, percent: int) -> None:
        self._settings.setValue("appearance/text_scale", percent)

    @property
    def single_keys(self) -> bool:
        """Whether single letters act as shortcuts in lists."""
        return str(self._settings.value("keyboard/single_keys", "true")) == "true"

    @single_keys.setter
    def single_keys(self, value: bool) -> None:
        self._settings.setValue("keyboard/single_keys", "true" if value else "false")

    @property
    def geometry(self) -> QByteArray | None:
        """The window's place and size, as Qt saved it."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("window/geometry", value)

    def splitter(self, name: str) -> QByteArray | None:
        """The saved state of one splitter."""
        return self._bytes(f"splitters/{name}")

    def set_splitter(self, name: str, state: QByteArray) -> None:
        """Remember where one splitter stands."""
        self._settings.setValue(f"splitters/{name}", state)

    def text(self, key: str, default: str = "") -> str:
        """A remembered text, for example the folder last exported to."""
        return str(self._settings.value(f"memory/{key}", default))

    def set_text(self, key: str, value: str) -> None:
        """Remember a text."""
        self._settings.setValue(f"memory/{key}", value)

    def save(self) -> None:
        """Write to disk now."""
        self._settings.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None
