"""Where an action item stands among its tracker's sprints, and how it came there.

Position and history are two facts. The position is what the ticket's sprint field says now; the
history is what its change log and the sprints' own dates say about the past.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SprintState(StrEnum):
    """What a board says of a sprint."""

    FUTURE = "future"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Sprint:
    """A sprint, known by its id at the tracker's site, never by its name. Times are UTC.

    A closed sprint without ``completed_at`` is taken as completed when it was to end.
    """

    id: int
    name: str
    state: SprintState
    board: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def over_at(self) -> datetime | None:
        """When it was completed; None while it was not, or where nobody knows."""
        if self.state is not SprintState.CLOSED:
            return None
        return self.completed_at or self.ends_at

    def was_active(self, at: datetime) -> bool:
        """Whether it ran at an instant."""
        if self.starts_at is None or self.state is SprintState.FUTURE or at < self.starts_at:
            return False
        return self.over_at is None or at < self.over_at

    def was_future(self, at: datetime) -> bool:
        """Whether it had not begun yet at an instant."""
        if self.state is SprintState.FUTURE:
            return True
        return self.starts_at is not None and at < self.starts_at


@dataclass(frozen=True, slots=True)
class SprintMove:
    """One change of a ticket's sprint field: the ids before and after.

    ``entry`` is the number of its entry in the change log; it orders the entries of one instant.
    """

    at: datetime
    before: frozenset[int]
    after: frozenset[int]
    entry: int = 0


@dataclass(frozen=True, slots=True)
class DoneMove:
    """A change of a ticket's status or resolution, as far as it decides whether it is done."""

    at: datetime
    before: bool
    after: bool
    entry: int = 0


def _by_time(move: SprintMove | DoneMove) -> tuple[datetime, int]:
    return move.at, move.entry


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one ticket.

    ``sprints`` is its sprint field: every closed sprint it sat in and at most one that is active
    or future; None where the field cannot be seen (no permission, Kanban, a project without
    sprints). ``known`` are sprints that only the change log names. Moves stand in any order.
    """

    sprints: tuple[Sprint, ...] | None
    done: bool
    moves: tuple[SprintMove, ...] = ()
    done_moves: tuple[DoneMove, ...] = ()
    known: tuple[Sprint, ...] = ()

    @property
    def every_sprint(self) -> tuple[Sprint, ...]:
        """Each sprint that its field or its change log names, once; the field knows it better."""
        named = {sprint.id: sprint for sprint in (*self.known, *(self.sprints or ()))}
        return tuple(named.values())

    def was_done(self, at: datetime) -> bool:
        """Whether it was done at an instant, the changes of that very instant included."""
        moves = sorted(self.done_moves, key=_by_time)
        if not moves:
            return self.done
        index = bisect_right([move.at for move in moves], at)
        return moves[index - 1].after if index else moves[0].before

    def was_in(self, sprint: int, at: datetime) -> bool:
        """Whether it sat in a sprint at an instant."""
        moves = [
            move for move in sorted(self.moves, key=_by_time) if sprint in move.before ^ move.after
        ]
        if not moves:
            return any(known.id == sprint for known in self.sprints or ())
        index = bisect_right([move.at for move in moves], at)
        return sprint in (moves[index - 1].after if index else moves[0].before)


class Position(StrEnum):
    """Where a ticket stands now."""

    BACKLOG = "backlog"
    PLANNED = "planned"
    ACTIVE = "active"
    DONE = "done"
    UNSEEN = "cannot see"


def position(seen: Seen) -> Position:
    """Where the ticket stands now, by its own sprint field and never by its board."""
    if seen.done:
        return Position.DONE
    if seen.sprints is None:
        return Position.UNSEEN
    states = {sprint.state for sprint in seen.sprints}
    if SprintState.ACTIVE in states:
        return Position.ACTIVE
    return Position.PLANNED if SprintState.FUTURE in states else Position.BACKLOG


def current_sprint(seen: Seen) -> Sprint | None:
    """The active or the future sprint the ticket sits in; None in the backlog."""
    for state in (SprintState.ACTIVE, SprintState.FUTURE):
        for sprint in seen.sprints or ():
            if sprint.state is state:
                return sprint
    return None


class Passage(StrEnum):
    """What happened to a ticket and a sprint."""

    PLANNED = "planned"
    RESCHEDULED = "rescheduled"
    UNPLANNED = "taken out"
    REMOVED = "removed"
    CARRIED_OVER = "carried over"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of a ticket's way through the sprints.

    ``sprint`` is the sprint it is about: the one left behind for carried over, removed and taken
    out, the new one for planned and rescheduled (``other`` is the old one then).
    """

    at: datetime
    what: Passage
    sprint: Sprint
    other: Sprint | None = None


def history(seen: Seen) -> tuple[Step, ...]:
    """The ticket's whole way through the sprints, oldest first."""
    known = {sprint.id: sprint for sprint in seen.every_sprint}
    steps = [*_completions(seen), *_moves(seen, known)]
    order = list(Passage)
    return tuple(sorted(steps, key=lambda step: (step.at, order[::-1].index(step.what))))


def carried_over(seen: Seen) -> tuple[Step, ...]:
    """The sprints that were completed with the ticket in them, not done: each one is a slip.

    Wherever it went next, back to the backlog included; nothing else counts as slipped.
    """
    return tuple(step for step in history(seen) if step.what is Passage.CARRIED_OVER)


def _completions(seen: Seen) -> Iterator[Step]:
    """The field holds every sprint that ended with the ticket in it; one of them may have been
    entered only after its end."""
    for sprint in seen.sprints or ():
        over = sprint.over_at
        if over is not None and seen.was_in(sprint.id, over):
            what = Passage.DONE if seen.was_done(over) else Passage.CARRIED_OVER
            yield Step(over, what, sprint)


def _moves(seen: Seen, known: dict[int, Sprint]) -> Iterator[Step]:
    for move in sorted(seen.moves, key=_by_time):
        came = [known[id] for id in sorted(move.after - move.before) if id in known]
        left = [known[id] for id in sorted(move.before - move.after) if id in known]
        planned_before = next((old for old in left if old.was_future(move.at)), None)
        for old in left:
            if old.was_active(move.at):
                yield Step(move.at, Passage.REMOVED, old)
            elif old.was_future(move.at) and not any(new.was_future(move.at) for new in came):
                yield Step(move.at, Passage.UNPLANNED, old)
        for new in came:
            if planned_before and new.was_future(move.at):
                yield Step(move.at, Passage.RESCHEDULED, new, planned_before)
            else:
                yield Step(move.at, Passage.PLANNED, new)
