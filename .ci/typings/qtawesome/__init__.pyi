"""The part of qtawesome that Afterwhy uses; the package itself ships no types."""

from typing import Any

from PySide6.QtGui import QFont, QIcon

def icon(*names: str, **options: Any) -> QIcon: ...
def font(prefix: str, size: int) -> QFont: ...
