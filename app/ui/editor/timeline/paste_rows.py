"""The rows that were read from a paste, as a table to choose from."""

from dataclasses import replace

from PySide6.QtCore import (
    QAbstractTableModel,
    QObject,
    Qt,
    Signal,
)

from app.ui.item_models.rows import ROOT, Index
from app.ui.tips import tip
from app.ui.wording import Wording
from integrations.export.wording import clock_words, day_words
from integrations.timeline.reading import with_choice
from integrations.timeline.rows import Reading, ReadRow
from models.document import new_id
from models.domain.incident import Event

ADD, STAR, WHEN, TEXT = range(4)
TITLES = ("Add", "Star", "UTC", "What happened")
SHORT = 12
"""Letters of a time in the source's words that stand in the column of times."""
Key = tuple[int, int, str]


class PasteModel(QAbstractTableModel):
    """Rows as read, with what the author decided about each: kept when they are read again.

    Signals
    -------
    decided():
        A row was ticked, starred, given another kind or one of its two times.
    """

    decided = Signal()

    def __init__(self, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._wording = wording
        self._rows: list[ReadRow] = []
        self._ticked: dict[Key, bool] = {}
        self._starred: set[Key] = set()
        self._kinds: dict[Key, str] = {}
        self._choices: dict[Key, int] = {}

    def show(self, reading: Reading) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(reading.rows)
        self.endResetModel()

    # -- asking --------------------------------------------------------------------------------

    def read_row(self, place: int) -> ReadRow | None:
        """A row with the author's decisions in it."""
        if not 0 <= place < len(self._rows):
            return None
        row = self._rows[place]
        key = _key(row)
        if row.choices and key in self._choices:
            row = replace(with_choice(row, self._choices[key]), choices=row.choices)
        return replace(row, kind=self._kinds.get(key, row.kind))

    def is_ticked(self, place: int) -> bool:
        """Whether a row is to be added."""
        row = self._rows[place]
        return self._ticked.get(_key(row), row.is_usual)

    def is_starred(self, place: int) -> bool:
        """Whether a row is starred."""
        return _key(self._rows[place]) in self._starred

    def choice(self, place: int) -> int | None:
        """Which of its two times the author chose for a row."""
        return self._choices.get(_key(self._rows[place]))

    def events(self) -> list[Event]:
        """The ticked rows as entries of an event log."""
        return [
            row.event(new_id, starred=self.is_starred(place))
            for place in range(len(self._rows))
            if self.is_ticked(place) and (row := self.read_row(place)) is not None
        ]

    def ticked(self) -> list[ReadRow]:
        """The ticked rows."""
        return [
            row
            for place in range(len(self._rows))
            if self.is_ticked(place) and (row := self.read_row(place)) is not None
        ]

    # -- deciding ------------------------------------------------------------------------------

    def tick(self, place: int) -> None:
        """Tick a row, or not."""
        self._ticked[_key(self._rows[place])] = not self.is_ticked(place)
        self._changed(place)

    def star(self, place: int) -> None:
        """Star a row, or not; what is starred is ticked."""
        key = _key(self._rows[place])
        self._starred ^= {key}
        if key in self._starred:
            self._ticked[key] = True
        self._changed(place)

    def set_kind(self, place: int, kind: str) -> None:
        """Give a row another kind."""
        self._kinds[_key(self._rows[place])] = kind
        self._changed(place)

    def choose(self, place: int, choice: int) -> None:
        """Take one of the two times that a local time can mean."""
        if choice < len(self._rows[place].choices):
            self._choices[_key(self._rows[place])] = choice
            self._changed(place)

    def _changed(self, place: int) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, TEXT))
        self.decided.emit()

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        """Rows as read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Add, star, time, words."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What the columns are called."""
        horizontal = orientation == Qt.Orientation.Horizontal
        return TITLES[section] if horizontal and role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be chosen; the first cell has a box."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == ADD else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """The box was clicked."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick(index.row())
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, boxes, stars, and the sentence for a screen reader."""
        place, column = index.row(), index.column()
        row = self.read_row(place)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found: object = self._words(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == ADD:
                box = Qt.CheckState
                found = box.Checked if self.is_ticked(place) else box.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                found = tip(row.text if column == TEXT else self._words(row, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                found = self._sentence(row, place)
            case _:
                found = None
        return found

    def _words(self, row: ReadRow, column: int) -> str:
        if column == WHEN:
            return when_words(row)
        return said_words(row) if column == TEXT else ""

    def kind_name(self, row: ReadRow) -> str:
        """What the kind of a row is called."""
        return self._wording.name("event_kinds", row.kind)

    def _sentence(self, row: ReadRow, place: int) -> str:
        parts = (
            "to be added" if self.is_ticked(place) else "not to be added",
            "starred" if self.is_starred(place) else "",
            when_words(row),
            self.kind_name(row),
            said_words(row),
            note(row),
        )
        return ", ".join(filter(None, parts))


def when_words(row: ReadRow) -> str:
    """Day and time in UTC as exactly as they are known; the source's words where they are not."""
    moment = row.moment
    if moment.at is None:
        return f"? {row.written}" if 0 < len(row.written) <= SHORT else "?"
    clock = clock_words(moment)
    return f"{moment.at.day} {moment.at:%b} {clock}" if clock else day_words(moment)


def said_words(row: ReadRow) -> str:
    """What happened, and who said so; the name stays with the source, not in the event's text."""
    words = " ".join(row.text.split()) or "(no words)"
    return f"{row.author}: {words}" if row.author else words


def note(row: ReadRow) -> str:
    """Why a row is not proposed, or what is not certain about it."""
    return row.same_as or row.doubt or row.aside


def _key(row: ReadRow) -> Key:
    return row.start, row.end, row.text
