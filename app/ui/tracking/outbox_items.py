"""What stands in the outbox beside the board, as plain values: equal ones keep their card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.ui.tracking.reading import Board
from app.ui.wording import Wording, count
from integrations.export.wording import long_date
from models.tracking.board import BoardRow, sprint_words
from models.tracking.outbox import NEEDS_ATTENTION, OutboxState
from models.tracking.pending import Pending, pending, unverified
from models.tracking.screens import CreateField
from models.tracking.sprints import Sprint

FIELD_NAMES = {
    "title": "Title",
    "priority": "Priority",
    "due": "Due date",
    "owner": "Owner",
    "sprint": "Sprint",
    "state": "State",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """An action item that Jira did not accept, or a step that its ticket did not take.

    ``wants`` are the fields that it asks for before it goes on.
    """

    action_id: str
    head: str
    title: str
    chip: str
    connection: str
    project: str
    reason: str
    wants: tuple[CreateField, ...]
    has_ticket: bool = False


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that both sides changed, in words, with when each did where that is known."""

    action_id: str
    ref: str
    key: str
    field: str
    name: str
    ours: str
    theirs: str
    before: str
    ours_at: str
    theirs_at: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What the next sync sends, in order, at most a few of it."""

    lines: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class ToVerify:
    """What is done and not shown to work."""

    action_ids: tuple[str, ...]
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToClose:
    """A post-mortem all of whose actions have ended."""

    id: str
    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know: what cannot be seen any more, what was made twice, what was refused."""

    action_id: str
    title: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class ToSync:
    """What the next sync that somebody asks for settles: a question, or a site that could not be
    synced with (``is_trouble``)."""

    title: str
    text: str
    button: str
    is_trouble: bool = False


Item = ToSync | Refused | Differing | Queue | ToVerify | ToClose | Remark
LEFT_ALONE = "Jira asked to be left alone until then."
_SHOWN, _TO_CLOSE = 6, 3
"""How many lines the queue shows, and how many post-mortems are offered to be closed."""


def items(board: Board, wording: Wording) -> tuple[Item, ...]:
    """The outbox from what needs somebody most to what needs nobody."""
    projects = {one.id: one.project for one in board.connections}
    return (
        *_refused(board, projects),
        *_differing(board, wording),
        *_remarks(board),
        *_queue([p for p in pending(board.rows) if not _is_refused(p)], projects, board),
        *_to_verify(unverified(board.rows)),
        *(ToClose(home.id, home.ref, home.title) for home in board.closable[:_TO_CLOSE]),
    )


def _refused(board: Board, projects: Mapping[str, str]) -> list[Item]:
    found: list[Item] = []
    for row in board.rows:
        entry, ticket, action = row.entry, row.ticket, row.action
        if entry is not None and entry.state in NEEDS_ATTENTION:
            blocked = entry.state is OutboxState.BLOCKED
            head = f"{action.ref} {'waits' if blocked else 'was not accepted'}"
            project = projects.get(entry.connection, "")
            about = (action.title, project, entry.connection, project, entry.reason)
            found.append(Refused(action.id, head, *about, entry.wants))
        elif ticket is not None and ticket.wants:
            head = f"{action.ref} could not go on"
            project = projects.get(ticket.connection, "")
            about = (action.title, ticket.key, ticket.connection, project, ticket.refused)
            found.append(Refused(action.id, head, *about, ticket.wants, has_ticket=True))
    return found


def _differing(board: Board, wording: Wording) -> list[Item]:
    return [
        Differing(
            row.action.id,
            row.action.ref,
            row.ticket.key,
            one.field,
            FIELD_NAMES.get(one.field, one.field),
            value_words(one.field, one.ours, board.known.sprints, wording),
            value_words(one.field, one.theirs, board.known.sprints, wording),
            value_words(one.field, one.base, board.known.sprints, wording),
            clock_words(board.changed_here.get((row.action.id, one.field)), board.now),
            clock_words(_stamp(row.ticket.updated), board.now),
        )
        for row in board.rows
        if row.ticket is not None
        for one in row.ticket.conflicts
    ]


