"""A library that cannot be written: said at the start, and every way to write is closed."""

from typing import TYPE_CHECKING

from app.ui.context import READ_ONLY

if TYPE_CHECKING:
    from app.ui.screens import Screens

WRITING = (
    "new",
    "import_files",
    "import_comments",
    "import_folder",
    "open_sample",
    "remove_sample",
    "undo",
    "edit",
    "edit_outside",
    "delete",
)
"""The actions that write."""


def announce(screens: "Screens") -> None:
    """Say what still works; disable what writes, with the reason."""
    from app.ui.settings.labels import LabelSettings
    from app.ui.settings.library import LibrarySettings

    window, context = screens.window, screens.context
    folder = context.workspace.library.folder
    context.messages.banner(
        "amber",
        READ_ONLY,
        f"You can read, search, compare and export. To write, make {folder} writable and start"
        " Afterwhy again, or open another library in the settings.",
    )
    window.status.work.show_fact("Read-only", "lock-simple", "amber")
    window.lock_actions(WRITING, READ_ONLY)
    first, settings, bulk = screens.first_run, screens.settings, screens.library.bulk
    for button in (
        first.new_button,
        first.import_button,
        first.sample_button,
        settings.section(LibrarySettings).add_samples,
        settings.section(LibrarySettings).remove_samples,
        settings.section(LabelSettings).rename_button,
        bulk.apply_button,
        bulk.delete_button,
        screens.trash.restore_button,
    ):
        button.lock(READ_ONLY)
    for reading in (screens.library.reading, screens.document.reading):
        reading.head.edit_button.lock(READ_ONLY)
        reading.history.restore_button.lock(READ_ONLY)
