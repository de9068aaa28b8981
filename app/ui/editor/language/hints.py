"""The language hints of the post-mortem being written: found in pauses, applied, kept, gone to."""

import math
import re
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.language.language import kept_of
from app.ui.editor.language.reaching import (
    TextField,
    field_of,
    reveal_name,
    section_key_of,
    text_in,
    words_of,
)
from app.ui.editor.language.slices import Slices
from app.ui.editor.prose.highlighting import units
from app.ui.editor.section import SectionPage
from app.ui.pacing import pause
from models.document import Document
from models.language.checking import Finding
from models.language.documents import Placed, checking, text_at, with_suggestion

PAUSE_MS = 700
"""The whole post-mortem is judged when nothing was typed for so long."""
BLANK = re.compile(r"\{[^{}\n]{1,60}\}")


class Hints(QObject):
    """Follows a draft; the dock and the hint at the cursor act through it.

    Signals
    -------
    found(tuple):
        The hints that are not kept as written, in reading order: ``Placed``.
    """

    found = Signal(tuple)

    def __init__(
        self,
        context: Context,
        reveal: Callable[[str], None],
        page: Callable[[], SectionPage | None],
        parent: QObject,
    ) -> None:
        """``reveal`` shows a place of the editor; ``page`` is the form that is shown."""
        super().__init__(parent)
        self._context, self._reveal, self._page = context, reveal, page
        self._draft: Draft | None = None
        self._judged: Document | None = None
        self._current: Placed | None = None
        self._number = 0
        self.all: tuple[Placed, ...] = ()
        self.shown: tuple[Placed, ...] = ()
        self._slices: Slices[tuple[Placed, ...]] = Slices(self)
        self._pause = pause(self, self._begin, PAUSE_MS)
        context.language.changed.connect(self._again)

    @property
    def document(self) -> Document | None:
        """What is being written."""
        return self._draft.document if self._draft else None

    @property
    def is_writable(self) -> bool:
        """Whether the form can be written in."""
        return self._draft is not None and self._context.workspace.library.writable

    # -- judging -------------------------------------------------------------------------------

    def take_draft(self, draft: Draft) -> None:
        """Judge this draft from now on."""
        if self._draft is not None:
            self._draft.changed.disconnect(self._changed)
        self._draft, self._judged, self._current = draft, None, None
        self.all = ()
        self._tell()
        draft.changed.connect(self._changed)
        self._context.language.prepare()
        self._pause.start()

    def finish(self) -> None:
        """Judge what is there now."""
        self._pause.stop()
        self._begin()
        self._slices.finish()

    @Slot(str)
    def _changed(self, place: str) -> None:
        self._slices.stop()
        self._pause.start()

    @Slot()
    def _again(self) -> None:
        if self._judged is not None:
            self._tell()
        self._pause.start(0)

    @Slot()
    def _begin(self) -> None:
        document, checker = self.document, self._context.language.checker
        if document is None or checker is None or document is self._judged:
            return

        def done(found: tuple[Placed, ...]) -> None:
            self._judged, self.all = document, found
            self._tell()

        self._slices.begin(checking(document, checker), done)

    def _tell(self) -> None:
        keeps, id = self._context.language.keeps, self._id
        shown = tuple(one for one in self.all if not keeps(one.finding, one.sentence, id))
        self.shown = shown
        self.found.emit(shown)

    @property
    def _id(self) -> str:
        return self._draft.id if self._draft else ""

    # -- acting --------------------------------------------------------------------------------

    def apply(self, placed: Placed) -> None:
        """Put the rewrite in and select its first blank; where there is none, go to the field."""
        draft = self._draft
        if draft is None or not self.is_writable:
            return
        name = self._context.language.name_of(placed.finding.rule)
        before = draft.document
        draft.edit(
            f"Apply wording: {name}",
            lambda document: with_suggestion(document, placed),
            place=reveal_name(placed.place),
        )
        if draft.document is before:
            self.go_to(placed)
            return
        self.finish()
        start = placed.finding.replaces[0]
        size = len(placed.finding.suggestion)
        self._select(placed, start, size, blank=True)

    def keep(self, placed: Placed, *, always: bool = False) -> None:
        """Leave this wording as it is, or its words everywhere; the toast takes it back."""
        language = self._context.language
        kept = kept_of(placed.finding, placed.sentence, self._id, always=always)
        language.keep(kept)
        name = language.name_of(placed.finding.rule)
        words = f"{name}: “{placed.finding.text}”" if placed.finding.text else name
        where = "is kept everywhere" if always else "is kept as written"

        def take_back() -> None:
            language.judge_again([kept])

        self._context.messages.toast(f"{words} {where}.", take_back)

    def judge_all_again(self) -> None:
        """Keep nothing of this post-mortem as written any more."""
        language = self._context.language
        language.judge_again(language.kept(self._id))

    @property
    def kept_here(self) -> int:
        """How many wordings of this post-mortem are kept as written."""
        return len(self._context.language.kept(self._id))

    def go_to(self, placed: Placed) -> None:
        """Show the words where they stand, selected."""
        self._current = placed
        self._number = self.shown.index(placed) if placed in self.shown else self._number
        self._select(placed, placed.finding.start, placed.finding.length)

    def step(self, direction: int) -> None:
        """To the next (1) or previous (-1) hint, from the one gone to last."""
        self.finish()
        if not self.shown:
            self._context.messages.toast("No language hints.")
            return
        place = self._number_of_current() + direction
        number = math.floor(place) if direction > 0 else math.ceil(place)
        self.go_to(self.shown[number % len(self.shown)])

    def _number_of_current(self) -> float:
        """Where one is among the hints; between two where the one gone to last is no more."""
        current, page = self._current, self._page()
        if current is None:
            keys = [section_key_of(one.place) for one in self.shown]
            here = page.key if page is not None else ""
            return (keys.index(here) if here in keys else 0) - 0.5
        marks = [(one.place, one.finding.rule, one.sentence) for one in self.shown]
        mark = current.place, current.finding.rule, current.sentence
        return marks.index(mark) if mark in marks else self._number - 0.5

    # -- fields --------------------------------------------------------------------------------

    def at_cursor(self, field: TextField, finding: Finding) -> Placed | None:
        """A finding of a field of the shown page as one of the document."""
        page, document = self._page(), self.document
        text = text_in(page, field, document) if page and document else None
        if text is None:
            return None
        start, length = finding.sentence
        known = [one for one in self.shown if one.place == text.place]
        same = (one for one in known if one.finding.start == finding.start)
        same = (one for one in same if one.finding.rule == finding.rule)
        return next(same, Placed(text.place, finding, text.text[start : start + length]))

    def _select(self, placed: Placed, start: int, size: int, *, blank: bool = False) -> None:
        document = self.document
        if document is None:
            return
        self._reveal(reveal_name(placed.place))
        page, text = self._page(), text_at(document, placed.place)
        field = field_of(page, placed.place, text.text if text else "") if page else None
        if field is None:
            return
        field.setFocus()
        if text is None or not isinstance(field, QPlainTextEdit | QLineEdit):
            return
        found = BLANK.search(text.text, start, start + size) if blank else None
        select(field, *(found.span() if found else (start, start + size)))


def select(field: QWidget, start: int, end: int) -> None:
    """Select letters of a field."""
    if isinstance(field, QLineEdit):
        field.setSelection(start, end - start)
    elif isinstance(field, QPlainTextEdit):
        text, cursor = words_of(field), field.textCursor()
        cursor.setPosition(units(text[:start]))
        cursor.setPosition(units(text[:end]), cursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
        field.ensureCursorVisible()
