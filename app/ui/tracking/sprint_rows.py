"""What became of each sprint, as a table whose numbers stand for action items."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from app.ui.item_models.rows import ROOT, Index
from app.ui.tips import tip
from app.ui.wording import count
from models.tracking.board import day_words
from models.tracking.connections import Connection
from models.tracking.sprint_reports import BoardReport, SprintReport
from models.tracking.sprints import Sprint, SprintState

SPRINT, PROJECT, DATES, PLANNED, CARRIED_OVER, REMOVED, DONE = range(7)
TITLES = ("Sprint", "Project", "Dates", "Planned", "Carried over", "Removed", "Done")
_HEADS = {
    PLANNED: "Planned for",
    CARRIED_OVER: "Carried over from",
    REMOVED: "Removed from",
    DONE: "Done in",
}
_STATES = {SprintState.ACTIVE: "active", SprintState.FUTURE: "to come", SprintState.CLOSED: ""}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The action items behind a number, by their refs, with words for their head."""

    title: str
    note: str
    refs: frozenset[str]


class SprintModel(QAbstractTableModel):
    """A row for each sprint, the newest of a board first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[tuple[BoardReport, SprintReport]] = []
        self._reports: tuple[BoardReport, ...] = ()

    def show(self, reports: tuple[BoardReport, ...]) -> None:
        """Show these."""
        if reports != self._reports:
            self.beginResetModel()
            self._reports = reports
            self._rows = [(board, sprint) for board in reports for sprint in board.sprints]
            self.endResetModel()

    def refs(self, index: Index) -> tuple[str, ...]:
        """The action items behind a number; () in other columns."""
        report = self._rows[index.row()][1]
        return {
            PLANNED: report.planned,
            CARRIED_OVER: report.carried_over,
            REMOVED: report.removed,
            DONE: report.done,
        }.get(index.column(), ())

    def outcome(self, index: Index) -> Outcome | None:
        """What a number stands for; None where it counts nothing."""
        refs = self.refs(index)
        if not refs:
            return None
        board, report = self._rows[index.row()]
        note = ", ".join(filter(None, (_projects(board), _dates(report.sprint))))
        return Outcome(f"{_HEADS[index.column()]} {report.sprint.name}", note, frozenset(refs))

    def state(self, row: int) -> str:
        """What is said of a sprint that is not over."""
        return _STATES[self._rows[row][1].sprint.state]

    def rowCount(self, parent: Index = ROOT) -> int:
        """The sprints."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Which sprint it is, then the numbers."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles."""
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return TITLES[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell, and its sentence for a screen reader."""
        board, report = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            words = (report.sprint.name, _projects(board), _dates(report.sprint))
            column = index.column()
            return words[column] if column < len(words) else str(len(self.refs(index)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(index)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() <= DATES:
            about = f"Board {board.board}" if board.board is not None else ""
            return tip(report.sprint.name, _projects(board), _dates(report.sprint), about)
        return tip(", ".join(self.refs(index))) if role == Qt.ItemDataRole.ToolTipRole else None

    def _sentence(self, index: Index) -> str:
        board, report = self._rows[index.row()]
        if index.column() > DATES:
            number = count(len(self.refs(index)), "action")
            return f"{_HEADS[index.column()]} {report.sprint.name}: {number}"
        said = (report.sprint.name, self.state(index.row()), _projects(board))
        return ", ".join(filter(None, (*said, _dates(report.sprint))))


def _projects(board: BoardReport) -> str:
    return ", ".join(board.projects)


def _dates(sprint: Sprint) -> str:
    """ "16 Nov to 4 Dec"; of a closed one to when it was completed."""
    start, end = day_words(sprint.starts_at), day_words(sprint.over_at or sprint.ends_at)
    return f"{start} to {end}" if start and end else f"from {start}" if start else ""


def unknown_words(reports: Sequence[BoardReport], connections: Sequence[Connection]) -> str:
    """Of which projects no sprint is shown, and why; "" where each has some."""
    known = {(r.site, project) for r in reports if r.sprints for project in r.projects}
    said = []
    for one in connections:
        if (one.site, one.project) in known:
            continue
        if one.kanban and one.board is None:
            said.append(f"{one.project} has no sprints: no board is chosen for it.")
        elif one.kanban:
            said.append(f"{one.project} has no sprints: its board is a Kanban board.")
        else:
            said.append(f"No sprint of {one.project} is known yet: a sync reads them.")
    return " ".join(said)
