"""The section of what was seen, decided, done and said."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QResizeEvent

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.fields.typed_time import near_to
from app.ui.editor.incident_choice import IncidentChoice
from app.ui.editor.section import SectionPage
from app.ui.editor.timeline.band import TimesBand
from app.ui.editor.timeline.composer import Composer
from app.ui.editor.timeline.model import TimelineModel, rows_of
from app.ui.editor.timeline.several import SeveralEvents
from app.ui.editor.timeline.source_text import SourcePanel
from app.ui.editor.timeline.view import TimelineView
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, frame, label, row
from app.ui.wording import count
from models.document import Document
from models.domain.incident import Event
from models.editing.events import add_event, begun_event, beside, change_event, day_of, remove_event
from models.status_updates import update_limit

LOW = 440
"""Below this height, in pixels at 100 % text, the band of times is left out: Details has them."""
SHARE = 0.45
"""Of the height: what the fields of an event take at most; the events have the rest."""


class TimelinePage(SectionPage):
    """Events in the order of time with their sources, and the times they add up to."""

    key = "timeline"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        self._event_id = ""
        self.choice = IncidentChoice(draft)
        self.choice.chosen.connect(self._show)
        self.band = TimesBand(context.look)
        self.model = TimelineModel(context.wording, self)
        self.list = TimelineView(context, self.model)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.composer = Composer(context, draft)
        self.empty = label(
            "Nothing is written down yet. Press N for the first event: what was the first sign? "
            "Or paste what the chat, the alerts or a log left behind.",
            "body",
            "text2",
            wrap=True,
        )
        self.head = label("", "micro_strong", "text3", wrap=True)
        self.paste_button = Button(
            context.look,
            "From chat, logs or CSV…",
            icon="clipboard-text",
            size="small",
            tip="Read events from chat, logs, alerts or tables (Ctrl+V)",
        )
        self.source_panel = SourcePanel(context.look)
        self.several = SeveralEvents(self)
        top = column(
            self.choice,
            frame(column(self.band, margins=(14, 10, 14, 8)), "card"),
            row((self.head, 1), self.paste_button),
            self.empty,
            margins=(24, 8, 24, 4),
            spacing=8,
        )
        self.band_card = self.band.parentWidget()
        middle = row(self.list, margins=(12, 0, 12, 0))
        self.setLayout(column(top, (middle, 1), self.source_panel, self.composer, spacing=0))
        self.setFocusProxy(self.list)
        self.setTabOrder(self.list, self.paste_button)
        self._connect()

    def show_document(self, document: Document) -> None:
        """Show the timeline of the chosen incident."""
        self.choice.show_document(document)
        incident = self.choice.incident
        if incident is None:
            return
        self.band.show_incident(incident)
        self._fit_band()
        workspace = self.context.workspace
        severities = workspace.vocabularies.severities
        rows = rows_of(incident, update_limit(incident, workspace.frameworks, severities))
        if self.model.show(rows):
            place = self.model.place(self._event_id)
            if place.isValid():
                self.list.setCurrentIndex(place)
        self.list.scheduleDelayedItemsLayout()
        events = self.model.events()
        own = ", the source's own time" if self.model.has_local_times else ""
        told = f"UTC{own}, what happened: {count(len(events), 'event')}"
        self.head.setText(told if events else "")
        self.empty.setVisible(not events)
        self._show_event()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the events have what room there is."""
        super().resizeEvent(event)
        self._fit_band()
        self.composer.limit_height(max(self.context.look.px(110), round(self.height() * SHARE)))

    def _fit_band(self) -> None:
        if self.band_card is not None:
            roomy = self.height() >= self.context.look.px(LOW)
            self.band_card.setVisible(roomy and not self.band.isHidden())

    @property
    def place(self) -> str:
        """The chosen event."""
        return f"{self.key}/{self.current.id}" if self.current else self.key

    def reveal(self, anchor: str) -> None:
        """Go to the event of an id."""
        found = next((event for event in self.model.events() if event.id in anchor), None)
        if found is not None:
            self.list.setCurrentIndex(self.model.place(found.id))
        self.list.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that the section carries out, by id."""
        view = self.list
        always = {"event_add": self.add, "event_paste": self.several.paste}
        if self.current is None:
            return always
        return {
            **always,
            "event_edit": view.edit_requested.emit,
            "event_kind": view.kind_requested.emit,
            "event_source": view.source_requested.emit,
            "event_next": partial(view.kind_passed.emit, 1),
            "event_previous": partial(view.kind_passed.emit, -1),
            "event_star": self.several.star,
            "event_merge": self.several.merge,
            "event_source_text": self.show_source_text,
            "event_remove": self.remove,
        }

    # -- acting --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.new_requested.connect(self.add)
        self.list.edit_requested.connect(lambda: self._go_to(self.composer.text))
        self.list.source_requested.connect(self._add_source)
        self.list.kind_requested.connect(self._next_kind)
        self.list.removed.connect(self.remove)
        self.list.star_requested.connect(self.several.star)
        self.list.merge_requested.connect(self.several.merge)
        self.list.source_text_requested.connect(self.show_source_text)
        self.list.paste_requested.connect(self.several.paste)
        self.paste_button.clicked.connect(self.several.read)
        self.composer.events_pasted.connect(self.several.read)
        self.list.kind_passed.connect(self._go_by_kind)
        self.composer.new_requested.connect(self.add)
        self.composer.left.connect(self.list.setFocus)
        self.composer.edited.connect(self._edited)

    @Slot()
    def add(self) -> None:
        """Begin an event at the present minute and go to its words."""
        now, role = self.context.workspace.library.now(), self.context.actor.role
        event = begun_event(now, role)
        self._event_id = event.id
        self.edit("Add event", lambda d, incident_id: add_event(d, incident_id, event), event.id)
        self.list.setCurrentIndex(self.model.place(event.id))
        self._go_to(self.composer.text)

    @Slot()
    def remove(self) -> None:
        """Take the chosen event out of the timeline."""
        event = self.current
        if event is None:
            return
        place = self.list.currentIndex().row()
        id = event.id
        self.edit("Remove event", lambda d, incident_id: remove_event(d, incident_id, id), id)
        self.offer_undo("Event removed.")
        events = self.model.rowCount()
        if events:
            self.list.setCurrentIndex(self.model.index(min(place, events - 1), 0))

    @Slot()
    def show_source_text(self) -> None:
        """Show the source's own text of the chosen event, or hide it again."""
        self.source_panel.setVisible(self.source_panel.isHidden())
        self.source_panel.show_event(self.current)

    def go_back(self) -> bool:
        """From the source's own text to the events."""
        is_open = not self.source_panel.isHidden()
        if is_open:
            self.source_panel.hide()
            self.list.setFocus()
        return is_open

    @property
    def current(self) -> Event | None:
        """The chosen event."""
        return self.model.event_at(self.list.currentIndex())

    def choose(self, event_id: str) -> None:
        """Choose an event, now or once it is shown."""
        self._event_id = event_id
        self.list.setCurrentIndex(self.model.place(event_id))

    def _go_to(self, field: Any) -> None:
        if self.current is not None:
            field.setFocus()

    @Slot()
    def _add_source(self) -> None:
        if self.current is not None:
            self.composer.sources.add()

    @Slot()
    def _next_kind(self) -> None:
        event = self.current
        if event is None:
            return
        kinds = [term.id for term in self.context.workspace.vocabularies.event_kinds.terms]
        place = kinds.index(event.kind) + 1 if event.kind in kinds else 0
        self._edited(event.id, "kind", {"kind": kinds[place % len(kinds)]})

    @Slot(int)
    def _go_by_kind(self, step: int) -> None:
        """To the next or previous event of the same kind."""
        current, events = self.current, self.model.events()
        if current is None:
            return
        place = [event.id for event in events].index(current.id)
        others = events[place + 1 :] if step > 0 else events[:place][::-1]
        found = next((event for event in others if event.kind == current.kind), None)
        if found is not None:
            self.list.setCurrentIndex(self.model.place(found.id))

    @Slot(str, str, object)
    def _edited(self, event_id: str, what: str, fields: dict[str, Any]) -> None:
        incident = self.choice.incident
        if incident is not None:
            self.draft.edit(
                f"Edit event's {what}",
                lambda d: change_event(d, incident.id, event_id, **fields),
                place=f"{self.key}/{event_id}/{what}",
                typing=True,
            )

    def edit(
        self, name: str, change: Callable[[Document, str], Document], event_id: str = ""
    ) -> None:
        """Make a named edit of the chosen incident; undo goes to the event."""
        incident = self.choice.incident
        if incident is not None:
            place = f"{self.key}/{event_id}" if event_id else self.key
            self.draft.edit(name, lambda d: change(d, incident.id), place=place)

    @Slot(QModelIndex)
    def _current_changed(self, index: QModelIndex) -> None:
        event = self.model.event_at(index)
        if event is not None:
            self._event_id = event.id
        self._show_event()
        self.moved.emit()

    def _show_event(self) -> None:
        event, incident = self.current, self.choice.incident
        near = None
        if event is not None and incident is not None:
            near = near_to(beside(incident, event), day=day_of(incident, event))
        self.composer.show_event(event, near)
        self.source_panel.show_event(event)

    @Slot()
    def _show(self) -> None:
        self.show_document(self.draft.document)
