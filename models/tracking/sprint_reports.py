"""What became of a board's sprints: planned, carried over, removed and done, item by item."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.tracking.board import BoardRow
from models.tracking.connections import Connection
from models.tracking.sprints import Passage, Seen, Sprint, SprintState
from models.tracking.tickets import Ticket


@dataclass(frozen=True, slots=True)
class SprintReport:
    """What became of the action items of one sprint, by their refs.

    *Planned* is whatever was in it at its start or came in while it ran (is in it now, for one
    that has not begun). Of a closed one each planned item is done, carried over (not done when the
    sprint was completed) or removed (out of it by then); of one that is open, what is none of
    these is still to be done.
    """

    sprint: Sprint
    planned: tuple[str, ...]
    carried_over: tuple[str, ...]
    removed: tuple[str, ...]
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardReport:
    """A board and its sprints, the newest first. ``projects`` are the keys of those that are
    connected with it or whose action items were in its sprints; ``board`` is None for sprints
    that name none."""

    site: str
    board: int | None
    projects: tuple[str, ...]
    sprints: tuple[SprintReport, ...]


def board_reports(
    rows: Iterable[BoardRow],
    connections: Sequence[Connection],
    listed: Mapping[str, Sequence[Sprint]],
) -> tuple[BoardReport, ...]:
    """Every board that a connection names or a ticket was seen on, with every sprint of it that is
    known. ``listed`` are the sprints that each connection's board lists, by the connection's id.
    """
    boards: dict[tuple[str, int | None], _Board] = defaultdict(_Board)
    for one in connections:
        if one.board is not None and not one.kanban:
            boards[one.site, one.board].projects[one.project] = None
    known = {one.id: one for one in connections}
    for row in rows:
        ticket = row.ticket
        if ticket is None or ticket.seen is None or ticket.connection not in known:
            continue
        for sprint in ticket.seen.every_sprint:
            _take(boards, known[ticket.connection], sprint).items[row.action.ref] = ticket
    for id, sprints in listed.items():
        for sprint in sprints if id in known else ():
            _take(boards, known[id], sprint)
    return tuple(
        BoardReport(site, number, tuple(board.projects), board.reports())
        for (site, number), board in boards.items()
    )


@dataclass(slots=True)
class _Observed:
    """A sprint as it was seen furthest on, and the tickets that name it by their items' refs."""

    sprint: Sprint
    items: dict[str, Ticket] = field(default_factory=dict)

    def report(self) -> SprintReport:
        found = ((ref, _fate(ticket, self.sprint)) for ref, ticket in self.items.items())
        fates = {ref: fate for ref, fate in found if fate is not None}
        of = {what: tuple(ref for ref, fate in fates.items() if fate is what) for what in Passage}
        return SprintReport(
            self.sprint,
            planned=tuple(fates),
            carried_over=of[Passage.CARRIED_OVER],
            removed=of[Passage.REMOVED],
            done=of[Passage.DONE],
        )


@dataclass(slots=True)
class _Board:
    projects: dict[str, None] = field(default_factory=dict)
    sprints: dict[int, _Observed] = field(default_factory=dict)

    def reports(self) -> tuple[SprintReport, ...]:
        newest = sorted(self.sprints.values(), key=lambda one: _age(one.sprint), reverse=True)
        return tuple(one.report() for one in newest)


_ORDER = (SprintState.FUTURE, SprintState.ACTIVE, SprintState.CLOSED)


def _take(
    boards: dict[tuple[str, int | None], _Board], connection: Connection, sprint: Sprint
) -> _Observed:
    """A sprint's place on its board, which is the connection's where the sprint names none."""
    number = sprint.board if sprint.board is not None else connection.board
    board = boards[connection.site, number]
    board.projects[connection.project] = None
    observed = board.sprints.setdefault(sprint.id, _Observed(sprint))
    if _ORDER.index(sprint.state) >= _ORDER.index(observed.sprint.state):
        observed.sprint = sprint
    return observed


def _age(sprint: Sprint) -> tuple[bool, float, int]:
    """What has no start is still to come."""
    start = sprint.starts_at
    return start is None, start.timestamp() if start else 0.0, sprint.id


def _fate(ticket: Ticket, sprint: Sprint) -> Passage | None:
    """What became of a ticket in a sprint: *planned* while it is in it and to be done; None where
    it was never in it, or nobody can tell."""
    seen = ticket.seen
    if seen is None or seen.sprints is None or _is_guesswork(ticket, seen, sprint):
        return None
    over = sprint.over_at
    inside = any(one.id == sprint.id for one in seen.sprints)
    if over is not None:
        inside = inside and seen.was_in(sprint.id, over)
    if not inside:
        return Passage.REMOVED if _was_in(seen, sprint) else None
    is_done = seen.done if over is None else seen.was_done(over)
    if is_done:
        return Passage.DONE
    return Passage.PLANNED if over is None else Passage.CARRIED_OVER


def _is_guesswork(ticket: Ticket, seen: Seen, sprint: Sprint) -> bool:
    """Whether a ticket was hidden before the sprint ended: nobody knows what it did since."""
    own = {one.id: one.state for one in seen.every_sprint}
    return not ticket.visible and own[sprint.id] is not SprintState.CLOSED


def _was_in(seen: Seen, sprint: Sprint) -> bool:
    """Whether it was in a sprint that began, at its start or later."""
    start = sprint.starts_at
    if sprint.state is SprintState.FUTURE or start is None:
        return False
    came = (move.at for move in seen.moves if sprint.id in move.after - move.before)
    return seen.was_in(sprint.id, start) or any(map(sprint.was_active, came))
