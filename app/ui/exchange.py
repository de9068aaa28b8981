"""What comes into the library from files and what goes out of it, from anywhere in the window."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from app.ui.context import Context
from app.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from app.ui.importing import page as importing_page


class Exchange(QObject):
    """Importing with its screen, exporting, review copies that come back, rich text."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(context)
        self._context, self._window = context, window

    @cached_property
    def importing(self) -> "importing_page.ImportPage":
        """The import screen, made when it is first needed: its parsers take long to import."""
        from app.ui.importing.page import ImportPage

        page = ImportPage(self._context)
        self._window.add_page("import", page)
        page.files_requested.connect(self.import_files)
        page.folder_requested.connect(self.import_folder)
        page.finished.connect(self._import_finished)
        return page

    @Slot()
    def import_files(self) -> None:
        """Choose files to import."""
        files, _ = QFileDialog.getOpenFileNames(self._window, "Import files", self._start)
        self.import_paths(files)

    @Slot()
    def import_folder(self) -> None:
        """Choose a folder to import."""
        folder = QFileDialog.getExistingDirectory(self._window, "Import a folder", self._start)
        self.import_paths([folder] if folder else [])

    @property
    def _start(self) -> str:
        return self._context.preferences.text("import_folder", str(Path.home()))

    @Slot(list)
    def import_paths(self, names: list[str]) -> None:
        """Show what importing files and folders would do."""
        if names and self._window.actions_table["import_files"].isEnabled():
            self._context.preferences.set_text("import_folder", str(Path(names[0]).parent))
            importing = self.importing
            self._window.show_page("import")
            importing.read([Path(name) for name in names])

    @Slot()
    def _import_finished(self) -> None:
        self._window.show_page("library")

    @Slot()
    def import_comments(self) -> None:
        """Choose review copies whose comments come in."""
        from app.ui.exporting.returning import choose_copies

        choose_copies(self._context, self._window)

    @Slot(list)
    def export(self, ids: list[str]) -> None:
        """Ask where to export post-mortems."""
        from app.ui.exporting.dialog import ExportDialog

        dialog = ExportDialog(self._context, self._window, ids)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def copy_rich(self) -> None:
        """Put what the shown screen is about on the clipboard."""
        from app.ui.exporting.copying import copy_rich

        copy_rich(self._context, self._window.page(self._window.current).current_id())
