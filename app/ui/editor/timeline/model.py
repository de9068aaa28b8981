"""The rows of a timeline: events in the order of time, and the silences between messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.ui.editor.overdue import late_words, span_words
from app.ui.item_models.rows import SPOKEN, Index, RowModel
from integrations.export.wording import Words, clock_words, moment_words
from integrations.markdown.zones import zone_from
from models.domain.incident import Event, Evidence, Incident, current_events
from models.domain.moments import Moment
from models.status_updates import Overdue, overdue_updates

LONGEST_NAME = 40
"""Letters of a quotation that still is its own name."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence: an update that was late, or never came."""

    overdue: Overdue

    @property
    def words(self) -> str:
        """How long nobody was told anything."""
        return late_words(self.overdue)

    @property
    def span(self) -> str:
        """From when to when; "" where no update followed."""
        return span_words(self.overdue)


Row = Event | Gap


def rows_of(incident: Incident, limit: timedelta) -> list[Row]:
    """What the timeline of an incident shows; a silence stands before what ended it.

    ``limit`` is how long others may wait for an update; one that never came stands where it was
    due.
    """
    waiting = [Gap(one) for one in overdue_updates(incident, limit)]
    rows: list[Row] = []
    for event in current_events(incident.timeline):
        while waiting and event.at is not None and event.at >= _ended(waiting[0].overdue):
            rows.append(waiting.pop(0))
        rows.append(event)
    return [*rows, *waiting]


def _ended(overdue: Overdue) -> datetime:
    return overdue.until or overdue.due


class TimelineModel(RowModel[Row]):
    """Events and gaps. Gaps cannot be selected, so the arrow keys pass over them."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.has_local_times = False
        """Whether a source told its time in another zone than UTC."""

    def show(self, rows: list[Row]) -> bool:
        """Show these; whether rows came, went or moved (then the selection is gone)."""
        events = (row for row in rows if isinstance(row, Event))
        self.has_local_times = any(local_clock(event.moment) for event in events)
        return self.show_rows(rows, _key)

    def event_at(self, index: Index) -> Event | None:
        """The event in a row; None for a gap."""
        row = self.at(index)
        return row if isinstance(row, Event) else None

    def before(self, index: Index) -> Event | None:
        """The event above a row."""
        above = (self._rows[place] for place in range(index.row() - 1, -1, -1))
        return next((row for row in above if isinstance(row, Event)), None)

    def place(self, event_id: str) -> QModelIndex:
        """Where an event stands, invalid where it is not shown."""
        return self.find(lambda row: isinstance(row, Event) and row.id == event_id)

    def events(self) -> list[Event]:
        """The events that are shown."""
        return [row for row in self._rows if isinstance(row, Event)]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Gaps are only looked at."""
        if self.event_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text, and the sentence for a screen reader."""
        row = self.entry(index)
        if role not in SPOKEN:
            return None
        if isinstance(row, Gap):
            return ", ".join(filter(None, (row.words, row.span)))
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        kind = self._words.name("event_kinds", row.kind)
        sources = ", ".join(map(source_name, row.evidence)) or "no source"
        starred = "starred, " if row.starred else ""
        return f"{starred}{moment_words(row.moment)}, {kind}, {row.text}, {sources}"


def local_clock(moment: Moment) -> str:
    """The time of day as its source wrote it; "" where that is UTC or not known."""
    zone = zone_from(moment.zone) if moment.zone != "UTC" else None
    if zone is None or moment.at is None or not clock_words(moment):
        return ""
    return f"{moment.at.astimezone(zone.rules):%H:%M}"


def source_name(one: Evidence) -> str:
    """What a source is called; a quotation by who said it where, as its words stand elsewhere."""
    if one.kind == "quote" and (one.target or len(one.text) > LONGEST_NAME):
        return one.target or "Source text"
    return one.text or one.target or one.kind


def _key(row: Row) -> tuple[str, str]:
    return ("event", row.id) if isinstance(row, Event) else ("gap", row.overdue.before)
