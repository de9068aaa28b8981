"""What the status bar says while the board is shown, and what is said of a project's board."""

from collections.abc import Mapping

from app.ui.tracking.reading import Board
from models.tracking.board import sprint_words
from models.tracking.connections import Connection
from models.tracking.sprints import SprintState


def page_facts(board: Board, due_days: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Each project with the sprints that run, then the due policy."""
    facts = [("hard-drives", words) for words in _projects(board)]
    policy = ", ".join(f"{severity} {days} days" for severity, days in due_days.items())
    return (*facts, ("clock", f"Due from ready: {policy}")) if policy else tuple(facts)


def _projects(board: Board) -> list[str]:
    found = []
    for connection in board.connections:
        sprints = board.open_sprints[connection.id]
        active = [sprint_words(s) for s in sprints if s.state is SprintState.ACTIVE]
        unread = board.synced_at is None and not connection.kanban
        said = " and ".join(active) or ("not synced yet" if unread else board_words(connection))
        found.append(f"{connection.project}: {said}")
    return [", ".join(found)] if found else []


def board_words(connection: Connection) -> str:
    """Why a project shows no sprints, as far as that is known without asking."""
    if connection.kanban:
        return "a Kanban board" if connection.board is not None else "no board is chosen"
    return "no sprint is active"
