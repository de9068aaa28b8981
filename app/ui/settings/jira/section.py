"""Settings, Jira: what is connected, and the assistant."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget

from app.tracking import Tracking
from app.ui.context import Context
from app.ui.settings.jira.assistant import Assistant
from app.ui.settings.jira.overview import Connected, Overview
from app.ui.settings.section import Section
from app.ui.tasks import Job
from app.ui.tracking.dialogs import AskDialog
from app.ui.widgets.layouts import column, frame, holder, row
from models.commands import tracking as commands
from models.queries import actions, catalogue
from models.queries import tracking as queries
from models.store.library import Actor
from models.tracking.connections import Connection

if TYPE_CHECKING:
    from app.bootstrap import Workspace

Names = tuple[list[str], list[str]]


class JiraSettings(Section):
    """A list of what is connected; without any, the assistant for the first connection."""

    title = "Jira"
    hint = "Optional. Everything else works without it."
    icon = "link-simple"
    fills = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._connected: tuple[Connected, ...] = ()
        self._tracking = Tracking(context.workspace, lambda _: "")
        self.overview = Overview(context.look)
        self.overview.add_asked.connect(self._add)
        self.overview.edit_asked.connect(self._edit)
        self.overview.pause_asked.connect(self._pause)
        self.overview.disconnect_asked.connect(self.ask_disconnect)
        self.assistant = Assistant(context)
        self.assistant.cancelled.connect(self._leave)
        self.assistant.save_asked.connect(self._save)
        self.assistant.disconnect_asked.connect(self._disconnect_edited)
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidget(frame(row((self.overview, 1), (holder(row()), 0)), "surface"))
        self._list.setAccessibleName("Connected projects")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.assistant)
        self._stack.addWidget(self._list)
        self.setLayout(column(self._stack))
        self._is_editing = False

    def begin(self) -> None:
        """Put the keyboard where connecting begins."""
        listed = self._stack.currentWidget() is self._list
        (self.overview.add_button if listed else self.assistant.site).setFocus()

    def refresh(self) -> None:
        """Read what is connected, and the names that routes can have."""
        self.context.read(_read_connected, self.show_connected)
        self.context.read(_read_names, lambda names: self.assistant.where.know(*names))

    def show_connected(self, connected: tuple[Connected, ...]) -> None:
        """Show what is connected, or the assistant where nothing is."""
        self._connected = connected
        writable = self.context.workspace.library.writable
        self.overview.show_connected(connected, writable=writable)
        listed = bool(connected) and not self._is_editing
        had = self.isAncestorOf(QApplication.focusWidget() or self)
        self._stack.setCurrentWidget(self._list if listed else self.assistant)
        if had and not self.isAncestorOf(QApplication.focusWidget() or self):
            self.begin()

    # -- doing ---------------------------------------------------------------------------------

    def _known(self, id: str) -> Connection | None:
        return next((c.connection for c in self._connected if c.connection.id == id), None)

    @Slot()
    def _add(self) -> None:
        """Another project, most likely of the same site; the address can be changed."""
        last = self._connected[-1].connection if self._connected else None
        self.assistant.begin(last)
        self._turn_to_assistant()

    @Slot(str)
    def _edit(self, id: str) -> None:
        known = self._known(id)
        if known is not None:
            self.assistant.edit(known)
            self._turn_to_assistant()

    def _turn_to_assistant(self) -> None:
        self._is_editing = True
        self._stack.setCurrentWidget(self.assistant)
        self.assistant.site.setFocus()

    @Slot()
    def _leave(self) -> None:
        self._is_editing = False
        if self._connected:
            self._stack.setCurrentWidget(self._list)
            self.overview.add_button.setFocus()
        else:
            self.assistant.site.setFocus()

    @Slot(str)
    def _pause(self, id: str) -> None:
        known = self._known(id)
        if known is None:
            return
        changed = replace(known, paused=not known.paused)

        def write(workspace: "Workspace", actor: Actor) -> None:
            commands.save_connection(workspace.library, changed, actor)

        def undo() -> None:
            self.context.write(
                lambda workspace, actor: commands.save_connection(workspace.library, known, actor)
            )

        words = "is not synced until you go on" if changed.paused else "is synced again"
        self.context.write(
            write, lambda _: self.context.messages.toast(f"{known.project} {words}.", undo)
        )

    # -- saving --------------------------------------------------------------------------------

    @Slot()
    def _save(self) -> None:
        """Store the draft; the token goes to the keychain off the window, as that may ask."""
        draft, token = self.assistant.draft, self.assistant.token
        before = self.assistant.original
        if draft is None:
            return
        tracking = self._tracking

        def write(workspace: "Workspace", actor: Actor) -> Connection:
            stored = _same_again(workspace, draft, is_new=before is None)
            commands.save_connection(workspace.library, stored, actor)
            return stored

        def keep(job: Job, stored: Connection) -> bool:
            if before is not None and before.account != stored.account:
                tracking.forget(before)
            return tracking.remember(stored, token) if token else True

        def stored(connection: Connection) -> None:
            self.assistant.begin()
            self._is_editing = False
            self.context.runner.submit(
                "network",
                lambda job: keep(job, connection),
                lambda kept: self._saved(connection, kept=kept),
            )

        self.context.write(write, stored)

    def _saved(self, connection: Connection, *, kept: bool) -> None:
        words = f"{connection.project} is connected. Mark an action as ready, then sync."
        if not kept:
            words += " The token is asked for at the next start: there is no keychain here."
        self.context.messages.toast(words)
        if self._stack.currentWidget() is self._list:
            self.overview.add_button.setFocus()

    # -- disconnecting -------------------------------------------------------------------------

    @Slot()
    def _disconnect_edited(self) -> None:
        if self.assistant.original is not None:
            self.ask_disconnect(self.assistant.original.id)

    @Slot(str)
    def ask_disconnect(self, id: str) -> None:
        """Ask before a connection ends."""
        known = self._known(id)
        if known is None:
            return
        dialog = AskDialog(
            self.context.look,
            self.window(),
            f"Disconnect {known.project} at {known.site}? What is known of its tickets stays here,"
            " and nothing is changed in Jira.",
            [],
            "Disconnect",
        )
        dialog.answered.connect(lambda yes: self._disconnect(known) if yes else None)
        dialog.open()

    def _disconnect(self, known: Connection) -> None:
        def write(workspace: "Workspace", actor: Actor) -> None:
            commands.remove_connection(workspace.library, known.id, actor)

        def ended(_: None) -> None:
            self.assistant.begin()
            self._is_editing = False
            self.context.runner.submit("network", lambda job: self._tracking.forget(known))
            self.context.messages.toast(f"{known.project} is not connected any more.")

        self.context.write(write, ended)


def _read_connected(workspace: "Workspace") -> tuple[Connected, ...]:
    library = workspace.library
    tickets = queries.ticket_counts(library)
    return tuple(
        Connected(
            known,
            tickets.get(known.id, 0),
            _synced(queries.synced_at(library, known.id)),
        )
        for known in queries.connections(library)
    )


def _synced(at: datetime | None) -> str:
    return f"last synced {at:%Y-%m-%d %H:%M} UTC" if at is not None else "not synced yet"


def _read_names(workspace: "Workspace") -> Names:
    rows = actions.every(workspace.library)
    teams = {r.action.team for r in rows if r.action.team}
    services = {name for r in catalogue.catalogue(workspace.library) for name in r.services}
    return sorted(teams, key=str.casefold), sorted(services, key=str.casefold)


def _same_again(workspace: "Workspace", draft: Connection, *, is_new: bool) -> Connection:
    """A project that is or was connected keeps its id, and so its tickets."""
    if not is_new:
        return draft
    library = workspace.library
    known = (*queries.connections(library), *queries.connections(library, removed=True))
    place = draft.site, draft.project
    same = next((one for one in known if (one.site, one.project) == place), None)
    return replace(draft, id=same.id, agreed=same.agreed) if same else draft
