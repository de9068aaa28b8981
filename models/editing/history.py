"""Undo and redo: one history of named edits for each open document."""

import time
from dataclasses import dataclass, replace

from models.document import Document
from models.editing.typing_runs import words_typed
from models.merging import carried

PAUSE = 1.5
"""Seconds without a key after which typing begins another edit."""

WORDS = 8
"""Words after which typing goes on as another edit, so that undo takes back no whole page."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change from one document to the next. Both are frozen and share what did not change."""

    name: str
    place: str
    before: Document
    after: Document
    typing: bool
    at: float


class History:
    """The edits of one document, in order, and which of them are taken back.

    An edit is one's own: when others' changes come in (``rebase``), undo and redo carry the edit
    over to what is there now and leave theirs alone. What they changed at the same words stays;
    an edit of which nothing is left that way is gone.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def document(self) -> Document:
        """What is there now."""
        return self._document

    @property
    def undo_name(self) -> str:
        """What ``undo`` would take back ("Move why 1.2"), or ""."""
        return self._done[-1].name if self._done else ""

    @property
    def redo_name(self) -> str:
        """What ``redo`` would do again, or ""."""
        return self._undone[-1].name if self._undone else ""

    @property
    def undo_place(self) -> str:
        """Where ``undo`` would change something, as the edit named it, or ""."""
        return self._done[-1].place if self._done else ""

    @property
    def redo_place(self) -> str:
        """Where ``redo`` would change something, or ""."""
        return self._undone[-1].place if self._undone else ""

    def apply(
        self,
        name: str,
        document: Document,
        *,
        place: str = "",
        typing: bool = False,
        at: float | None = None,
    ) -> None:
        """Adds an edit that made ``document`` of the present one; nothing where they are equal.

        Typing at one place joins the last edit unless a pause or enough words lie between.
        ``at`` is in seconds of a clock that only goes forward.
        """
        at = time.monotonic() if at is None else at
        before, self._document = self._document, document
        if document == before:
            return
        edit = Edit(name, place, before, document, typing, at)
        last = self._done[-1] if self._done and not self._undone else None
        self._undone.clear()
        if last is not None and _goes_on(last, edit):
            self._done.pop()
            edit = replace(edit, before=last.before)
        if edit.before != edit.after:  # typed and deleted again
            self._done.append(edit)

    def end_step(self) -> None:
        """Lets the next edit be a step of its own."""
        if self._done:
            self._done[-1] = replace(self._done[-1], typing=False)

    def undo(self) -> Document | None:
        """Takes the last edit back and returns what is then there; None where there is none.

        The very same document says that others' words stand where the edit was.
        """
        if not self._done:
            return None
        edit = self._done.pop()
        if self._carry(edit.after, edit.before):
            self._undone.append(edit)
        return self._document

    def redo(self) -> Document | None:
        """Does the edit again that was taken back last; None and the same as ``undo``."""
        if not self._undone:
            return None
        edit = self._undone.pop()
        if self._carry(edit.before, edit.after):
            self._done.append(replace(edit, typing=False))
        return self._document

    def _carry(self, before: Document, after: Document) -> bool:
        """Makes the change here, too; whether it made a difference."""
        document = carried(before, after, self._document)
        if document == self._document:
            return False
        self._document = document
        return True

    def rebase(self, document: Document) -> None:
        """Goes on from a document that holds others' changes, or what a save added."""
        before, self._document = self._document, document
        if self._done and self._done[-1].typing and self._done[-1].after is before:
            last = self._done[-1]
            start = carried(last.after, last.before, document)
            self._done[-1] = replace(last, before=start, after=document)


def _goes_on(last: Edit, edit: Edit) -> bool:
    return (
        last.typing
        and edit.typing
        and (last.name, last.place) == (edit.name, edit.place)
        and last.after is edit.before
        and edit.at - last.at <= PAUSE
        and words_typed(last.before, edit.after) <= WORDS
    )
