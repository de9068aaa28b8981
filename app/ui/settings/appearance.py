"""Light or dark, and how large text is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.typography import SCALES
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.layouts import column, label, row

if TYPE_CHECKING:
    from app.ui.preferences import Scheme


class AppearanceSettings(Section):
    """Theme and text size; they change at once."""

    title = "Appearance"
    hint = "Light or dark, and how large text is."
    icon = "palette"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        schemes = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
        self.schemes = Segmented("Theme", schemes)
        self.schemes.chosen.connect(self._set_scheme)
        self.sizes = Segmented("Text size", [(str(s), f"{s} %") for s in SCALES])
        self.sizes.chosen.connect(self._set_size)
        self.setLayout(
            column(
                label("Theme", "question"),
                row(self.schemes, None),
                16,
                label("Text size", "question"),
                row(self.sizes, None),
                None,
            )
        )
        context.look.changed.connect(self._show)
        self._show()

    @Slot(str)
    def _set_scheme(self, key: str) -> None:
        schemes: dict[str, Scheme] = {"system": "system", "light": "light", "dark": "dark"}
        self.context.look.set_scheme(schemes[key])

    @Slot(str)
    def _set_size(self, key: str) -> None:
        self.context.look.set_percent(int(key))

    @Slot()
    def _show(self) -> None:
        look = self.context.look
        self.schemes.choose(look.scheme)
        nearest = min(SCALES, key=lambda scale: abs(scale - look.percent))
        self.sizes.choose(str(nearest))
