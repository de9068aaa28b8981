"""What every section of the editor has in common."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.ui.context import Context
from app.ui.editor.attaching import Attaching
from app.ui.editor.draft import Draft
from app.ui.editor.fields.typed import UnreadHome
from app.ui.editor.language.underlines import Underlines
from app.ui.editor.prose.edit import ProseEdit, ProseHome
from app.ui.editor.prose.secret_watch import SecretWatch
from app.ui.editor.spots import Spot, spot_in
from app.ui.editor.undoing import offer_undo
from models.document import Document
from models.domain.post_mortem import Comment
from models.editing.parts import with_comment, without_comment


class SectionPage(QWidget, ProseHome, UnreadHome):
    """One section of a post-mortem as a form.

    A section never keeps words of its own: what is typed goes to the draft at once, and what the
    draft holds is shown. ``key`` is the section's place as templates name it. Its edits name a
    place that begins with it ("impact/windows") or the id of a record.

    Signals
    -------
    moved():
        The cursor, or what is chosen, is elsewhere.
    gate_requested(str, str):
        The author wants to go through a gate, with the id of the incident it is about, or "".
    place_requested(str):
        Another place of the document is to be shown.
    """

    moved = Signal()
    gate_requested = Signal(str, str)
    place_requested = Signal(str)

    key = ""
    unread_kept = "It is kept as an open comment."
    has_own_head: ClassVar[bool] = False
    """Whether it draws title and foot itself; else the frame does, with the questions asked."""

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.draft = draft
        self.attaching = Attaching(context, draft)
        self._secret_watch = SecretWatch(context)

    def adopt(self, field: ProseEdit) -> None:
        """Judge the words of every text of the section, and attach what is dropped there."""
        field.cursorPositionChanged.connect(self.moved)
        field.set_spelling(self.context.spelling)
        Underlines(self.context.look, self.context.language, field, self.draft.id)
        self.attaching.serve(field)
        self._secret_watch.serve(field)
        field.step_ended.connect(self.draft.end_step)

    def keep_unread(self, note: str, field: str, text: str) -> None:
        """What was typed as a time and is none becomes an open comment until it is mended."""
        if not text:
            self.draft.edit(f"Mend {field}", lambda d: without_comment(d, note), place=self.key)
            return
        words = f"Typed as “{field}” and not understood: {text}"
        now, role = self.context.workspace.library.now(), self.context.actor.role
        comment = Comment(note, self.key, words, role, now)
        self.draft.edit(f"Keep what was typed as {field}", lambda d: with_comment(d, comment))

    def show_document(self, document: Document) -> None:
        """Show what the draft holds; a widget whose value is the same is left alone.

        Called after every change while the section can be seen, one's own included, so the cursor
        must stay where it is; and when it comes into view.
        """
        raise NotImplementedError

    @property
    def place(self) -> str:
        """Where its author is: the section, or the record of it that is chosen."""
        return self.key

    def spot(self) -> Spot:
        """The same as precisely as can be said: with the words under the cursor."""
        field = QApplication.focusWidget()
        if field is None or not self.isAncestorOf(field):
            return Spot(self.place)
        if isinstance(field, QPlainTextEdit):
            cursor = field.textCursor()
            lines = field.toPlainText().split("\n")
            return spot_in(self.place, lines, cursor.blockNumber(), cursor.positionInBlock())
        if isinstance(field, QLineEdit):
            return spot_in(self.place, [field.text()], 0, field.cursorPosition())
        return Spot(self.place)

    def offer_undo(self, words: str) -> None:
        """Say what the last edit did, and offer to take just that back."""
        offer_undo(self.context.messages, self.draft, words)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that only this section carries out, by id."""
        return {}

    def go_back(self) -> bool:
        """Close what was unfolded in the section; whether there was something to close."""
        return False

    def reveal(self, anchor: str) -> None:
        """Bring a field, node or event into view and give it the keyboard."""
        self.setFocus()
