"""What the board shows, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.domain.post_mortem import Status
from models.queries import actions, tracking
from models.queries.actions import Home
from models.queries.catalogue import catalogue
from models.tracking.board import BoardRow
from models.tracking.connections import Connection
from models.tracking.figures import is_left_out, known_sprints
from models.tracking.outbox import OutboxState
from models.tracking.pending import rounded_off
from models.tracking.sprint_reports import BoardReport, board_reports
from models.tracking.sprints import Sprint

if TYPE_CHECKING:
    from app.bootstrap import Workspace
    from models.store.library import Library


@dataclass(frozen=True, slots=True)
class SprintFacts:
    """What is known of sprints beside the rows.

    ``sprints`` are all by their id as text, ``left_out`` the ids of the action items that were
    ready when the last one began and are in none, ``sprintless`` those of the connections without
    sprints.
    """

    sprints: Mapping[str, Sprint] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    sprintless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Board:
    """Every action item, the projects they go to, and the time it was read.

    ``changed_here`` says when a field that both sides changed was changed here, by action item and
    field. ``closable`` are the post-mortems that are reviewed and whose actions have all ended,
    ``open_sprints`` those of each connection that are not over, ``reports`` what became of all of
    them, board by board. ``synced_at`` is when any connection was read last, ``held`` until when
    a connection's site asked to be left alone.
    """

    rows: tuple[BoardRow, ...]
    connections: tuple[Connection, ...]
    now: datetime
    changed_here: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    known: SprintFacts = SprintFacts()
    closable: tuple[Home, ...] = ()
    open_sprints: Mapping[str, tuple[Sprint, ...]] = field(default_factory=dict)
    reports: tuple[BoardReport, ...] = ()
    synced_at: datetime | None = None
    held: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def is_tracked(self) -> bool:
        """Whether there is a tracker to speak of: one that is connected, or was."""
        return bool(self.connections) or any(row.ticket is not None for row in self.rows)

    def project_of(self, row: BoardRow) -> str:
        """The connection of a row: where no sync has chosen one yet, the only one there is."""
        return _project_of(row, self.connections)


def _project_of(row: BoardRow, connections: Sequence[Connection]) -> str:
    ticket, entry = row.ticket, row.entry
    known = ticket.connection if ticket else entry.connection if entry else ""
    return known or (connections[0].id if len(connections) == 1 else "")


def read_board(workspace: "Workspace") -> Board:
    """Reads the board."""
    library = workspace.library
    connections = tracking.connections(library)
    rows = tracking.board_rows(library, workspace.due_days)
    if not connections:
        rows = tuple(map(_unqueued, rows))
    listed = {one.id: tracking.listed(library, one.id) for one in connections}
    open_sprints = {id: known_sprints(rows, id, sprints) for id, sprints in listed.items()}
    read_at = (tracking.synced_at(library, one.id) for one in connections)
    return Board(
        rows,
        connections,
        library.now(),
        _changed_here(library, rows),
        _sprint_facts(rows, connections, open_sprints, library.now()),
        _closable(library, rows),
        open_sprints,
        board_reports(rows, connections, listed),
        max(filter(None, read_at), default=None),
        _held(library, connections),
    )


def _held(library: "Library", connections: Sequence[Connection]) -> dict[str, datetime]:
    if not connections:
        return {}
    from integrations.jira.patience import left_alone_until

    times = ((one.id, left_alone_until(library, one.site)) for one in connections)
    return {id: until for id, until in times if until is not None}


def _sprint_facts(
    rows: Sequence[BoardRow],
    connections: Sequence[Connection],
    open_sprints: Mapping[str, Sequence[Sprint]],
    now: datetime,
) -> SprintFacts:
    listed = {str(sprint.id): sprint for found in open_sprints.values() for sprint in found}
    left_out = (
        row.action.id
        for row in rows
        if is_left_out(row, open_sprints.get(_project_of(row, connections), ()), now)
    )
    sprintless = frozenset(one.id for one in connections if one.kanban)
    return SprintFacts(_sprints(rows) | listed, frozenset(left_out), sprintless)


def _unqueued(row: BoardRow) -> BoardRow:
    """Where nothing is connected, nothing is queued either: what is ready is just that."""
    queued = row.entry is not None and row.entry.state is OutboxState.QUEUED
    return replace(row, entry=None) if queued else row


def _changed_here(library: "Library", rows: Sequence[BoardRow]) -> dict[tuple[str, str], datetime]:
    found: dict[tuple[str, str], datetime] = {}
    for row in rows:
        if row.ticket is None or not row.ticket.conflicts:
            continue
        fields = {conflict.field for conflict in row.ticket.conflicts}
        for fact in actions.facts(library, row.action.id):
            if fact.field in fields and fact.source != "jira":
                found[row.action.id, fact.field] = fact.at
    return found


def _sprints(rows: Sequence[BoardRow]) -> dict[str, Sprint]:
    seen = (row.ticket.seen for row in rows if row.ticket is not None)
    known = (sprint for one in seen if one for sprint in one.every_sprint)
    return {str(sprint.id): sprint for sprint in known}


def _closable(library: "Library", rows: Sequence[BoardRow]) -> tuple[Home, ...]:
    ended = rounded_off(rows)
    if not ended:
        return ()
    reviewed = {row.id for row in catalogue(library) if row.status is Status.REVIEWED}
    return tuple(home for home in ended if home.id in reviewed)
