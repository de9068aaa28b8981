"""Writing what is known of trackers: connections, tickets, and how far each action item is.

What a sync writes has the source "jira": it never queues anything by itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from models import codec
from models.domain.action import ActionItem, ActionState
from models.errors import InvalidInputError
from models.queries.tracking import LISTED
from models.store import actions, tables, tickets, tracking
from models.store.library import Actor, Library, UnitOfWork
from models.store.revisions import writing
from models.tracking import fields as exchanged
from models.tracking import translating
from models.tracking.connections import Connection
from models.tracking.outbox import NEEDS_ATTENTION, Entry
from models.tracking.sprints import Sprint
from models.tracking.tickets import Ticket

JIRA = "jira"
"""The source of what a sync brings."""


# connections


def save_connection(library: Library, connection: Connection, actor: Actor) -> None:
    """Stores a connection, new or changed.

    What its site refused is tried again where the change may have mended it.
    """
    with library.unit_of_work(actor) as uow:
        before = {known.id: known for known in tracking.connections(uow.connection)}
        known = before.get(connection.id)
        if known == connection:
            return
        tracking.put_connection(uow, connection)
        uow.log("connection", connection.id)
        beside = {name: getattr(connection, name) for name in ("agreed", "paused", "people")}
        if known is None or replace(known, **beside) != connection:
            tracking.try_again(uow, connection.id)


def change_connection(
    library: Library,
    connection_id: str,
    change: Callable[[Connection], Connection],
    actor: Actor,
) -> None:
    """Changes what a sync found out about a connection: whatever somebody changed of it since the
    sync read it stays, and one that was removed meanwhile stays so."""
    with library.unit_of_work(actor) as uow:
        known = {one.id: one for one in tracking.connections(uow.connection)}.get(connection_id)
        if known is not None and (changed := change(known)) != known:
            tracking.put_connection(uow, changed)
            uow.log("connection", connection_id)


def remove_connection(library: Library, connection_id: str, actor: Actor) -> None:
    """Ends a connection. What is known of its tickets stays; nothing is changed there."""
    with library.unit_of_work(actor) as uow:
        tracking.remove_connection(uow, connection_id)
        uow.log("connection", connection_id, field="deleted")


def note_cursors(library: Library, connection_id: str, values: Mapping[str, str]) -> None:
    """Notes how far the sync of a connection has come, for ``queries.tracking.cursors``."""
    with library.unit_of_work(Actor(), JIRA) as uow:
        tracking.put_cursors(uow, connection_id, dict(values))


def note_listed(library: Library, connection_id: str, sprints: Iterable[Sprint]) -> None:
    """Notes the sprints that a connection's board lists now: those that are not over."""
    note_cursors(library, connection_id, {LISTED: codec.dumps(tuple(sprints))})


def claim(library: Library, home: str, *, replica: str = "") -> None:
    """Says where this library's actions are sent from; a copy gets a ``replica`` id of its own."""
    values = {"sync_home": home} | ({"replica": replica} if replica else {})
    columns = tables.library.c
    with library.unit_of_work(Actor(), JIRA) as uow:
        uow.connection.execute(tables.library.delete().where(columns.key.in_(values)))
        for key, value in values.items():
            uow.insert(tables.library, key=key, value=value)
    library.replica = replica or library.replica


# the way out


def mark_ready(library: Library, names: Iterable[str], actor: Actor) -> tuple[ActionItem, ...]:
    """Lets action items (by ref or id) go to a tracker, all or none; those under way stay so.

    Also those that an import brought as ready, which never go by themselves.
    """
    with writing(library, actor) as uow:
        return tuple(_ready(uow, actions.find(uow.connection, name)) for name in names)


def _ready(uow: UnitOfWork, item: ActionItem) -> ActionItem:
    if not item.is_open:
        raise InvalidInputError(
            f"{item.ref} is {item.state.value}; only what is still to be done can go to Jira.",
            kept="Nothing was changed.",
            advice="Open it again first.",
        )
    if item.state is ActionState.PROPOSED:
        return actions.put(uow, replace(item, state=ActionState.READY))
    tracking.queue(uow, item.id)
    return item


def keep_as_draft(library: Library, name: str, actor: Actor) -> ActionItem:
    """Takes an action item back to proposed and out of the outbox, as long as it has no ticket."""
    with writing(library, actor) as uow:
        item = actions.find(uow.connection, name)
        require_unsent(uow, item)
        tracking.forget_entry(uow, item.id)
        return actions.put(uow, replace(item, state=ActionState.PROPOSED))


def require_unsent(uow: UnitOfWork, item: ActionItem) -> None:
    """Raises ``InvalidInputError`` where an action item has a ticket, or may have one."""
    entry = tracking.entry(uow.connection, item.id)
    if item.id in tickets.load(uow.connection, [item.id]) or (entry and entry.ticket_key):
        raise InvalidInputError(f"{item.ref} has a ticket already.", kept="Nothing was changed.")
    if entry is not None and not entry.is_harmless:
        raise InvalidInputError(
            f"{item.ref} was sent, and it is not known yet whether its ticket was made.",
            kept="Nothing was changed.",
            advice="Sync first; that finds out.",
        )


