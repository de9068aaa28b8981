"""How the actions of post-mortems stand: what lists count and a reading pane says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Connection, Select, func, or_, select

from models.domain.action import DONE_STATES, OPEN_STATES, due_on
from models.store import tables
from models.store.links import LinkKind


@dataclass(frozen=True, slots=True)
class Health:
    """Counts of a post-mortem's actions.

    Of the open ones some are ``past_due``, some ``slipped`` (a sprint ended without them), some
    were ``reopened`` in their tracker after they had ended.
    """

    open: int = 0
    done: int = 0
    total: int = 0
    past_due: int = 0
    slipped: int = 0
    reopened: int = 0


NONE = Health()
_Counts = dict[str, dict[str, int]]


def tally(
    connection: Connection,
    severities: Mapping[str, str],
    due_days: Mapping[str, int],
    today: date,
    only: Iterable[str] | None = None,
) -> dict[str, Health]:
    """Counts by post-mortem, of all or ``only`` some; one without actions is left out.

    Only those in ``severities`` (by id) can have actions past due.
    """
    link, action = tables.links.c, tables.actions.c
    joined = (
        select(link.from_id)
        .join(tables.actions, action.id == link.to_id)
        .where(
            link.kind == LinkKind.ACTION.value, link.until.is_(None), action.deleted_at.is_(None)
        )
    )
    if only is not None:
        joined = joined.where(link.from_id.in_(list(only)))
    counts: _Counts = defaultdict(lambda: dict.fromkeys((f.name for f in fields(Health)), 0))
    _count_states(connection, joined, counts)
    policies = {id: due_days.get(severity) for id, severity in severities.items()}
    _count_overdue(connection, joined, counts, policies, today)
    _count_sprints(connection, joined, counts)
    return {post_mortem_id: Health(**count) for post_mortem_id, count in counts.items()}


def _count_states(connection: Connection, joined: Select[tuple[str]], counts: _Counts) -> None:
    link, action = tables.links.c, tables.actions.c
    states = joined.add_columns(action.state, func.count()).group_by(link.from_id, action.state)
    for post_mortem_id, state, count in connection.execute(states):
        of = counts[post_mortem_id]
        of["total"] += count
        of["done"] += count if state in DONE_STATES else 0
        of["open"] += count if state in OPEN_STATES else 0


def _count_overdue(
    connection: Connection,
    joined: Select[tuple[str]],
    counts: _Counts,
    policies: Mapping[str, int | None],
    today: date,
) -> None:
    link, action = tables.links.c, tables.actions.c
    dated = joined.add_columns(link.to_id, action.due, action.ready_at).where(
        action.state.in_(OPEN_STATES), or_(action.due.is_not(None), action.ready_at.is_not(None))
    )
    rows = [row for row in connection.execute(dated) if row.from_id in policies]
    days: dict[str, int] = {}  # an action is due by the strictest of its post-mortems
    for row in rows:
        policy = policies[row.from_id]
        if policy is not None:
            days[row.to_id] = min(policy, days.get(row.to_id, policy))
    for row in rows:
        due = due_on(row.due, row.ready_at, days.get(row.to_id))
        counts[row.from_id]["past_due"] += due is not None and due < today


def _count_sprints(connection: Connection, joined: Select[tuple[str]], counts: _Counts) -> None:
    action, ticket = tables.actions.c, tables.tickets.c
    troubled = (
        joined.add_columns(ticket.carried_over, ticket.reopened_at)
        .join(tables.tickets, ticket.action_id == action.id)
        .where(
            action.state.in_(OPEN_STATES),
            or_(ticket.carried_over > 0, ticket.reopened_at.is_not(None)),
        )
    )
    for post_mortem_id, slips, reopened_at in connection.execute(troubled):
        counts[post_mortem_id]["slipped"] += slips > 0
        counts[post_mortem_id]["reopened"] += reopened_at is not None
