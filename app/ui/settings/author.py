"""Who writes: name and role for history and reviews, asked once and changed in the settings."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app import settings
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from models.errors import KnownError
from models.store.library import Actor

_ASKED = "author_asked"


def save_author(context: Context, name: str, role: str) -> None:
    """Remember the author for every command and window; raises ``LibraryError``."""
    chosen = settings.save(author=name.strip(), role=role.strip())
    context.actor = Actor(chosen.author, chosen.role)


class AuthorFields(QWidget):
    """Name and role."""

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        self.name = QLineEdit(actor.name)
        self.name.setAccessibleName("Name")
        self.role = QLineEdit(actor.role)
        self.role.setAccessibleName("Role")
        self.role.setPlaceholderText("Incident commander, on-call engineer")
        name_caption = label("Name, as history and reviews show it", "secondary_strong", "text2")
        role_caption = label("Role in which you write", "secondary_strong", "text2")
        name_caption.setBuddy(self.name)
        role_caption.setBuddy(self.role)
        self.setLayout(column(name_caption, self.name, 6, role_caption, self.role, spacing=6))


class AuthorSettings(Section):
    """Name and role, to be saved."""

    title = "Author"
    hint = "Who writes, as history and reviews show it."
    icon = "pencil-simple"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.fields = AuthorFields(context.actor)
        self.save_button = Button(context.look, "Save", "primary")
        self.save_button.clicked.connect(self._save)
        self.setLayout(column(self.fields, 8, row(self.save_button, None), None))

    @Slot()
    def _save(self) -> None:
        try:
            save_author(self.context, self.fields.name.text(), self.fields.role.text())
        except KnownError as error:
            self.context.messages.error(error)
            return
        self.context.messages.toast("Saved. History names you so from now on.")


class AuthorDialog(QDialog):
    """Asks who writes; leaving it empty is fine."""

    def __init__(self, context: Context, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._context = context
        self._then = then
        self.setWindowTitle("Who writes?")
        self.setAccessibleName("Who writes?")
        hint = label(
            "It stands in the history of what you change. It stays on this device, and you can"
            " change it in the settings.",
            "secondary",
            "text2",
            wrap=True,
        )
        self.fields = AuthorFields(context.actor)
        self.save_button = Button(context.look, "Continue", "primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        later = Button(context.look, "Leave it empty")
        later.clicked.connect(self._later)
        foot = row(None, later, self.save_button)
        self.setLayout(column(hint, self.fields, 8, foot, margins=(24, 20, 24, 20), spacing=10))
        self.setMinimumWidth(context.look.px(440))

    @Slot()
    def _save(self) -> None:
        save_author(self._context, self.fields.name.text(), self.fields.role.text())
        self._go_on()

    @Slot()
    def _later(self) -> None:
        self._go_on()

    def _go_on(self) -> None:
        self._context.preferences.set_text(_ASKED, "yes")
        self.accept()
        self._then()


def with_author(context: Context, window: QWidget, then: Callable[[], None]) -> None:
    """Go on with ``then``, after asking who writes if that is neither known nor asked yet."""
    if context.actor.name or context.preferences.text(_ASKED):
        then()
        return
    AuthorDialog(context, window, then).open()