def journal(library: Library, entry: Entry, actor: Actor) -> None:
    """Writes how far an action item has come, before the request that this allows.

    One that ended or was deleted here is forgotten as soon as nothing of it can be in the tracker.
    """
    with library.unit_of_work(actor, JIRA) as uow:
        before = tracking.entry(uow.connection, entry.action_id)
        if before == entry:
            return
        tracking.put_entry(uow, entry)
        item = actions.load(uow.connection, [entry.action_id]).get(entry.action_id)
        if item is None or item.state not in tracking.SENT:
            tracking.forget_entry(uow, entry.action_id)
        if before is None or _shown(before) != _shown(entry):
            uow.log("ticket", entry.action_id, field="outbox")


def _shown(entry: Entry) -> tuple[object, ...]:
    """What people see of an entry: not each of its steps."""
    stuck = entry.state if entry.state in NEEDS_ATTENTION else ""
    return stuck, entry.reason, entry.fields, entry.ticket_key, entry.extra


def schedule(
    library: Library, action_id: str, sprint_id: str | None, actor: Actor, *, agreed: bool = False
) -> None:
    """Says in which sprint (by id) an action item is wanted; None and "" mean the backlog.

    The next sync puts its ticket there. ``agreed`` says that a running sprint may be changed.
    """
    wanted = (sprint_id or "").strip()
    if wanted and not wanted.isdecimal():
        raise InvalidInputError(
            f"{wanted!r} is not the id of a sprint.", kept="Nothing was changed."
        )
    with library.unit_of_work(actor) as uow:
        ticket = tickets.load(uow.connection, [action_id]).get(action_id)
        entry = tracking.entry(uow.connection, action_id)
        if ticket is not None:
            changed = replace(ticket, sprint=wanted, sprint_agreed=agreed)
            tickets.put(uow, changed, known=True)
        elif entry is not None and entry.is_harmless:
            tracking.put_entry(uow, replace(entry, sprint=wanted, sprint_agreed=agreed))
        else:
            raise InvalidInputError(
                "Only an action item that is ready or has a ticket can be put in a sprint.",
                kept="Nothing was changed.",
            )
        uow.note_facts("action", action_id, {"sprint wanted": wanted})
        uow.log("ticket", action_id, field="sprint")


# the way back


def observe(library: Library, ticket: Ticket, actor: Actor, *, was: Ticket | None = None) -> None:
    """Stores a ticket as it was just seen, and notes what is new about it, dated.

    ``was`` is what it was made from: what somebody here decided or wished since stays.
    """
    observe_all(library, [(ticket, was)], actor)


def observe_all(
    library: Library, seen: Sequence[tuple[Ticket, Ticket | None]], actor: Actor
) -> None:
    """The same for several tickets, in one transaction."""
    with library.unit_of_work(actor, JIRA) as uow:
        before = tickets.load(uow.connection, [ticket.action_id for ticket, _ in seen])
        for ticket, was in seen:
            known = before.get(ticket.action_id)
            if known is None or was is None or known == was:
                tickets.observe(uow, ticket, known)
            else:
                tickets.observe(uow, tickets.with_wishes(ticket, known, was), known)


def take_in(
    library: Library,
    action_id: str,
    fields: Mapping[str, str],
    actor: Actor,
    *,
    read: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Writes what a ticket's fields came to say, in our words, and returns what was taken.

    ``read`` is what the action item said when that was worked out: a field that somebody changed
    here since is left to the next sync. One that is open again after it had ended flags its
    post-mortems; one that was deleted here takes nothing.
    """
    with writing(library, actor, JIRA) as uow:
        item = actions.load(uow.connection, [action_id]).get(action_id)
        if item is None:
            return {}
        ticket = tickets.load(uow.connection, [action_id]).get(action_id)
        wished = ticket.sprint if ticket is not None and ticket.sprint is not None else None
        ours = translating.our_fields(item, wished or "")
        taken = {
            field: value
            for field, value in fields.items()
            if read is None or ours.get(field) == read.get(field) or _is_free(field, wished)
        }
        if "sprint" in taken and ticket is not None and ticket.sprint is not None:
            tickets.put(uow, replace(ticket, sprint=None), known=True)
        tickets.take(uow, item, taken)
        return taken


def _is_free(field: str, wished: str | None) -> bool:
    """Whether nobody here says where a ticket is to be."""
    return field == "sprint" and wished is None


def decide(library: Library, action_id: str, field: str, actor: Actor, *, keep_ours: bool) -> None:
    """Settles a field that said something else on each side; a sync tells the other side."""
    with writing(library, actor, JIRA) as uow:
        ticket = tickets.load(uow.connection, [action_id]).get(action_id)
        conflict = next((c for c in ticket.conflicts if c.field == field), None) if ticket else None
        if ticket is None or conflict is None:
            raise InvalidInputError(
                f"The two sides do not differ about {field!r}.", kept="Nothing was changed."
            )
        base = exchanged.decide(ticket.base, conflict, keep_ours=keep_ours)
        if not keep_ours and field in exchanged.IN:
            base[field] = conflict.theirs
            item = actions.find(uow.connection, action_id)
            tickets.take(uow, item, {field: conflict.theirs})
        left = tuple(c for c in ticket.conflicts if c is not conflict)
        wish = None if field == "sprint" and not keep_ours else ticket.sprint
        tickets.put(uow, replace(ticket, base=base, conflicts=left, sprint=wish), known=True)
        uow.log("ticket", action_id, field=field)
