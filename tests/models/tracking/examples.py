"""What the tests of the tracking store write: a connection, sprints and tickets as seen."""

from dataclasses import replace
from datetime import UTC, datetime

from models.tracking.connections import Connection, Flavour
from models.tracking.sprints import DoneMove, Seen, Sprint, SprintMove, SprintState
from models.tracking.tickets import Ticket

PAY = Connection("pay", "https://jira.example.com", Flavour.CLOUD, "PAY", email="bot@example.com")


def day(month: int, number: int) -> datetime:
    """Noon of a day of 2026."""
    return datetime(2026, month, number, 12, tzinfo=UTC)


def sprint(id: int, month: int, state: SprintState = SprintState.CLOSED) -> Sprint:
    """A sprint from the 1st to the 20th of a month."""
    over = day(month, 20)
    completed = over if state is SprintState.CLOSED else None
    return Sprint(id, f"Sprint {id}", state, 7, day(month, 1), over, completed)


def move(at: datetime, before: set[int], after: set[int]) -> SprintMove:
    """A change of the sprint field."""
    return SprintMove(at, frozenset(before), frozenset(after))


THIRD = Seen(
    sprints=(sprint(1, 2), sprint(2, 3), sprint(3, 4, SprintState.ACTIVE)),
    done=False,
    moves=(
        move(day(1, 25), set(), {1}),
        move(day(2, 20), {1}, {1, 2}),
        move(day(3, 20), {1, 2}, {1, 2, 3}),
    ),
)
"""Carried over twice, in its third sprint since April 1st."""
DONE = replace(THIRD, done=True, done_moves=(DoneMove(day(4, 10), before=False, after=True),))


def ticket(action_id: str, **fields: object) -> Ticket:
    """PAY-7, open and seen in its third sprint."""
    made = Ticket(action_id, PAY.id, "10007", "PAY-7", status="To Do", category="new", seen=THIRD)
    return replace(made, **fields)  # type: ignore[arg-type]
