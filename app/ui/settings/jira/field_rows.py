"""The rows of the table of fields, in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from integrations.jira.offers import SCRUM, chosen_board
from models.tracking.connections import Flavour
from models.tracking.defaults import MAPPED_STATES
from models.tracking.translating import PRIORITIES

if TYPE_CHECKING:
    from integrations.jira.offers import Offer
    from models.tracking.connections import Connection

PEOPLE, PRIORITY, STATE, TEXT = "people", "priorities", "states", "text"
"""What a row can ask to be matched."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """Our word and theirs; ``change`` is what can be matched about it, ``is_sent`` whether a new
    ticket gets it."""

    ours: str
    theirs: str
    change: str = ""
    is_required: bool = False
    is_sent: bool = True


def mapped_rows(draft: "Connection", offer: "Offer") -> tuple[Mapped, ...]:
    """What of an action item goes where."""
    return (
        _field(offer, "Title", "summary"),
        _text(draft),
        _field(offer, "Owner", "assignee", _matched(draft), PEOPLE),
        _field(offer, "Due date", "duedate"),
        _field(offer, "Priority", "priority", _priorities(draft), PRIORITY),
        Mapped("State", _states(draft), STATE),
        _sprint(draft, offer),
        _link(offer),
    )


_USUAL = {
    "summary": "Summary",
    "assignee": "Assignee",
    "duedate": "Due date",
    "priority": "Priority",
}


def _field(offer: "Offer", ours: str, id: str, more: str = "", change: str = "") -> Mapped:
    """By the name that people see there; a field that the create screen lacks is left out."""
    usual = _USUAL[id]
    found = next((one for one in offer.fields if one.id == id), None)
    if found is None:
        return Mapped(ours, f"{usual}: not on the create screen, left out", is_sent=False)
    words = f"{found.name}: {more}" if more else found.name
    return Mapped(ours, words, change, is_required=found.required)


WIKI, DOCUMENT = "2", "3"
MARKUPS = {WIKI: "wiki text", DOCUMENT: "a document, by version 3 of the interface"}
"""How a description is written, by the version of the site's interface."""


def _text(draft: "Connection") -> Mapped:
    cloud = draft.flavour is Flavour.CLOUD
    return Mapped("Problem, root", f"Description, as {MARKUPS[draft.api]}", TEXT if cloud else "")


def _matched(draft: "Connection") -> str:
    known = sum(bool(person.account) for person in draft.people)
    return f"{known} matched" if known else "nobody matched yet"


def _priorities(draft: "Connection") -> str:
    return ", ".join(f"{ours} is {draft.priorities.get(ours) or 'left out'}" for ours in PRIORITIES)


def _states(draft: "Connection") -> str:
    named = [f"{s.value} is {draft.states[s]}" for s in MAPPED_STATES if draft.states.get(s)]
    return f"Status: {', '.join(named)}" if named else "Status, by its category"


def _sprint(draft: "Connection", offer: "Offer") -> Mapped:
    board = chosen_board(draft, offer)
    if board is None:
        return Mapped("Sprint", "No board: sprints are not read", is_sent=False)
    if board.kind != SCRUM:
        return Mapped("Sprint", f"No sprints: {board.name} is no Scrum board", is_sent=False)
    return Mapped("Sprint", "Sprint, found by its type")


def _link(offer: "Offer") -> Mapped:
    labelled = any(one.id == "labels" for one in offer.fields)
    return Mapped(
        "Link to post-mortem", "Remote link and label" if labelled else "Remote link and text"
    )
