"""What the head of the board says: how many are open, in a sprint, slipped and past due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.domain.action import ActionState
from models.tracking.board import BoardRow
from models.tracking.sprints import Position, Sprint, SprintState

URGENT = 0.6
"""The share of the time to its due date after which an action item counts as urgent."""
_MONTH, _YEAR = 30.44, 365.25
_IN_DAYS = 60
"""Up to so many days are said in days, more in months, and from two years on in years."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The board in numbers; what is imported and not sent counts nowhere.

    ``missed`` is how many sprints ended in all with what is open in them; ``oldest`` how many days
    what is longest past due is over.
    """

    open: int = 0
    post_mortems: int = 0
    in_sprint: int = 0
    ready: int = 0
    proposed: int = 0
    slipped: int = 0
    missed: int = 0
    overdue: int = 0
    oldest: int = 0
    attention: int = 0
    waiting: int = 0


def figures(rows: Iterable[BoardRow], today: date) -> Figures:
    """Counts the board."""
    every = [row for row in rows if not row.is_imported]
    still = [row for row in every if row.is_open]
    homes = {home.id for row in still for home in row.row.homes if not home.historical}
    late = [row for row in still if row.row.overdue]
    slipped = [row for row in still if row.slips]
    sprints = (Position.ACTIVE, Position.PLANNED)
    return Figures(
        open=len(still),
        post_mortems=len(homes),
        in_sprint=sum(row.position in sprints for row in still),
        ready=sum(row.action.state is ActionState.READY for row in still),
        proposed=sum(row.action.state is ActionState.PROPOSED for row in still),
        slipped=len(slipped),
        missed=sum(len(row.slips) for row in slipped),
        overdue=len(late),
        oldest=max(((today - row.row.due).days for row in late if row.row.due), default=0),
        attention=sum(row.needs_attention for row in every),
        waiting=sum(row.is_waiting for row in every),
    )


def span_words(days: int) -> str:
    """ "1 day", "29 days", "11 months", "3 years"."""
    if days <= _IN_DAYS:
        number, noun = days, "day"
    elif days < 2 * _YEAR:
        number, noun = round(days / _MONTH), "month"
    else:
        number, noun = round(days / _YEAR), "year"
    return f"{number} {noun}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class DueBar:
    """How much of the time to a due date is used up (0 to 1), and in words."""

    words: str
    share: float
    is_over: bool = False
    is_urgent: bool = False


def due_bar(row: BoardRow, today: date) -> DueBar | None:
    """How an open action item stands towards its due date; None without one.

    The time counts from becoming ready; an action item that never was has used up nothing yet.
    """
    due, ready_at = row.row.due, row.action.ready_at
    if due is None:
        return None
    left = (due - today).days
    if left < 0:
        return DueBar(f"{span_words(-left)} over", 1.0, is_over=True)
    words = f"{span_words(left)} left" if left else "due today"
    whole = (due - ready_at.date()).days if ready_at is not None else 0
    share = min(1.0, max(0.0, 1 - left / whole)) if whole > 0 else float(not left)
    return DueBar(words, share, is_urgent=share > URGENT)


def known_sprints(
    rows: Iterable[BoardRow], connection: str, listed: Iterable[Sprint] = ()
) -> tuple[Sprint, ...]:
    """The sprints of a connection that are not over: the active ones first, then those to come,
    each by their start. They are those its tickets name and those its board ``listed``."""
    found: dict[int, Sprint] = {sprint.id: sprint for sprint in listed}
    for row in rows:
        ticket = row.ticket
        if ticket is None or ticket.connection != connection or ticket.seen is None:
            continue
        for sprint in ticket.seen.every_sprint:
            found[sprint.id] = sprint
    still = [sprint for sprint in found.values() if sprint.state is not SprintState.CLOSED]
    return tuple(sorted(still, key=_by_start))


def _by_start(sprint: Sprint) -> tuple[bool, bool, float, int]:
    start = sprint.starts_at
    future = sprint.state is SprintState.FUTURE
    return future, start is None, start.timestamp() if start else 0.0, sprint.id


def is_left_out(row: BoardRow, sprints: Iterable[Sprint], now: datetime) -> bool:
    """Whether a sprint began after an action item became ready, and it is in none."""
    ready_at = row.action.ready_at
    idle = row.position in (None, Position.BACKLOG) and row.action.state is ActionState.READY
    if not idle or ready_at is None:
        return False
    starts = (s.starts_at for s in sprints if s.state is not SprintState.FUTURE)
    return any(start is not None and ready_at < start <= now for start in starts)
