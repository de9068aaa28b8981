"""What the board shows, read in one go."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.queries import actions
from models.tracking.board import BoardRow, board_row
from models.tracking.connections import Connection

if TYPE_CHECKING:
    from app.bootstrap import Workspace


@dataclass(frozen=True, slots=True)
class Board:
    """Every action item, the projects they go to, and the time it was read."""

    rows: tuple[BoardRow, ...]
    connections: tuple[Connection, ...]
    now: datetime


def read_board(workspace: "Workspace") -> Board:
    """Reads the board."""
    library = workspace.library
    every = actions.every(library, workspace.due_days)
    return Board(tuple(board_row(row, None, None) for row in every), (), library.now())
