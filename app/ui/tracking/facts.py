"""What the status bar says while the board is shown."""

from collections.abc import Mapping

from app.ui.tracking.reading import Board
from models.tracking.board import short_name
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
        active = [short_name(s) for s in sprints if s.state is SprintState.ACTIVE]
        noun = "sprint" if len(active) == 1 else "sprints"
        found.append(
            f"{connection.project}: {noun} {' and '.join(active)}" if active else connection.project
        )
    return [", ".join(found)] if found else []
