"""How the facts of an action item on the board read: chips, notes, the whole sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.ui.painting import ChipText
from app.ui.theme import ChipKind, Tone
from app.ui.tracking.reading import SprintFacts
from app.ui.wording import Wording, count
from models.domain.action import ActionState
from models.tracking.board import BoardRow, Group, Place, short_name, sprint_words
from models.tracking.figures import due_bar, span_words
from models.tracking.outbox import NEEDS_ATTENTION
from models.tracking.pending import wished_sprint
from models.tracking.sprints import Passage, Position, Sprint, SprintState

PLACE_ICONS: dict[str, tuple[str, Tone]] = {
    Place.ACTIVE: ("play-circle", "accent"),
    Place.PLANNED: ("calendar-blank", "blue"),
    Place.SLIPPED: ("warning", "amber"),
    Place.BACKLOG: ("circle-dashed", "text2"),
    Place.UNSEEN: ("eye-slash", "text2"),
    Place.UNSENT: ("cloud-slash", "text2"),
    Place.IN_PROGRESS: ("circle-half", "blue"),
    Place.READY: ("circle", "text2"),
    Place.PROPOSED: ("lightbulb-filament", "text2"),
    Place.DONE: ("checks", "green"),
    Place.IMPORTED: ("download-simple", "text2"),
}
_CATEGORIES: dict[str, tuple[ChipKind, str]] = {
    "new": ("neutral", "circle"),
    "indeterminate": ("blue", "circle-half"),
    "done": ("green", "check-circle"),
}
_PRIORITIES: dict[str, ChipKind] = {"red": "red", "amber": "amber"}


@dataclass(frozen=True, slots=True)
class Note:
    """A few words with their colour and, perhaps, an icon."""

    text: str
    tone: Tone = "text2"
    icon: str = ""


def priority_chip(row: BoardRow, wording: Wording) -> ChipText | None:
    """The priority, in the colour of its term."""
    term = wording.vocabularies.priorities.find(row.action.priority)
    if not row.action.priority:
        return None
    name = term.name if term else row.action.priority
    return ChipText(name, _PRIORITIES.get(term.tone if term else "", "neutral"), strong=True)


def status_chip(row: BoardRow, wording: Wording) -> ChipText:
    """What stands in the way first, then what Jira says, else the state here."""
    entry, ticket = row.entry, row.ticket
    if entry is not None and entry.state in NEEDS_ATTENTION:
        return ChipText("Attention", "red", "warning-circle")
    if ticket is not None and ticket.conflicts:
        return ChipText("Conflict", "amber", "git-diff")
    if ticket is not None and ticket.refused:
        return ChipText("Attention", "red", "warning-circle")
    if row.is_waiting:
        queued = ChipText("Queued", "neutral", "cloud-arrow-up")
        sought = ChipText("Looked for", "amber", "magnifying-glass")
        return sought if row.may_be_sent else queued
    if ticket is not None and ticket.visible and ticket.status:
        kind, icon = _CATEGORIES.get(ticket.category, _CATEGORIES["new"])
        return ChipText(ticket.status, kind, icon)
    return state_chip(row, wording)


def state_chip(row: BoardRow, wording: Wording) -> ChipText:
    """The state here."""
    return wording.action_state_chip(row.action.state.value)


def due_note(row: BoardRow, today: date) -> Note:
    """How it stands towards its due date; of what is done, how long it took."""
    if not row.is_open:
        done, ready = row.action.done_at, row.action.ready_at
        days = max(0, (done - ready).days) if done and ready else None
        took = "" if days is None else f"in {span_words(days)}" if days else "the same day"
        return Note(took, "green", "check-circle" if took else "")
    bar = due_bar(row, today)
    if bar is None:
        proposed = row.action.state is ActionState.PROPOSED
        return Note("once it is ready" if proposed else "no due date", "text3")
    if row.row.overdue:
        return Note(bar.words, "red", "clock-counter-clockwise")
    return Note(bar.words, "amber" if bar.is_urgent else "text2")


def jira_note(row: BoardRow) -> Note:
    """The ticket's key, or whether there is one."""
    if row.ticket is None:
        return Note("Perhaps sent", "amber") if row.may_be_sent else Note("Not sent")
    return Note(row.ticket.key, "accent" if row.ticket.visible else "text3")


