"""In the window: a ticket that is in Jira already becomes an action item's, or an action item."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.ui.context import READ_ONLY, Context
from app.ui.editor.fields.question import Question
from app.ui.look import Look
from app.ui.tasks import Job
from app.ui.tracking.answering import Answering
from app.ui.tracking.stopping import stoppable
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row, set_tone
from models.errors import KnownError
from models.queries import tracking as queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import Workspace
    from app.tracking import Tracking

LINK = (
    "No ticket is made for it any more. The state is Jira's; where one of the two says nothing, "
    "the other fills it in."
)
IMPORT = "It becomes an action item with its ticket's title, state, owner, priority and due date."


class KeyDialog(QDialog):
    """Asks for a ticket's key, and stays until it is taken: what is wrong is told in it.

    Signals
    -------
    given(str):
        A key was typed, or the address of a ticket.
    """

    given = Signal(str)

    def __init__(self, look: Look, window: QWidget, title: str, note: str, button: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.line = QLineEdit()
        self.line.setPlaceholderText("PAY-217")
        self.line.returnPressed.connect(self._give)
        self._note = note
        self.words = label(note, "secondary", "text2", wrap=True)
        self.button = Button(look, button, "primary")
        self.button.clicked.connect(self._give)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(title, "question", wrap=True),
                Question("Key or address of the ticket", self.line, small=True),
                self.words,
                row(None, cancel, self.button),
                margins=(24, 20, 24, 20),
                spacing=10,
            )
        )
        self.setFixedWidth(min(look.px(480), window.width() - 40))
        self.line.setFocus()

    def wait(self) -> None:
        """The ticket is being read."""
        self.button.setEnabled(False)
        self.words.setText("Reading the ticket …")
        set_tone(self.words, "text2")

    def refuse(self, error: KnownError) -> None:
        """Say why it was not taken."""
        self.button.setEnabled(True)
        self.words.setText(error.sentence())
        set_tone(self.words, "red")
        self.line.setFocus()
        self.line.selectAll()

    @Slot()
    def _give(self) -> None:
        key = self.line.text().strip().rstrip("/").rpartition("/")[2]
        if key and self.button.isEnabled():
            self.given.emit(key)


class Ticketing(QObject):
    """Links and imports.

    Signals
    -------
    imported(str):
        An action item was made of a ticket, by its id.
    """

    imported = Signal(str)

    def __init__(self, context: Context, home: QWidget) -> None:
        super().__init__(home)
        self._context, self._home = context, home

    def ask_link(self, action_id: str, ref: str) -> None:
        """Which ticket is that of an action item."""
        from app import ticketing

        def link(tracking: "Tracking", key: str, job: Job) -> tuple[str, str]:
            issue = ticketing.link(tracking, action_id, key, job.stopped)
            return f"{issue.key} is the ticket of {ref or 'the action item'}.", ""

        self._ask(f"Link a ticket to {ref or 'the action item'}", LINK, "Link it", link)

    def ask_import(self, post_mortem_id: str, ref: str) -> None:
        """Which ticket becomes an action item of a post-mortem."""
        from app import ticketing

        def bring_in(tracking: "Tracking", key: str, job: Job) -> tuple[str, str]:
            item, issue = ticketing.bring_in(tracking, post_mortem_id, key, job.stopped)
            return f"{issue.key} is {item.ref} of {ref} now.", item.id

        self._ask(f"Import a ticket into {ref}", IMPORT, "Import it", bring_in)

    def _ask(
        self,
        title: str,
        note: str,
        button: str,
        act: "Callable[[Tracking, str, Job], tuple[str, str]]",
    ) -> None:
        context = self._context
        if not context.workspace.library.writable:
            context.messages.toast(f"{READ_ONLY}. Nothing was changed.")
            return

        def is_connected(workspace: "Workspace") -> bool:
            return bool(queries.connections(workspace.library))

        def show(connected: bool) -> None:
            if not connected:
                context.messages.toast("Connect Jira first, in the settings.")
                return
            dialog = KeyDialog(context.look, self._home.window(), title, note, button)
            dialog.given.connect(lambda key: self._run(dialog, key, act))
            dialog.open()

        context.read(is_connected, show)

    def _run(
        self,
        dialog: KeyDialog,
        key: str,
        act: "Callable[[Tracking, str, Job], tuple[str, str]]",
    ) -> None:
        dialog.wait()
        answering = Answering(self._context, self._home.window())
        shown = [dialog]
        dialog.finished.connect(lambda _: shown.clear())

        def work(job: Job) -> tuple[str, str]:
            return act(self._tracking(answering, job), key, job)

        def done(result: tuple[str, str]) -> None:
            words, action_id = result
            if shown:
                shown[0].accept()
            self._context.messages.toast(words)
            self._context.changes_committed.emit()
            if action_id:
                self.imported.emit(action_id)
            self._take_in(answering)

        def failed(error: BaseException) -> None:
            if shown and isinstance(error, KnownError):
                shown[0].refuse(error)
            else:
                self._context.messages.error(error)

        job = self._context.runner.submit("tracker", stoppable(work), done, failed=failed)
        dialog.rejected.connect(job.cancel)

    def _take_in(self, answering: Answering) -> None:
        """Read what the ticket says; where that does not work now, the next sync does it."""
        from app import ticketing

        def failed(error: BaseException) -> None:
            self._context.messages.toast(f"The next sync reads the ticket. {error}")

        self._context.runner.submit(
            "tracker",
            stoppable(lambda job: ticketing.take_in(self._tracking(answering, job), job.stopped)),
            lambda _: self._context.changes_committed.emit(),
            failed=failed,
        )

    def _tracking(self, answering: Answering, job: Job) -> "Tracking":
        from app.tracking import Tracking

        return Tracking(
            self._context.workspace, lambda connection: answering.ask_token(connection, job)
        )
