"""The forms of one draft, each made when it is first shown."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.section import SectionPage
from app.ui.editor.sections import Step
from models.document import Document
from models.queries.labels import names
from models.templates import Template


class Forms(QStackedWidget):
    """One form at a time; those that are hidden are brought up to date when they come back.

    Signals
    -------
    moved():
        The cursor of a form, or what is chosen in it, is elsewhere.
    gate_requested(str, str):
        A form asks to go through a gate, with the id of the incident it is about, or "".
    place_requested(str):
        A form leads to another place of the document.
    """

    moved = Signal()
    gate_requested = Signal(str, str)
    place_requested = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._draft: Draft | None = None
        self._template: Template | None = None
        self._made: dict[str, tuple[tuple[str, ...], SectionPage]] = {}
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def page(self) -> SectionPage | None:
        """The form that is shown."""
        shown = self.currentWidget()
        return shown if isinstance(shown, SectionPage) else None

    @Slot(QWidget, QWidget)
    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.moved.emit()

    def take_draft(self, draft: Draft, template: Template) -> None:
        """Show the forms of this draft from now on."""
        for key in list(self._made):
            self._drop(key)
        self._draft, self._template = draft, template
        self._context.read(
            lambda workspace: names(workspace.library), self._context.spelling.set_names
        )

    def use_template(self, template: Template) -> None:
        """Ask what another template asks, in forms that are made anew."""
        if template != self._template:
            self._template = template
            self.keep_only(set())

    def show_step(self, step: Step) -> SectionPage:
        """Show the form of a section."""
        if self._draft is None or self._template is None:
            raise RuntimeError("there is no draft yet")
        kept = self._made.get(step.key)
        if kept is not None and kept[0] != step.shape:
            self._drop(step.key)
            kept = None
        if kept is None:
            page = step.make(self._context, self._draft, self._template, step.guidance)
            page.moved.connect(self.moved)
            page.gate_requested.connect(self.gate_requested)
            page.place_requested.connect(self.place_requested)
            self.addWidget(page)
            kept = self._made[step.key] = step.shape, page
        page = kept[1]
        page.show_document(self._draft.document)
        self.setCurrentWidget(page)
        return page

    def show_document(self, document: Document) -> None:
        """The draft changed: show it in the form that can be seen."""
        page = self.page
        if page is not None:
            page.show_document(document)

    def keep_only(self, keys: set[str]) -> None:
        """Sections are gone: so are their forms."""
        for key in set(self._made) - keys:
            self._drop(key)

    def _drop(self, key: str) -> None:
        _, page = self._made.pop(key)
        page.hide()
        self.removeWidget(page)
        page.deleteLater()