def sprint_chips(row: BoardRow, sprints: Mapping[str, Sprint]) -> tuple[ChipText, ...]:
    """The sprints it was carried over from, the one it is in or was done in, and the one (among
    ``sprints``, by id) that it goes to with the next sync."""
    chips = [
        ChipText(short_name(step.sprint), "amber", strong=True, lined=True) for step in row.slips
    ]
    done = [step.sprint for step in row.steps if step.what is Passage.DONE]
    if row.sprint is not None and row.is_open:
        active = row.sprint.state is SprintState.ACTIVE
        kind: ChipKind = "accent" if active else "outline"
        chips.append(ChipText(short_name(row.sprint), kind, strong=True, lined=True))
    elif not row.is_open and (last := done[-1] if done else row.sprint) is not None:
        chips.append(ChipText(short_name(last), "green", strong=True, lined=True))
    wished = wished_sprint(row) if row.is_open else None
    if wished is not None:
        known = sprints.get(wished)
        name = short_name(known) if known else wished or "backlog"
        chips.append(ChipText(name, "outline", "cloud-arrow-up", strong=True))
    return tuple(chips)


def sprint_note(row: BoardRow, known: SprintFacts) -> Note:
    """What is to be said of its sprints, and of the proof of what is done."""
    if not row.is_open:
        verified = row.action.state is ActionState.VERIFIED
        return Note("verified", "green") if verified else Note("to be verified", "amber")
    if row.slips:
        return Note(f"slipped {len(row.slips)}x", "amber")
    if row.action.id in known.left_out:
        return Note("ready, in no sprint", "amber")
    if row.position is Position.UNSEEN:
        sprintless = row.ticket is not None and row.ticket.connection in known.sprintless
        hidden = row.ticket is not None and not row.ticket.visible
        return Note("no sprints" if sprintless and not hidden else "cannot see", "text3")
    nowhere = row.sprint is None and wished_sprint(row) is None
    return Note("no sprint" if nowhere else "")


def home_words(row: BoardRow) -> str:
    """The post-mortems: "PM-2025-031 and 2 more"."""
    first, *rest = row.row.homes
    return f"{first.ref} and {len(rest)} more" if rest else first.ref


def row_sentence(row: BoardRow, wording: Wording, today: date, known: SprintFacts) -> str:
    """An action item as a screen reader says it."""
    action, slips = row.action, row.slips
    who = " ".join(filter(None, (action.team, action.owner))) or "nobody accountable yet"
    sprint = f"in {sprint_words(row.sprint)}" if row.sprint is not None else ""
    times = f"slipped {count(len(slips), 'time')}" if slips and row.is_open else ""
    note = "" if times or sprint else sprint_note(row, known).text
    due = due_note(row, today).text
    unsent = "perhaps in Jira" if row.may_be_sent else "not in Jira"
    jira = row.ticket.key if row.ticket is not None else unsent
    status = status_chip(row, wording).text
    parts = (action.ref, action.title, home_words(row), who, action.priority, due, jira, status)
    return ", ".join(filter(None, (*parts, sprint, times, note)))


def head_sentence(group: Group, *, folded: bool) -> str:
    """The head of a group as a screen reader says it."""
    number = count(len(group.rows), "action")
    return ", ".join(filter(None, (group.title, group.note, number, "folded" if folded else "")))


STATE_KEYS = {
    ActionState.VERIFIED: "…",
    ActionState.WONT_DO: "…",
    ActionState.SUPERSEDED: "…",
}
"""What follows the name of a state that asks for something more."""
