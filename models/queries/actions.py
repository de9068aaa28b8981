"""Reading action items, now and as of a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from models.batches import IN_ONE_QUERY, batches
from models.domain.action import OPEN_STATES, ActionItem, due_date
from models.errors import NotFoundError
from models.store import actions, links, tables
from models.store.library import Library
from models.store.links import LinkKind


@dataclass(frozen=True, slots=True)
class Home:
    """A post-mortem that an action belongs to."""

    id: str
    ref: str
    title: str
    severity: str
    historical: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action item with the post-mortems and roots it belongs to and the day it is due.

    ``ticket`` is the key of its ticket, ``carried_over`` how many sprints ended without it.
    """

    action: ActionItem
    homes: tuple[Home, ...]
    roots: tuple[str, ...]
    due: date | None
    overdue: bool
    ticket: str = ""
    carried_over: int = 0

    @property
    def slipped(self) -> bool:
        """Whether it is still to be done and a sprint ended without it."""
        return self.action.is_open and self.carried_over > 0


def every(library: Library, due_days: dict[str, int] | None = None) -> tuple[ActionRow, ...]:
    """Every action item of a post-mortem outside the trash, in the order of their refs.

    ``due_days`` is the due policy: days from ready to due, by the incident's severity.
    """
    columns = tables.actions.c
    with library.read() as connection:
        ids = connection.execute(
            select(columns.id).where(columns.deleted_at.is_(None)).order_by(columns.number)
        ).scalars()
        rows = _rows(connection, tuple(ids), due_days or {}, library.now().date())
    return tuple(row for row in rows if row.homes)


def one(library: Library, name: str, due_days: dict[str, int] | None = None) -> ActionRow:
    """The action item with this ref or id; raises ``NotFoundError``."""
    with library.read() as connection:
        action = actions.find(connection, name)
        return _rows(connection, (action.id,), due_days or {}, library.now().date())[0]


def borrowed(library: Library, post_mortem_id: str) -> frozenset[str]:
    """The ids of a post-mortem's actions that another one had first: it answers for them."""
    with library.read() as connection:
        found = links.find(connection, LinkKind.ACTION, from_ids=[post_mortem_id])
        owners = homes(connection, tuple(link.to_id for link in found))
    return frozenset(id for id, own in owners.items() if own[0].id != post_mortem_id)


def reopened(library: Library, post_mortem_id: str) -> frozenset[str]:
    """The ids of a post-mortem's actions that had ended and were opened again in their tracker."""
    link, action, ticket = tables.links.c, tables.actions.c, tables.tickets.c
    query = (
        select(ticket.action_id)
        .join(tables.actions, action.id == ticket.action_id)
        .join(tables.links, link.to_id == action.id)
        .where(
            link.kind == LinkKind.ACTION.value,
            link.from_id == post_mortem_id,
            link.until.is_(None),
            action.deleted_at.is_(None),
            action.state.in_(OPEN_STATES),
            ticket.reopened_at.is_not(None),
        )
    )
    with library.read() as connection:
        return frozenset(connection.execute(query).scalars())


def _rows(
    connection: Connection, ids: tuple[str, ...], due_days: dict[str, int], today: date
) -> tuple[ActionRow, ...]:
    result: list[ActionRow] = []
    for some in batches(ids, IN_ONE_QUERY):
        items = actions.load(connection, some)
        found = homes(connection, some)
        tickets = _tickets(connection, some)
        roots: dict[str, list[str]] = defaultdict(list)
        for link in links.find(connection, LinkKind.COUNTER, to_ids=some):
            roots[link.to_id].append(link.from_id)
        for action_id in some:
            action, own = items[action_id], found.get(action_id, ())
            due, overdue = _due(action, own, due_days, today)
            key, slips = tickets.get(action_id, ("", 0))
            row = ActionRow(action, own, tuple(roots[action_id]), due, overdue, key, slips)
            result.append(row)
    return tuple(result)


def _tickets(connection: Connection, action_ids: Sequence[str]) -> dict[str, tuple[str, int]]:
    columns = tables.tickets.c
    rows = connection.execute(
        select(columns.action_id, columns.key, columns.carried_over).where(
            columns.action_id.in_(action_ids)
        )
    )
    return {row.action_id: (row.key, row.carried_over) for row in rows}


def _due(
    action: ActionItem, homes: tuple[Home, ...], due_days: dict[str, int], today: date
) -> tuple[date | None, bool]:
    """The day it is due, by the strictest of its post-mortems, and whether that is past."""
    live = [home for home in homes if not home.historical]
    days = min((due_days[h.severity] for h in live if h.severity in due_days), default=None)
    due = due_date(action, days)
    return due, bool(live) and action.is_open and due is not None and due < today


def homes(connection: Connection, action_ids: Sequence[str]) -> dict[str, tuple[Home, ...]]:
    """The post-mortems outside the trash that actions belong to, the first one first."""
    link, mortem = tables.links.c, tables.post_mortems.c
    rows = connection.execute(
        select(link.to_id, mortem.id, mortem.ref, mortem.title, mortem.severity, mortem.historical)
        .join(tables.post_mortems, mortem.id == link.from_id)
        .where(
            link.kind == LinkKind.ACTION.value,
            link.to_id.in_(action_ids),
            link.until.is_(None),
            mortem.deleted_at.is_(None),
        )
        .order_by(link.seq)
    )
    found: dict[str, tuple[Home, ...]] = {}
    for row in rows:
        home = Home(row.id, row.ref, row.title, row.severity, row.historical)
        found[row.to_id] = (*found.get(row.to_id, ()), home)
    return found


@dataclass(frozen=True, slots=True)
class Fact:
    """What a field was set to, and when (UTC)."""

    field: str
    value: str
    at: datetime
    actor: str
    source: str


def facts(library: Library, action_id: str) -> tuple[Fact, ...]:
    """Everything an action item ever was, oldest first."""
    columns = tables.facts.c
    with library.read() as connection:
        rows = connection.execute(
            select(columns.field, columns.value, columns.at, columns.actor, columns.source)
            .where(columns.kind == "action", columns.entity_id == action_id)
            .order_by(columns.at, columns.seq)
        )
        return tuple(Fact(*row) for row in rows)


def as_of(library: Library, action_id: str, at: datetime) -> dict[str, str]:
    """State, priority, team, owner, due date and outcome of an action item at a time, and what was
    known of its ticket."""
    was = {fact.field: fact.value for fact in facts(library, action_id) if fact.at <= at}
    if not was:
        raise NotFoundError(f"The action item did not exist at {at:%Y-%m-%d %H:%M} UTC.")
    return dict.fromkeys(actions.DATED, "") | was
