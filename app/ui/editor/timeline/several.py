"""What is done to several events at once: reading them from a paste, starring, merging."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from app.ui.editor.timeline.paste_dialog import PasteDialog
from app.ui.wording import count
from models.domain.incident import Event
from models.editing.events import add_events, merge_events, star_events

if TYPE_CHECKING:
    from app.ui.editor.timeline.page import TimelinePage


class SeveralEvents(QObject):
    """The actions of a timeline that are about more than one event; each is one step of undo."""

    def __init__(self, page: "TimelinePage") -> None:
        super().__init__(page)
        self._page = page

    @Slot()
    def paste(self) -> None:
        """Read events from the words on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.read(text)
        else:
            self._page.context.messages.toast("There is no text on the clipboard.")

    @Slot()
    def read(self, text: object = "") -> None:
        """Read events from a text, or from one that is still to be pasted."""
        incident = self._page.choice.incident
        if incident is None:
            return
        dialog = PasteDialog(self._page.context, incident, self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._take)
        dialog.open()
        if isinstance(text, str) and text:
            dialog.paste(text)

    @Slot(object)
    def _take(self, events: list[Event]) -> None:
        """Add what was read as one edit."""
        name = f"Add {count(len(events), 'event')}"
        self._page.edit(name, lambda d, incident_id: add_events(d, incident_id, events))
        self._page.choose(events[0].id)
        self._page.list.setFocus()

    @property
    def chosen(self) -> list[Event]:
        """The chosen events, in the order of time."""
        places = sorted(self._page.list.selectedIndexes(), key=lambda index: index.row())
        return [
            event for index in places if (event := self._page.model.event_at(index)) is not None
        ]

    @Slot()
    def star(self) -> None:
        """Star the chosen events; take the stars where all have one."""
        chosen = self.chosen
        starred = not all(event.starred for event in chosen)
        ids = {event.id for event in chosen}
        name = f"{'Star' if starred else 'Unstar'} {count(len(chosen), 'event')}"
        self._page.edit(
            name, lambda d, incident_id: star_events(d, incident_id, ids, starred=starred)
        )

    @Slot()
    def merge(self) -> None:
        """Tell the chosen events as one."""
        chosen = self.chosen
        if len(chosen) < 2:
            self._page.context.messages.toast(
                "Choose several events with Shift and the arrow keys."
            )
            return
        ids = [event.id for event in chosen]
        name = f"Merge {count(len(ids), 'event')}"
        self._page.edit(name, lambda d, incident_id: merge_events(d, incident_id, ids))
        self._page.choose(ids[0])
