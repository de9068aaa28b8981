"""The board of action items: in which group each one stands, and what the whole amounts to.

Pure rules over what the library knows; ``queries.tracking.board_rows`` brings the rows.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.domain.action import DONE_STATES, ActionItem, ActionState
from models.queries.actions import ActionRow
from models.tracking.outbox import NEEDS_ATTENTION, ON_THE_WAY, Entry, OutboxState
from models.tracking.sprints import (
    Passage,
    Position,
    Seen,
    Sprint,
    SprintState,
    Step,
    current_sprint,
    history,
    position,
)
from models.tracking.tickets import Ticket

DONE_FOR = timedelta(days=30)
"""How long what was done stays on the board."""
LONGEST_NAME = 14
"""Letters of a sprint's name in a chip."""
_NUMBER = re.compile(r"(?:^|[\s#_/-])(\d+)$")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An action item, its ticket and its place in the outbox, as far as it has them.

    ``position`` is None without a ticket. ``sprint`` is the active or future sprint it is in,
    ``steps`` its whole way through the sprints.
    """

    row: ActionRow
    ticket: Ticket | None = None
    entry: Entry | None = None
    position: Position | None = None
    sprint: Sprint | None = None
    steps: tuple[Step, ...] = ()

    @property
    def action(self) -> ActionItem:
        """The action item itself."""
        return self.row.action

    @property
    def slips(self) -> tuple[Step, ...]:
        """The sprints that ended with it undone: how often it was carried over."""
        return tuple(step for step in self.steps if step.what is Passage.CARRIED_OVER)

    @property
    def is_open(self) -> bool:
        """Still to be done, here and in its ticket."""
        return self.action.is_open and self.position is not Position.DONE

    @property
    def is_imported(self) -> bool:
        """Whether all it belongs to is history and nobody sends it anywhere: it is not counted."""
        known = self.ticket is not None or self.entry is not None
        return not known and all(home.historical for home in self.row.homes)

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to decide or to mend something before it can go on."""
        stuck = self.entry is not None and self.entry.state in NEEDS_ATTENTION
        ticket = self.ticket
        return stuck or (ticket is not None and bool(ticket.conflicts or ticket.refused))

    @property
    def may_be_sent(self) -> bool:
        """Whether nobody knows yet if its ticket was made: it is looked for before it is sent."""
        unsure = (OutboxState.UNKNOWN, *ON_THE_WAY)
        return self.entry is not None and self.entry.state in unsure

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the next sync to make its ticket."""
        done = (OutboxState.SYNCED, *NEEDS_ATTENTION)
        return self.entry is not None and self.entry.state not in done


def board_row(row: ActionRow, ticket: Ticket | None, entry: Entry | None) -> BoardRow:
    """What the board says of an action item; a ticket nobody can see has no position to tell."""
    if ticket is None:
        return BoardRow(row, None, entry)
    seen = ticket.seen or Seen(None, done=False)
    steps = history(seen)
    if not ticket.visible:
        return BoardRow(row, ticket, entry, Position.UNSEEN, None, steps)
    return BoardRow(row, ticket, entry, position(seen), current_sprint(seen), steps)


class View(StrEnum):
    """By what the board is grouped."""

    SPRINT = "sprint"
    OWNER = "owner"
    INCIDENT = "incident"


class Place(StrEnum):
    """The groups of the board by sprint, in their order."""

    ACTIVE = "Active sprint"
    PLANNED = "Planned"
    SLIPPED = "Slipped"
    BACKLOG = "Backlog"
    UNSEEN = "Cannot see"
    UNSENT = "Not in Jira"
    IN_PROGRESS = "In progress"
    READY = "Ready"
    PROPOSED = "Proposed"
    DONE = "Done"
    IMPORTED = "Imported"


_POSITIONS = {
    Position.ACTIVE: Place.ACTIVE,
    Position.PLANNED: Place.PLANNED,
    Position.BACKLOG: Place.BACKLOG,
    Position.UNSEEN: Place.UNSEEN,
}
_STATES = {
    ActionState.PROPOSED: Place.PROPOSED,
    ActionState.READY: Place.READY,
    ActionState.IN_PROGRESS: Place.IN_PROGRESS,
}


def place_of(row: BoardRow, now: datetime, *, connected: bool) -> Place | None:
    """The group an action item stands in; None for what is not on the board any more.

    Open and carried over at least once is *Slipped*, wherever it is now. Without a ``connected``
    tracker, what was never sent stands by its state.
    """
    if row.is_open:
        if row.is_imported:
            return Place.IMPORTED
        if row.slips:
            return Place.SLIPPED
        if row.position is not None:
            return _POSITIONS[row.position]
        return Place.UNSENT if connected else _STATES[row.action.state]
    done_at = row.action.done_at
    if row.action.is_open:  # its ticket is done, and the two sides still have to agree
        return Place.DONE
    was_done = row.action.state in DONE_STATES and done_at is not None
    recent = was_done and done_at is not None and now - done_at <= DONE_FOR
    return Place.DONE if recent else None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one head. ``key`` tells it from the others of its view, ``note`` is what else the
    head says."""

    key: str
    title: str
    note: str
    rows: tuple[BoardRow, ...]


