"""An action item's way to its one ticket: which step may follow which, whatever fails between.

A tracker has no key that makes a repeated creation harmless. So each step is journalled before
the request it allows, and a request whose outcome nobody knows is never repeated before the
tracker was searched, twice, for what it may have made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from models.errors import InvalidInputError
from models.tracking.screens import CreateField

BETWEEN_LOOKS = timedelta(minutes=5)
"""How long a tracker's search may lag: two empty looks this far apart mean there is no ticket."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


class OutboxState(StrEnum):
    """How far an action item has come on its way to its ticket."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    RECONCILING = "reconciling"
    CREATED = "created"
    LINKED = "linked"
    SYNCED = "synced"
    REJECTED = "rejected"
    BLOCKED = "blocked"


ON_THE_WAY = (OutboxState.SENDING, OutboxState.RECONCILING)
"""States that only a running sync is in; found at its start, the run before was cut off."""
NEEDS_ATTENTION = (OutboxState.REJECTED, OutboxState.BLOCKED)
SETTLED = (OutboxState.SYNCED, *NEEDS_ATTENTION)
"""States that no sync moves on by itself."""
UNFINISHED = tuple(state for state in OutboxState if state is not OutboxState.SYNCED)
"""What is on its way, waits or needs somebody: a few of the entries that a library keeps."""
HAS_TICKET = (OutboxState.CREATED, OutboxState.LINKED, OutboxState.SYNCED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One action item in the outbox.

    ``connection`` is the project it goes to, "" until a sync chose one. ``payload_hash``,
    ``sent_at``, ``sent`` (the fields in our words, which both sides agree on once the ticket is
    there) and ``high_water`` (the number of the project's highest key) were journalled before the
    request. ``empty_looks`` counts the searches that found nothing, the last ``looked_at``.
    ``not_before`` is when it may be tried again. ``reason`` is a sentence for people, ``fields``
    the tracker's names of the fields it speaks of, ``wants`` those of them that somebody can give
    a value for; ``extra`` the ids of tickets beside the one that was kept. ``sprint`` is the id of
    the sprint that its ticket is to be in from the start, "" for none, ``sprint_agreed`` that a
    running one is meant, too; ``values`` are fields of this one ticket, as ``Connection.fields``
    are of all.
    """

    action_id: str
    queued_at: datetime
    state: OutboxState = OutboxState.QUEUED
    connection: str = ""
    payload_hash: str = ""
    sent_at: datetime | None = None
    sent: dict[str, str] = field(default_factory=dict)
    high_water: int = 0
    empty_looks: int = 0
    looked_at: datetime | None = None
    attempts: int = 0
    not_before: datetime | None = None
    ticket_id: str = ""
    ticket_key: str = ""
    reason: str = ""
    fields: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    sprint: str = ""
    values: dict[str, object] = field(default_factory=dict)
    wants: tuple[CreateField, ...] = ()
    sprint_agreed: bool = False

    @property
    def is_harmless(self) -> bool:
        """Whether nothing of it can be in the tracker, so that it may be forgotten."""
        known = (OutboxState.QUEUED, *NEEDS_ATTENTION)
        return self.state in known and not self.ticket_id

    def is_due(self, now: datetime) -> bool:
        """Whether a sync has something to do with it now."""
        waiting = self.not_before is not None and now < self.not_before
        return self.state not in SETTLED and not waiting


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that carries an action item's label."""

    ticket_id: str
    ticket_key: str


def sending(
    entry: Entry,
    *,
    connection: str,
    payload_hash: str,
    sent: Mapping[str, str],
    high_water: int,
    now: datetime,
) -> Entry:
    """To be journalled before the one request that creates the ticket."""
    _only(entry, OutboxState.QUEUED)
    return replace(
        entry,
        state=OutboxState.SENDING,
        connection=connection,
        payload_hash=payload_hash,
        sent=dict(sent),
        high_water=high_water,
        sent_at=now,
        empty_looks=0,
        looked_at=None,
        not_before=None,
        attempts=entry.attempts + 1,
        reason="",
        fields=(),
        wants=(),
    )


def created(entry: Entry, ticket: Found) -> Entry:
    """The tracker answered with the ticket's id and key."""
    _only(entry, OutboxState.SENDING)
    return _with_ticket(entry, ticket)


def not_sent(entry: Entry, reason: str, not_before: datetime) -> Entry:
    """The tracker surely made nothing (no connection, "too many requests"): back to the queue."""
    _only(entry, OutboxState.SENDING)
    return replace(entry, state=OutboxState.QUEUED, reason=reason, not_before=not_before)


def answer_lost(entry: Entry, reason: str) -> Entry:
    """Nobody knows whether the tracker made the ticket: it is to be looked for at once."""
    _only(entry, OutboxState.SENDING)
    return replace(entry, state=OutboxState.UNKNOWN, reason=reason)


