"""Reading what is known of trackers: connections, the outbox, tickets and the board."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection as Database
from sqlalchemy import func, select

from models import codec
from models.domain import post_mortem as pm
from models.domain import whys
from models.domain.action import ActionItem
from models.domain.post_mortem import PostMortem
from models.domain.whys import About
from models.queries import actions
from models.queries.actions import Home
from models.queries.health import NONE, Health, tally
from models.store import actions as action_rows
from models.store import links, roots, tables, tracking
from models.store import tickets as ticket_rows
from models.store.library import Library
from models.store.links import Link, LinkKind
from models.tracking import sprint_reports
from models.tracking.board import BoardRow, board_row
from models.tracking.briefs import Brief
from models.tracking.connections import Connection
from models.tracking.outbox import Entry, OutboxState
from models.tracking.sprint_reports import BoardReport
from models.tracking.sprints import Sprint
from models.tracking.tickets import Ticket


def connections(library: Library, *, removed: bool = False) -> tuple[Connection, ...]:
    """The connections in the order they were made; with ``removed`` those that were, instead."""
    with library.read() as database:
        return tracking.connections(database, removed=removed)


def cursors(library: Library, connection_id: str) -> dict[str, str]:
    """How far the sync of a connection has come, by name."""
    with library.read() as database:
        return tracking.cursors(database, connection_id)


PULLED = "pulled"
"""The cursor: when the last whole reading of a connection's tickets began, by our clock."""
LISTED = "listed sprints"


def synced_at(library: Library, connection_id: str) -> datetime | None:
    """When the last whole reading of a connection's tickets began; None before the first."""
    text = cursors(library, connection_id).get(PULLED)
    return datetime.fromisoformat(text) if text else None


def listed(library: Library, connection_id: str) -> tuple[Sprint, ...]:
    """The sprints that a connection's board listed when it was read last."""
    text = cursors(library, connection_id).get(LISTED)
    return codec.loads(tuple[Sprint, ...], text) if text else ()


def home(library: Library) -> str:
    """Where this library's actions were sent from last; "" before the first time."""
    columns = tables.library.c
    with library.read() as database:
        query = select(columns.value).where(columns.key == "sync_home")
        return database.execute(query).scalar() or ""


def outbox(library: Library, states: Collection[OutboxState] = ()) -> tuple[Entry, ...]:
    """The entries in some states, or every one: what was queued first first; those that are done
    stay in it."""
    with library.read() as database:
        return tracking.entries(database, states)


def entry(library: Library, action_id: str) -> Entry | None:
    """An action item's entry in the outbox."""
    with library.read() as database:
        return tracking.entry(database, action_id)


def tickets(library: Library, action_ids: Iterable[str] | None = None) -> dict[str, Ticket]:
    """Tickets as they were seen last, by their action items' ids: all, or those of some."""
    with library.read() as database:
        return ticket_rows.load(database, action_ids)


def tickets_of(library: Library, connection_id: str) -> tuple[Ticket, ...]:
    """The tickets of one connection as they were seen last."""
    with library.read() as database:
        return ticket_rows.of_connection(database, connection_id)


def keys(library: Library, connection_id: str) -> tuple[str, ...]:
    """The keys of the tickets of one connection."""
    with library.read() as database:
        return ticket_rows.keys(database, connection_id)


def ticket_counts(library: Library) -> dict[str, int]:
    """How many tickets each connection has, by its id; one without is left out."""
    column = tables.tickets.c.connection
    with library.read() as database:
        number = func.count().label("number")
        counted = database.execute(select(column, number).group_by(column))
        return {row.connection: row.number for row in counted}


def present_items(library: Library, action_ids: Iterable[str]) -> dict[str, ActionItem]:
    """Action items by id as they are now, without those that were deleted here."""
    with library.read() as database:
        return action_rows.load(database, action_ids)


def items(library: Library, action_ids: Iterable[str]) -> dict[str, ActionItem]:
    """Action items by id, also those that were deleted here, as they were last."""
    with library.read() as database:
        return action_rows.load(database, action_ids, deleted=True)