def groups(
    rows: Iterable[BoardRow], view: View, now: datetime, *, connected: bool
) -> tuple[Group, ...]:
    """The groups of a view that have rows, each with what is due first first."""
    placed = [(row, place_of(row, now, connected=connected)) for row in rows]
    shown = [(row, place) for row, place in placed if place is not None]
    if view is View.SPRINT:
        by_place = {place: [row for row, own in shown if own is place] for place in Place}
        return tuple(
            Group(place.value, place.value, _note(place, found), _ordered(found))
            for place, found in by_place.items()
            if found
        )
    still = [row for row, _ in shown if row.is_open]
    if view is View.OWNER:
        return _by(still, _owner)
    return _by(still, _incident, newest=True)


def gathered(rows: Iterable[BoardRow], title: str, note: str) -> tuple[Group, ...]:
    """One group of whatever rows there are, also those that left the board."""
    found = _ordered(rows)
    return (Group(title, title, note, found),) if found else ()


def _by(
    rows: Sequence[BoardRow], name: Callable[[BoardRow], tuple[str, str]], *, newest: bool = False
) -> tuple[Group, ...]:
    """Groups in the order of their names, or the other way round."""
    found: dict[tuple[str, str], list[BoardRow]] = {}
    for row in rows:
        found.setdefault(name(row), []).append(row)
    names = sorted(found, key=lambda own: own[0].casefold(), reverse=newest)
    names.sort(key=lambda own: not own[0])  # nobody's last
    return tuple(
        Group(key, key or "Nobody yet", note, _ordered(found[key, note])) for key, note in names
    )


def _owner(row: BoardRow) -> tuple[str, str]:
    return accountable(row.action), ""


def _incident(row: BoardRow) -> tuple[str, str]:
    home = row.row.homes[0]
    return home.ref, home.title


def accountable(action: ActionItem) -> str:
    """Who answers for an action item: its team, else its one assignee."""
    return action.team or action.owner


def _ordered(rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
    def key(row: BoardRow) -> tuple[date, str, int, str]:
        due = row.row.due if row.is_open else None
        return due or date.max, row.action.priority or "~", len(row.action.ref), row.action.ref

    return tuple(sorted(rows, key=key))


def _note(place: Place, rows: Sequence[BoardRow]) -> str:
    if place in (Place.ACTIVE, Place.PLANNED):
        return _sprint_note([row.sprint for row in rows if row.sprint is not None])
    return {
        Place.SLIPPED: "open after their sprint ended",
        Place.BACKLOG: "no sprint yet",
        Place.UNSEEN: "hidden from this account, or in a project without sprints",
        Place.UNSENT: _unsent_note(sum(row.may_be_sent for row in rows)),
        Place.PROPOSED: "nobody has agreed to do it yet",
        Place.READY: "agreed, not begun",
        Place.DONE: f"last {DONE_FOR.days} days",
        Place.IMPORTED: "open in imported post-mortems, not counted",
    }.get(place, "")


def _unsent_note(unsure: int) -> str:
    return (
        f"{unsure} may have been sent and {'are' if unsure > 1 else 'is'} looked for"
        if unsure
        else "never sent"
    )


def _sprint_note(sprints: Sequence[Sprint]) -> str:
    """ "43, 16 Nov to 4 Dec" of the only sprint, the number of several."""
    known = {sprint.id: sprint for sprint in sprints}
    if len(known) != 1:
        return f"{len(known)} sprints" if known else ""
    (sprint,) = known.values()
    start, end = (day_words(at) for at in (sprint.starts_at, sprint.ends_at))
    if sprint.state is SprintState.FUTURE or not end:
        return f"{whole_name(sprint)}, from {start}" if start else whole_name(sprint)
    return f"{whole_name(sprint)}, {start} to {end}" if start else f"{whole_name(sprint)}, to {end}"


def day_words(at: datetime | date | None) -> str:
    """ "16 Nov"; "" for none."""
    return f"{at.day} {at:%b}" if at is not None else ""


def short_name(sprint: Sprint) -> str:
    """What a chip calls a sprint: as ``whole_name``, cut where that is long."""
    name = whole_name(sprint)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def whole_name(sprint: Sprint) -> str:
    """A sprint where there is room: the number its name ends with, else the whole name."""
    number = _NUMBER.search(sprint.name)
    return number[1] if number is not None else sprint.name or str(sprint.id)


def sprint_words(sprint: Sprint) -> str:
    """A sprint within a sentence: "sprint 43", and "Sprint 43, late" as it calls itself."""
    name = whole_name(sprint)
    return name if "sprint" in name.casefold() else f"sprint {name}"
