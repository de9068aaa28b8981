"""Whether a connection will work, in plain sentences: the lines of a test's result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from integrations.jira.offers import (
    KANBAN,
    SCRUM,
    SENT_WHEN_KNOWN,
    Offer,
    chosen_board,
    has_no_board,
    missing,
    sometimes_missing,
)
from integrations.jira.remote import BusyError, JiraError, NotAllowedError, RefusedError
from models.errors import KnownError
from models.tracking.connections import Connection, Flavour
from models.tracking.sprints import Sprint, SprintState

FLAVOURS = {Flavour.CLOUD: "Jira Cloud", Flavour.DATA_CENTER: "Jira Data Center"}
FAR = timedelta(minutes=2)
"""Clocks that differ by so much are worth a look."""
_RIGHTS = {
    "EDIT_ISSUES": "edit tickets",
    "ASSIGN_ISSUES": "assign tickets",
    "TRANSITION_ISSUES": "move tickets to another status",
}
"""Permissions whose lack leaves something of an action item here, and what for."""


class Verdict(StrEnum):
    """What a line of a test says."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a title and what more there is to know."""

    verdict: Verdict
    title: str
    text: str = ""


def failure(error: KnownError) -> tuple[Line, ...]:
    """The lines of a test that got no further: what was reached, what was not, what to do."""
    words = " ".join(part for part in (str(error), error.advice) if part)
    if isinstance(error, NotAllowedError):
        return (
            Line(Verdict.GOOD, "Site answers"),
            Line(Verdict.FAILED, "Not signed in", words),
        )
    if isinstance(error, RefusedError | BusyError):
        return (Line(Verdict.WARNING, "Site answers, but not to this", words),)
    title = "Site does not answer" if isinstance(error, JiraError) else "Not asked"
    return (Line(Verdict.FAILED, title, words),)


def verdicts(draft: Connection, offer: Offer) -> tuple[Line, ...]:
    """What a look around found, the outermost first. Nothing was created for it."""
    lines = [*_site(draft, offer)]
    if not draft.project:
        return (*lines, Line(Verdict.NOTE, "No project chosen", "choose where actions go"))
    lines += [_creating(draft, offer), *_rights(offer), *_sprints(draft, offer)]
    return (*lines, *_fields(draft, offer))


def works(lines: tuple[Line, ...]) -> bool:
    """Whether nothing in a test's result keeps tickets from being made."""
    return all(line.verdict in (Verdict.GOOD, Verdict.NOTE) for line in lines)


def _site(draft: Connection, offer: Offer) -> Iterator[Line]:
    facts = offer.facts
    took = round(facts.took / timedelta(milliseconds=1))
    apart = Verdict.NOTE if abs(facts.skew) >= FAR else Verdict.GOOD
    yield Line(apart, "Site answers", f"{took} ms, {_clock(facts.skew)}")
    if facts.flavour is not draft.flavour:
        said, meant = FLAVOURS[facts.flavour], FLAVOURS[draft.flavour]
        yield Line(Verdict.FAILED, f"Site is {said}", f"it was taken for {meant}")
    zone = f", time zone {facts.zone}" if facts.zone else ""
    yield Line(Verdict.GOOD, "Signed in", f"as {facts.account_name or facts.account}{zone}")


def _clock(skew: timedelta) -> str:
    seconds = abs(skew.total_seconds())
    if seconds < 1:
        return "clock agrees"
    far = f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
    return f"clock differs by {far}"


def _creating(draft: Connection, offer: Offer) -> Line:
    kind = draft.issue_type or "ticket"
    refused = offer.troubles.get("types") or offer.troubles.get("fields", "")
    listed = draft.project in [one.id for one in offer.projects] or not offer.projects
    if not (listed or offer.types):
        why = "this account sees no project with that key"
        return Line(Verdict.FAILED, f"No project {draft.project}", why)
    told = "permissions" not in offer.troubles
    if refused or (told and "CREATE_ISSUES" not in offer.permissions):
        title = f"Cannot create a {kind} in {draft.project}"
        why = refused or "this account may not create tickets"
        return Line(Verdict.FAILED, title, why)
    title = f"Can create a {kind} in {draft.project}"
    on_screen = {one.id for one in offer.fields}
    extras = ["add labels"] if "labels" in on_screen else []
    extras += ["remote links"] if "LINK_ISSUES" in offer.permissions else []
    if extras:
        return Line(Verdict.GOOD, title, f"and {' and '.join(extras)}")
    return Line(Verdict.GOOD, title, "without labels: its text carries Afterwhy's mark instead")


def _rights(offer: Offer) -> Iterator[Line]:
    if "permissions" in offer.troubles:
        yield Line(Verdict.NOTE, "Permissions not told", offer.troubles["permissions"])
    for right, what in _RIGHTS.items():
        if offer.permissions and right not in offer.permissions:
            yield Line(Verdict.WARNING, f"Cannot {what}", "what changes here stays here")


def _sprints(draft: Connection, offer: Offer) -> Iterator[Line]:
    board = chosen_board(draft, offer)
    if has_no_board(draft):
        yield Line(Verdict.NOTE, "No sprints", "no board is chosen")
        return
    if board is None:
        why = offer.troubles.get("boards", f"{draft.project} has no board that can be seen")
        yield Line(Verdict.NOTE, "No sprints", why)
        return
    if board.kind != SCRUM:
        kind = "a Kanban board" if board.kind == KANBAN else "no Scrum board"
        yield Line(Verdict.NOTE, "No sprints", f"{board.name} is {kind}")
        return
    if "SCHEDULE_ISSUES" in offer.permissions:
        yield Line(Verdict.GOOD, "Can schedule tickets", _running(offer.sprints))
    else:
        yield Line(Verdict.WARNING, "Cannot schedule tickets", "sprints are read only")
    yield _history(offer)


def _running(sprints: tuple[Sprint, ...]) -> str:
    named = {SprintState.ACTIVE: "active", SprintState.FUTURE: "planned"}
    parts = [
        f"{sprint.name} {word}"
        for state, word in named.items()
        for sprint in sprints
        if sprint.state is state
    ]
    more = f" and {len(parts) - 2} more" if len(parts) > 2 else ""
    return f"{', '.join(parts[:2])}{more}" if parts else "no sprint is open now"


def _history(offer: Offer) -> Line:
    if offer.history:
        return Line(Verdict.GOOD, "Sprint history can be read", "needed to count slips")
    if offer.history is None:
        return Line(Verdict.NOTE, "Sprint history not tried", "the project has no ticket yet")
    why = offer.troubles.get("history", "the sprint field cannot be seen; slips cannot be counted")
    return Line(Verdict.WARNING, "Sprint history cannot be read", why)


def _fields(draft: Connection, offer: Offer) -> Iterator[Line]:
    for one in missing(draft, offer):
        refuses = f"{draft.project} refuses a {draft.issue_type} without it"
        yield Line(Verdict.WARNING, f"{one.name} needs a value", refuses)
    for one in sometimes_missing(offer):
        who = f"an action without a {SENT_WHEN_KNOWN[one.id]} waits in the outbox"
        yield Line(Verdict.NOTE, f"{one.name} is required in {draft.project}", who)
