"""The table of sprints: what its cells say and stand for."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt

from app.ui.tracking.sprint_rows import (
    CARRIED_OVER,
    DATES,
    DONE,
    PLANNED,
    SPRINT,
    Outcome,
    SprintModel,
    unknown_words,
)
from models.tracking.connections import Connection, Flavour
from models.tracking.sprint_reports import BoardReport, SprintReport
from models.tracking.sprints import Sprint, SprintState

SITE = "https://jira.example.com"
OVER = datetime(2026, 11, 13, tzinfo=UTC)
CLOSED = Sprint(42, "Sprint 42", SprintState.CLOSED, 7, OVER.replace(day=2), OVER, OVER)
REPORT = SprintReport(CLOSED, ("A-1", "A-2", "A-3"), ("A-1", "A-2"), (), ("A-3",))
PAY = BoardReport(SITE, 7, ("PAY",), (REPORT,))
PROJECT = Connection("1", SITE, Flavour.CLOUD, "PAY", board=7)


def test_a_number_stands_for_the_action_items_behind_it() -> None:
    home = QObject()
    model = SprintModel(home)
    model.show((PAY,))
    cells = [model.index(0, column) for column in range(model.columnCount())]
    assert [cell.data() for cell in cells] == [
        *("Sprint 42", "PAY", "2 Nov to 13 Nov"),
        *("3", "2", "0", "1"),
    ]
    assert model.outcome(cells[CARRIED_OVER]) == Outcome(
        "Carried over from Sprint 42", "PAY, 2 Nov to 13 Nov", frozenset({"A-1", "A-2"})
    )
    assert [model.outcome(cells[column]) for column in (SPRINT, DATES, DONE - 1)] == [None] * 3
    said = cells[PLANNED].data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Planned for Sprint 42: 3 actions"


def test_a_project_without_sprints_is_named_with_the_reason() -> None:
    none = replace(PROJECT, project="OPS", board=None, kanban=True)
    flow = replace(PROJECT, project="FLOW", board=9, kanban=True)
    fresh = replace(PROJECT, project="NEW", board=8)
    assert unknown_words([PAY], [PROJECT]) == ""
    assert unknown_words([PAY], [PROJECT, none, flow, fresh]) == (
        "OPS has no sprints: no board is chosen for it. "
        "FLOW has no sprints: its board is a Kanban board. "
        "No sprint of NEW is known yet: a sync reads them."
    )