def rejected(
    entry: Entry, reason: str, fields: Sequence[str] = (), wants: Sequence[CreateField] = ()
) -> Entry:
    """The tracker refused what the ticket says: somebody has to change it."""
    _only(entry, OutboxState.QUEUED, OutboxState.SENDING)
    state, names = OutboxState.REJECTED, tuple(fields)
    return replace(entry, state=state, reason=reason, fields=names, wants=tuple(wants))


def blocked(entry: Entry, reason: str) -> Entry:
    """The tracker refused who asks (token, permission): nothing is tried until that is mended."""
    _only(entry, OutboxState.QUEUED, OutboxState.SENDING)
    return replace(entry, state=OutboxState.BLOCKED, reason=reason, fields=(), wants=())


def looking(entry: Entry) -> Entry:
    """To be journalled before the tracker is searched for a ticket it may have made."""
    _only(entry, OutboxState.UNKNOWN)
    return replace(entry, state=OutboxState.RECONCILING, not_before=None)


def looked(entry: Entry, found: Sequence[Found], now: datetime) -> Entry:
    """What a whole look (by label, and through the keys since) brought.

    Of several tickets the one with the lowest id is kept and the others are named. Two empty looks
    at least ``BETWEEN_LOOKS`` apart mean that there is none.
    """
    _only(entry, OutboxState.RECONCILING, OutboxState.QUEUED)
    if found:
        first, *others = sorted(set(found), key=_by_id)
        extra = tuple(other.ticket_key for other in others)
        return replace(_with_ticket(entry, first), extra=extra)
    if entry.state is OutboxState.QUEUED:
        return entry
    if entry.looked_at is None:
        return replace(
            entry,
            state=OutboxState.UNKNOWN,
            empty_looks=1,
            looked_at=now,
            not_before=now + BETWEEN_LOOKS,
        )
    if now - entry.looked_at < BETWEEN_LOOKS:
        return replace(entry, state=OutboxState.UNKNOWN, not_before=entry.looked_at + BETWEEN_LOOKS)
    return replace(
        entry,
        state=OutboxState.QUEUED,
        empty_looks=0,
        looked_at=None,
        not_before=None,
        reason="",
    )


def look_failed(entry: Entry, reason: str, not_before: datetime) -> Entry:
    """A look that was cut off says nothing: it will be made again."""
    _only(entry, OutboxState.RECONCILING)
    return replace(entry, state=OutboxState.UNKNOWN, reason=reason, not_before=not_before)


def linked(entry: Entry) -> Entry:
    """The ticket points back to the post-mortem, or there is no address to point to."""
    _only(entry, OutboxState.CREATED)
    return replace(entry, state=OutboxState.LINKED, not_before=None, reason="")


def synced(entry: Entry) -> Entry:
    """The ticket was read back: what it says now is known here."""
    _only(entry, OutboxState.LINKED)
    return replace(entry, state=OutboxState.SYNCED, not_before=None, reason="")


def put_off(entry: Entry, reason: str, not_before: datetime) -> Entry:
    """A step after the creation failed; it is harmless to repeat."""
    _only(entry, OutboxState.QUEUED, OutboxState.CREATED, OutboxState.LINKED)
    return replace(entry, reason=reason, not_before=not_before)


def mended(entry: Entry) -> Entry:
    """Somebody changed what was refused, or asks to try again."""
    _only(entry, *NEEDS_ATTENTION)
    state = OutboxState.QUEUED
    return replace(entry, state=state, reason="", fields=(), wants=(), not_before=None, attempts=0)


def restarted(entry: Entry) -> Entry:
    """A run was cut off in the middle: whatever was being sent may have arrived."""
    if entry.state not in ON_THE_WAY:
        return entry
    return replace(entry, state=OutboxState.UNKNOWN, not_before=None)


def wait_after(attempts: int) -> timedelta:
    """How long to wait before the next try where the tracker does not say: doubled each time."""
    doublings = min(max(attempts - 1, 0), 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _with_ticket(entry: Entry, ticket: Found) -> Entry:
    return replace(
        entry,
        state=OutboxState.CREATED,
        ticket_id=ticket.ticket_id,
        ticket_key=ticket.ticket_key,
        not_before=None,
        reason="",
        fields=(),
        wants=(),
    )


def _by_id(found: Found) -> tuple[int, str]:
    """Trackers count their ids up: the lower one is the older."""
    number = int(found.ticket_id) if found.ticket_id.isdecimal() else 0
    return number, found.ticket_id


def _only(entry: Entry, *states: OutboxState) -> None:
    if entry.state not in states:
        raise InvalidInputError(
            f"An action item that is {entry.state.value} in the outbox cannot take this step.",
            kept="Nothing was changed and nothing was sent.",
        )
