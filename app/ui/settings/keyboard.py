"""Every key, and whether single letters are keys."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.shell.key_page import key_grid
from app.ui.widgets.layouts import column


class KeyboardSettings(Section):
    """The keys."""

    title = "Keyboard"
    hint = "Everything that has keys."
    icon = "keyboard"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.single_keys = QCheckBox("Single letters act in lists and in the why tree")
        self.single_keys.setChecked(context.preferences.single_keys)
        self.single_keys.toggled.connect(self._set_single_keys)
        self.setLayout(column(self.single_keys, 8, key_grid(context.look), None))

    @Slot(bool)
    def _set_single_keys(self, on: bool) -> None:
        self.context.preferences.single_keys = on
