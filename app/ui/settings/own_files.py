"""Templates and response frameworks: the product's, a team's own, and what is wrong with those."""

from collections.abc import Mapping, Sized
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from app import settings
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import clear, column, frame, label, row
from app.ui.wording import count
from models import frameworks, templates
from models.errors import LibraryError
from models.frameworks import Framework
from models.templates import Template

if TYPE_CHECKING:
    from app.ui.screens import Screens

FOLDERS = ("templates", "frameworks")


class OwnFileSettings(Section):
    """The settings folder, what its files add, and each fault with its line."""

    title = "Templates and frameworks"
    hint = "A team adds its own as TOML files; they are read when the window starts."
    icon = "file-text"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.folder = QLineEdit(str(settings.config_folder()))
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName("Settings folder")
        self.folder.setCursorPosition(0)
        self.open_button = Button(context.look, "Open the folder", icon="folder-open")
        self.open_button.clicked.connect(self._open)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.setLayout(
            column(
                label("Settings folder", "secondary_strong", "text2"),
                row((self.folder, 1), self.open_button),
                label(
                    "Files belong into its folders templates and frameworks.", "secondary", "text2"
                ),
                12,
                self._rows,
                None,
            )
        )

    def refresh(self) -> None:
        """Show what was read when the window started."""
        workspace = self.context.workspace
        clear(self._rows)
        if workspace.data_faults:
            self._rows.addWidget(label("These files cannot be used", "question"))
        for fault in workspace.data_faults:
            words = column(
                label(str(fault), "body", "red", wrap=True),
                label(fault.advice, "secondary", wrap=True),
                margins=(12, 8, 12, 8),
            )
            self._rows.addWidget(frame(words, "card"))
        self._list("Templates", workspace.templates, templates.load())
        self._list("Response frameworks", workspace.frameworks, frameworks.load())

    def _list(
        self,
        heading: str,
        items: Mapping[str, Template] | Mapping[str, Framework],
        built_in: Mapping[str, Template] | Mapping[str, Framework],
    ) -> None:
        self._rows.addSpacing(8)
        self._rows.addWidget(label(heading, "question"))
        for id, item in items.items():
            origin = "" if built_in.get(id) == item else " (your own)"
            self._rows.addWidget(label(f"{item.name}{origin}", "body_strong", wrap=True))
            self._rows.addWidget(label(item.description, "secondary", "text2", wrap=True))

    @Slot()
    def _open(self) -> None:
        """Open the folder; its folders are made at the first time."""
        folder = settings.config_folder()
        try:
            for name in FOLDERS:
                (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            words = f"The folder {folder} cannot be made: {error.strerror or error}."
            self.context.messages.error(
                LibraryError(words, advice="Check that you may write there.")
            )
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def tell_of_faults(screens: "Screens", faults: Sized) -> None:
    """Say once that files of the settings folder are left out, with the way to their faults."""

    def show() -> None:
        screens.show_area("settings")
        screens.settings.show_section(OwnFileSettings.title)

    number = len(faults)
    if number:
        what = count(number, "file") + (" is" if number == 1 else " are")
        screens.context.messages.banner(
            "amber",
            f"{what} left out: a template or framework of your own has a fault",
            "Everything else works as usual.",
            ("Show", show),
        )
