"""Closing a window whose last words could not be written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from app.ui.editor.draft import Draft
from models.errors import KnownError


def may_close_unsaved(window: QWidget, drafts: Sequence[Draft]) -> bool:
    """Ask whether to close all the same; says what failed and that a copy is kept."""
    refs = ", ".join(draft.document.ref for draft in drafts)
    reasons = dict.fromkeys(_reason(draft) for draft in drafts)
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Not saved")
    box.setText(f"The last words of {refs} are not in the library.")
    box.setInformativeText(
        f"{' '.join(reasons)} A copy is kept on this device and offered at the next start."
    )
    stay = box.addButton("Stay and try again", QMessageBox.ButtonRole.RejectRole)
    close = box.addButton("Close", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is close


def _reason(draft: Draft) -> str:
    error = draft.error
    if error is None:
        return "The library did not answer in time."
    return error.sentence() if isinstance(error, KnownError) else f"{error}."
