"""Post-mortems being written: begun, opened in the editor or outside, recovered, let go."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.ui.context import Context
from app.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from app.ui.document import editing as external
    from app.ui.editor import drafts
    from app.ui.editor import page as editor_page
    from app.ui.editor.draft import Draft


class Writing(QObject):
    """What is written in the window and in the author's own editor; each made when needed.

    Signals
    -------
    opened(str):
        Another post-mortem is to be read, by id or ref.
    export_requested(list):
        Ids to be exported.
    begun(str):
        The post-mortem of an id is written in the window.
    """

    opened = Signal(str)
    begun = Signal(str)
    export_requested = Signal(list)

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(context)
        self._context, self._window = context, window

    @cached_property
    def drafts(self) -> "drafts.Drafts":
        """What is being written in the window."""
        from app.ui.editor.drafts import Drafts

        return Drafts(self._context)

    @cached_property
    def editor(self) -> "editor_page.EditorPage":
        """The editor."""
        from app.ui.editor.page import EditorPage

        page = EditorPage(self._context, self.drafts)
        self._window.add_page("editor", page)
        page.opened.connect(self.opened)
        page.export_requested.connect(self.export_requested)
        return page

    @cached_property
    def editing(self) -> "external.ExternalEditing":
        """Editing in the author's own editor."""
        from app.ui.document.editing import ExternalEditing

        return ExternalEditing(self._context, self._window)

    @Slot()
    def new(self) -> None:
        """Start a post-mortem, then write it."""
        from app.ui.document.new_dialog import NewDialog
        from app.ui.settings.author import with_author

        def ask() -> None:
            dialog = NewDialog(self._context, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.created.connect(self._created)
            dialog.open()

        with_author(self._context, self._window, ask)

    @Slot(str)
    def edit(self, id: str) -> None:
        """Write a post-mortem in the window."""
        from app.ui.settings.author import with_author

        if id:
            with_author(self._context, self._window, lambda: self._write(id))

    @Slot(str)
    def ask_gate(self, id: str) -> None:
        """Open a post-mortem in the window and ask at the gate ahead."""
        from app.ui.settings.author import with_author

        def ask() -> None:
            self._write(id, "review", self.editor.guidance.guiding.ask_ahead)

        with_author(self._context, self._window, ask)

    @Slot(str)
    def edit_outside(self, id: str) -> None:
        """Open a post-mortem in the author's editor."""
        from app.ui.settings.author import with_author

        if id:
            with_author(self._context, self._window, lambda: self.editing.edit(id))

    def edit_current_outside(self) -> None:
        """Open what the shown screen is about in the author's editor."""
        self.edit_outside(self._window.page(self._window.current).current_id())

    def recover(self) -> None:
        """Say what earlier runs left unfinished."""
        from app.ui.editor.recovery import Recovery

        recovery = Recovery(self._context, self.drafts.copies, self._window)
        recovery.open_requested.connect(self.edit)
        self.drafts.opened.connect(recovery.opened)
        recovery.look()

    def may_close(self) -> bool:
        """Write what is not written yet; where that fails, ask."""
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()  # a field that is left hands over what stands in it
        unsaved = self.drafts.finish() if "drafts" in self.__dict__ else []
        if not unsaved:
            return True
        from app.ui.editor.closing import may_close_unsaved

        return may_close_unsaved(self._window, unsaved)

    def close(self) -> None:
        """The window closes: take over what editors saved."""
        if "editing" in self.__dict__:
            self.editing.close()

    def let_go(self) -> None:
        """All work has ended: leave nothing behind that is not needed."""
        if "drafts" in self.__dict__:
            self.drafts.close()

    @Slot(str)
    def _created(self, id: str) -> None:
        if self._window.current == "welcome":
            self._window.show_page("library")  # one comes back to it: it is not empty any more
        self._write(id, "details")

    def _write(self, id: str, place: str = "", then: Callable[[], None] | None = None) -> None:
        def show(draft: "Draft") -> None:
            self.editor.show_draft(draft, place)
            self._window.show_page("editor")
            self.begun.emit(id)
            if then is not None:
                then()

        self.drafts.open(id, show)
