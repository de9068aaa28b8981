"""Reading what is known of trackers: connections, the outbox, tickets and the board."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection as Database
from sqlalchemy import select

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
from models.store.links import LinkKind
from models.tracking import sprint_reports
from models.tracking.board import BoardRow, board_row
from models.tracking.briefs import Brief
from models.tracking.connections import Connection
from models.tracking.outbox import Entry
from models.tracking.sprint_reports import BoardReport
from models.tracking.sprints import Sprint
from models.tracking.standing import Standing, standing
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


def outbox(library: Library) -> tuple[Entry, ...]:
    """Every entry, what was queued first first; those that are done stay in it."""
    with library.read() as database:
        return tracking.entries(database)


def entry(library: Library, action_id: str) -> Entry | None:
    """An action item's entry in the outbox."""
    with library.read() as database:
        return tracking.entry(database, action_id)


def tickets(library: Library, action_ids: Iterable[str] | None = None) -> dict[str, Ticket]:
    """Tickets as they were seen last, by their action items' ids: all, or those of some."""
    with library.read() as database:
        return ticket_rows.load(database, action_ids)


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


def standings(library: Library, at: datetime) -> dict[str, Standing]:
    """Where each action item's ticket stood among its sprints at an instant, by the action's id.

    Those that had not been sent then are left out.
    """
    with library.read() as database:
        known = ticket_rows.load(database)
        sent = {entry.action_id: entry.sent_at for entry in tracking.entries(database)}
    return {
        action_id: standing(ticket.seen, at)
        for action_id, ticket in known.items()
        if ticket.seen is not None and _was_sent(sent.get(action_id), at)
    }


def _was_sent(sent_at: datetime | None, at: datetime) -> bool:
    """A ticket that was linked was made by somebody else, nobody here knows when."""
    return sent_at is None or sent_at <= at


def briefs(library: Library, action_ids: Iterable[str]) -> dict[str, Brief]:
    """What a tracker is told of action items, by their ids.

    Of several post-mortems the one that had the action first counts.
    """
    with library.read() as database:
        known = action_rows.load(database, action_ids)
        homes = actions.homes(database, tuple(known))
        mortems = _post_mortems(database, {own[0].id for own in homes.values()})
        return {
            action_id: _brief(database, item, own[0], mortems[own[0].id])
            for action_id, item in known.items()
            if (own := homes.get(action_id))
        }


def _post_mortems(database: Database, ids: Iterable[str]) -> dict[str, PostMortem]:
    columns = tables.post_mortems.c
    rows = database.execute(select(columns.id, columns.body).where(columns.id.in_(list(ids))))
    return {row.id: codec.loads(PostMortem, row.body) for row in rows}


def _brief(database: Database, item: ActionItem, home: Home, mortem: PostMortem) -> Brief:
    counters = links.find(database, LinkKind.COUNTER, to_ids=[item.id])
    reached = links.find(
        database, LinkKind.LEAF, from_ids=[home.id], to_ids=[k.from_id for k in counters]
    )
    named = [leaf.to_id for leaf in reached] or [counter.from_id for counter in counters]
    root = next(iter(roots.load(database, named).values()), None)
    nodes = {leaf.node_id for leaf in reached}
    tree = next((t for t in mortem.whys if any(n.id in nodes for _, n in whys.walk(t))), None)
    tree = tree or next((t for t in mortem.whys if t.about is About.OCCURRENCE), None)
    return Brief(
        ref=home.ref,
        title=home.title,
        problem=tree.problem if tree else "",
        root=root.title if root else "",
        done_when=item.done_when,
        url=next((a for a in mortem.aliases if a.startswith(("https://", "http://"))), ""),
        services=pm.services(mortem),
    )