def board_rows(library: Library, due_days: dict[str, int] | None = None) -> tuple[BoardRow, ...]:
    """Every action item of a post-mortem outside the trash with its ticket and its entry."""
    rows = actions.every(library, due_days)
    with library.read() as database:
        known = ticket_rows.load(database)
        waiting = {entry.action_id: entry for entry in tracking.entries(database)}
    return tuple(
        board_row(row, known.get(row.action.id), waiting.get(row.action.id)) for row in rows
    )


def board_row_of(library: Library, action_id: str) -> BoardRow:
    """One action item with its ticket and its entry."""
    row = actions.one(library, action_id)
    with library.read() as database:
        ticket = ticket_rows.load(database, [action_id]).get(action_id)
        return board_row(row, ticket, tracking.entry(database, action_id))


def board_reports(library: Library, rows: Iterable[BoardRow]) -> tuple[BoardReport, ...]:
    """What became of the sprints of each board; ``rows`` are those of ``board_rows``."""
    known = connections(library)
    return sprint_reports.board_reports(
        rows, known, {one.id: listed(library, one.id) for one in known}
    )


def health(
    library: Library, post_mortem_ids: Iterable[str], due_days: dict[str, int] | None = None
) -> dict[str, Health]:
    """How the actions of some post-mortems stand, by their ids."""
    columns, wanted = tables.post_mortems.c, list(post_mortem_ids)
    with library.read() as database:
        rows = database.execute(
            select(columns.id, columns.severity).where(
                columns.id.in_(wanted), columns.historical.is_(False)
            )
        )
        severities = {row.id: row.severity for row in rows}
        found = tally(database, severities, due_days or {}, library.now().date(), only=wanted)
    return {post_mortem_id: found.get(post_mortem_id, NONE) for post_mortem_id in wanted}


def briefs(library: Library, action_ids: Iterable[str]) -> dict[str, Brief]:
    """What a tracker is told of action items, by their ids.

    Of several post-mortems the one that had the action first counts.
    """
    with library.read() as database:
        known = action_rows.load(database, action_ids)
        homes = {id: own[0] for id, own in actions.homes(database, tuple(known)).items()}
        mortems = _post_mortems(database, {home.id for home in homes.values()})
        reasons = _Reasons(database, homes)
        return {
            id: _brief(item, homes[id], mortems[homes[id].id], reasons)
            for id, item in known.items()
            if id in homes
        }


def _post_mortems(database: Database, ids: Iterable[str]) -> dict[str, PostMortem]:
    columns = tables.post_mortems.c
    rows = database.execute(select(columns.id, columns.body).where(columns.id.in_(list(ids))))
    return {row.id: codec.loads(PostMortem, row.body) for row in rows}


class _Reasons:
    """The roots that action items address, and the leaves that reach them in their homes."""

    def __init__(self, database: Database, homes: Mapping[str, Home]) -> None:
        self.roots: dict[str, list[str]] = {id: [] for id in homes}
        for link in links.find(database, LinkKind.COUNTER, to_ids=homes):
            self.roots[link.to_id].append(link.from_id)
        roots_here = {root for own in self.roots.values() for root in own}
        mortems = {home.id for home in homes.values()}
        self.leaves = links.find(database, LinkKind.LEAF, from_ids=mortems, to_ids=roots_here)
        self.titles = {id: root.title for id, root in roots.load(database, roots_here).items()}

    def reached(self, action_id: str, post_mortem_id: str) -> list[Link]:
        """The leaves of a post-mortem that reach a root of an action item."""
        own = self.roots[action_id]
        return [one for one in self.leaves if one.from_id == post_mortem_id and one.to_id in own]


def _brief(item: ActionItem, home: Home, mortem: PostMortem, reasons: _Reasons) -> Brief:
    reached = reasons.reached(item.id, home.id)
    named = [leaf.to_id for leaf in reached] or reasons.roots[item.id]
    nodes = {leaf.node_id for leaf in reached}
    tree = next((t for t in mortem.whys if any(n.id in nodes for _, n in whys.walk(t))), None)
    tree = tree or next((t for t in mortem.whys if t.about is About.OCCURRENCE), None)
    return Brief(
        ref=home.ref,
        title=home.title,
        problem=tree.problem if tree else "",
        root=next((reasons.titles[id] for id in named if id in reasons.titles), ""),
        done_when=item.done_when,
        url=next((a for a in mortem.aliases if a.startswith(("https://", "http://"))), ""),
        services=pm.services(mortem),
    )
