"""The language check of the editor: its hints, its tab, its keys, the fields it watches."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.fields.line import LineField
from app.ui.editor.language.cards import card_of
from app.ui.editor.language.hints import Hints
from app.ui.editor.language.line_underline import LineUnderline
from app.ui.editor.language.panel import LanguagePanel
from app.ui.editor.language.popup import HintPopup
from app.ui.editor.language.reaching import TextField
from app.ui.editor.language.underlines import Underlines
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.prose.keys import HINT
from app.ui.editor.walk import Walk
from app.ui.editor.whys.field_editor import FieldEditor
from app.ui.editor.work_area import WorkArea
from models.language.documents import Placed
from models.language.rules import ACTION, PROSE

_LINES = {
    "Action": ACTION,
    "Done when": PROSE,
    "What was affected in this window": PROSE,
    "Trigger in words": PROSE,
}
"""Fields of one line that hold prose, by what they are called, and how they are read."""


class LanguageDesk(QObject):
    """Serves the fields that are written in, and carries out the keys of the hints."""

    def __init__(
        self,
        context: Context,
        panel: LanguagePanel,
        work: WorkArea,
        reveal: Callable[[str], None],
        walk: Walk,
    ) -> None:
        """``reveal`` shows a place of the editor."""
        super().__init__(work)
        self._context, self._work = context, work
        self.hints = Hints(context, reveal, lambda: work.forms.page, self)

        def heading(key: str) -> str:
            step = walk.step(key)
            return step.heading if step else key.capitalize()

        panel.serve(self.hints, heading)
        self._draft: Draft | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def take_draft(self, draft: Draft) -> None:
        """Judge this draft from now on."""
        self._draft = draft
        self.hints.take_draft(draft)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that this carries out, by id."""
        return {
            "hint_next": partial(self.hints.step, 1),
            "hint_previous": partial(self.hints.step, -1),
        }

    def finish(self) -> None:
        """Judge now what a pause of typing would have judged."""
        self.hints.finish()
        for waves in self._work.findChildren(Underlines):
            waves.finish()
        for line in self._work.findChildren(LineUnderline):
            line.judge()

    # -- fields --------------------------------------------------------------------------------

    @Slot(QWidget, QWidget)
    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._draft is None or now is None or not self._work.isAncestorOf(now):
            return
        if isinstance(now, ProseEdit):
            now.hint_requested.connect(self.show_hint, Qt.ConnectionType.UniqueConnection)
        elif isinstance(now, FieldEditor):
            if now.findChild(Underlines) is None:
                now.installEventFilter(self)
                look, language = self._context.look, self._context.language
                Underlines(look, language, now, self._draft.id)
        elif isinstance(now, LineField) and now.accessibleName() in _LINES:
            self._serve_line(now, _LINES[now.accessibleName()])

    def _serve_line(self, line: LineField, kind: str) -> None:
        if self._draft is not None and line.findChild(LineUnderline) is None:
            line.installEventFilter(self)
            LineUnderline(self._context.look, self._context.language, line, self._draft.id, kind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key of the hint in fields that have no keys of their own."""
        override, press = QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress
        if not isinstance(event, QKeyEvent) or event.type() not in (override, press):
            return super().eventFilter(watched, event)
        if QKeySequence(event.keyCombination()) != HINT:
            return super().eventFilter(watched, event)
        if event.type() == press:
            self.show_hint()
        event.accept()
        return True

    # -- the hint at the cursor ----------------------------------------------------------------

    @Slot()
    def show_hint(self) -> None:
        """Say what the check says of the words at the cursor, where they are written."""
        field = QApplication.focusWidget()
        if not isinstance(field, QPlainTextEdit | QLineEdit):
            return
        placed = self._at_cursor(field)
        if not placed:
            self._context.messages.toast("No language hint here. F7 goes to the next one.")
            return
        name_of = self._context.language.name_of
        cards = [(one, card_of(one, name_of(one.finding.rule), "")) for one in placed]
        acts = (
            ("Insert and fill in", self.hints.apply),
            ("Keep mine", self.hints.keep),
            ("Always keep", partial(self.hints.keep, always=True)),
        )
        popup = HintPopup(self._context.look, cards, acts, field.window())
        if isinstance(field, QPlainTextEdit):
            popup.open_at(field, field.cursorRect().translated(field.viewport().pos()))
        else:
            popup.open_at(field, field.rect())

    def _at_cursor(self, field: TextField) -> list[Placed]:
        if isinstance(field, QLineEdit):
            line = field.findChild(LineUnderline)
            found = line.at_cursor() if line is not None else []
        else:
            waves = field.findChild(Underlines)
            found = waves.at_cursor() if waves is not None else []
        every = (self.hints.at_cursor(field, finding) for finding in found)
        return [placed for placed in every if placed is not None]
