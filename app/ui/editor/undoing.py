"""Undo and redo with the names of what they do."""

from PySide6.QtCore import QObject

from app.ui.editor.draft import Draft
from app.ui.messages import Messages


class Undoing(QObject):
    """Takes back edits of a draft, whichever section they were in, and says which."""

    def __init__(self, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages
        self._draft: Draft | None = None

    def take_draft(self, draft: Draft) -> None:
        """Undo the edits of this draft from now on."""
        self._draft = draft

    def names(self) -> dict[str, str]:
        """What undo and redo are called now, by the id of their action."""
        draft = self._draft
        if draft is None:
            return {}
        named = (("undo", "Undo", draft.undo_name), ("redo", "Redo", draft.redo_name))
        return {id: f"{verb}: {name}" for id, verb, name in named if name}

    def undo(self) -> None:
        """Take back the last edit and show its place."""
        name = self._draft.undo_name if self._draft is not None else ""
        if self._draft is None or not name:
            self._messages.toast("Nothing to undo here.")
            return
        if self._draft.undo():
            self._messages.toast(f"Undone: {name}", self.redo, button="Redo")
        else:
            self._messages.toast(_overtaken(name))

    def redo(self) -> None:
        """Do the edit again that was taken back last."""
        name = self._draft.redo_name if self._draft is not None else ""
        if self._draft is not None and name:
            if self._draft.redo():
                self._messages.toast(f"Done again: {name}", self.undo)
            else:
                self._messages.toast(_overtaken(name))


def offer_undo(messages: Messages, draft: Draft, words: str) -> None:
    """Say what the last edit did, and offer to take just that back."""
    name = draft.undo_name

    def take_back() -> None:
        if draft.undo_name != name:
            messages.toast(
                "Something was written since: Ctrl+Z takes back one step after the other."
            )
        elif not draft.undo():
            messages.toast(_overtaken(name))

    messages.toast(words, take_back)


def _overtaken(name: str) -> str:
    """Says of an edit that it can be neither taken back nor done again."""
    return f"Nothing changed for “{name}”: somebody else's words stand there now."