def _remarks(board: Board) -> list[Item]:
    found: list[Item] = []
    for row in board.rows:
        ticket, entry, action = row.ticket, row.entry, row.action
        if ticket is not None and ticket.refused and not ticket.wants:
            title = f"{ticket.key} did not take a change of {action.ref}"
            found.append(Remark(action.id, title, ticket.refused, "warning-circle"))
        if ticket is not None and not ticket.visible and row.is_open:
            words = "Deleted, or hidden from this account. It is not made again."
            found.append(Remark(action.id, f"{ticket.key} is not visible", words, "eye-slash"))
        if entry is not None and entry.extra:
            words = f"{entry.ticket_key} is kept. Close {', '.join(entry.extra)} in Jira."
            title = f"{action.ref} has more than one ticket"
            found.append(Remark(action.id, title, words, "copy"))
    return found


def _is_refused(one: Pending) -> bool:
    """Whether all that is to be sent is a step that waits for somebody's answer."""
    ticket = one.row.ticket
    return ticket is not None and bool(ticket.wants) and one.fields == ("state",)


def _queue(waiting: Sequence[Pending], projects: Mapping[str, str], board: Board) -> list[Item]:
    if not waiting or not board.connections:
        return []
    total = len(waiting)
    lines = []
    for number, one in enumerate(waiting[:_SHOWN], 1):
        said, reason = _wait(one, board)
        said = ", ".join(filter(None, (f"waiting, {number} of {total}", said)))
        lines.append((_what(one, projects), f"{said}. {reason}" if reason else said))
    return [Queue(tuple(lines), total - len(lines))]


def _what(one: Pending, projects: Mapping[str, str]) -> str:
    entry, ref = one.row.entry, one.row.action.ref
    if not one.creates:
        return f"Change {ref}: {', '.join(FIELD_NAMES[field].lower() for field in one.fields)}"
    project = projects.get(entry.connection, "") if entry is not None else ""
    deed = f"Look for the ticket of {ref}" if one.row.may_be_sent else f"Create {ref}"
    return f"{deed} in {project}" if project else deed


def _wait(one: Pending, board: Board) -> tuple[str, str]:
    """When it goes on, where that is known, and why not before."""
    entry = one.row.entry if one.creates else None
    own = entry.not_before if entry is not None else None
    held = board.held.get(board.project_of(one.row))
    later = max(filter(None, (own, held)), default=None)
    again = f"tried again {clock_words(later, board.now)}" if later else ""
    reason = entry.reason if entry is not None else ""
    if one.row.may_be_sent and one.creates:
        when = f"again {clock_words(later, board.now)}" if later else "with the next sync"
        return f"it may have been sent and is looked for {when}", reason
    return again, reason or (LEFT_ALONE if held else "")


def _to_verify(rows: Sequence[BoardRow]) -> list[Item]:
    if not rows:
        return []
    return [ToVerify(tuple(row.action.id for row in rows), tuple(row.action.ref for row in rows))]


def value_words(field: str, value: str, sprints: Mapping[str, Sprint], wording: Wording) -> str:
    """What a field of the exchange says, as people read it."""
    if not value:
        return {"sprint": "Backlog", "owner": "Nobody", "due": "No due date"}.get(field, "None")
    if field == "due":
        return long_date(date.fromisoformat(value))
    if field == "state":
        return wording.name("action_states", value)
    if field == "sprint":
        said = sprint_words(sprints[value]) if value in sprints else f"sprint {value}"
        return f"{said[0].upper()}{said[1:]}"
    return value


def clock_words(at: datetime | None, now: datetime) -> str:
    """ "08:55" of today, "19 Nov, 08:55" of another day; "" for none."""
    if at is None:
        return ""
    clock = f"{at:%H:%M}"
    return clock if at.date() == now.date() else f"{at.day} {at:%b}, {clock}"


def _stamp(text: str) -> datetime | None:
    """A time as Jira writes it; None for what is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None else None


def sent_words(board: Board) -> str:
    """ "3 tickets made today, none twice"; "" where none was."""
    today = board.now.date()
    made = [
        row.entry
        for row in board.rows
        if row.entry is not None
        and row.entry.ticket_key
        and row.entry.sent_at is not None
        and row.entry.sent_at.date() == today
    ]
    twice = sum(bool(entry.extra) for entry in made)
    ending = f"{twice} more than once" if twice else "none twice"
    return f"{count(len(made), 'ticket')} made today, {ending}" if made else ""
